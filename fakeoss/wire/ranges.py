"""The Range header, as OSS reads it: leniently by default, by RFC 9110 when asked to.

Source: reference 8.1.2 and the vendor's page on segmenting by HTTP Range. By default a range that is malformed
or reaches past the object is ignored: the whole object, status 200. `x-oss-range-behavior: standard` clamps the
end and refuses a first byte past the end. Of several ranges the first counts (assumption A295), and more than
50 are refused (docs: 0016-00000110).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fakeoss import errors

MOST = 50
"""Ranges that one request may ask for."""

STANDARD = "standard"
"""The value of `x-oss-range-behavior` that asks for RFC 9110."""

_SPEC = re.compile(r"(\d*)-(\d*)", re.ASCII)
_DIGITS = 19
"""Digits of the largest position that is read; more are as far out, and int() stays cheap."""


@dataclass(frozen=True, slots=True)
class Span:
    """Positions of the first and the last byte, counted from 0, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """Bytes in it."""
        return self.last - self.first + 1

    def content_range(self, size: int) -> str:
        """The Content-Range header of an object of `size` bytes: `bytes 0-9/44`."""
        return f"bytes {self.first}-{self.last}/{size}"


def check_count(value: str | None) -> None:
    """Refuse a header `Range` that asks for too many; raises MultiRangeFailed."""
    if value is not None and value.count(",") >= MOST:
        raise errors.MultiRangeFailed()


def parse(value: str | None, size: int, behavior: str | None = None) -> Span | None:
    """What a GET returns of an object of `size` bytes: a span (206), or None, the whole (200).

    `value` and `behavior` are the headers `Range` and `x-oss-range-behavior`. Raises InvalidRange where the
    standard behavior finds the first byte past the end, which `bytes=-0` counts as (RFC 9110; assumption A119);
    a suffix longer than the object is the whole of it, as a range (assumption A291).
    """
    asked = None if value is None else _asked(value)
    if value is None or asked is None:
        return None
    first, last = _positions(asked, size)
    if 0 <= first <= last < size:
        return Span(first, last)
    if behavior != STANDARD:
        return None
    if size == 0 and first < 0:
        return None
    if first >= size:
        raise errors.InvalidRange(ActualObjectSize=str(size), RangeRequested=value)
    return Span(max(first, 0), min(last, size - 1))


def parse_copy_source_range(value: str | None, size: int) -> Span | None:
    """What UploadPartCopy copies of a source of `size` bytes; None is the whole, without Content-Range.

    A range that does not fit the source is ignored (reference 8.3.3).
    """
    return parse(value, size)


def _asked(value: str) -> tuple[int | None, int | None] | None:
    """First and last position as sent, None where left out; None for what is no byte range."""
    unit, equals, specs = value.strip().partition("=")
    if not equals or unit.lower() != "bytes":
        return None
    spec = _SPEC.fullmatch(specs.partition(",")[0].strip())
    if spec is None or not (spec[1] or spec[2]):
        return None
    first, last = (int(_clipped(text)) if text else None for text in spec.groups())
    return None if first is not None and last is not None and first > last else (first, last)


def _clipped(digits: str) -> str:
    significant = digits.lstrip("0")
    return "9" * _DIGITS if len(significant) > _DIGITS else significant or "0"


def _positions(asked: tuple[int | None, int | None], size: int) -> tuple[int, int]:
    """Absolute positions, not yet held against the size; a suffix longer than the object begins below 0."""
    first, last = asked
    if first is None:
        return size - (last or 0), size - 1
    return first, size - 1 if last is None else last
