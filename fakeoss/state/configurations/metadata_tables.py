"""Tables of metadata that a bucket keeps of its objects: what was asked for, and how far the tables are.

The tables themselves are not made: nothing in the fake reads a table bucket.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from fakeoss import errors
from fakeoss.schema import integer, nested, schema, text

SWITCH = ("ENABLED", "DISABLED")
SHORTEST_LIFE = 7
"""Days that journal records are kept at least (SDK v2: MetadataTableRecordExpiration)."""

ACTIVE_AFTER = timedelta(seconds=1)
"""How long a table of the fake is `CREATING`; the service takes minutes (assumption A176)."""


@schema()
class RecordExpiration:
    """Whether records of the journal go, and after how many days."""

    expiration: str = text("Expiration", choices=SWITCH, bad=errors.InvalidArgument)
    days: int | None = integer("Days", lowest=SHORTEST_LIFE, default=None)

    def validate(self) -> None:
        """Refuse expiry without days: MalformedXML."""
        if self.expiration == "ENABLED" and self.days is None:
            raise errors.MalformedXML(ErrorDetail="Days is missing.")


@schema()
class TableEncryption:
    """How a table is encrypted."""

    algorithm: str = text("SseAlgorithm", choices=("AES256", "oss:kms"), bad=errors.InvalidArgument)
    key_arn: str | None = text("KmsKeyArn", default=None)


@schema("JournalTableConfiguration")
class JournalTable:
    """The table of every change."""

    expiration: RecordExpiration = nested("RecordExpiration", RecordExpiration)
    encryption: TableEncryption | None = nested("EncryptionConfiguration", TableEncryption, default=None)


@schema("InventoryTableConfiguration")
class InventoryTable:
    """The table of what is there."""

    state: str = text("ConfigurationState", choices=SWITCH, bad=errors.InvalidArgument)
    encryption: TableEncryption | None = nested("EncryptionConfiguration", TableEncryption, default=None)


@schema("MetadataConfiguration")
class MetadataConfiguration:
    """The document of CreateBucketMetadataConfiguration (SDK v2: MetadataConfiguration)."""

    journal: JournalTable = nested("JournalTableConfiguration", JournalTable)
    inventory: InventoryTable | None = nested("InventoryTableConfiguration", InventoryTable, default=None)


@dataclass(frozen=True, slots=True)
class MetadataTables:
    """The tables of a bucket, and since when each is being made."""

    journal: JournalTable
    inventory: InventoryTable | None
    journal_since: datetime
    inventory_since: datetime

    @classmethod
    def of(cls, asked: MetadataConfiguration, now: datetime) -> MetadataTables:
        """The tables as they begin."""
        return cls(asked.journal, asked.inventory, now, now)


def status(since: datetime, now: datetime) -> str:
    """`CREATING`, soon `ACTIVE`."""
    return "ACTIVE" if now - since >= ACTIVE_AFTER else "CREATING"
