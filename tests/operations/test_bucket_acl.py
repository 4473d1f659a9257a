"""ACLs of buckets: set, read, refused."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from fakeoss.wire import xml
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused, ServiceError, Untouched
from tests.people import OTHER, People


def test_a_bucket_is_private_until_told(bucket: oss2.Bucket, raw: Raw) -> None:
    assert bucket.get_bucket_acl().acl == "private"
    root = xml.parse(raw("GET", "/?acl").data())
    assert root.name == "AccessControlPolicy"
    owner, listed = root.children
    assert [node.name for node in owner.children] == ["ID", "DisplayName"]
    assert [(node.name, node.text) for node in listed.children] == [("Grant", "private")]


@pytest.mark.parametrize(
    ("acl", "read", "written"), [("private", 403, 403), ("public-read", 200, 403), ("public-read-write", 200, 200)]
)
def test_what_an_acl_lets_strangers_do(bucket: oss2.Bucket, raw: Raw, acl: str, read: int, written: int) -> None:
    bucket.put_object("key", b"content")
    result = bucket.put_bucket_acl(acl)
    assert (result.status, result.headers["Location"]) == (200, f"/{BUCKET}")
    assert bucket.get_bucket_acl().acl == acl
    assert raw("GET", "/key", signed=False).status == read
    assert raw("GET", "/", signed=False).status == read
    assert raw("PUT", "/key", {}, b"other", signed=False).status == written
    assert raw("GET", "/?acl", signed=False).status == 403


def test_v2_sets_and_reads(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    assert client.put_bucket_acl(oss_v2.PutBucketAclRequest(BUCKET, acl="public-read")).status_code == 200
    found = client.get_bucket_acl(oss_v2.GetBucketAclRequest(BUCKET))
    assert found.acl == "public-read"
    assert found.owner is not None
    assert found.owner.id == client.list_buckets(oss_v2.ListBucketsRequest()).owner.id


def test_without_the_header_nothing_changes(bucket: oss2.Bucket, raw: Raw) -> None:
    bucket.put_bucket_acl("public-read")
    assert raw("PUT", "/?acl").status == 200
    assert bucket.get_bucket_acl().acl == "public-read"


def test_a_bucket_that_is_not_there_is_made(oss: fakeoss.FakeOSS) -> None:
    bucket = oss.oss2_bucket("new-bucket")
    bucket.put_bucket_acl("public-read")
    told = bucket.get_bucket_info()
    assert (told.acl.grant, told.storage_class) == ("public-read", "Standard")


# Refusals


@pytest.mark.parametrize("acl", ["", "Private", "default", "public", "authenticated-read"])
def test_an_unknown_acl(bucket: oss2.Bucket, refused: Refused, acl: str) -> None:
    error = refused(400, "InvalidArgument", "PUT", "/?acl", {"x-oss-acl": acl})
    assert (error["Message"], error["ArgumentName"], error["ArgumentValue"]) == (
        "no such bucket access control exists",
        "x-oss-acl",
        acl,
    )


def test_a_bucket_that_cannot_be_made(oss: fakeoss.FakeOSS, refused: Refused, untouched: Untouched) -> None:
    refused(400, "InvalidBucketName", "PUT", "/?acl", {"x-oss-acl": "private"}, bucket="-a")
    for number in range(100):
        oss.create_bucket(f"bucket-{number}")
    refused(400, "TooManyBuckets", "PUT", "/?acl", {"x-oss-acl": "private"}, bucket="new-bucket")


def test_only_the_owner_sets_and_reads(bucket: oss2.Bucket, oss: fakeoss.FakeOSS, untouched: Untouched) -> None:
    bucket.put_bucket_acl("public-read-write")
    people = People(oss)
    people.add("other", account=OTHER)
    for name in ("other", "anonymous"):
        with untouched(), pytest.raises(oss2.exceptions.AccessDenied):
            people.bucket(name).put_bucket_acl("private")
        with pytest.raises(oss2.exceptions.AccessDenied):
            people.bucket(name).get_bucket_acl()


def test_both_sdks_are_told(
    bucket: oss2.Bucket, client: oss_v2.Client, oss: fakeoss.FakeOSS, service_error: ServiceError
) -> None:
    with pytest.raises(oss2.exceptions.InvalidArgument):
        bucket.put_bucket_acl("unknown")
    with pytest.raises(oss2.exceptions.NoSuchBucket):
        oss.oss2_bucket("missing-bucket").get_bucket_acl()
    error = service_error(client.put_bucket_acl, oss_v2.PutBucketAclRequest(BUCKET, acl="unknown"))
    assert (error.status_code, error.code) == (400, "InvalidArgument")
    error = service_error(client.get_bucket_acl, oss_v2.GetBucketAclRequest("missing-bucket"))
    assert (error.status_code, error.code) == (404, "NoSuchBucket")
