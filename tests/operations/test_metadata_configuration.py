"""Metadata tables of a bucket: asked for, read, changed, deleted."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
from hypothesis import given

import fakeoss
from fakeoss.state.configurations.metadata_tables import MetadataConfiguration
from tests.conftest import BUCKET
from tests.operations.comeback import MODEST, model_of, plain, worded
from tests.operations.conftest import Refused, ServiceError

CREATE = oss_v2.CreateBucketMetadataConfigurationRequest
GET = oss_v2.GetBucketMetadataConfigurationRequest
DELETE = oss_v2.DeleteBucketMetadataConfigurationRequest


def wanted(*, inventory: str | None = "ENABLED", days: int | None = 7) -> oss_v2.MetadataConfiguration:
    """A journal whose records are kept some days, and an inventory."""
    expiration = oss_v2.MetadataTableRecordExpiration(expiration="ENABLED" if days else "DISABLED", days=days)
    return oss_v2.MetadataConfiguration(
        journal_table_configuration=oss_v2.JournalTableConfiguration(record_expiration=expiration),
        inventory_table_configuration=None
        if inventory is None
        else oss_v2.InventoryTableConfiguration(configuration_state=inventory),
    )


def read(client: oss_v2.Client) -> oss_v2.MetadataConfigurationResult:
    """What GetBucketMetadataConfiguration tells."""
    return client.get_bucket_metadata_configuration(GET(BUCKET)).metadata_configuration_result


@MODEST
@given(value=worded(MetadataConfiguration))
def test_what_is_asked_for_comes_back(bucket: oss2.Bucket, client: oss_v2.Client, value: MetadataConfiguration) -> None:
    asked = model_of(oss_v2.MetadataConfiguration, value)
    client.create_bucket_metadata_configuration(CREATE(BUCKET, asked))
    told = plain(read(client))
    table = told["journal_table_configuration_result"]
    assert {name: table[name] for name in plain(asked.journal_table_configuration)} == plain(
        asked.journal_table_configuration
    )
    inventory = told.get("inventory_table_configuration_result", {})
    said = plain(asked.inventory_table_configuration) or {}
    assert {name: inventory[name] for name in said} == said
    client.delete_bucket_metadata_configuration(DELETE(BUCKET))


def test_tables_are_being_made_and_soon_there(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    client = oss.client()
    client.create_bucket_metadata_configuration(CREATE(BUCKET, wanted()))
    first = read(client)
    assert first.journal_table_configuration_result.table_status == "CREATING"
    assert first.inventory_table_configuration_result.table_status == "CREATING"
    oss.clock.advance(seconds=1)
    then = read(client)
    assert then.journal_table_configuration_result.table_status == "ACTIVE"
    assert then.inventory_table_configuration_result.table_status == "ACTIVE"
    assert then.destination_result.table_bucket_type == "oss"
    assert then.destination_result.table_namespace == f"b_{BUCKET}"
    owner = client.get_bucket_info(oss_v2.GetBucketInfoRequest(BUCKET)).bucket_info.owner.id
    arn = f"acs:osstables:cn-hangzhou:{owner}:bucket/oss-managed"
    assert then.destination_result.table_bucket_arn == arn
    assert then.journal_table_configuration_result.table_arn.startswith(f"{arn}/table/")
    assert then.journal_table_configuration_result.table_arn == first.journal_table_configuration_result.table_arn
    assert then.journal_table_configuration_result.table_name == "journal"
    assert then.inventory_table_configuration_result.table_name == "inventory"


def test_an_inventory_switched_on_later(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    client = oss.client()
    client.create_bucket_metadata_configuration(CREATE(BUCKET, wanted(inventory="DISABLED")))
    oss.clock.advance(seconds=1)
    off = read(client).inventory_table_configuration_result
    assert (off.configuration_state, off.table_status) == ("DISABLED", None)
    change = oss_v2.UpdateBucketMetadataInventoryTableConfigurationRequest(
        BUCKET, oss_v2.InventoryTableConfiguration(configuration_state="ENABLED")
    )
    client.update_bucket_metadata_inventory_table_configuration(change)
    after = read(client)
    assert after.inventory_table_configuration_result.table_status == "CREATING"
    assert after.journal_table_configuration_result.table_status == "ACTIVE"
    oss.clock.advance(seconds=1)
    client.update_bucket_metadata_inventory_table_configuration(change)
    assert read(client).inventory_table_configuration_result.table_status == "ACTIVE"


def test_the_journal_changes(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    client.create_bucket_metadata_configuration(CREATE(BUCKET, wanted(inventory=None)))
    assert read(client).inventory_table_configuration_result is None
    client.update_bucket_metadata_journal_table_configuration(
        oss_v2.UpdateBucketMetadataJournalTableConfigurationRequest(
            BUCKET,
            oss_v2.JournalTableConfiguration(
                record_expiration=oss_v2.MetadataTableRecordExpiration(expiration="ENABLED", days=30)
            ),
        )
    )
    assert read(client).journal_table_configuration_result.record_expiration.days == 30


def test_there_is_one_at_most(bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError) -> None:
    client.create_bucket_metadata_configuration(CREATE(BUCKET, wanted()))
    error = service_error(client.create_bucket_metadata_configuration, CREATE(BUCKET, wanted(days=None)))
    assert (error.status_code, error.code) == (409, "MetadataConfigurationAlreadyExists")


def test_none_is_told(bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError) -> None:
    client.create_bucket_metadata_configuration(CREATE(BUCKET, wanted()))
    for _ in range(2):
        assert client.delete_bucket_metadata_configuration(DELETE(BUCKET)).status_code == 204
    missing = (404, "MetadataConfigurationNotFound")
    journal_table, inventory_table = wanted().journal_table_configuration, wanted().inventory_table_configuration
    change_journal = oss_v2.UpdateBucketMetadataJournalTableConfigurationRequest(BUCKET, journal_table)
    change_inventory = oss_v2.UpdateBucketMetadataInventoryTableConfigurationRequest(BUCKET, inventory_table)
    for call, request in (
        (client.get_bucket_metadata_configuration, GET(BUCKET)),
        (client.update_bucket_metadata_journal_table_configuration, change_journal),
        (client.update_bucket_metadata_inventory_table_configuration, change_inventory),
    ):
        error = service_error(call, request)
        assert (error.status_code, error.code) == missing


def journal(expiration: str, more: str = "") -> str:
    """A journal table whose records expire like this."""
    return (
        f"<JournalTableConfiguration><RecordExpiration>{expiration}</RecordExpiration>{more}"
        "</JournalTableConfiguration>"
    )


KEPT = "<Expiration>ENABLED</Expiration><Days>7</Days>"
BAD_ENCRYPTION = "<EncryptionConfiguration><SseAlgorithm>KMS</SseAlgorithm></EncryptionConfiguration>"
BAD_STATE = "<ConfigurationState>ON</ConfigurationState>"


@pytest.mark.parametrize(
    ("inner", "code"),
    [
        ("", "MalformedXML"),
        ("<JournalTableConfiguration/>", "MalformedXML"),
        (journal("<Expiration>ENABLED</Expiration>"), "MalformedXML"),
        (journal("<Expiration>ON</Expiration>"), "InvalidArgument"),
        (journal("<Expiration>ENABLED</Expiration><Days>6</Days>"), "InvalidArgument"),
        (journal(KEPT, BAD_ENCRYPTION), "InvalidArgument"),
        (f"{journal(KEPT)}<InventoryTableConfiguration>{BAD_STATE}</InventoryTableConfiguration>", "InvalidArgument"),
    ],
)
def test_tables_that_cannot_be(bucket: oss2.Bucket, refused: Refused, inner: str, code: str) -> None:
    body = f"<MetadataConfiguration>{inner}</MetadataConfiguration>".encode()
    refused(400, code, "POST", "/?metadataConfiguration", {}, body)
