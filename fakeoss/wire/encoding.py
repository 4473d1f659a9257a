"""How text stands in a message: percent-encoded in targets, queries and `encoding-type=url` answers; in headers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, unquote_to_bytes

from fakeoss import errors

_PLAIN = re.compile(r"[A-Za-z0-9_.~/-]*")
"""Names of which at most the slashes need encoding: most, and `quote` takes ten times as long."""

Query = tuple[tuple[str, str | None], ...]
"""Decoded parameters in wire order, repeated ones included: `a` is ("a", None), `a=` is ("a", "")."""


def url_encode(text: str) -> str:
    """A name as answers with `encoding-type=url` spell it: all but `A-Za-z0-9_.-~` as `%XX`, a space as `%20`.

    Clients decode `%2F` and `/` alike; that the service encodes the slash is assumption A292.
    """
    return text.replace("/", "%2F") if _PLAIN.fullmatch(text) else quote(text, safe="")


def wants_url(value: str | None) -> bool:
    """Whether `encoding-type` asks for URL encoding: absent no, `url` in any case yes; else InvalidEncodingType."""
    if value is None:
        return False
    if value.lower() != "url":
        raise errors.InvalidEncodingType(ArgumentName="encoding-type", ArgumentValue=value)
    return True


def header_text(text: str) -> str:
    """Text as a header holds it: UTF-8, one latin-1 character a byte."""
    return text.encode().decode("latin-1")


def text_of_header(value: str) -> str:
    """The text that a header holds, where its bytes are UTF-8; else the same."""
    if value.isascii():
        return value
    try:
        return value.encode("latin-1").decode()
    except UnicodeError:
        return value


def decode_key(raw: str) -> str:
    """The object key of a raw path without its leading slash; a plus is a plus.

    A percent sign that no two hex digits follow stands for itself. Raises InvalidObjectName for what is not UTF-8.
    """
    if "%" not in raw and raw.isascii():
        return raw
    key = _decoded(raw)
    if key is None:
        raise errors.ObjectNameNotText(ObjectName=raw)
    return key


def parse_query(raw: str) -> Query:
    """The parameters of a raw query without its question mark; a plus is a space.

    Empty parts (`a&&b`) are no parameters. Raises InvalidArgument for what is not UTF-8.
    """
    return tuple(_parameter(part) for part in raw.split("&") if part) if raw else ()


def _parameter(part: str) -> tuple[str, str | None]:
    name, equals, value = part.partition("=")
    return _decoded_part(name, part), _decoded_part(value, part) if equals else None


def _decoded_part(raw: str, part: str) -> str:
    text = _decoded(raw.replace("+", " "))
    if text is None:
        name, _, value = part.partition("=")
        raise errors.InvalidArgument(ArgumentName=name, ArgumentValue=value)
    return text


def _decoded(raw: str) -> str | None:
    """Decoded text, or None for what is not UTF-8. Carriers hand out bytes beyond ASCII as latin-1 or as text."""
    if "%" not in raw and raw.isascii():
        return raw
    try:
        return unquote_to_bytes(_bytes(raw)).decode()
    except UnicodeError:
        return None


def _bytes(raw: str) -> bytes:
    """What was sent: one byte a character where it fits (HTTP libraries read latin-1), else text as UTF-8."""
    try:
        return raw.encode("latin-1")
    except UnicodeEncodeError:
        return raw.encode()


def first_values(query: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """The first value of each name; one without a value reads as empty text."""
    values: dict[str, str] = {}
    for name, value in query:
        values.setdefault(name, value or "")
    return values
