"""Mirroring from an origin: what is asked of it, outside the lock, and what is kept of its answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from fakeoss import errors
from fakeoss.operations import object_get, storing
from fakeoss.operations.call import Call
from fakeoss.operations.reading import Found
from fakeoss.state.configurations.website import Redirect
from fakeoss.state.objects import ObjectVersion
from fakeoss.state.payload import Payload
from fakeoss.wire import checksums, dates, encoding
from fakeoss.wire.message import SEGMENT, Body, BodyBuilder, Headers, Reply, Request

HOPS = 10
"""Redirects that are followed (reference 7.11.1)."""

TIMEOUT = 10.0
"""Seconds an origin has (documentation: mirroring-based back-to-origin)."""

USER_AGENT = "aliyun-oss-mirror"
STATUSES = frozenset({200, 206})
"""Statuses of an origin that are a success (documentation: 0041-00000101)."""

_MOVED = frozenset({301, 302, 303, 307, 308})
_NEVER = frozenset(
    {
        "authorization",
        "authorization2",
        "connection",
        "content-length",
        "date",
        "expect",
        "range",
        "te",
        "transfer-encoding",
        "upgrade",
        "user-agent",
    }
)
"""Headers of a request that no origin gets: those of the reference, and those of the connection."""

_NEVER_BEGINNING = ("oss-", "x-oss-", "x-drs-")
_KEPT = frozenset(
    {
        "cache-control",
        "content-disposition",
        "content-encoding",
        "content-language",
        "content-type",
        "expires",
        "x-oss-persistent-headers",
    }
)
"""Headers of an origin's answer that are kept with the object (documentation: back-to-origin configurations)."""

_OWN = frozenset({"connection", "content-length", "date", "server", "transfer-encoding", "x-oss-request-id"})
"""Headers of an answer that no rule may set: those of the connection, and those that tell who answers."""

Ask = Callable[[str, Request], "Reply | None"]
"""Puts a request to the fake itself; None where the authority that is connected to is not its own."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of which origins, one after the other."""

    method: str
    urls: tuple[str, ...]
    headers: Mapping[str, str]
    follows: bool
    switches_always: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """What an origin answered; `url` is the one first asked."""

    url: str
    status: int
    headers: Headers
    body: Body


def wanted(redirect: Redirect, request: Request, key: str, query: str) -> Wanted:
    """What a rule makes of a request; `key` is what the origin calls the object."""
    passes = redirect.pass_query if redirect.mirror_pass_query is None else redirect.mirror_pass_query
    target = quote(key, safe="/") + (f"?{query}" if passes and query else "")
    return Wanted(
        method=request.method,
        urls=tuple(origin + target for origin in _origins(redirect)),
        headers=_headers(redirect, request),
        follows=redirect.mirror_follow is not False,
        switches_always=bool(redirect.mirror_switch_all_errors),
    )


def _origins(redirect: Redirect) -> Iterator[str]:
    yield redirect.mirror_url or ""
    for alternate in sorted(redirect.mirror_alternates or (), key=lambda alternate: alternate.number):
        yield alternate.url
    if redirect.mirror_url_slave is not None:
        yield redirect.mirror_url_slave


def _headers(redirect: Redirect, request: Request) -> dict[str, str]:
    """The headers of the request to the origin; the host only passes where it is named (assumption A207)."""
    rules = redirect.mirror_headers
    found = {"User-Agent": USER_AGENT}
    if rules is None:
        return found
    sent = {"host": request.host, **request.headers.first}
    names = set(sent) - {"host"} if rules.pass_all else {name.lower() for name in rules.passed}
    names -= {name.lower() for name in rules.removed}
    for name in sorted(names & set(sent)):
        if name not in _NEVER and not name.startswith(_NEVER_BEGINNING):
            found[name] = sent[name]
    for header in rules.set:
        found[header.key] = header.value
    return found


# Outside the lock


def fetch(asked: Wanted, ask: Ask) -> Origin | None:
    """The answer of the first origin that can be reached and does not fail; of the last, where all do.

    None where the last cannot be reached.
    """
    found: Origin | None = None
    for url in asked.urls:
        found = _followed(asked, url, ask)
        if found is not None and not _fails(asked, found):
            break
    return found


def _fails(asked: Wanted, found: Origin) -> bool:
    return found.status >= 500 or (asked.switches_always and found.status >= 400)


def _followed(asked: Wanted, first: str, ask: Ask) -> Origin | None:
    url = first
    for _ in range(HOPS + 1):
        found = _answer(asked, url, ask)
        place = None if found is None else found.headers.get("location")
        if found is None:
            return None
        if not asked.follows or found.status not in _MOVED or not place:
            return replace(found, url=first)
        url = _joined(url, place)
    return None


def _joined(url: str, place: str) -> str:
    """Where a redirect leads; what is no URL stays as it is, and leads nowhere."""
    try:
        return urljoin(url, place)
    except ValueError:
        return place


