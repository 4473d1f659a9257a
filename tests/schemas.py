"""Declared configurations for the tests of the schema and its XML form: one of each kind of field and nesting."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime

from fakeoss import errors
from fakeoss.schema import boolean, flag, integer, nested, repeated, schema, text, texts, timestamp


@schema("RefererConfiguration")
class Referer:
    """Hotlink protection: lists within elements of their own."""

    allow_empty: bool = boolean("AllowEmptyReferer")
    truncate_query: bool = boolean("AllowTruncateQueryString", default=True)
    referers: tuple[str, ...] = texts("Referer", inside="RefererList", at_most=3, keep_empty=True)
    blocked: tuple[str, ...] | None = texts("Referer", inside="RefererBlacklist", default=None)


@schema()
class Tag:
    """A key and a value."""

    key: str = text("Key", shortest=1, longest=4, unit="bytes")
    value: str = text("Value", longest=4, pattern="[a-z]*", bad=errors.InvalidTag)


@schema()
class Expiration:
    """Either days or a date."""

    days: int | None = integer("Days", lowest=1, default=None)
    before: datetime | None = timestamp("CreatedBeforeDate", form="midnight", default=None)

    def validate(self) -> None:
        """One of the two."""
        if (self.days is None) == (self.before is None):
            raise errors.InvalidLifecycle()


@schema()
class Rule:
    """A rule of a lifecycle."""

    id: str | None = text("ID", default=None)
    status: str = text("Status", choices=("Enabled", "Disabled"))
    expiration: Expiration | None = nested("Expiration", Expiration, default=None)
    tags: tuple[Tag, ...] = repeated("Tag", Tag, at_most=2, default=())


@schema("LifecycleConfiguration", unknown=errors.MalformedXML)
class Lifecycle:
    """Rules upon rules."""

    rules: tuple[Rule, ...] = repeated("Rule", Rule, at_least=1, at_most=2, too_many=errors.TooManyLifecycleRules)
    note: str = field(default="never in XML")


@schema("InventoryConfiguration", "inventoryConfiguration", unknown=errors.MalformedXML)
class Inventory:
    """Deep nesting, flags, times and a list within one element."""

    id: str = text("Id", missing=errors.MissingArgument)
    account: str = text("AccountId", inside=("Destination", "OSSBucketDestination"))
    bucket: str = text("Bucket", inside=("Destination", "OSSBucketDestination"))
    by_service: bool = flag("SSE-OSS", inside=("Destination", "OSSBucketDestination", "Encryption"))
    classes: tuple[str, ...] | None = texts("StorageClass", separated=",", choices=("IA", "Standard"), default=None)
    actions: tuple[str, ...] = texts("Action", separated=",", default=())
    since: datetime | None = timestamp("Since", default=None)
    until: datetime | None = timestamp("Until", form="seconds", default=None)
    changed: datetime | None = timestamp("Changed", form="http", default=None)
    size: int = integer("Size", default=0)
