"""The kit's operations: what every target can be told to do, and the form of its answer.

A step is a value whose `repr` is code. Ids that a service makes up are numbers here, so that two targets can
be compared: version 0 is the first version id that a target gave out, upload 0 the first upload id. A number
that no id was given out for stands for an id of the right form that does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any

Version = int | str | None
"""A version: its number, `"null"`, or None for the current one."""

NULL = "null"
NOBODYS = -1
"""How an answer shows a number that no id was given out for."""


@dataclass(frozen=True, slots=True, repr=False)
class Step:
    """One operation with its arguments; shown as the code that makes it, without what is usual."""

    def __repr__(self) -> str:
        shown = []
        for each in fields(self):
            value = getattr(self, each.name)
            if each.default is MISSING and each.default_factory is MISSING:
                shown.append(repr(value))
            elif value != (each.default if each.default_factory is MISSING else each.default_factory()):
                shown.append(f"{each.name}={value!r}")
        return f"{type(self).__name__}({', '.join(shown)})"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a step: the code of the refusal or nothing, and what the answer told."""

    error: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def told(**facts: Any) -> Outcome:
    """A successful outcome; facts that are None are left out."""
    return Outcome("", {name: value for name, value in facts.items() if value is not None})


@dataclass(frozen=True, slots=True, repr=False)
class OfObject(Step):
    """A step that names an object and perhaps a version of it."""

    key: str
    version: Version = None


@dataclass(frozen=True, slots=True, repr=False)
class OfUpload(Step):
    """A step that names an upload by its number."""

    key: str
    upload: int


@dataclass(frozen=True, slots=True, repr=False)
class OfKeys(Step):
    """A listing of keys, page by page to the end; it begins behind `start_after`."""

    prefix: str = ""
    delimiter: str = ""
    start_after: str = ""
    page: int = 100


@dataclass(frozen=True, slots=True, repr=False)
class OfAll(Step):
    """A listing of several entries a key, page by page to the end."""

    prefix: str = ""
    delimiter: str = ""
    page: int = 100


@dataclass(frozen=True, slots=True, repr=False)
class OfDays(Step):
    """A step that names a number of days."""

    days: int


@dataclass(frozen=True, slots=True, repr=False)
class When(Step):
    """Conditions of a read.

    ETags are `same` (the current object's), `other` or `*`; times are seconds after the object was modified.
    """

    match: str | None = None
    none_match: str | None = None
    modified_since: int | None = None
    unmodified_since: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Put(Step):
    """PutObject."""

    key: str
    data: bytes
    meta: Mapping[str, str] = field(default_factory=dict)
    content_type: str | None = None
    forbid_overwrite: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Append(Step):
    """AppendObject."""

    key: str
    position: int
    data: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Copy(Step):
    """CopyObject within the bucket; `meta` replaces the metadata where it is given."""

    source: str
    key: str
    version: Version = None
    meta: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Get(OfObject):
    """GetObject; `span` is the text of the Range header, judged by the standard behaviour where `standard`."""

    span: str | None = None
    standard: bool = False
    when: When = field(default_factory=When)


@dataclass(frozen=True, slots=True, repr=False)
class Head(OfObject):
    """HeadObject."""

    when: When = field(default_factory=When)


@dataclass(frozen=True, slots=True, repr=False)
class Delete(OfObject):
    """DeleteObject; with `bypass` past retention in governance mode."""

    bypass: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class DeleteMany(Step):
    """DeleteMultipleObjects, of keys or of versions, each key once."""

    objects: tuple[tuple[str, Version], ...]


@dataclass(frozen=True, slots=True, repr=False)
class SetTags(Step):
    """PutObjectTagging."""

    key: str
    tags: Mapping[str, str]
    version: Version = None


class GetTags(OfObject):
    """GetObjectTagging."""


class DeleteTags(OfObject):
    """DeleteObjectTagging."""


class List(OfKeys):
    """ListObjectsV2."""


class ListOld(OfKeys):
    """ListObjects, the first version."""


class ListVersions(OfAll):
    """ListObjectVersions."""


@dataclass(frozen=True, slots=True, repr=False)
class SetVersioning(Step):
    """PutBucketVersioning: `Enabled` or `Suspended`."""

    status: str


class GetVersioning(Step):
    """GetBucketVersioning."""


@dataclass(frozen=True, slots=True, repr=False)
class Initiate(Step):
    """InitiateMultipartUpload."""

    key: str
    meta: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class UploadPart(OfUpload):
    """UploadPart."""

    number: int
    data: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Complete(OfUpload):
    """CompleteMultipartUpload of these part numbers; parts never uploaded are named with some ETag."""

    numbers: tuple[int, ...]


class Abort(OfUpload):
    """AbortMultipartUpload."""


@dataclass(frozen=True, slots=True, repr=False)
class ListParts(OfUpload):
    """ListParts, page by page to the end."""

    page: int = 100


class ListUploads(OfAll):
    """ListMultipartUploads."""


class InitiateWorm(OfDays):
    """InitiateBucketWorm."""


class LockWorm(Step):
    """CompleteBucketWorm of the policy begun last."""


class ExtendWorm(OfDays):
    """ExtendBucketWorm of the policy begun last."""


class AbortWorm(Step):
    """AbortBucketWorm."""


class GetWorm(Step):
    """GetBucketWorm."""


class KeepObjects(Step):
    """PutBucketObjectWormConfiguration, without a default."""


@dataclass(frozen=True, slots=True, repr=False)
class Retain(OfObject):
    """PutObjectRetention for so many days from now; `mode` is `GOVERNANCE` or `COMPLIANCE`."""

    mode: str = "GOVERNANCE"
    days: int = 1
    bypass: bool = False


class GetRetention(OfObject):
    """GetObjectRetention, told in days from now."""


@dataclass(frozen=True, slots=True, repr=False)
class Hold(OfObject):
    """PutObjectLegalHold, on or off."""

    on: bool = True


class GetHold(OfObject):
    """GetObjectLegalHold."""


class Advance(OfDays):
    """Let days pass; impossible where a real service answers."""


@dataclass(frozen=True, slots=True, repr=False)
class SetReferers(Step):
    """PutBucketReferer."""

    allow_empty: bool
    referers: tuple[str, ...] = ()


class GetReferers(Step):
    """GetBucketReferer."""


@dataclass(frozen=True, slots=True, repr=False)
class SetCors(Step):
    """PutBucketCors: a rule for each set of origins, methods and seconds."""

    rules: tuple[tuple[tuple[str, ...], tuple[str, ...], int], ...]


class GetCors(Step):
    """GetBucketCors."""


class DeleteCors(Step):
    """DeleteBucketCors."""


@dataclass(frozen=True, slots=True, repr=False)
class SetBucketTags(Step):
    """PutBucketTags."""

    tags: Mapping[str, str]


class GetBucketTags(Step):
    """GetBucketTags."""


class DeleteBucketTags(Step):
    """DeleteBucketTags."""


STEPS: tuple[type[Step], ...] = tuple(
    each
    for each in list(globals().values())
    if isinstance(each, type) and issubclass(each, Step) and each is not When and not each.__subclasses__()
)
"""Every step there is; those that others derive from are none."""
