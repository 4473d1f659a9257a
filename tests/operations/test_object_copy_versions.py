"""Copies where versions are known: of a version, of what is deleted, and onto older ones."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused, ServiceError


def set_versioning(bucket: oss2.Bucket, status: str) -> None:
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig(status))


@pytest.fixture
def versions(bucket: oss2.Bucket) -> list[str]:
    """The ids of two versions of `key`, the older first, in a bucket with versioning."""
    set_versioning(bucket, "Enabled")
    return [bucket.put_object("key", text, headers={"x-oss-meta-n": text}).versionid for text in ("one", "two")]


def test_the_current_version_is_copied(bucket: oss2.Bucket, versions: list[str]) -> None:
    result = bucket.copy_object(BUCKET, "key", "copy")
    assert result.headers["x-oss-copy-source-version-id"] == versions[1]
    assert result.versionid not in (None, "null", *versions)
    assert bucket.get_object("copy").read() == b"two"


def test_a_version_is_copied_by_its_id(bucket: oss2.Bucket, versions: list[str]) -> None:
    result = bucket.copy_object(BUCKET, "key", "copy", params={"versionId": versions[0]})
    assert result.headers["x-oss-copy-source-version-id"] == versions[0]
    assert bucket.get_object("copy").read() == b"one"


def test_v2_copies_a_version(bucket: oss2.Bucket, versions: list[str], client: oss_v2.Client) -> None:
    request = oss_v2.CopyObjectRequest(BUCKET, "copy", source_key="key", source_version_id=versions[0])
    result = client.copy_object(request)
    assert result.source_version_id == versions[0]
    assert client.head_object(oss_v2.HeadObjectRequest(BUCKET, "copy")).version_id == result.version_id


def test_an_older_version_is_restored_by_a_copy_onto_itself(
    bucket: oss2.Bucket, versions: list[str], oss: fakeoss.FakeOSS
) -> None:
    result = bucket.copy_object(BUCKET, "key", "key", params={"versionId": versions[0]})
    stack = oss.bucket(BUCKET).versions("key")
    assert [version.version_id for version in stack] == [result.versionid, versions[1], versions[0]]
    assert oss.bucket(BUCKET).read("key") == b"one"
    assert oss.bucket(BUCKET).metadata("key") == {"n": "one"}


def test_the_null_version_has_an_id_too(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    bucket.put_object("key", b"before")
    set_versioning(bucket, "Enabled")
    bucket.put_object("key", b"after")
    result = bucket.copy_object(BUCKET, "key", "copy", params={"versionId": "null"})
    assert result.headers["x-oss-copy-source-version-id"] == "null"
    assert oss.bucket(BUCKET).read("copy") == b"before"


def test_a_suspended_bucket_takes_the_copy_as_null(
    bucket: oss2.Bucket, versions: list[str], oss: fakeoss.FakeOSS
) -> None:
    set_versioning(bucket, "Suspended")
    assert bucket.copy_object(BUCKET, "key", "key", params={"versionId": versions[0]}).versionid == "null"
    assert bucket.copy_object(BUCKET, "key", "key", params={"versionId": versions[1]}).versionid == "null"
    stack = oss.bucket(BUCKET).versions("key")
    assert [version.version_id for version in stack] == ["null", versions[1], versions[0]]
    assert oss.bucket(BUCKET).read("key") == b"two"


def test_forbidding_to_overwrite_means_nothing_here(bucket: oss2.Bucket, versions: list[str]) -> None:
    headers = {"x-oss-forbid-overwrite": "true"}
    assert bucket.copy_object(BUCKET, "key", "key", headers=headers).status == 200


def test_a_copy_onto_itself_keeps_the_metadata_here(
    bucket: oss2.Bucket, versions: list[str], oss: fakeoss.FakeOSS
) -> None:
    bucket.copy_object(BUCKET, "key", "key", headers={"x-oss-meta-n": "new"})
    assert oss.bucket(BUCKET).metadata("key") == {"n": "two"}


def test_what_is_deleted_is_not_there(bucket: oss2.Bucket, versions: list[str], refused: Refused) -> None:
    marker = bucket.delete_object("key").versionid
    error = refused(404, "NoSuchKey", "PUT", "/copy", {"x-oss-copy-source": f"/{BUCKET}/key"})
    assert error["Key"] == "key"
    source = f"/{BUCKET}/key?versionId={marker}"
    error = refused(404, "NoSuchKey", "PUT", "/copy", {"x-oss-copy-source": source})
    assert error["EC"] == "0016-00000307"


def test_a_deleted_version_is_restored_by_a_copy(bucket: oss2.Bucket, versions: list[str]) -> None:
    bucket.delete_object("key")
    bucket.copy_object(BUCKET, "key", "key", params={"versionId": versions[1]})
    assert bucket.get_object("key").read() == b"two"


def test_v2_tells_of_a_version_that_is_not_there(
    bucket: oss2.Bucket, versions: list[str], client: oss_v2.Client, service_error: ServiceError
) -> None:
    request = oss_v2.CopyObjectRequest(BUCKET, "copy", source_key="other", source_version_id=versions[0])
    error = service_error(client.copy_object, request)
    assert (error.status_code, error.code) == (404, "NoSuchVersion")


def test_conditions_are_held_against_the_version_named(
    bucket: oss2.Bucket, versions: list[str], raw: Raw, refused: Refused
) -> None:
    etag = bucket.head_object("key", params={"versionId": versions[0]}).etag
    headers = {"x-oss-copy-source": f"/{BUCKET}/key", "x-oss-copy-source-if-match": etag}
    refused(412, "PreconditionFailed", "PUT", "/copy", headers)
    headers["x-oss-copy-source"] += f"?versionId={versions[0]}"
    assert raw("PUT", "/copy", headers).status == 200


def test_reading_a_version_needs_a_permission_of_its_own(
    bucket: oss2.Bucket, versions: list[str], oss: fakeoss.FakeOSS
) -> None:
    statement = {"Effect": "Allow", "Action": ["oss:GetObject", "oss:PutObject"], "Resource": ["acs:oss:*:*:*"]}
    oss.add_credentials("copier", "secret", policy={"Version": "1", "Statement": [statement]})
    auth = oss2.AuthV4("copier", "secret")
    own = oss2.Bucket(auth, "https://oss-cn-hangzhou.aliyuncs.com", BUCKET, region="cn-hangzhou")
    own.copy_object(BUCKET, "key", "copy")
    with pytest.raises(oss2.exceptions.AccessDenied):
        own.copy_object(BUCKET, "key", "copy", params={"versionId": versions[0]})
