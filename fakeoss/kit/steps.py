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


class Step:
    """One operation with its arguments; shown as the code that makes it, without what is usual."""

    __slots__ = ()

    def __repr__(self) -> str:
        shown = []
        for each in fields(self):  # type: ignore[arg-type]  # every step is a dataclass
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
class Get(Step):
    """GetObject; `span` is the text of the Range header, judged by the standard behaviour where `standard`."""

    key: str
    version: Version = None
    span: str | None = None
    standard: bool = False
    when: When = field(default_factory=When)


@dataclass(frozen=True, slots=True, repr=False)
class Head(Step):
    """HeadObject."""

    key: str
    version: Version = None
    when: When = field(default_factory=When)


@dataclass(frozen=True, slots=True, repr=False)
class Delete(Step):
    """DeleteObject."""

    key: str
    version: Version = None


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


@dataclass(frozen=True, slots=True, repr=False)
class GetTags(Step):
    """GetObjectTagging."""

    key: str
    version: Version = None


@dataclass(frozen=True, slots=True, repr=False)
class DeleteTags(Step):
    """DeleteObjectTagging."""

    key: str
    version: Version = None


@dataclass(frozen=True, slots=True, repr=False)
class List(Step):
    """ListObjectsV2, page by page to the end."""

    prefix: str = ""
    delimiter: str = ""
    start_after: str = ""
    page: int = 100


@dataclass(frozen=True, slots=True, repr=False)
class ListOld(Step):
    """ListObjects, the first version, page by page to the end."""

    prefix: str = ""
    delimiter: str = ""
    marker: str = ""
    page: int = 100


@dataclass(frozen=True, slots=True, repr=False)
class ListVersions(Step):
    """ListObjectVersions, page by page to the end."""

    prefix: str = ""
    delimiter: str = ""
    page: int = 100


@dataclass(frozen=True, slots=True, repr=False)
class SetVersioning(Step):
    """PutBucketVersioning: `Enabled` or `Suspended`."""

    status: str


@dataclass(frozen=True, slots=True, repr=False)
class GetVersioning(Step):
    """GetBucketVersioning."""


@dataclass(frozen=True, slots=True, repr=False)
class Initiate(Step):
    """InitiateMultipartUpload."""

    key: str
    meta: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class UploadPart(Step):
    """UploadPart."""

    key: str
    upload: int
    number: int
    data: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Complete(Step):
    """CompleteMultipartUpload of these part numbers; parts never uploaded are named with some ETag."""

    key: str
    upload: int
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Abort(Step):
    """AbortMultipartUpload."""

    key: str
    upload: int


@dataclass(frozen=True, slots=True, repr=False)
class ListParts(Step):
    """ListParts, page by page to the end."""

    key: str
    upload: int
    page: int = 100


@dataclass(frozen=True, slots=True, repr=False)
class ListUploads(Step):
    """ListMultipartUploads, page by page to the end."""

    prefix: str = ""
    delimiter: str = ""
    page: int = 100


@dataclass(frozen=True, slots=True, repr=False)
class InitiateWorm(Step):
    """InitiateBucketWorm."""

    days: int


@dataclass(frozen=True, slots=True, repr=False)
class LockWorm(Step):
    """CompleteBucketWorm of the policy begun last."""


@dataclass(frozen=True, slots=True, repr=False)
class ExtendWorm(Step):
    """ExtendBucketWorm of the policy begun last."""

    days: int


@dataclass(frozen=True, slots=True, repr=False)
class AbortWorm(Step):
    """AbortBucketWorm."""


@dataclass(frozen=True, slots=True, repr=False)
class GetWorm(Step):
    """GetBucketWorm."""


@dataclass(frozen=True, slots=True, repr=False)
class Advance(Step):
    """Let days pass; impossible where a real service answers."""

    days: int


@dataclass(frozen=True, slots=True, repr=False)
class SetReferers(Step):
    """PutBucketReferer."""

    allow_empty: bool
    referers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class GetReferers(Step):
    """GetBucketReferer."""


@dataclass(frozen=True, slots=True, repr=False)
class SetCors(Step):
    """PutBucketCors: a rule for each set of origins, methods and seconds."""

    rules: tuple[tuple[tuple[str, ...], tuple[str, ...], int], ...]


@dataclass(frozen=True, slots=True, repr=False)
class GetCors(Step):
    """GetBucketCors."""


@dataclass(frozen=True, slots=True, repr=False)
class DeleteCors(Step):
    """DeleteBucketCors."""


@dataclass(frozen=True, slots=True, repr=False)
class SetBucketTags(Step):
    """PutBucketTags."""

    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True, repr=False)
class GetBucketTags(Step):
    """GetBucketTags."""


@dataclass(frozen=True, slots=True, repr=False)
class DeleteBucketTags(Step):
    """DeleteBucketTags."""


STEPS: tuple[type[Step], ...] = tuple(
    each
    for each in list(globals().values())
    if isinstance(each, type) and issubclass(each, Step) and each not in (Step, When)
)
"""Every step there is."""
