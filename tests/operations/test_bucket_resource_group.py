"""The resource group of a bucket."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from tests.conftest import BUCKET, Raw
from tests.people import refusal

GROUP = "rg-aek27tc44444444"
GET = oss_v2.GetBucketResourceGroupRequest
PUT = oss_v2.PutBucketResourceGroupRequest


def test_a_bucket_begins_in_the_default_group(bucket: oss2.Bucket) -> None:
    assert bucket.get_bucket_resource_group().resource_group_id == "rg-default-id"


def test_what_is_set_comes_back(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    bucket.put_bucket_resource_group(GROUP)
    read = client.get_bucket_resource_group(GET(BUCKET)).bucket_resource_group_configuration
    assert read.resource_group_id == GROUP
    assert bucket.get_bucket_info().resource_group_id == GROUP
    client.put_bucket_resource_group(
        PUT(BUCKET, oss_v2.BucketResourceGroupConfiguration(resource_group_id="rg-default-id"))
    )
    assert bucket.get_bucket_resource_group().resource_group_id == "rg-default-id"


def test_an_empty_id_is_the_default_group(bucket: oss2.Bucket) -> None:
    bucket.put_bucket_resource_group(GROUP)
    bucket.put_bucket_resource_group("")
    assert bucket.get_bucket_resource_group().resource_group_id == "rg-default-id"


@pytest.mark.parametrize("group", ["rg-xxxxxx", "nonsense", "rg-AEK27TC44444444"])
def test_a_group_that_cannot_be_is_refused(bucket: oss2.Bucket, group: str) -> None:
    bucket.put_bucket_resource_group(GROUP)
    assert refusal(bucket.put_bucket_resource_group, group) == (400, "ResourceGroupIdPreCheckError", "0039-00000003")
    assert bucket.get_bucket_resource_group().resource_group_id == GROUP


def test_a_malformed_document(bucket: oss2.Bucket, raw: Raw) -> None:
    reply = raw("PUT", "/?resourceGroup", {}, b"<Other/>")
    assert (reply.status, b"<Code>MalformedXML</Code>" in reply.data()) == (400, True)


def test_buckets_are_found_by_group(oss: fakeoss.FakeOSS, bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    oss.create_bucket("other-bucket")
    bucket.put_bucket_resource_group(GROUP)
    found = client.list_buckets(oss_v2.ListBucketsRequest(resource_group_id=GROUP))
    assert [each.name for each in found.buckets] == [BUCKET]
