"""Buckets described and counted: GetBucketInfo, GetBucketLocation, GetBucketStat."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from fakeoss.wire import xml
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused, elements_of

NEW = "new-bucket"


def test_both_sdks_read_what_a_bucket_is(bucket: oss2.Bucket, client: oss_v2.Client, raw: Raw) -> None:
    told = bucket.get_bucket_info()
    found = client.get_bucket_info(oss_v2.GetBucketInfoRequest(BUCKET)).bucket_info
    assert found is not None
    assert found.owner is not None
    assert (told.name, told.owner.id, told.owner.display_name) == (found.name, found.owner.id, found.owner.display_name)
    assert (told.access_monitor, found.access_monitor) == ("Disabled", "Disabled")
    assert (told.creation_date, told.versioning_status) == (
        xml.parse(raw("GET", "/?bucketInfo").data()).children[0].text_of("CreationDate", ""),
        None,
    )
    assert (found.cross_region_replication, found.transfer_acceleration) == ("Disabled", "Disabled")
    assert client.is_bucket_exist(BUCKET)
    assert not client.is_bucket_exist(NEW)
    location = client.get_bucket_location(oss_v2.GetBucketLocationRequest(BUCKET)).location
    assert location == bucket.get_bucket_location().location == "oss-cn-hangzhou"


def test_a_bucket_is_described_by_any_endpoint(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    elsewhere = oss.oss2_bucket(BUCKET, region="us-west-1")
    assert elsewhere.get_bucket_info().location == "oss-cn-hangzhou"


def test_statistics_of_an_empty_bucket(bucket: oss2.Bucket, raw: Raw) -> None:
    answer = elements_of(raw("GET", "/?stat"))
    assert set(answer.values()) == {"0"}
    assert {"Storage", "ObjectCount", "MultipartUploadCount", "LiveChannelCount", "LastModifiedTime"} <= set(answer)
    for name in ("InfrequentAccess", "Archive", "ColdArchive", "DeepColdArchive"):
        assert {f"{name}Storage", f"{name}RealStorage", f"{name}ObjectCount"} <= set(answer)


def test_statistics(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig("Enabled"))
    bucket.put_object("standard", b"1234567")
    bucket.put_object("standard", b"12345678")
    bucket.put_object("cool", b"1", headers={"x-oss-storage-class": "IA"})
    bucket.put_object("cold", bytes(70_000), headers={"x-oss-storage-class": "Archive"})
    bucket.delete_object("standard")
    upload_id = bucket.init_multipart_upload("upload").upload_id
    bucket.upload_part("upload", upload_id, 1, b"part")
    stat = client.get_bucket_stat(oss_v2.GetBucketStatRequest(BUCKET))
    assert (stat.standard_storage, stat.standard_object_count) == (15, 2)
    assert (stat.infrequent_access_storage, stat.infrequent_access_real_storage) == (64 << 10, 1)
    assert (stat.archive_storage, stat.archive_real_storage, stat.archive_object_count) == (70_000, 70_000, 1)
    assert (stat.object_count, stat.delete_marker_count) == (4, 1)
    assert bucket.get_bucket_stat().multi_part_upload_count == 1
    assert stat.last_modified_time is not None
    assert stat.last_modified_time > 0
    assert bucket.get_bucket_stat().storage_size_in_bytes == stat.storage


@pytest.mark.parametrize("query", ["bucketInfo", "location", "stat"])
def test_what_is_not_there_is_not_described(bucket: oss2.Bucket, refused: Refused, query: str) -> None:
    refused(404, "NoSuchBucket", "GET", f"/?{query}", bucket=NEW)
    bucket.put_bucket_acl("public-read-write")
    refused(403, "AccessDenied", "GET", f"/?{query}", signed=False)
