"""The bytes of an object or part: immutable segments, shared by copies, versions, parts and snapshots."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Final

from fastcrc import crc64

from fakeoss.counting import counted

SEGMENT: Final = 1 << 20
"""Bytes up to which appended pieces are merged into one segment."""


class Payload:
    """Content with its size in bytes, CRC-64 (ECMA-182 as XZ computes it) and MD5 digest.

    The MD5 is missing for content joined from other payloads: the service has none of a multipart or
    appended object either, unless it was asked for one. Equal payloads hold equal bytes, however cut.
    """

    __slots__ = ("_md5", "_starts", "crc64", "segments", "size")

    segments: Final[tuple[bytes, ...]]
    size: Final[int]
    crc64: Final[int]
    _md5: Final[str | None]
    _starts: Final[tuple[int, ...]]

    def __init__(self, segments: tuple[bytes, ...], size: int, checksum: int, md5: str | None) -> None:
        """Takes what `of` and its neighbours have computed; no segment is empty, `md5` is in upper-case hex."""
        self.segments = segments
        self.size = size
        self.crc64 = checksum
        self._md5 = md5
        self._starts = tuple(accumulate(map(len, segments[:-1]), initial=0)) if len(segments) > 1 else _SINGLE

    @classmethod
    def of(cls, segments: Iterable[bytes]) -> Payload:
        """The payload of these bytes, read once for both sums; empty segments are dropped."""
        kept = tuple(filter(None, segments))
        return cls(kept, sum(map(len, kept)), _crc64(kept), _hex_md5(kept))

    @classmethod
    def join(cls, payloads: Iterable[Payload]) -> Payload:
        """The payloads one after another, their segments shared; without MD5."""
        pieces = tuple(payloads)
        segments = tuple(segment for piece in pieces for segment in piece.segments)
        # The first piece's sum is the state to go on from: what was there before is not read again.
        checksum = _crc64(
            (segment for piece in pieces[1:] for segment in piece.segments), pieces[0].crc64 if pieces else 0
        )
        return cls(segments, sum(piece.size for piece in pieces), checksum, None)

    def __add__(self, other: Payload) -> Payload:
        return Payload.join((self, other))

    def append(self, more: Payload) -> Payload:
        """This content followed by `more`, as an appendable object grows; without MD5.

        Small trailing segments are merged so that a thousand small appends do not leave a thousand
        segments; each byte is copied a logarithmic number of times.
        """
        segments = list(self.segments)
        for segment in more.segments:
            while segments and len(segments[-1]) <= len(segment) and len(segments[-1]) + len(segment) <= SEGMENT:
                segment = segments.pop() + segment
            segments.append(segment)
        return Payload(tuple(segments), self.size + more.size, _crc64(more.segments, self.crc64), None)

    def with_md5(self) -> Payload:
        """The same content with its MD5, computed if it is missing."""
        return self if self._md5 is not None else Payload(self.segments, self.size, self.crc64, _hex_md5(self.segments))

    def without_md5(self) -> Payload:
        """The same content as the service keeps it where it has no MD5."""
        return self if self._md5 is None else Payload(self.segments, self.size, self.crc64, None)

    @property
    def md5(self) -> bytes | None:
        """The digest, or None where there is none."""
        return None if self._md5 is None else bytes.fromhex(self._md5)

    @property
    def etag(self) -> str:
        """The MD5 in upper-case hex digits, the ETag of an object that was put whole; computed if it is missing."""
        # Kept as text and not as the digest: a version's ETag is this very text, so that it is stored once.
        return _hex_md5(self.segments) if self._md5 is None else self._md5

    def data(self) -> bytes:
        """The content in one piece; copies unless it is one segment."""
        return self.segments[0] if len(self.segments) == 1 else b"".join(self.segments)

    def slice(self, first: int, last: int) -> tuple[bytes, ...]:
        """The bytes from position `first` to `last`, both included; whole segments are shared.

        Raises ValueError unless 0 <= first <= last < size. Costs the cut ends and two binary searches.
        """
        if not 0 <= first <= last < self.size:
            raise ValueError(f"no bytes {first} to {last} in {self.size}")
        head = bisect_right(self._starts, first) - 1
        tail = bisect_right(self._starts, last) - 1
        start = first - self._starts[head]
        end = last - self._starts[tail] + 1
        if head == tail:
            return (self.segments[head][start:end],)
        return (self.segments[head][start:], *self.segments[head + 1 : tail], self.segments[tail][:end])

    def part(self, first: int, last: int) -> Payload:
        """The bytes from `first` to `last`, both included, as a payload of their own with both sums."""
        if first == 0 and last == self.size - 1:
            return self.with_md5()
        return Payload.of(self.slice(first, last))

    def __len__(self) -> int:
        return self.size

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Payload):
            return NotImplemented
        if self.size != other.size or self.crc64 != other.crc64:
            return False
        return self.segments == other.segments or self.data() == other.data()

    def __hash__(self) -> int:
        return hash((self.size, self.crc64))

    def __repr__(self) -> str:
        return f"<Payload of {counted(self.size, 'byte')}, CRC-64 {self.crc64}>"


def _crc64(segments: Iterable[bytes], checksum: int = 0) -> int:
    """The CRC-64 of segments that follow on content whose own is `checksum` (0 for none)."""
    for segment in segments:
        checksum = crc64.xz(segment, checksum)
    return checksum


def _hex_md5(segments: Iterable[bytes]) -> str:
    digest = hashlib.md5(usedforsecurity=False)
    for segment in segments:
        digest.update(segment)
    return digest.hexdigest().upper()


_SINGLE: Final = (0,)

EMPTY: Final = Payload.of(())
"""No bytes at all."""
