"""Transfer acceleration: the setting, and the endpoints that serve the bucket only while it is on."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from tests.conftest import BUCKET, Raw
from tests.people import People, refusal

GET = oss_v2.GetBucketTransferAccelerationRequest
PUT = oss_v2.PutBucketTransferAccelerationRequest
HOSTS = ["https://oss-accelerate.aliyuncs.com", "https://oss-accelerate-overseas.aliyuncs.com"]


def test_there_is_none_before_it_is_set(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    with pytest.raises(oss2.exceptions.NoSuchTransferAccelerationConfiguration) as refused:
        bucket.get_bucket_transfer_acceleration()
    assert refused.value.status == 404
    assert refusal(client.get_bucket_transfer_acceleration, GET(BUCKET))[0] == 404


def test_what_is_set_comes_back(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    for enabled in (True, False, True):
        bucket.put_bucket_transfer_acceleration(str(enabled).lower())
        read = client.get_bucket_transfer_acceleration(GET(BUCKET)).transfer_acceleration_configuration
        assert read.enabled is enabled
        client.put_bucket_transfer_acceleration(PUT(BUCKET, read))
        assert bucket.get_bucket_transfer_acceleration().enabled == str(enabled).lower()
        shown = client.get_bucket_info(oss_v2.GetBucketInfoRequest(BUCKET)).bucket_info.transfer_acceleration
        assert shown == ("Enabled" if enabled else "Disabled")


@pytest.mark.parametrize("value", ["yes", "", "1"])
def test_other_values_are_refused(bucket: oss2.Bucket, value: str) -> None:
    bucket.put_bucket_transfer_acceleration("true")
    assert refusal(bucket.put_bucket_transfer_acceleration, value)[:2] == (400, "MalformedXML")
    assert bucket.get_bucket_transfer_acceleration().enabled == "true"


def test_an_empty_document_is_refused(bucket: oss2.Bucket, raw: Raw) -> None:
    reply = raw("PUT", "/?transferAcceleration", {}, b"<TransferAccelerationConfiguration/>")
    assert (reply.status, b"<Code>MalformedXML</Code>" in reply.data()) == (400, True)


@pytest.mark.parametrize("host", HOSTS)
def test_the_endpoints_serve_the_bucket_while_it_is_on(oss: fakeoss.FakeOSS, bucket: oss2.Bucket, host: str) -> None:
    people = People(oss)
    bucket.put_object("a.txt", b"a")
    fast = people.bucket("owner", endpoint=host)
    refused = (403, "TransferAccelerationDisabled", "")
    assert refusal(fast.get_object, "a.txt") == refused
    assert oss.requests[-1].why == f"transfer acceleration is off for {BUCKET}"
    bucket.put_bucket_transfer_acceleration("true")
    assert fast.get_object("a.txt").read() == b"a"
    assert people.bucket("owner", endpoint=host, version="v4").get_object("a.txt").read() == b"a"
    elsewhere = oss2.Bucket(people.auth("owner", "v4"), host, BUCKET, region="cn-shanghai")
    assert refusal(elsewhere.get_object, "a.txt") == (400, "InvalidArgument", "0002-00000226")
    bucket.put_bucket_transfer_acceleration("false")
    assert refusal(fast.get_object, "a.txt") == refused


@pytest.mark.parametrize("host", HOSTS)
def test_no_bucket_is_made_at_the_endpoints(oss: fakeoss.FakeOSS, host: str) -> None:
    fast = People(oss).bucket("owner", "new-bucket", endpoint=host)
    assert refusal(fast.create_bucket) == (403, "TransferAccelerationDisabled", "")
    assert refusal(fast.put_bucket_acl, "private") == (403, "TransferAccelerationDisabled", "")
    assert refusal(oss.oss2_bucket("new-bucket").get_bucket_info)[:2] == (404, "NoSuchBucket")
