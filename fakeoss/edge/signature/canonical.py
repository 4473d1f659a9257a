"""Pieces of the strings that get signed, taken from the raw request.

Header values are bytes on the wire and enter the signature as bytes; names and keys are UTF-8.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection
from typing import Literal
from urllib.parse import quote

from fakeoss.edge.signature.claim import Pairs
from fakeoss.wire.encoding import parse_query
from fakeoss.wire.message import Headers, Request

_UNRESERVED = re.compile(r"[A-Za-z0-9_.~-]*").fullmatch
_UNRESERVED_PATH = re.compile(r"[A-Za-z0-9_.~/-]*").fullmatch
"""What is encoded as it is: most names and paths, and `quote` takes several times as long to find that out."""

_OWN, _BEYOND_OWN = "x-oss-", "x-oss."
"""The prefix of the headers that are always signed, and the first name after all that have it."""

BLANKS = " \t"
"""What may surround a header's value on the wire without being part of it."""


def utf8(text: str) -> bytes:
    """The bytes of text that was decoded, whatever it holds."""
    return text.encode("utf-8", "surrogatepass")


def octets(text: str) -> bytes:
    """The bytes of wire text, one a character; beyond latin-1, which no carrier delivers, UTF-8."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return utf8(text)


def escape(text: str, safe: Literal["", "/"] = "") -> str:
    """Percent-encoded, all but `A-Z a-z 0-9 - _ . ~` and `safe`, as V2 and V4 write names, values and paths."""
    if (_UNRESERVED_PATH if safe else _UNRESERVED)(text):
        return text
    return quote(text, safe) if text.isascii() else quote(utf8(text), safe)


def resource_path(bucket: str | None, key: str | None) -> str:
    """`/bucket/key`, `/bucket/` or `/`: what is signed as the path, whichever way the bucket was addressed."""
    return f"/{bucket}/{key or ''}" if bucket else f"/{key or ''}"


def query_pairs(target: str) -> Pairs:
    """The query parameters of a raw target, decoded; raises InvalidArgument for what is not UTF-8."""
    _, mark, query = target.partition("?")
    return tuple((name, value or "") for name, value in parse_query(query)) if mark else ()


def escaped_query(pairs: Pairs, signature: str) -> str:
    """All parameters but `signature`, encoded and sorted; without `=` where the value is empty (V2, V4)."""
    encoded = sorted((escape(name), escape(value)) for name, value in pairs if name != signature)
    return "&".join(f"{name}={value}" if value else name for name, value in encoded)


def signed_headers(request: Request, further: Collection[str]) -> str:
    """One line `name:value` for each `x-oss-` header and each of `further`, sorted by name.

    Repeated headers are joined by commas, as the Go SDK signs them.
    """
    headers = request.headers
    first = headers.first
    names = sorted(first)
    names = names[bisect_left(names, _OWN) : bisect_left(names, _BEYOND_OWN)]
    names += {name for name in further if name in first and not name.startswith(_OWN)}
    if "host" in further and "host" not in first:
        first = {**first, "host": request.host}
        names.append("host")
    if len(headers.first) != len(headers):
        first = {**first, **{name: joined(headers, name) for name in names if name in headers}}
    names.sort()
    return "".join([f"{name}:{first[name].strip(BLANKS)}\n" for name in names])


def joined(headers: Headers, name: str) -> str:
    """All values of a header, trimmed and joined by commas; an empty string where it is absent."""
    return ",".join(value.strip(BLANKS) for value in headers.all(name))
