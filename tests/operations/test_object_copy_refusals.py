"""Copies that are refused, and leave no trace."""

from __future__ import annotations

from typing import Any

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from fakeoss.operations import object_copy, storing
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused, ServiceError, Untouched

SOURCE = {"x-oss-copy-source": f"/{BUCKET}/source"}
VERSION = "CAEQARiBgID0.8_OBYiIDY4MD1lOTc2YmY5MjQxMzdiOGI3OTlh"


@pytest.fixture
def source(bucket: oss2.Bucket) -> oss2.Bucket:
    """A bucket with an object `source`."""
    bucket.put_object("source", b"content")
    return bucket


@pytest.mark.parametrize(
    "header",
    [
        "",
        "/",
        "//",
        f"{BUCKET}/source",
        f"/{BUCKET}",
        f"/{BUCKET}/",
        "source",
        f"%2F{BUCKET}%2Fsource",
        f"/{BUCKET}%2Fsource",
    ],
)
def test_a_source_is_a_bucket_and_a_key(source: oss2.Bucket, refused: Refused, header: str) -> None:
    error = refused(400, "InvalidArgument", "PUT", "/copy", {"x-oss-copy-source": header})
    assert error["Message"] == "Copy Source must mention the source bucket and key: /sourcebucket/sourcekey."


@pytest.mark.parametrize(
    ("query", "ec"),
    [("?versionId=", "0016-00000305"), ("?unknown=xxx", "0016-00000304"), ("?", "0016-00000304")],
)
def test_nothing_but_a_version_id_may_follow(source: oss2.Bucket, refused: Refused, query: str, ec: str) -> None:
    error = refused(400, "InvalidArgument", "PUT", "/copy", {"x-oss-copy-source": f"/{BUCKET}/source{query}"})
    assert error["EC"] == ec


@pytest.mark.parametrize("version_id", ["1", "NotExistVersionID", "x" * 2000, "%25%25%25" + VERSION])
def test_a_version_id_has_a_shape(source: oss2.Bucket, refused: Refused, version_id: str) -> None:
    refused(400, "InvalidArgument", "PUT", "/copy", {"x-oss-copy-source": f"/{BUCKET}/source?versionId={version_id}"})


def test_a_key_that_is_not_text_is_refused(source: oss2.Bucket, refused: Refused) -> None:
    refused(400, "InvalidObjectName", "PUT", "/copy", {"x-oss-copy-source": f"/{BUCKET}/%ff%fe"})


def test_a_missing_source_is_named(source: oss2.Bucket, refused: Refused) -> None:
    error = refused(404, "NoSuchKey", "PUT", "/copy", {"x-oss-copy-source": f"/{BUCKET}/none"})
    assert error["Key"] == "none"
    error = refused(404, "NoSuchBucket", "PUT", "/copy", {"x-oss-copy-source": "/no-such-bucket/none"})
    assert error["BucketName"] == "no-such-bucket"
    error = refused(
        404, "NoSuchVersion", "PUT", "/copy", {"x-oss-copy-source": f"/{BUCKET}/source?versionId={VERSION}"}
    )
    assert error["VersionId"] == VERSION


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"x-oss-metadata-directive": "MOVE"}, "InvalidArgument"),
        ({"x-oss-metadata-directive": ""}, "InvalidArgument"),
        ({"x-oss-tagging-directive": "Keep"}, "InvalidArgument"),
        ({"x-oss-storage-class": "Hot"}, "InvalidArgument"),
        ({"x-oss-object-acl": "owner"}, "InvalidArgument"),
        ({"x-oss-forbid-overwrite": "never"}, "InvalidArgument"),
        ({"x-oss-traffic-limit": "1"}, "InvalidArgument"),
        ({"x-oss-server-side-encryption": "DES"}, "InvalidEncryptionAlgorithmError"),
        ({"x-oss-tagging-directive": "REPLACE", "x-oss-tagging": "=v"}, "InvalidTag"),
        ({"x-oss-metadata-directive": "REPLACE", "x-oss-meta-a_b": "c"}, "InvalidArgument"),
        ({"x-oss-metadata-directive": "REPLACE", "x-oss-meta-a": "v" * 8200}, "InvalidArgument"),
    ],
)
def test_bad_headers_are_refused(source: oss2.Bucket, refused: Refused, headers: dict[str, str], code: str) -> None:
    refused(400, code, "PUT", "/copy", {**SOURCE, **headers})


