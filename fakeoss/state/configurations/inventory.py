"""Inventories of a bucket: lists of its objects, written to a bucket on schedule.

Sources: reference 7.9; documentation of bucket inventory; SDK v2's models; error codes 0020-00000008 to 0020-00000043.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from fakeoss import errors
from fakeoss.schema import boolean, flag, integer, nested, schema, text, texts
from fakeoss.state.objects import KEY_START

CONFIGURATIONS_LIMIT: Final = 1000
PAGE: Final = 100
"""Inventories of a bucket, and of a page of their list."""

FIELDS: Final = (
    "Size",
    "LastModifiedDate",
    "ETag",
    "StorageClass",
    "IsMultipartUploaded",
    "EncryptionStatus",
    "TransitionTime",
    "ObjectAcl",
    "TaggingCount",
    "ObjectType",
    "Crc64",
)
"""What a list may tell beside the fixed columns."""

INCREMENTAL_FIELDS: Final = (
    "SequenceNumber",
    "RecordType",
    "RecordTimestamp",
    "Requester",
    "SourceIp",
    "RequestId",
    *(name for name in FIELDS if name not in ("TransitionTime", "TaggingCount")),
)

LARGEST: Final = 53_657_233_142_579
"""Bytes of the largest object, 48.8 TB."""

EARLIEST: Final = 1_262_275_200
LATEST: Final = 253_402_271_999
"""Bounds of the times of a filter, in Unix seconds."""

ARN: Final = "acs:oss:::"


@schema()
class SseKms:
    """Encryption of the lists by KMS, with the key named or the account's own."""

    key_id: str = text("KeyId", default="")


@schema()
class InventoryDestination:
    """Where the lists go: bucket (as `acs:oss:::name`), prefix and encryption."""

    format: str = text("Format", choices=("CSV",), bad=errors.InvalidArgument)
    account_id: str = text("AccountId", pattern=r"\d{1,32}")
    role_arn: str = text("RoleArn", pattern=r"acs:ram::\d+:role/.+")
    bucket: str = text("Bucket", pattern=ARN + r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
    prefix: str | None = text("Prefix", default=None, pattern=KEY_START, longest=900, unit="bytes")
    sse_oss: bool = flag("SSE-OSS", inside="Encryption")
    sse_kms: SseKms | None = nested("SSE-KMS", SseKms, inside="Encryption", default=None)

    @property
    def bucket_name(self) -> str:
        """The bucket's name."""
        return self.bucket.removeprefix(ARN)

    def validate(self) -> None:
        """Raise InvalidArgument for two encryptions."""
        if self.sse_oss and self.sse_kms is not None:
            raise errors.InvalidArgument(ArgumentName="Encryption", ArgumentValue="SSE-OSS, SSE-KMS")


@schema()
class InventoryFilter:
    """Which objects are listed; times in Unix seconds, sizes in bytes, all bounds included (assumption A214)."""

    lower_size: int | None = integer("LowerSizeBound", lowest=0, highest=LARGEST, default=None)
    upper_size: int | None = integer("UpperSizeBound", lowest=1, highest=LARGEST, default=None)
    storage_classes: tuple[str, ...] = texts(
        "StorageClass",
        separated=",",
        choices=("Standard", "IA", "Archive", "ColdArchive", "DeepColdArchive", "All"),
        default=(),
        bad=errors.InvalidInventoryStorageClass,
    )
    prefix: str | None = text("Prefix", default=None, longest=1023, unit="bytes")
    modified_from: int | None = integer(
        "LastModifyBeginTimeStamp", lowest=EARLIEST, highest=LATEST, default=None, bad=errors.InvalidInventoryTime
    )
    modified_until: int | None = integer(
        "LastModifyEndTimeStamp", lowest=EARLIEST, highest=LATEST, default=None, bad=errors.InvalidInventoryTime
    )

    def validate(self) -> None:
        """Raise InvalidArgument where nothing can be within the bounds."""
        for name, least, most in (
            ("UpperSizeBound", self.lower_size, self.upper_size),
            ("LastModifyEndTimeStamp", self.modified_from, self.modified_until),
        ):
            if least is not None and most is not None and most < least:
                raise errors.InvalidArgument(ArgumentName=name, ArgumentValue=str(most))


@schema()
class InventorySchedule:
    """How often: every day, every seven days, on one day of every month, or once."""

    frequency: str = text("Frequency", choices=("Daily", "Weekly", "Monthly", "Once"), bad=errors.InvalidArgument)
    day_of_month: int | None = integer("DayOfMonth", lowest=1, highest=31, default=None)
    auto_delete: bool | None = boolean("AutoDelete", default=None)

    def validate(self) -> None:
        """Raise InvalidArgument for a day without a month, or a month without its day."""
        if (self.frequency == "Monthly") != (self.day_of_month is not None):
            raise errors.InvalidArgument(ArgumentName="DayOfMonth", ArgumentValue=str(self.day_of_month or ""))


@schema()
class IncrementalInventory:
    """What a list of changes would hold; kept and shown, such lists are not written (by invitation only)."""

    is_enabled: bool = boolean("IsEnabled")
    frequency: int | None = integer("Frequency", lowest=1, inside="Schedule", default=None)
    fields: tuple[str, ...] = texts(
        "Field", choices=INCREMENTAL_FIELDS, inside="OptionalFields", bad=errors.InvalidInventoryField
    )


@schema("InventoryConfiguration")
class Inventory:
    """One inventory. `next_at` is when the next list is due, None where none is."""

    id: str = text("Id", pattern=r"[A-Za-z0-9](?:[\w.-]{0,253}[A-Za-z0-9])?")
    is_enabled: bool = boolean("IsEnabled")
    filter: InventoryFilter | None = nested("Filter", InventoryFilter, default=None)
    destination: InventoryDestination = nested("OSSBucketDestination", InventoryDestination, inside="Destination")
    schedule: InventorySchedule = nested("Schedule", InventorySchedule)
    versions: str = text("IncludedObjectVersions", choices=("All", "Current"), bad=errors.InvalidArgument)
    fields: tuple[str, ...] = texts("Field", choices=FIELDS, inside="OptionalFields", bad=errors.InvalidInventoryField)
    incremental: IncrementalInventory | None = nested("IncrementalInventory", IncrementalInventory, default=None)
    next_at: datetime | None = None
