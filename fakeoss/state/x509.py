"""Certificates in DER (X.509, RFC 5280), as far as what they say of their own time."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import NamedTuple

_SEQUENCE, _VERSION, _SHORT_TIME, _LONG_TIME = 0x30, 0xA0, 0x17, 0x18
_VALIDITY = 3
"""Where the validity stands among the fields of a certificate, the version not counted."""


class Validity(NamedTuple):
    """From when to when a certificate is good."""

    starts: datetime
    ends: datetime


def validity(der: bytes) -> Validity | None:
    """The validity of a certificate; None for what is no certificate."""
    try:
        certificate = _within(_items(der)[0])
        fields = [item for item in _within(certificate[0]) if item[0] != _VERSION]
        starts, ends = _within(fields[_VALIDITY])
        return Validity(_time(*starts), _time(*ends))
    except (ValueError, IndexError):
        return None


def _items(data: bytes) -> list[tuple[int, bytes]]:
    """The elements that follow one another, each with its tag; raises ValueError and IndexError where they do not."""
    found = []
    position = 0
    while position < len(data):
        tag, length, start = data[position], data[position + 1], position + 2
        if length >= 0x80:
            start += length & 0x7F
            length = int.from_bytes(data[position + 2 : start], "big")
        if start + length > len(data):
            raise ValueError("an element is longer than what holds it")
        found.append((tag, data[start : start + length]))
        position = start + length
    return found


def _within(item: tuple[int, bytes]) -> list[tuple[int, bytes]]:
    tag, content = item
    if tag != _SEQUENCE:
        raise ValueError("no sequence")
    return _items(content)


def _time(tag: int, content: bytes) -> datetime:
    text = content.decode("ascii")
    if tag == _SHORT_TIME:
        text = ("20" if text < "50" else "19") + text
    elif tag != _LONG_TIME:
        raise ValueError("no time")
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=timezone.utc)
