"""What stands under a key: versions of an object and delete markers, with all that is known of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from sys import intern
from typing import Final, Literal, TypeAlias

from fakeoss.state.payload import Payload
from fakeoss.values import quickly_made

NULL: Final = "null"
"""The id of the version that was written while versioning was off or suspended; a key has at most one."""

KEY_START: Final = r"(?:[^/\\][\s\S]*)?"
"""What a key may begin with: neither a slash nor a backslash comes first (reference 8.1.1)."""

STORAGE_CLASSES: Final = ("Standard", "IA", "Archive", "ColdArchive", "DeepColdArchive")
"""Every storage class, from the warmest to the coldest (DeepColdArchive is newer than the reference)."""

Kind: TypeAlias = Literal["Normal", "Appendable", "Multipart", "Symlink"]
"""How an object came to be, as `x-oss-object-type` says it."""

Tags: TypeAlias = tuple[tuple[str, str], ...]
"""Tags in the order in which they were given."""


class Fields(Mapping[str, str]):
    """A few named texts, such as an object's content headers: immutable, in order, as small as can be.

    Names are compared exactly. A mapping and its table take 300 bytes, which every stored object would
    pay; this takes a third of that and searches its few names one by one.
    """

    __slots__ = ("_flat",)

    def __init__(self, pairs: Mapping[str, str] | None = None) -> None:
        """A copy of `pairs`."""
        # The same few names come with every object, each time as new text.
        self._flat = tuple(text for name, value in pairs.items() for text in (intern(name), value)) if pairs else ()

    def set(self, name: str, value: str) -> Fields:
        """These fields with `name` bound to `value`."""
        return Fields({**self, name: value})

    def without(self, name: str) -> Fields:
        """These fields without `name`, whether or not it was there."""
        return Fields({key: value for key, value in self.items() if key != name})

    def pairs(self) -> list[tuple[str, str]]:
        """Name and text of each, as `items` has them, in a fraction of the time."""
        return list(zip(self._flat[::2], self._flat[1::2], strict=True))

    def __getitem__(self, name: str) -> str:
        for place in range(0, len(self._flat), 2):
            if self._flat[place] == name:
                return self._flat[place + 1]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._flat[::2])

    def __len__(self) -> int:
        return len(self._flat) // 2

    def __hash__(self) -> int:
        return hash(frozenset(self.items()))

    def __repr__(self) -> str:
        return f"Fields({dict(self)!r})"


NO_FIELDS: Final = Fields()
"""No fields; shared by every object that has none."""


@dataclass(frozen=True, slots=True)
class Encryption:
    """Server-side encryption as the object's headers tell it.

    `algorithm` is AES256, KMS or SM4; `key_id` the KMS key and `data` the data encryption (SM4), both
    with KMS only.
    """

    algorithm: str
    key_id: str | None = None
    data: str | None = None


@dataclass(frozen=True, slots=True)
class Restore:
    """The restoration of an archived version: asked for, then readable for some days, then over.

    `tier` is Expedited, Standard or Bulk.
    """

    tier: str
    days: int
    requested_at: datetime
    ready_at: datetime
    expires_at: datetime

    def is_ongoing(self, now: datetime) -> bool:
        """Whether the content is still being brought back."""
        return now < self.ready_at

    def is_readable(self, now: datetime) -> bool:
        """Whether the restored copy can be read."""
        return self.ready_at <= now < self.expires_at

    def is_over(self, now: datetime) -> bool:
        """Whether the restored copy is gone and the version frozen again."""
        return now >= self.expires_at


@dataclass(frozen=True, slots=True)
class Retention:
    """Until when a version may not be deleted; `mode` is GOVERNANCE (can be bypassed) or COMPLIANCE."""

    mode: str
    until: datetime

    def holds(self, now: datetime) -> bool:
        """Whether the version is still protected."""
        return now < self.until


@dataclass(frozen=True, slots=True)
class DeleteMarker:
    """The version that hides a deleted key while versioning is, or was, enabled."""

    version_id: str
    sequence: int
    last_modified: datetime
    owner: str

    @property
    def size(self) -> int:
        """A marker has no bytes."""
        return 0

    @property
    def is_delete_marker(self) -> bool:
        """Always true."""
        return True


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectVersion:
    """One version of an object.

    `etag` is in upper case without quotes, `owner` an account id, `sequence` a number that grows with
    every version of the service. `headers` are the content headers to be sent back (`Content-Type`,
    `Cache-Control`, ...), `meta` the user metadata by lower-case name without its prefix.
    `symlink_target` is the decoded key a symbolic link leads to, `part_sizes` the bytes of each part of
    a multipart object. `legal_hold` is None where it was never set. `is_replica` tells what replication
    brought. Times are UTC.
    """

    version_id: str
    sequence: int
    payload: Payload
    etag: str
    last_modified: datetime
    owner: str
    kind: Kind = "Normal"
    storage_class: str = "Standard"
    headers: Fields = NO_FIELDS
    meta: Fields = NO_FIELDS
    acl: str = "default"
    tags: Tags = ()
    encryption: Encryption | None = None
    symlink_target: str | None = None
    restore: Restore | None = None
    retention: Retention | None = None
    legal_hold: bool | None = None
    sealed_at: datetime | None = None
    part_sizes: tuple[int, ...] = ()
    accessed_at: datetime | None = None
    transitioned_at: datetime | None = None
    is_replica: bool = False

    @property
    def size(self) -> int:
        """Bytes of content."""
        return self.payload.size

    @property
    def is_delete_marker(self) -> bool:
        """Always false."""
        return False

    @property
    def is_sealed(self) -> bool:
        """Whether an appendable object takes no more appends (SealAppendObject)."""
        return self.sealed_at is not None

    @property
    def next_append_position(self) -> int | None:
        """Where the next append has to begin; None unless the object is appendable."""
        return self.payload.size if self.kind == "Appendable" else None

    @property
    def content_md5(self) -> bytes | None:
        """The digest that Content-MD5 tells, or None where the service sends none.

        It sends none for appendable objects, for links, and for multipart objects unless their upload
        was sequential.
        """
        return self.payload.md5 if self.kind in ("Normal", "Multipart") else None


Version: TypeAlias = ObjectVersion | DeleteMarker
"""What a version stack holds."""
