"""Multipart uploads under way, their parts, and what they are completed to."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise
from typing import Final

from fakeoss import errors
from fakeoss.state.objects import NO_FIELDS, Encryption, Fields, Retention, Tags
from fakeoss.state.payload import Payload
from fakeoss.state.sorted_map import SortedMap

LEAST_PART: Final = 100 * 1024
"""Bytes that every part but the last must have when the upload is completed (reference 8.3.4)."""

MOST_PARTS: Final = 10_000
"""The greatest part number."""


@dataclass(frozen=True, slots=True)
class Part:
    """One uploaded part; `etag` is its MD5 in upper-case hex digits."""

    number: int
    payload: Payload
    etag: str
    last_modified: datetime

    @property
    def size(self) -> int:
        """Bytes of the part."""
        return self.payload.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A multipart upload between its initiation and its end.

    What the initiation said of the object to be is kept as `ObjectVersion` has it, but for an ACL, which only
    the completion can give. A `sequential` upload takes its parts in order only, and its object has a Content-MD5.
    """

    key: str
    upload_id: str
    initiated: datetime
    owner: str
    storage_class: str = "Standard"
    headers: Fields = NO_FIELDS
    meta: Fields = NO_FIELDS
    tags: Tags = ()
    encryption: Encryption | None = None
    retention: Retention | None = None
    legal_hold: bool | None = None
    sequential: bool = False
    parts: SortedMap[int, Part] = field(default_factory=SortedMap)

    @property
    def size(self) -> int:
        """Bytes of all parts uploaded so far."""
        return sum(part.size for part in self.parts.values())

    def with_part(self, part: Part) -> Upload:
        """This upload with a part added, or replaced where the number was taken.

        Raises PartNotSequential where a sequential upload gets any number but the next.
        """
        if self.sequential:
            last = self.parts.last()
            if part.number != (1 if last is None else last[0] + 1):
                raise errors.PartNotSequential()
        return replace(self, parts=self.parts.set(part.number, part))


@dataclass(frozen=True, slots=True)
class Completed:
    """What parts make together: content, ETag (`<32 hex digits>-<number of parts>`), sizes of the parts."""

    payload: Payload
    etag: str
    part_sizes: tuple[int, ...]


def complete(upload: Upload, chosen: Sequence[tuple[int, str]] | None) -> Completed:
    """Join the chosen parts, given by number and ETag, or all of them (None).

    ETags may be quoted and in either case. Raises InvalidPartNumberInList, InvalidPartOrder (numbers
    must ascend, gaps are allowed), InvalidPart (one is missing, or has another ETag, or there is none
    at all) and EntityTooSmall (a part before the last has less than 100 KB).
    """
    parts = list(upload.parts.values()) if chosen is None else _chosen(upload, chosen)
    if not parts:
        raise errors.InvalidPart()
    for part in parts[:-1]:
        if part.size < LEAST_PART:
            raise errors.EntityTooSmall()
    payload = Payload.join(part.payload for part in parts)
    return Completed(
        payload.with_md5() if upload.sequential else payload,
        _etag(parts),
        tuple(part.size for part in parts),
    )


def _chosen(upload: Upload, chosen: Sequence[tuple[int, str]]) -> list[Part]:
    numbers = [number for number, _ in chosen]
    if any(not 1 <= number <= MOST_PARTS for number in numbers):
        raise errors.InvalidPartNumberInList()
    if any(number >= following for number, following in pairwise(numbers)):
        raise errors.InvalidPartOrder()
    return [_part(upload, number, etag) for number, etag in chosen]


def _part(upload: Upload, number: int, etag: str) -> Part:
    part = upload.parts.get(number)
    if part is None or part.etag != etag.strip('"').upper():
        raise errors.InvalidPart()
    return part


def _etag(parts: Sequence[Part]) -> str:
    """The MD5 of the parts' ETags one after another, as text, and how many they are (the Java SDK's tests)."""
    texts = "".join(part.etag for part in parts)
    return f"{hashlib.md5(texts.encode(), usedforsecurity=False).hexdigest().upper()}-{len(parts)}"
