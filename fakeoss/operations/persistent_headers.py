"""Headers of the user's own that an object keeps and shows: `x-oss-persistent-headers`.

`x-oss-persistent-headers: name:base64(value),name:base64(value)` at writing makes GetObject and HeadObject
answer `name: value` (reference 8.1.7; wordings and rules: docs: HTTP 400).
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping

from fakeoss import errors

NAME = "x-oss-persistent-headers"

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")

_RESERVED = frozenset(
    {
        "accept-ranges",
        "authorization",
        "connection",
        "content-length",
        "content-md5",
        "content-range",
        "date",
        "etag",
        "host",
        "last-modified",
        "origin",
        "range",
        "server",
        "transfer-encoding",
    }
)
"""Names that belong to the exchange itself; the documentation names Host, Content-MD5, Origin and Range."""

_FORMAT = (
    'The format of persistent header is invalid, should be "name:Base64Encode(value),name:Base64Encode(value)...".'
)


def read(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers to keep, by name as given; `headers` by lower-case name. Raises InvalidArgument."""
    given = headers[NAME]
    found: dict[str, str] = {}
    for part in given.split(","):
        name, colon, encoded = part.strip().partition(":")
        if not colon or not name:
            raise _refusal(_FORMAT, given)
        found[name] = _value(encoded, given)
        _check(name, found[name], headers)
    return found


def _value(encoded: str, given: str) -> str:
    """A value as header text: one latin-1 character a byte."""
    try:
        raw = base64.b64decode(encoded.encode(), validate=True)
    except (binascii.Error, UnicodeError):
        raise _refusal("The header value specified by persistent header is not base64 encoded.", given) from None
    try:
        raw.decode()
    except UnicodeError:
        raise _refusal("The header value specified by persistent header is not utf-8 encoded.", given) from None
    if any(byte in raw for byte in b"\r\n\0"):  # no header can hold a NUL either
        raise _refusal("The header value specified by persistent header contains CR or LF.", given)
    return raw.decode("latin-1")


def _check(name: str, value: str, headers: Mapping[str, str]) -> None:
    given = headers[NAME]
    if not _TOKEN.match(name):
        raise _refusal("The header specified by persistent header is not valid HTTP token.", given)
    lowered = name.lower()
    if lowered in _RESERVED or lowered.startswith("x-oss-"):
        raise _refusal("The header specified by persistent header is reserved.", given)
    if headers.get(lowered, value) != value:
        raise _refusal("The header value specified by persistent header is not equal to request header value.", given)


def _refusal(message: str, given: str) -> errors.OSSError:
    return errors.InvalidArgument(message=message, ArgumentName=NAME, ArgumentValue=given)
