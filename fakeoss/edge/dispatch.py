"""The way of a request through the fake: address, route, script, identify, authorise, run, finish."""

from __future__ import annotations

from dataclasses import replace

from fakeoss import clock, errors
from fakeoss.edge import access, finish, settling
from fakeoss.edge.hosts import locate
from fakeoss.edge.journal import Entry
from fakeoss.edge.scripts import Script, Target, strikes_before_reply
from fakeoss.edge.service import Service
from fakeoss.edge.visit import Visit
from fakeoss.operations.rows import Row
from fakeoss.wire import encoding
from fakeoss.wire.message import Reply, Request


def handle(service: Service, request: Request) -> Reply:
    """Answer one request; a refusal leaves the world as it was.

    Raises only what is a defect of the fake itself.
    """
    now = clock.now()
    visit = Visit(request, now, service.ids.request(now))
    with service.lock:
        try:
            reply = finish.finish(_judged(service, visit), request, now, visit.request_id, visit.headers)
        except BaseException as defect:
            service.journal.add(_entry(visit, None, type(defect).__name__, f"a defect of the fake: {defect!r}"))
            raise
        refusal = visit.error
        code, why = (None, visit.why) if refusal is None else (refusal.code, refusal.why)
        service.journal.add(_entry(visit, reply, code, why))
    for deed in visit.after:
        deed()
    return reply


def _judged(service: Service, visit: Visit) -> Reply:
    settling.settle(service, visit.now)
    before = service.store.world
    try:
        return _answer(service, visit)
    except errors.OSSError as error:
        service.store.world = before
        visit.error = error
        return finish.refusal(error, visit.request, visit.request_id)
    except BaseException:
        service.store.world = before
        raise


def _answer(service: Service, visit: Visit) -> Reply:
    request = visit.request
    visit.address = where = locate(service, request)
    visit.bucket, visit.key = where.bucket, where.key
    visit.query = encoding.parse_query(where.query)
    row = service.router.route(request.method, where.scope, visit.query, request.headers)
    visit.operation, visit.billing = row.name, row.billing
    before = service.scripts
    script = _script(service, visit)
    if script is not None and script.effect == "before":
        return _scripted(script, visit, Reply(200))
    try:
        reply = _performed(service, visit, row)
    except errors.OSSError:
        if script is not None:
            service.scripts = before  # only failures that are served count
        raise
    return reply if script is None else _scripted(script, visit, reply)


def _performed(service: Service, visit: Visit, row: Row) -> Reply:
    call = access.admit(service, visit, row)
    operation = service.catalogue[row.name].operation
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
    unseen = reply is None or strikes_before_reply(fault)
    return Entry(
        operation=visit.operation,
        method=visit.request.method,
        bucket=visit.bucket,
        key=visit.key,
        status=0 if reply is None or unseen else reply.status,
        error=error,
        bytes_in=visit.request.size,
        bytes_out=0 if reply is None or unseen else reply.size,
        at=visit.now,
        request_id=visit.request_id,
        billing=visit.billing,
        source=visit.request.source,
        url=visit.request.url,
        user_agent=visit.request.headers.get("user-agent") or "",
        why=why,
        fault=fault,
    )
