"""Static websites: the page, redirect or mirrored object that answers in the place of what was asked for.

The order is the reference's (7.11.1): routing rules, the index page of a directory, the error page. A browser, which
signs nothing, gets the index page of a directory at once (documentation: static website hosting).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import quote

from fakeoss import errors
from fakeoss.edge import access, hosts, mirror, settling
from fakeoss.edge.errand import Errand
from fakeoss.edge.mirror import Origin
from fakeoss.edge.service import Service
from fakeoss.edge.signature import claim_of
from fakeoss.edge.visit import Visit
from fakeoss.operations import object_get
from fakeoss.operations.declare import Operation
from fakeoss.operations.rows import Row
from fakeoss.state import routing
from fakeoss.state.configurations.website import ErrorDocument, IndexDocument, RoutingRule, WebsiteConfiguration
from fakeoss.state.objects import ObjectVersion
from fakeoss.state.routing import Outcome
from fakeoss.wire.message import Reply, Request

READS: dict[str, Operation[Any]] = {"GetObject": object_get.get_object, "HeadObject": object_get.head_object}
"""The operations that a website has something to say about."""

_LISTING = frozenset({"prefix", "marker", "max-keys", "delimiter", "encoding-type"})
_NO_PAGE = frozenset({"versionId", "x-oss-process"})
_UNCONDITIONAL = ("range", "if-match", "if-none-match", "if-modified-since", "if-unmodified-since")

Handle = Callable[[Request], Reply]
"""Puts a request to the fake itself."""


def _site(service: Service, visit: Visit) -> WebsiteConfiguration | None:
    bucket = service.store.world.buckets.get(visit.bucket or "")
    return None if bucket is None else bucket.configuration(WebsiteConfiguration)


def routed(service: Service, visit: Visit) -> Row:
    """The row that answers: a browser at the root or a directory of a website is given its index page.

    At the root GetObject takes the place of ListObjects, unless listing parameters are given (assumption A201),
    and HeadObject that of a HEAD which is otherwise nothing.
    """
    index = _index_for_browser(service, visit)
    if index is not None and visit.key is None and visit.request.method == "HEAD" and not visit.query:
        visit.key = routing.index_key(index, "")
        return service.catalogue["HeadObject"].row
    row = service.router.route(visit.request.method, visit.address.scope, visit.query, visit.request.headers)
    if index is None or (row.name not in READS and row.name != "ListObjects"):
        return row
    page = routing.index_key(index, visit.key or "")
    if visit.key is None:
        visit.key = page
        return service.catalogue["GetObject"].row
    if _exists(service, visit, page):
        visit.key = page
    return row


def _index_for_browser(service: Service, visit: Visit) -> IndexDocument | None:
    """The index document of the website that a browser asks for the root or a directory."""
    if visit.request.method not in ("GET", "HEAD") or visit.bucket is None or not _is_directory(visit.key):
        return None
    site = _site(service, visit)
    return site.index if site is not None and site.index is not None and _is_browser(visit) else None


def _is_directory(key: str | None) -> bool:
    return key is None or key.endswith("/")


def _is_browser(visit: Visit) -> bool:
    """Whether nobody signs the request, well or badly, and it does not list."""
    try:
        is_signed = claim_of(visit.request) is not None
    except errors.OSSError:
        is_signed = True
    return not is_signed and not any(name in _LISTING for name, _ in visit.query)


def _exists(service: Service, visit: Visit, key: str) -> bool:
    bucket = service.store.world.buckets.get(visit.bucket or "")
    return bucket is not None and isinstance(bucket.objects.current(key), ObjectVersion)


def answered(
    service: Service, visit: Visit, row: Row, perform: Callable[[Row], Reply], handle: Handle
) -> Reply | Errand:
    """The answer of `perform`, or what the bucket's website gives in its place."""
    site = _site(service, visit) if row.name in READS else None
    if site is None or any(name in _NO_PAGE for name, _ in visit.query):
        return perform(row)
    guide = _Guide(service, visit, row, site, handle)
    before = service.store.world
    try:
        reply = perform(row)
    except errors.OSSError as refusal:
        service.store.world = before
        instead = guide.after(refusal)
        if instead is None:
            raise
        return instead
    rule = routing.rule_for(site, guide.outcome(reply.status)) if site.rules else None
    instead = None if rule is None else guide.obey(rule)
    return reply if instead is None else instead


