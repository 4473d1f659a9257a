"""The metadata tables of a bucket: create, read, change and delete their configuration (SDK v2 1.4.1)."""

from __future__ import annotations

from dataclasses import replace

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import checked_body, deleting
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import document, empty
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.metadata_tables import (
    InventoryTable,
    JournalTable,
    MetadataConfiguration,
    MetadataTables,
    status,
)
from fakeoss.wire import schema_xml
from fakeoss.wire.message import Reply
from fakeoss.wire.xml import Element

DELETE_BUCKET_METADATA_CONFIGURATION = deleting("DeleteBucketMetadataConfiguration", MetadataTables)


@operation("CreateBucketMetadataConfiguration")
def create_bucket_metadata_configuration(call: Call) -> Reply:
    """Ask for the tables; raises MetadataConfigurationAlreadyExists (assumption A176)."""
    bucket = call.bucket()
    asked = schema_xml.parse(MetadataConfiguration, checked_body(call))
    if bucket.configuration(MetadataTables) is not None:
        raise errors.MetadataConfigurationAlreadyExists(BucketName=bucket.name)
    call.save(bucket.with_configuration(MetadataTables.of(asked, call.now)))
    return empty(200)


@operation("UpdateBucketMetadataJournalTableConfiguration")
def update_bucket_metadata_journal_table_configuration(call: Call) -> Reply:
    """Change the journal table's configuration; raises MetadataConfigurationNotFound."""
    bucket = call.bucket()
    asked = schema_xml.parse(JournalTable, checked_body(call))
    call.save(bucket.with_configuration(replace(_tables(bucket), journal=asked)))
    return empty(200)


@operation("UpdateBucketMetadataInventoryTableConfiguration")
def update_bucket_metadata_inventory_table_configuration(call: Call) -> Reply:
    """Change the inventory table's configuration; one switched on is made anew.

    Raises MetadataConfigurationNotFound.
    """
    bucket = call.bucket()
    asked = schema_xml.parse(InventoryTable, checked_body(call))
    tables = _tables(bucket)
    was_on = tables.inventory is not None and tables.inventory.state == "ENABLED"
    since = tables.inventory_since if was_on else call.now
    call.save(bucket.with_configuration(replace(tables, inventory=asked, inventory_since=since)))
    return empty(200)


def _tables(bucket: Bucket) -> MetadataTables:
    tables = bucket.configuration(MetadataTables)
    if tables is None:
        raise errors.MetadataConfigurationNotFound(BucketName=bucket.name)
    return tables


@operation("GetBucketMetadataConfiguration")
def get_bucket_metadata_configuration(call: Call) -> Reply:
    """The configuration and how far the tables are; raises MetadataConfigurationNotFound."""
    bucket = call.bucket()
    tables = _tables(bucket)
    arn = f"acs:osstables:{bucket.region}:{bucket.owner}:bucket/oss-managed"
    result: list[Element] = [
        (
            "DestinationResult",
            [("TableBucketType", "oss"), ("TableBucketArn", arn), ("TableNamespace", f"b_{bucket.name}")],
        ),
        ("JournalTableConfigurationResult", _journal(call, tables, arn)),
    ]
    if tables.inventory is not None:
        result.append(("InventoryTableConfigurationResult", _inventory(call, tables, tables.inventory, arn)))
    return document("GetBucketMetadataConfigurationResult", [("MetadataConfigurationResult", result)])


def _journal(call: Call, tables: MetadataTables, arn: str) -> list[Element]:
    return [
        ("TableStatus", status(tables.journal_since, call.now)),
        ("TableName", "journal"),
        ("TableArn", f"{arn}/table/{call.ids.fixed('table', f'{call.bucket_name}/journal')}"),
        *schema_xml.elements(tables.journal),
    ]


def _inventory(call: Call, tables: MetadataTables, inventory: InventoryTable, arn: str) -> list[Element]:
    """The children of the inventory's element; a table switched off has neither status nor name."""
    state, *encryption = schema_xml.elements(inventory)
    if inventory.state == "DISABLED":
        return [state, *encryption]
    return [
        state,
        ("TableStatus", status(tables.inventory_since, call.now)),
        ("TableName", "inventory"),
        ("TableArn", f"{arn}/table/{call.ids.fixed('table', f'{call.bucket_name}/inventory')}"),
        *encryption,
    ]
