"""Replication of a bucket's objects to another bucket of the same account.

Sources: reference 7.7; documentation of PutBucketReplication, PutBucketRTC, cross-region replication and its behaviour
in special scenarios; the vendor's tests.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Final, Literal, NamedTuple, TypeAlias

from fakeoss import errors
from fakeoss.schema import nested, repeated, schema, text, texts
from fakeoss.state.objects import ObjectVersion, Version
from fakeoss.state.sorted_map import SortedMap

PREFIXES_LIMIT: Final = 10
TAGS_LIMIT: Final = 10
RULES_LIMIT: Final = 100
"""Prefixes and tags of a rule; rules of a bucket, leaving it and pointing at it."""

ACCELERATED: Final = "oss_acc"
"""The name of the accelerated link; the usual one is `internal`."""

State: TypeAlias = Literal["starting", "doing", "closing"]
"""What a rule is about: being prepared, at work, being taken down."""


@schema()
class Destination:
    """Where objects go: a bucket, its location (`oss-cn-beijing`), and the link that carries them.

    Without an element the link is the usual one (vendor's tests), an empty one names none (assumption A272).
    """

    bucket: str = text("Bucket")
    location: str = text("Location")
    transfer_type: str | None = text(
        "TransferType",
        choices=("internal", ACCELERATED),
        default=None,
        bad=errors.InvalidTransferType,
        missing=errors.MissingTransferType,
    )


@schema()
class ReplicationTag:
    """A tag that objects must have to be replicated."""

    key: str = text("Key", shortest=1, longest=128)
    value: str = text("Value", default="", longest=256)


@schema()
class TagFilter:
    """The tags by which objects are chosen: they have all of them (`AND`) or any."""

    match: str = text("FilterType", choices=("AND", "OR"), default="AND", bad=errors.InvalidArgument)
    tags: tuple[ReplicationTag, ...] = repeated(
        "UserTagging", ReplicationTag, at_least=1, at_most=TAGS_LIMIT, too_many=errors.TooManyFilterObjectTags
    )

    def chooses(self, version: Version) -> bool:
        """Whether a version has the tags; a delete marker has none (assumption A278)."""
        if not isinstance(version, ObjectVersion):
            return False
        found = [(tag.key, tag.value) in version.tags for tag in self.tags]
        return all(found) if self.match == "AND" else any(found)


@schema()
class ReplicationRule:
    """What goes where: by prefix, tags and kind of operation, encrypted objects only where it says so.

    `status` and the state of RTC are the service's to say; what a request gives for `status` is ignored.
    """

    id: str = text("ID", default="", pattern=r"[^\r\n]*", longest=255)
    rtc: str | None = text("Status", inside="RTC", choices=("enabled", "disabled"), default=None)
    prefixes: tuple[str, ...] = texts(
        "Prefix", inside="PrefixSet", at_most=PREFIXES_LIMIT, longest=1023, too_many=errors.TooManyPrefixes
    )
    actions: tuple[str, ...] = texts(
        "Action", separated=",", choices=("ALL", "PUT", "DELETE", "ABORT"), default=("ALL",), bad=errors.InvalidArgument
    )
    destination: Destination = nested("Destination", Destination)
    status: str = text("Status", default="")
    historical: str = text(
        "HistoricalObjectReplication",
        choices=("enabled", "disabled"),
        default="enabled",
        bad=errors.InvalidHistoricalReplication,
    )
    sync_role: str | None = text("SyncRole", default=None)
    kms_objects: str | None = text(
        "Status",
        inside=("SourceSelectionCriteria", "SseKmsEncryptedObjects"),
        choices=("Enabled", "Disabled"),
        default=None,
    )
    replica_kms_key: str | None = text("ReplicaKmsKeyID", inside="EncryptionConfiguration", default=None)
    tag_filter: TagFilter | None = nested("UserTaggings", TagFilter, default=None)

    @property
    def deletes(self) -> bool:
        """Whether deletions for good are replicated, and not only what is written."""
        return "ALL" in self.actions or "DELETE" in self.actions

    @property
    def writes(self) -> bool:
        """Whether what is written is replicated."""
        return "ALL" in self.actions or "PUT" in self.actions

    def covers(self, key: str) -> bool:
        """Whether a key is among those the rule is about."""
        return not self.prefixes or key.startswith(self.prefixes)

    def takes(self, version: Version) -> bool:
        """Whether a version may be replicated.

        Replicas never are again, nor objects of the coldest classes, nor those encrypted by KMS without leave.
        """
        if self.tag_filter is not None and not self.tag_filter.chooses(version):
            return False
        if not isinstance(version, ObjectVersion):
            return True
        if version.is_replica or version.storage_class in ("ColdArchive", "DeepColdArchive"):
            return False
        by_kms = version.encryption is not None and version.encryption.algorithm == "KMS"
        return not by_kms or (self.kms_objects == "Enabled" and self.replica_kms_key is not None)

    def validate(self) -> None:
        """Raise InvalidArgument for prefixes of which one begins with another."""
        ordered = sorted(self.prefixes)
        for shorter, longer in pairwise(ordered):
            if longer.startswith(shorter):
                raise errors.ReplicationPrefixOverlap(ArgumentName="Prefix", ArgumentValue=longer)


@schema("ReplicationConfiguration")
class ReplicationRequest:
    """What PutBucketReplication sends: one rule."""

    rules: tuple[ReplicationRule, ...] = repeated(
        "Rule",
        ReplicationRule,
        at_least=1,
        at_most=1,
        missing=errors.NoReplicationRule,
        too_many=errors.TooManyReplicationRules,
    )


@schema("ReplicationRule", "RtcConfiguration")
class RtcRequest:
    """What PutBucketRtc sends: the rule and whether replication time control is on."""

    status: str = text("Status", inside="RTC", choices=("enabled", "disabled"))
    id: str = text("ID", missing=errors.RtcRuleMissing)


@schema("ReplicationRules")
class ReplicationRules:
    """What DeleteBucketReplication sends: the id of one rule."""

    ids: tuple[str, ...] = texts(
        "ID", at_least=1, at_most=1, missing=errors.NoReplicationRule, too_many=errors.TooManyReplicationRules
    )


class Change(NamedTuple):
    """Something that happened to a version of a key and is to happen to its replica; `at` is when it happened."""

    key: str
    version_id: str
    at: datetime
    is_gone: bool = False


Pending: TypeAlias = SortedMap[tuple[datetime, int], Change]
"""Changes by when they arrive, in the order in which they happened."""


@dataclass(frozen=True, slots=True)
class Replication:
    """A rule at work.

    `turns_at` is when the state changes by itself. Versions with a higher `sequence` were written after the rule was
    made; `backlog` is how many earlier ones it had to copy. `arriving` are changes on their way.
    """

    rule: ReplicationRule
    state: State
    created: datetime
    turns_at: datetime
    sequence: int
    backlog: int = 0
    arriving: Pending = field(default_factory=SortedMap)

    @property
    def shown_rtc(self) -> str | None:
        """The state of replication time control, told only where it is on (docs: GetBucketReplication).

        It is on its way until the rule is at work.
        """
        if self.rule.rtc != "enabled":
            return None
        return "enabling" if self.state == "starting" else "enabled"

    @property
    def historical_progress(self) -> float:
        """The share of earlier versions that have been copied, 0 to 1."""
        if self.state == "starting":
            return 0.0
        left = sum(1 for change in self.arriving.values() if change.at <= self.created)
        return 1.0 if not self.backlog else 1.0 - left / self.backlog
