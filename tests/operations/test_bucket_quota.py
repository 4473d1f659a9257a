"""Storage capacity (`?qos`) and storage quota (`?quota`): what is set comes back, and a full bucket refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fakeoss
from fakeoss.state.configurations.quota import GIGABYTE
from tests.conftest import BUCKET
from tests.operations.comeback import MODEST
from tests.operations.conftest import Refused, ServiceError, Untouched
from tests.people import refusal

Limit: TypeAlias = Callable[..., None]
FULL = (403, "BucketStorageQuotaExceeded")


@pytest.fixture
def limit(client: oss_v2.Client, bucket: oss2.Bucket) -> Limit:
    """Sets the quota through SDK v2."""

    def call(size: int, mode: str = "Strict") -> None:
        quota = oss_v2.QuotaConfiguration(storage_quota=size, mode=mode)
        client.put_bucket_storage_quota(oss_v2.PutBucketStorageQuotaRequest(BUCKET, quota))

    return call


def quota(client: oss_v2.Client) -> tuple[int, str, int]:
    """Limit, mode and what there is."""
    read = client.get_bucket_storage_quota(oss_v2.GetBucketStorageQuotaRequest(BUCKET)).quota_configuration
    return read.storage_quota, read.mode, read.current_usage


class TestQuota:
    """`?quota`."""

    @MODEST
    @given(size=st.integers(1, 2**63 - 1), mode=st.sampled_from(["Strict", "Warning"]))
    def test_what_is_set_comes_back(self, client: oss_v2.Client, limit: Limit, size: int, mode: str) -> None:
        limit(size, mode)
        assert quota(client) == (size, mode, 0)

    def test_none_is_told(self, client: oss_v2.Client, limit: Limit, service_error: ServiceError) -> None:
        limit(1)
        for _ in range(2):
            client.delete_bucket_storage_quota(oss_v2.DeleteBucketStorageQuotaRequest(BUCKET))
        error = service_error(client.get_bucket_storage_quota, oss_v2.GetBucketStorageQuotaRequest(BUCKET))
        assert (error.status_code, error.code) == (404, "NoSuchBucketStorageQuotaConfiguration")

    @pytest.mark.parametrize(
        ("inner", "code"),
        [
            ("<StorageQuota>0</StorageQuota><Mode>Strict</Mode>", "InvalidArgument"),
            ("<StorageQuota>-1</StorageQuota><Mode>Strict</Mode>", "InvalidArgument"),
            ("<StorageQuota>x</StorageQuota><Mode>Strict</Mode>", "MalformedXML"),
            ("<StorageQuota>1</StorageQuota><Mode>Loose</Mode>", "InvalidArgument"),
            ("<StorageQuota>1</StorageQuota>", "MalformedXML"),
            ("<Mode>Strict</Mode>", "MalformedXML"),
        ],
    )
    def test_quotas_that_cannot_be(self, limit: Limit, refused: Refused, inner: str, code: str) -> None:
        limit(7)
        refused(400, code, "PUT", "/?quota", {}, f"<QuotaConfiguration>{inner}</QuotaConfiguration>".encode())

    def test_usage_is_of_all_versions_and_parts(self, oss: fakeoss.FakeOSS, bucket: oss2.Bucket, limit: Limit) -> None:
        bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig(oss2.BUCKET_VERSIONING_ENABLE))
        limit(100)
        bucket.put_object("a", b"12345")
        bucket.put_object("a", b"123")
        upload = bucket.init_multipart_upload("b")
        bucket.upload_part("b", upload.upload_id, 1, b"1234567")
        assert quota(oss.client())[2] == 15
        bucket.abort_multipart_upload("b", upload.upload_id)
        bucket.delete_object("a")
        assert quota(oss.client())[2] == 8


class TestFullBucket:
    """A bucket with five bytes left of twenty."""

    @pytest.fixture(autouse=True)
    def _nearly_full(self, bucket: oss2.Bucket, limit: Limit) -> None:
        bucket.put_object("there", b"x" * 15)
        limit(20)

    def test_what_fits_is_taken_and_the_rest_refused(
        self, oss: fakeoss.FakeOSS, bucket: oss2.Bucket, untouched: Untouched
    ) -> None:
        with untouched():
            assert refusal(bucket.put_object, "new", b"x" * 6)[:2] == FULL
        assert oss.requests[-1].why == "the bucket would hold 21 bytes; its quota is 20"
        bucket.put_object("new", b"x" * 5)
        with untouched():
            assert refusal(bucket.put_object, "one", b"x")[:2] == FULL
        bucket.put_object("empty", b"")
        assert quota(oss.client()) == (20, "Strict", 20)

    def test_every_way_of_writing(self, client: oss_v2.Client, bucket: oss2.Bucket, untouched: Untouched) -> None:
        upload = bucket.init_multipart_upload("parts")
        with untouched():
            assert refusal(bucket.append_object, "log", 0, b"x" * 6)[:2] == FULL
            assert refusal(bucket.copy_object, BUCKET, "there", "copy")[:2] == FULL
            assert refusal(bucket.upload_part, "parts", upload.upload_id, 1, b"x" * 6)[:2] == FULL
            assert refusal(bucket.upload_part_copy, BUCKET, "there", None, "parts", upload.upload_id, 1)[:2] == FULL

    def test_parts_that_were_taken_are_no_more_when_completed(self, bucket: oss2.Bucket) -> None:
        upload = bucket.init_multipart_upload("parts")
        part = bucket.upload_part("parts", upload.upload_id, 1, b"x" * 5)
        bucket.complete_multipart_upload("parts", upload.upload_id, [oss2.models.PartInfo(1, part.etag)])
        assert bucket.get_object("parts").read() == b"xxxxx"

    def test_reading_and_deleting_are_not_touched(self, bucket: oss2.Bucket) -> None:
        assert bucket.get_object("there").read() == b"x" * 15
        bucket.delete_object("there")
        bucket.put_object("new", b"x" * 20)

    def test_a_warning_lets_it_pass(self, bucket: oss2.Bucket, limit: Limit) -> None:
        limit(20, "Warning")
        bucket.put_object("new", b"x" * 100)

    def test_more_room(self, bucket: oss2.Bucket, limit: Limit) -> None:
        assert refusal(bucket.put_object, "new", b"x" * 100)[:2] == FULL
        limit(115)
        bucket.put_object("new", b"x" * 100)

    def test_a_limit_below_what_there_is(self, bucket: oss2.Bucket, limit: Limit) -> None:
        limit(1)
        assert refusal(bucket.put_object, "new", b"x")[:2] == FULL
        assert bucket.get_object("there").read() == b"x" * 15


class TestCapacity:
    """`?qos`, in GB."""

    @MODEST
    @given(gigabytes=st.integers(-1, 2**31))
    def test_what_is_set_comes_back(self, bucket: oss2.Bucket, gigabytes: int) -> None:
        bucket.set_bucket_storage_capacity(oss2.models.BucketUserQos(gigabytes))
        assert bucket.get_bucket_storage_capacity().storage_capacity == gigabytes

    def test_without_one_there_is_no_limit(self, bucket: oss2.Bucket) -> None:
        assert bucket.get_bucket_storage_capacity().storage_capacity == -1

    def test_less_than_no_limit(self, bucket: oss2.Bucket, refused: Refused) -> None:
        bucket.set_bucket_storage_capacity(oss2.models.BucketUserQos(100))
        body = b"<BucketUserQos><StorageCapacity>-2</StorageCapacity></BucketUserQos>"
        error = refused(400, "InvalidArgument", "PUT", "/?qos", {}, body)
        assert (error["ArgumentName"], error["ArgumentValue"]) == ("StorageCapacity", "-2")

    @pytest.mark.parametrize("body", [b"", b"<BucketUserQos/>", b"<Other/>", b"<BucketUserQos>"])
    def test_malformed_documents(self, bucket: oss2.Bucket, refused: Refused, body: bytes) -> None:
        refused(400, "MalformedXML", "PUT", "/?qos", {}, body)

    def test_a_full_bucket_refuses(self, bucket: oss2.Bucket) -> None:
        bucket.set_bucket_storage_capacity(oss2.models.BucketUserQos(0))
        assert refusal(bucket.put_object, "a", b"x")[:2] == FULL
        bucket.set_bucket_storage_capacity(oss2.models.BucketUserQos(1))
        bucket.put_object("a", b"x")

    def test_the_smaller_of_both_counts(self, bucket: oss2.Bucket, limit: Limit) -> None:
        bucket.set_bucket_storage_capacity(oss2.models.BucketUserQos(0))
        limit(2 * GIGABYTE)
        assert refusal(bucket.put_object, "a", b"x")[:2] == FULL
