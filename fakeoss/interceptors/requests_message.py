"""A prepared request of `requests` as it would stand on the wire, and a reply as urllib3 would hand it over."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from typing import NamedTuple
from urllib.parse import quote

from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
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
_BLANKS = " \t"
_DEFAULT_PORT = {"http": ":80", "https": ":443"}


class Place(NamedTuple):
    """Where a URL leads as the wire shows it; scheme and authority are empty for one that is not http's."""

    scheme: str
    authority: str
    target: str


def place_of(request: PreparedRequest) -> Place:
    """Where the request's URL leads; the target as it stands in the URL."""
    parts = _PARTS.match(request.url or "")
    if parts is None:
        return Place("", "", "/")
    scheme, authority, path, query = parts.groups("")
    scheme = scheme.lower()
    return Place(scheme, authority.lower().removesuffix(_DEFAULT_PORT[scheme]), f"{path or '/'}{query}")


def neutral(request: PreparedRequest, place: Place, body: Body) -> Request:
    """The request as it would arrive at the service.

    Raises UnicodeEncodeError for a header that is not latin-1, as `http.client` does.
    """
    headers = _wire_headers(request, place.authority)
    host = headers.get("Host") or place.authority
    target = place.target if _PLAIN_TARGET(place.target) else _target(request)
    return Request(request.method or "GET", place.scheme, host, target, headers, body, "requests")


def _target(request: PreparedRequest) -> str:
    """What urllib3 makes of a URL that cannot stand on the wire as it is."""
    target = HTTPAdapter().request_url(request, {})  # some versions fold leading slashes
    path, mark, query = target.partition("?")
    return f"{_encoded(path)}{mark}{_encoded(query)}"


def _encoded(component: str) -> str:
    """What urllib3 sends of a path or query: escapes in upper case, `%` encoded again unless all are escapes."""
    text, escapes = _ESCAPE.subn(lambda escape: escape[0].upper(), component)
    return quote(text, safe=_SAFE + "%" if escapes == text.count("%") else _SAFE)


def _wire_headers(request: PreparedRequest, authority: str) -> Headers:
    """What `http.client` and urllib3 send: their own fields first, then the caller's in order."""
    names, first = list(request.headers), _plain(request.headers)
    if first is None or not "".join(names).isascii():
        return _spelt_out(request, authority)
    own = _own_headers(request, authority, first.keys())
    pairs = (*own, *zip(names, first.values(), strict=True))
    for name, value in own:
        first[name.lower()] = value
    return Headers.sorted_out(pairs, first)


def _plain(headers: Mapping[str, str]) -> dict[str, str] | None:
    """The caller's fields by name in lower case, or None where a value is not ASCII text, or is to be left out."""
    if not isinstance(headers, CaseInsensitiveDict):
        return None
    try:  # by way of `lower_items`: `items` would look up each name once more
        fields = {name: value.strip(_BLANKS) for name, value in headers.lower_items()}
    except TypeError:
        return None  # some are bytes
    values = fields.values()
    return fields if "".join(values).isascii() and SKIP_HEADER not in values else None


def _spelt_out(request: PreparedRequest, authority: str) -> Headers:
    """The same one by one; raises UnicodeEncodeError for what cannot stand on the wire."""
    given = [(_latin(name), _latin(value)) for name, value in request.headers.items()]
    kept = [(name, value.strip(_BLANKS)) for name, value in given if value != SKIP_HEADER]
    return Headers(_own_headers(request, authority, {name.lower() for name, _ in given}) + kept)


def _own_headers(request: PreparedRequest, authority: str, names: Set[str]) -> list[tuple[str, str]]:
    own = [] if "host" in names else [("Host", authority)]
    if "accept-encoding" not in names:
        own.append(("Accept-Encoding", "identity"))
    if request.body is not None and _FRAMING.isdisjoint(names):
        own.append(("Transfer-Encoding", "chunked"))
    if "user-agent" not in names:
        own.append(("User-Agent", f"python-urllib3/{urllib3_version}"))
    return own


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
    if (request.headers.get("connection") or "").lower() == "close":
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
