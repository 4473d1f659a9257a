"""The way of a request through the fake: address, route, script, identify, authorise, run, finish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from fakeoss import clock, errors
from fakeoss.edge import access, finish, settling
from fakeoss.edge.errand import Errand
from fakeoss.edge.hosts import locate
from fakeoss.edge.journal import BILLING, Entry
from fakeoss.edge.scripts import Script, Target, strikes_before_reply
from fakeoss.edge.service import Service
from fakeoss.edge.visit import Visit
from fakeoss.operations.rows import Row
from fakeoss.state.bucket import Bucket
from fakeoss.wire import encoding
from fakeoss.wire.message import Reply, Request


def handle(service: Service, request: Request, *, hops: int = 0) -> Reply:
    """Answer one request; a refusal leaves the world as it was.

    `hops` tells how many mirrors the request comes through. Raises only what is a defect of the fake itself.
    """
    now = clock.now()
    visit = Visit(request, now, service.ids.request(now), hops=hops)
    answer = _step(service, visit, partial(_answer, service, visit))
    while isinstance(answer, Errand):
        answer = _step(service, visit, partial(_gone_on, service, visit, answer, _fetched(service, visit, answer)))
    for deed in visit.after:
        brought = deed.bring()
        with service.lock:
            before = service.store.world
            deed.settle(brought)
            settling.follow(service, before, visit.now)
    return answer


Step = Callable[[], "Reply | Errand"]
"""A part of the way that changes the world as a whole or not at all."""


def _step(service: Service, visit: Visit, step: Step) -> Reply | Errand:
    """Take a step under the lock; its reply is made whole and noted in the journal."""
    with service.lock:
        try:
            settling.settle(service, visit.now)
            before = service.store.world
            answer = _judged(service, visit, step)
            if isinstance(answer, Errand):
                return answer
            bucket = _bucket(service, visit) if service.store.world.is_configured else None
            reply = answer if bucket is None else _shared(bucket, visit.request, answer)
            reply = finish.finish(reply, visit.request, visit.now, visit.request_id, visit.headers)
            refusal = visit.error
            code, why = (None, visit.why) if refusal is None else (refusal.code, refusal.why)
            service.journal.add(_entry(visit, reply, code, why))
            if bucket is not None and "BucketLogging" in bucket.configurations:
                from fakeoss.edge.log_line import note

                note(service, visit, reply, bucket, before)
        except BaseException as defect:
            _note_defect(service, visit, defect)
            raise
        return reply


def _fetched(service: Service, visit: Visit, errand: Errand) -> Any:
    """What an errand brings; the lock is free meanwhile."""
    try:
        return errand.fetch()
    except BaseException as defect:
        with service.lock:
            _note_defect(service, visit, defect)
        raise


def _gone_on(service: Service, visit: Visit, errand: Errand, brought: Any) -> Reply | Errand:
    """The answer made of what an errand brought, in a world that others may have changed meanwhile."""
    visit.found = service.store.world.buckets.get(visit.bucket or "")
    return errand.go_on(brought)


def _note_defect(service: Service, visit: Visit, defect: BaseException) -> None:
    """Tell the journal of a request that ends in a defect."""
    service.journal.add(_entry(visit, None, type(defect).__name__, f"a defect of the fake: {defect!r}"))


def _bucket(service: Service, visit: Visit) -> Bucket | None:
    name = visit.bucket if visit.point is None else visit.point.bucket
    return service.store.world.buckets.get(name or "")


def _judged(service: Service, visit: Visit, step: Step) -> Reply | Errand:
    before = service.store.world
    try:
        return step()
    except errors.OSSError as error:
        service.store.world = before
        visit.error = error.with_traceback(None)  # its frames hold the request, and it would hold them
        return finish.refusal(error, visit.request, visit.request_id)
    except BaseException:
        service.store.world = before
        raise


def _answer(service: Service, visit: Visit) -> Reply | Errand:
    request = visit.request
    visit.address = where = locate(service, request)
    visit.bucket, visit.key = where.bucket, where.key
    visit.query = encoding.parse_query(where.query)
    visit.found = bucket = service.store.world.buckets.get(where.bucket or "")
    is_website = bucket is not None and "WebsiteConfiguration" in bucket.configurations
    row = (_routed_in_website if is_website else _routed)(service, visit)
    visit.operation, visit.billing = row.name, row.billing
    before = service.scripts
    script = _script(service, visit)
    if script is not None and script.effect == "before":
        return _scripted(script, visit, Reply(200))
    try:
        answer = _answered_by_website(service, visit, row) if is_website else _performed(service, visit, row)
    except errors.OSSError:
        if script is not None:
            service.scripts = before  # only failures that are served count
        raise
    return answer if script is None else _then_scripted(script, visit, answer)


# Websites, CORS and logging are imported with the first bucket that has one: most tests do without them.


def _routed(service: Service, visit: Visit) -> Row:
    """The row that answers."""
    return service.router.route(visit.request.method, visit.address.scope, visit.query, visit.request.headers)


def _routed_in_website(service: Service, visit: Visit) -> Row:
    """The row that answers, for a bucket that is a website."""
    from fakeoss.edge.website import routed

    return routed(service, visit)


def _answered_by_website(service: Service, visit: Visit, row: Row) -> Reply | Errand:
    """The operation's answer, or what the bucket's website gives in its place."""
    from fakeoss.edge.website import answered

    further = partial(handle, service, hops=visit.hops + 1)
    return answered(service, visit, row, partial(_performed, service, visit), further)


def _shared(bucket: Bucket, request: Request, reply: Reply) -> Reply:
    """The answer with what it tells browsers of other origins."""
    if "CorsConfiguration" not in bucket.configurations:
        return reply
    from fakeoss.edge.cors import share

    return share(bucket, request, reply)


def _then_scripted(script: Script, visit: Visit, answer: Reply | Errand) -> Reply | Errand:
    if isinstance(answer, Errand):
        go_on = answer.go_on
        return replace(answer, go_on=lambda brought: _then_scripted(script, visit, go_on(brought)))
    return _scripted(script, visit, answer)


def _performed(service: Service, visit: Visit, row: Row) -> Reply:
    call = access.admit(service, visit, row)
    if visit.request.stalled:
        raise errors.RequestTimeout().because(f"the body ended after {visit.request.size} bytes")
    operation = service.catalogue.implementation(row.name)
    if operation is None:
        raise errors.NotImplemented(operation=row.name)
    before = service.store.world
    reply = operation.answer(call)
    settling.follow(service, before, visit.now)
    return reply


def _script(service: Service, visit: Visit) -> Script | None:
    if not service.scripts.rows:
        return None
    target = Target(visit.operation, visit.bucket, visit.key, visit.request)
    service.scripts, script = service.scripts.take(target)
    return script


def _scripted(script: Script, visit: Visit, reply: Reply) -> Reply:
    """The failure in the place of `reply`; what was done stays done."""
    if script.error is not None:
        visit.error = script.error().because("a scripted failure")
        reply = finish.refusal(visit.error, visit.request, visit.request_id)
    return replace(reply, fault=script.fault)


def _entry(visit: Visit, reply: Reply | None, error: str | None, why: str | None) -> Entry:
    """The journal's line; a reply of which the client sees nothing has status 0 and no bytes."""
    fault = reply.fault if reply is not None else None
    unseen = reply is None or (fault is not None and strikes_before_reply(fault))
    request = visit.request
    return Entry(  # by position: names would cost as much again as all the rest, and every request comes by
        visit.operation,
        request.method,
        visit.bucket,
        visit.key,
        0 if reply is None or unseen else reply.status,
        error,
        request.size,
        0 if reply is None or unseen else reply.size,
        visit.now,
        visit.request_id,
        BILLING.get(visit.billing, visit.billing),
        request.source,
        request.scheme,
        request.host,
        request.target,
        request.headers.first.get("user-agent") or "",
        why,
        fault,
    )
