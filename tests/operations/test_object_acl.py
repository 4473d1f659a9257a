"""ACLs of objects: set, read, refused."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from fakeoss.wire import xml
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused, ServiceError


@pytest.fixture
def key(bucket: oss2.Bucket) -> str:
    """An object."""
    bucket.put_object("key", b"content")
    return "key"


def test_an_object_has_its_buckets_acl_until_told(bucket: oss2.Bucket, key: str, raw: Raw) -> None:
    assert bucket.get_object_acl(key).acl == "default"
    assert raw("GET", "/key", signed=False).status == 403
    bucket.put_bucket_acl("public-read")
    assert bucket.get_object_acl(key).acl == "default"
    assert raw("GET", "/key", signed=False).data() == b"content"


@pytest.mark.parametrize(
    ("acl", "read", "written"),
    [("default", 403, 403), ("private", 403, 403), ("public-read", 200, 403), ("public-read-write", 200, 200)],
)
def test_what_an_acl_lets_strangers_do(
    bucket: oss2.Bucket, key: str, raw: Raw, acl: str, read: int, written: int
) -> None:
    result = bucket.put_object_acl(key, acl)
    assert (result.status, result.versionid) == (200, None)
    assert bucket.get_object_acl(key).acl == acl
    assert raw("GET", "/key", signed=False).status == read
    assert raw("PUT", "/key", {}, b"other", signed=False).status == written


def test_v2_sets_and_reads(client: oss_v2.Client, key: str) -> None:
    assert client.put_object_acl(oss_v2.PutObjectAclRequest(BUCKET, key, acl="private")).status_code == 200
    assert client.get_object_acl(oss_v2.GetObjectAclRequest(BUCKET, key)).acl == "private"


def test_the_owner_is_told(client: oss_v2.Client, key: str, raw: Raw) -> None:
    root = xml.parse(raw("GET", "/key?acl").data())
    assert root.name == "AccessControlPolicy"
    owner, listed = root.children
    assert [node.name for node in owner.children] == ["ID", "DisplayName"]
    assert [(node.name, node.text) for node in listed.children] == [("Grant", "default")]
    of_bucket = client.get_bucket_acl(oss_v2.GetBucketAclRequest(BUCKET)).owner
    assert of_bucket is not None
    assert [node.text for node in owner.children] == [of_bucket.id, of_bucket.display_name]


def test_an_acl_changes_nothing_else(bucket: oss2.Bucket, key: str, oss: fakeoss.FakeOSS) -> None:
    before = oss.bucket(BUCKET).head(key)
    oss.clock.advance(hours=1)
    bucket.put_object_acl(key, "private")
    after = oss.bucket(BUCKET).head(key)
    assert (after.last_modified, after.etag, after.payload) == (before.last_modified, before.etag, before.payload)


def test_each_version_has_its_own(bucket: oss2.Bucket, client: oss_v2.Client, key: str) -> None:
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig("Enabled"))
    newer = bucket.put_object(key, b"newer").versionid
    request = oss_v2.PutObjectAclRequest(BUCKET, key, acl="public-read", version_id="null")
    assert client.put_object_acl(request).version_id == "null"
    assert bucket.get_object_acl(key, params={"versionId": "null"}).acl == "public-read"
    current = bucket.get_object_acl(key)
    assert (current.acl, current.headers["x-oss-version-id"]) == ("default", newer)


# Refusals


@pytest.mark.parametrize("acl", ["Private", "public", "authenticated-read", "none"])
def test_an_unknown_acl(key: str, refused: Refused, acl: str) -> None:
    error = refused(400, "InvalidArgument", "PUT", "/key?acl", {"x-oss-object-acl": acl})
    assert (error["ArgumentName"], error["ArgumentValue"]) == ("x-oss-object-acl", acl)


@pytest.mark.parametrize("headers", [{}, {"x-oss-acl": "private"}])
def test_no_acl(key: str, refused: Refused, headers: dict[str, str]) -> None:
    error = refused(400, "MissingArgument", "PUT", "/key?acl", headers)
    assert error["EC"] == "0017-00000105"


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_what_is_not_there(key: str, refused: Refused, method: str) -> None:
    headers = {"x-oss-object-acl": "private"} if method == "PUT" else {}
    refused(404, "NoSuchKey", method, "/missing?acl", headers)
    refused(404, "NoSuchBucket", method, "/key?acl", headers, bucket="missing-bucket")
    refused(400, "InvalidArgument", method, "/key?acl&versionId=x", headers)
    refused(404, "NoSuchVersion", method, f"/key?acl&versionId={'C' * 64}", headers)


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_delete_markers_have_none(bucket: oss2.Bucket, key: str, refused: Refused, method: str) -> None:
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig("Enabled"))
    marker = bucket.delete_object(key).versionid
    headers = {"x-oss-object-acl": "private"} if method == "PUT" else {}
    refused(404, "NoSuchKey", method, "/key?acl", headers)
    refused(404, "NoSuchKey", method, f"/key?acl&versionId={marker}", headers)


def test_both_sdks_are_told(bucket: oss2.Bucket, client: oss_v2.Client, key: str, service_error: ServiceError) -> None:
    with pytest.raises(oss2.exceptions.NoSuchKey):
        bucket.put_object_acl("missing", "private")
    request = oss_v2.PutObjectAclRequest(BUCKET, key, acl="unknown")
    assert service_error(client.put_object_acl, request).code == "InvalidArgument"
    assert service_error(client.get_object_acl, oss_v2.GetObjectAclRequest(BUCKET, "missing")).code == "NoSuchKey"


def test_strangers_set_no_acl(bucket: oss2.Bucket, key: str, refused: Refused) -> None:
    bucket.put_object_acl(key, "public-read-write")
    refused(403, "AccessDenied", "PUT", "/key?acl", {"x-oss-object-acl": "private"}, signed=False)
    refused(403, "AccessDenied", "GET", "/key?acl", signed=False)
