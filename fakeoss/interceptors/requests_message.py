"""A prepared request of `requests` as it would stand on the wire, and a reply as urllib3 would hand it over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse
from urllib3 import __version__ as urllib3_version  # type: ignore[attr-defined] # it has one, though no stub says so
from urllib3._collections import HTTPHeaderDict
from urllib3.util import SKIP_HEADER

from fakeoss.interceptors.framing import framed_headers, has_body
from fakeoss.interceptors.reply_stream import ReplyStream
from fakeoss.wire.message import Body, Headers, Reply, Request

_PARTS = re.compile(r"(https?)://(?:[^/?#]*@)?([^/?#]*)([^?#]*)(\?[^#]+)?", re.IGNORECASE)
_PLAIN_TARGET = re.compile(r"/(?!/)(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-F]{2})*").fullmatch
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_SAFE = "!$&'()*+,;=:@/?"
_FRAMING = frozenset({"content-length", "transfer-encoding"})
_DEFAULT_PORT = {"http": ":80", "https": ":443"}


def authority_of(url: str | None) -> tuple[str, str]:
    """Scheme and authority as the wire would show them; two empty strings for a URL that is not http's."""
    parts = _PARTS.match(url or "")
    if parts is None:
        return "", ""
    scheme = parts[1].lower()
    return scheme, parts[2].lower().removesuffix(_DEFAULT_PORT[scheme])


def neutral(request: PreparedRequest, body: Body) -> Request:
    """The request as it would arrive at the service.

    Raises UnicodeEncodeError for a header that is not latin-1, as `http.client` does.
    """
    scheme, authority = authority_of(request.url)
    headers = Headers(_wire_headers(request, authority))
    return Request(
        method=request.method or "GET",
        scheme=scheme,
        host=headers.get("Host") or authority,
        target=_target(request),
        headers=headers,
        body=body,
        source="requests",
    )


def _target(request: PreparedRequest) -> str:
    parts = _PARTS.match(request.url or "")
    target = "/" if parts is None else f"{parts[3] or '/'}{parts[4] or ''}"
    if _PLAIN_TARGET(target):
        return target
    target = HTTPAdapter().request_url(request, {})  # some versions fold leading slashes
    path, mark, query = target.partition("?")
    return f"{_encoded(path)}{mark}{_encoded(query)}"


def _encoded(component: str) -> str:
    """What urllib3 sends of a path or query: escapes in upper case, `%` encoded again unless all are escapes."""
    text, escapes = _ESCAPE.subn(lambda escape: escape[0].upper(), component)
    return quote(text, safe=_SAFE + "%" if escapes == text.count("%") else _SAFE)


def _wire_headers(request: PreparedRequest, authority: str) -> Iterator[tuple[str, str]]:
    """What `http.client` and urllib3 send: their own fields first, then the caller's in order."""
    given = [(_latin(name), value) for name, value in request.headers.items()]
    names = {name.lower() for name, _ in given}
    if "host" not in names:
        yield "Host", authority
    if "accept-encoding" not in names:
        yield "Accept-Encoding", "identity"
    if request.body is not None and _FRAMING.isdisjoint(names):
        yield "Transfer-Encoding", "chunked"
    if "user-agent" not in names:
        yield "User-Agent", f"python-urllib3/{urllib3_version}"
    for name, value in given:
        if value != SKIP_HEADER:
            yield name, _latin(value).strip(" \t")


def _latin(text: str | bytes) -> str:
    if isinstance(text, bytes):
        return text.decode("latin-1")
    if not text.isascii():
        text.encode("latin-1")  # raises for what cannot stand on the wire
    return text


def response_of(reply: Reply, request: Request) -> HTTPResponse:
    """The reply as urllib3 hands it to `requests`: nothing read, nothing decoded.

    Raises ValueError for a reply whose Content-Length is not its body's.
    """
    headers = HTTPHeaderDict()
    for name, value in framed_headers(reply, request.method):
        headers.add(name, value)
    if (request.headers.get("Connection") or "").lower() == "close":
        headers["Connection"] = "close"
    response = HTTPResponse(
        body=ReplyStream(reply.body if has_body(reply.status, request.method) else ()),  # type: ignore[arg-type] # all it asks of a body is to be read
        headers=headers,
        status=reply.status,
        version=11,
        reason=reply.reason,
        preload_content=False,
        decode_content=False,
        request_method=request.method,
    )
    response.version_string = "HTTP/1.1"  # not every version takes it above
    return response
