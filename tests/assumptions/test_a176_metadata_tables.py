"""Assumption A176: metadata tables asked for twice are 409, none are 404, and new ones are being created.

Operations: CreateBucketMetadataConfiguration, GetBucketMetadataConfiguration.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal


def test_once(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    asked = oss_v2.GetBucketMetadataConfigurationRequest(assumption_bucket)
    assert refusal(assumption_client.get_bucket_metadata_configuration, asked)[0] == 404
    expiration = oss_v2.MetadataTableRecordExpiration(expiration="DISABLED")
    request = oss_v2.CreateBucketMetadataConfigurationRequest(
        assumption_bucket,
        oss_v2.MetadataConfiguration(
            journal_table_configuration=oss_v2.JournalTableConfiguration(record_expiration=expiration)
        ),
    )
    assumption_client.create_bucket_metadata_configuration(request)
    assert refusal(assumption_client.create_bucket_metadata_configuration, request)[0] == 409
    told = assumption_client.get_bucket_metadata_configuration(asked).metadata_configuration_result
    assert told.journal_table_configuration_result.table_status == "CREATING"