@dataclass(frozen=True, slots=True)
class _Guide:
    """One request at a website."""

    service: Service
    visit: Visit
    row: Row
    site: WebsiteConfiguration
    handle: Handle

    @property
    def key(self) -> str:
        """The key as it was asked for; the index page's for the root."""
        return self.visit.address.key or self.visit.key or ""

    def outcome(self, status: int, *, is_missing: bool = False) -> Outcome:
        """What routing rules are held against."""
        request = self.visit.request
        headers = {"host": request.host, **request.headers.first}
        return Outcome(self.key, headers, status, is_missing, request.method == "HEAD")

    def after(self, refusal: errors.OSSError) -> Reply | Errand | None:
        """What answers in the place of a refusal, if anything."""
        is_missing = refusal.code == errors.NoSuchKey.code
        rule = routing.rule_for(self.site, self.outcome(refusal.status, is_missing=is_missing))
        instead = None if rule is None else self.obey(rule)
        if instead is not None:
            return instead
        return self.page_for_missing(refusal) if is_missing else None

    def obey(self, rule: RoutingRule) -> Reply | Errand | None:
        """What a rule makes of the request; None where it leads to nothing."""
        visit, redirect = self.visit, rule.redirect
        if redirect.kind == "Internal":
            return self.serve(routing.new_key(rule, self.key))
        if redirect.kind == "Mirror":
            if visit.hops == mirror.HOPS:
                raise errors.MirrorFailed().because("the mirrors lead in a ring")
            key = routing.new_key(rule, visit.key or "")
            asked = mirror.wanted(redirect, visit.request, key, visit.address.query)
            return Errand(partial(mirror.fetch, asked, self._ask), partial(self.mirrored, rule))
        place = routing.location(rule, self.key, visit.request.scheme, visit.request.host, visit.address.query)
        return Reply(redirect.code or 301, (("Location", place),))

    def _ask(self, authority: str, request: Request) -> Reply | None:
        """An origin that is the fake's own needs no client and no network."""
        return self.handle(request) if hosts.claims(self.service, authority) else None

    def mirrored(self, rule: RoutingRule, origin: Origin | None) -> Reply | Errand:
        """The answer once the origin has spoken; raises MirrorFailed, and NoSuchKey for what it does not have."""
        redirect = rule.redirect
        if origin is None:
            raise errors.MirrorFailed().because(f"no origin could be reached for {self.key!r}")
        if mirror.is_passed_on(redirect, origin):
            return mirror.passed_on(origin)
        if origin.status == routing.MISSING:
            refusal = errors.NoSuchKey(Key=self.key)
            page = self.page_for_missing(refusal)
            if page is None:
                raise refusal
            return page
        if origin.status not in mirror.STATUSES:
            raise errors.MirrorStatus(status=str(origin.status)).because(f"{origin.url} answered {origin.status}")
        if self.visit.request.method == "HEAD":
            return mirror.told(redirect, origin)
        arrived = self.serve(self.visit.key or "")
        if arrived is not None:
            return arrived  # another request was faster
        before = self.service.store.world
        call = access.admit_for(self.service, self.visit, self.row, self.visit.key or "")
        reply = mirror.store(call, redirect, origin)
        settling.follow(self.service, before, self.visit.now)
        return reply

    def page_for_missing(self, refusal: errors.OSSError) -> Reply | None:
        """The index page of a directory, or else the error page, in the place of a missing object."""
        found = None if self.site.index is None else self._index(self.site.index)
        if found is None and self.site.error is not None and self.visit.request.method == "GET":
            found = self._error_page(self.site.error, refusal)
        return found

    def _index(self, index: IndexDocument) -> Reply | None:
        key = self.key
        if key.endswith("/"):
            return self.serve(routing.index_key(index, key))
        page, kind = f"{key}/{index.suffix}", index.subdirectory_type or 0
        if not index.for_subdirectories or kind == 1:
            return None
        if kind == 2:
            return self.serve(page)
        if not _exists(self.service, self.visit, page):
            return None
        root = f"/{self.visit.bucket}" if self.visit.address.path_style else ""
        return Reply(302, (("Location", f"{root}/{quote(key, safe='/')}/"),))

    def serve(self, key: str) -> Reply | None:
        """The object `key` in the place of the one asked for; None where there is none.

        Raises the refusals of reading it, AccessDenied among them.
        """
        if not _exists(self.service, self.visit, key):
            return None
        call = access.admit_for(self.service, self.visit, self.row, key)
        return READS[self.row.name].answer(call)

    def _error_page(self, document: ErrorDocument, refusal: errors.OSSError) -> Reply | None:
        """The error page, whole; None where it is missing or may not be read (assumption A203)."""
        if not _exists(self.service, self.visit, document.key):
            return None
        try:
            call = access.admit_for(self.service, self.visit, self.row, document.key)
            call.headers = {name: value for name, value in call.headers.items() if name not in _UNCONDITIONAL}
            reply = object_get.get_object.answer(call)
        except errors.OSSError:
            return None
        status = document.status or routing.MISSING
        if status == routing.MISSING:
            self.visit.error = refusal
        return replace(reply, status=status)