def _answer(asked: Wanted, url: str, ask: Ask) -> Origin | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    host = next((value for name, value in asked.headers.items() if name.lower() == "host"), parts.netloc)
    sent = Headers((name, value) for name, value in asked.headers.items() if name.lower() != "host")
    reply = ask(parts.netloc, Request(asked.method, parts.scheme, host, target, sent, source="mirror"))
    if reply is not None:
        return None if reply.fault is not None else Origin(url, reply.status, Headers(reply.headers), reply.body)
    return _from_outside(asked, url)


def _from_outside(asked: Wanted, url: str) -> Origin | None:
    import requests
    from urllib3.exceptions import HTTPError

    session = requests.Session()
    session.headers.clear()
    try:
        with session.request(
            asked.method,
            url,
            headers=dict(asked.headers),
            auth=_nobody,
            allow_redirects=False,
            stream=True,
            timeout=TIMEOUT,
        ) as response:
            body = BodyBuilder()
            while block := response.raw.read(SEGMENT, decode_content=False):
                body.write(block)
            return Origin(url, response.status_code, Headers(response.headers.items()), body.finish())
    except (requests.RequestException, HTTPError, ValueError):  # it reads a Location even where it must not follow
        return None


def _nobody(request: Any) -> Any:
    """Keep requests from looking into .netrc."""
    return request


# Within it again


def store(call: Call, redirect: Redirect, origin: Origin) -> Reply:
    """Keep what the origin sent as the object the call is about, and answer with it.

    What does not match its Content-MD5 where that is asked for, and everything where the rule only passes it
    on, is answered without being kept. Raises MirrorFailed where the bucket cannot take it.
    """
    bucket = call.bucket()
    payload = Payload.of(origin.body)
    try:
        version = _version(call, redirect, origin, payload)
        if not (redirect.mirror_proxy_pass or _is_damaged(redirect, origin, payload)):
            storing.check_overwrite(call, bucket, call.key)
            bucket = storing.store(call, bucket, call.key, version)
    except errors.OSSError as error:
        raise errors.MirrorNotStored(reason=error.message).because(error.why or error.message) from error
    reply = object_get.content(call, Found(bucket, call.key, version, version))
    return _with_headers(reply, redirect)


def _version(call: Call, redirect: Redirect, origin: Origin, payload: Payload) -> ObjectVersion:
    given = {name: value for name, value in origin.headers.first.items() if _is_kept(name, redirect)}
    said = storing.attributes(call, call.bucket(), given)
    tag = re.sub("%[0-9A-F]{2}", lambda found: found[0].lower(), quote(origin.url, safe=""))
    headers = said.headers.set("x-oss-tag", f"MIRROR {tag}")
    tags = tuple((tag.key, tag.value) for tag in redirect.mirror_tags or ())
    version = storing.new_version(call, call.bucket(), payload, replace(said, headers=headers, tags=tags))
    modified = dates.parse_any_date(origin.headers.get("last-modified") or "")
    if redirect.mirror_last_modified and modified is not None:
        version = replace(version, last_modified=modified)
    return version


def _is_kept(name: str, redirect: Redirect) -> bool:
    return name in _KEPT or (bool(redirect.mirror_save_meta) and name.startswith("x-oss-meta-"))


def _is_damaged(redirect: Redirect, origin: Origin, payload: Payload) -> bool:
    claimed = origin.headers.get("content-md5")
    return (
        bool(redirect.mirror_check_md5)
        and claimed is not None
        and claimed != checksums.encode_md5(payload.with_md5().md5 or b"")
    )


def told(redirect: Redirect, origin: Origin) -> Reply:
    """The answer to HEAD: the origin's own headers; nothing is kept."""
    kept = [(name, value) for name, value in origin.headers if _is_kept(name.lower(), redirect)]
    length = origin.headers.get("content-length")
    if length is not None:
        kept.append(("Content-Length", length))
    return _with_headers(Reply(200, tuple(kept)), redirect)


def passed_on(origin: Origin) -> Reply:
    """The origin's answer as it came, but for headers of its connection."""
    kept = [pair for pair in origin.headers if pair[0].lower() in _KEPT or pair[0].lower() == "location"]
    return Reply(origin.status, tuple(kept), origin.body)


def is_passed_on(redirect: Redirect, origin: Origin) -> bool:
    """Whether the rule lets the origin's status through: those it names, and redirects not followed."""
    named = (redirect.mirror_transparent or "").split(",")
    return str(origin.status) in named or (redirect.mirror_follow is False and origin.status in _MOVED)


def _with_headers(reply: Reply, redirect: Redirect) -> Reply:
    """The answer with the headers that the rule sets, in the place of others of their names."""
    said = {
        header.key.lower(): (header.key, encoding.header_text(header.value))
        for header in redirect.mirror_return_headers or ()
        if header.key.lower() not in _OWN
    }
    if not said:
        return reply
    kept = [pair for pair in reply.headers if pair[0].lower() not in said]
    return replace(reply, headers=(*kept, *said.values()))