def test_a_copy_can_forbid_to_overwrite(source: oss2.Bucket, refused: Refused, raw: Raw) -> None:
    source.put_object("copy", b"there")
    headers = {**SOURCE, "x-oss-forbid-overwrite": "true"}
    refused(409, "FileAlreadyExists", "PUT", "/copy", headers)
    refused(409, "FileAlreadyExists", "PUT", "/source", headers)
    assert raw("PUT", "/new", headers).status == 200


def test_regions_are_not_crossed(source: oss2.Bucket, oss: fakeoss.FakeOSS, refused: Refused) -> None:
    oss.create_bucket("far-away", region="cn-beijing", objects={"source": b"x"})
    error = refused(403, "AccessDenied", "PUT", "/copy", {"x-oss-copy-source": "/far-away/source"})
    assert error["Message"] == "Target object does not reside in the same data center as source object."


def test_who_may_not_read_may_not_copy(source: oss2.Bucket, oss: fakeoss.FakeOSS, untouched: Untouched) -> None:
    oss.add_credentials("stranger", "secret", account="9999999999999999")
    oss.create_bucket("strangers-own", account="9999999999999999")
    auth = oss2.AuthV4("stranger", "secret")
    own = oss2.Bucket(auth, "https://oss-cn-hangzhou.aliyuncs.com", "strangers-own", region="cn-hangzhou")
    with untouched(), pytest.raises(oss2.exceptions.AccessDenied):
        own.copy_object(BUCKET, "source", "copy")
    source.put_object_acl("source", "public-read")
    own.copy_object(BUCKET, "source", "copy")
    assert oss.bucket("strangers-own").read("copy") == b"content"


def test_frozen_objects_are_not_copied(bucket: oss2.Bucket, oss: fakeoss.FakeOSS, refused: Refused, raw: Raw) -> None:
    bucket.put_object("source", b"x", headers={"x-oss-storage-class": "Archive"})
    error = refused(403, "InvalidObjectState", "PUT", "/copy", SOURCE)
    assert error["ObjectName"] == "source"
    bucket.restore_object("source")
    refused(403, "InvalidObjectState", "PUT", "/copy", SOURCE)
    oss.clock.advance(minutes=2)
    assert raw("PUT", "/copy", SOURCE).status == 200


@pytest.mark.parametrize("status", ["Enabled", "Suspended"])
def test_appendable_objects_are_not_copied_where_versions_are_known(
    bucket: oss2.Bucket, refused: Refused, status: str
) -> None:
    bucket.append_object("source", 0, b"x")
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig(status))
    refused(400, "OperationNotSupported", "PUT", "/copy", SOURCE)


def test_a_link_cannot_be_encrypted(bucket: oss2.Bucket, refused: Refused) -> None:
    bucket.put_object("target", b"x")
    bucket.put_symlink("target", "source")
    refused(400, "InvalidArgument", "PUT", "/copy", {**SOURCE, "x-oss-server-side-encryption": "AES256"})


@pytest.mark.parametrize(
    "headers", [{"x-oss-storage-class": "IA"}, {"x-oss-server-side-encryption": "AES256"}], ids=["class", "encryption"]
)
def test_large_objects_keep_class_and_encryption(
    source: oss2.Bucket, refused: Refused, raw: Raw, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    monkeypatch.setattr(object_copy, "CHANGED_LIMIT", 6)
    error = refused(400, "EntityTooLarge", "PUT", "/copy", {**SOURCE, **headers})
    assert (error["MaxSizeAllowed"], error["ProposedSize"]) == ("6", "7")
    assert raw("PUT", "/copy", SOURCE).status == 200


def test_larger_objects_stay_in_their_bucket(
    source: oss2.Bucket, oss: fakeoss.FakeOSS, refused: Refused, raw: Raw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "OBJECT_LIMIT", 6)
    oss.create_bucket("other-bucket")
    refused(400, "EntityTooLarge", "PUT", "/copy", SOURCE, bucket="other-bucket")
    assert raw("PUT", "/copy", SOURCE).status == 200


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ({"if_match": '"0000"'}, 412),
        ({"if_none_match": "9A0364B9E99BB480DD25E1F0284C8555"}, 304),
        ({"if_modified_since": "Tue, 01 Jan 2999 00:00:00 GMT"}, 304),
        ({"if_unmodified_since": "Fri, 01 Jan 1999 00:00:00 GMT"}, 412),
    ],
)
def test_v2_sees_conditions_that_do_not_hold(
    source: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError, condition: dict[str, Any], status: int
) -> None:
    request = oss_v2.CopyObjectRequest(BUCKET, "copy", source_key="source", **condition)
    assert service_error(client.copy_object, request).status_code == status
