"""The order of the checks: what a client is told first when several things are wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlencode

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
import requests
from freezegun import freeze_time

import fakeoss
from fakeoss.operations.rows import Row, rows
from fakeoss.wire.message import Headers, Request
from tests.people import BUCKET, ENDPOINT, OTHER, OWNER, People, deny, document, refusal

HOST = ENDPOINT.removeprefix("https://")
MISSING = "missing-bucket"
NO_BUCKET = (404, "NoSuchBucket")
BAD_KEY = (403, "InvalidAccessKeyId")


@pytest.fixture
def oss() -> Iterator[fakeoss.FakeOSS]:
    with fakeoss.mock_oss(strict_auth=True) as fake:
        fake.create_bucket(BUCKET, objects={"a.txt": b"a"})
        yield fake


@pytest.fixture
def unknown(oss: fakeoss.FakeOSS) -> People:
    """Whose key nobody registered."""
    people = People(oss)
    people._keys["unknown"] = ("LTAI5tNobodyKnows", "secret", None)
    return people


# What the vendor's suite of SDK v2 asserts (facts of 25 and 137 assertions), through both SDKs.

Ask = Callable[[oss_v2.Client, str], Any]
V2: dict[str, Ask] = {
    "GetBucketAcl": lambda client, name: client.get_bucket_acl(oss_v2.GetBucketAclRequest(name)),
    "ListObjectsV2": lambda client, name: client.list_objects_v2(oss_v2.ListObjectsV2Request(name)),
    "ListObjectVersions": lambda client, name: client.list_object_versions(oss_v2.ListObjectVersionsRequest(name)),
    "GetBucketStat": lambda client, name: client.get_bucket_stat(oss_v2.GetBucketStatRequest(name)),
    "GetBucketLocation": lambda client, name: client.get_bucket_location(oss_v2.GetBucketLocationRequest(name)),
    "GetBucketInfo": lambda client, name: client.get_bucket_info(oss_v2.GetBucketInfoRequest(name)),
    "PutBucketVersioning": lambda client, name: client.put_bucket_versioning(
        oss_v2.PutBucketVersioningRequest(name, oss_v2.VersioningConfiguration(status="Enabled"))
    ),
    "GetBucketVersioning": lambda client, name: client.get_bucket_versioning(oss_v2.GetBucketVersioningRequest(name)),
    "CreateAccessPoint": lambda client, name: client.create_access_point(
        oss_v2.CreateAccessPointRequest(
            name, oss_v2.CreateAccessPointConfiguration(access_point_name="ap-01", network_origin="internet")
        )
    ),
    "GetAccessPoint": lambda client, name: client.get_access_point(
        oss_v2.GetAccessPointRequest(name, access_point_name="ap-01")
    ),
    "ListAccessPoints": lambda client, name: client.list_access_points(oss_v2.ListAccessPointsRequest(name)),
    "DeleteAccessPoint": lambda client, name: client.delete_access_point(
        oss_v2.DeleteAccessPointRequest(name, access_point_name="ap-01")
    ),
    "PutAccessPointPolicy": lambda client, name: client.put_access_point_policy(
        oss_v2.PutAccessPointPolicyRequest(name, "ap-01", "{}")
    ),
    "GetAccessPointPolicy": lambda client, name: client.get_access_point_policy(
        oss_v2.GetAccessPointPolicyRequest(name, access_point_name="ap-01")
    ),
    "DeleteAccessPointPolicy": lambda client, name: client.delete_access_point_policy(
        oss_v2.DeleteAccessPointPolicyRequest(name, access_point_name="ap-01")
    ),
    "HeadObject": lambda client, name: client.head_object(oss_v2.HeadObjectRequest(name, "a.txt")),
}  # fmt: skip
KEY_FIRST: dict[str, Ask] = {
    "PutBucket": lambda client, name: client.put_bucket(oss_v2.PutBucketRequest(name)),
    "PutBucketAcl": lambda client, name: client.put_bucket_acl(oss_v2.PutBucketAclRequest(name, acl="private")),
}
OF_THE_SERVICE: dict[str, Ask] = {
    "ListBuckets": lambda client, _: client.list_buckets(oss_v2.ListBucketsRequest()),
    "DescribeRegions": lambda client, _: client.describe_regions(oss_v2.DescribeRegionsRequest()),
    "ListCloudBoxes": lambda client, _: client.list_cloud_boxes(oss_v2.ListCloudBoxesRequest()),
    "GetPublicAccessBlock": lambda client, _: client.get_public_access_block(oss_v2.GetPublicAccessBlockRequest()),
    "ListUserDataRedundancyTransition": lambda client, _: client.list_user_data_redundancy_transition(
        oss_v2.ListUserDataRedundancyTransitionRequest()
    ),
}


@pytest.mark.parametrize("version", ["v1", "v4"])
@pytest.mark.parametrize("name", V2)
def test_a_missing_bucket_is_told_before_a_bad_key(unknown: People, name: str, version: str) -> None:
    client = unknown.client("unknown", version=version)
    assert refusal(V2[name], client, MISSING)[:2] == NO_BUCKET
    assert refusal(V2[name], client, BUCKET)[:2] == BAD_KEY


@pytest.mark.parametrize("name", KEY_FIRST)
def test_but_not_where_a_bucket_is_made_or_opened(oss: fakeoss.FakeOSS, unknown: People, name: str) -> None:
    client = unknown.client("unknown")
    assert refusal(KEY_FIRST[name], client, MISSING)[:2] == BAD_KEY
    assert refusal(KEY_FIRST[name], client, BUCKET)[:2] == BAD_KEY
    assert [bucket.name for bucket in oss.buckets()] == [BUCKET]


@pytest.mark.parametrize("name", OF_THE_SERVICE)
def test_nor_where_no_bucket_is_meant(unknown: People, name: str) -> None:
    assert refusal(OF_THE_SERVICE[name], unknown.client("unknown"), "")[:2] == BAD_KEY


@pytest.mark.parametrize("version", ["v1", "v2", "v4"])
def test_the_same_through_oss2(unknown: People, version: str) -> None:
    missing = unknown.bucket("unknown", MISSING, version=version)
    present = unknown.bucket("unknown", version=version)
    for ask in (missing.get_bucket_acl, missing.get_bucket_info, missing.list_objects_v2, missing.get_bucket_policy):
        assert refusal(ask)[:2] == NO_BUCKET
    assert refusal(missing.head_object, "a.txt")[:2] == NO_BUCKET
    assert refusal(missing.create_bucket)[:2] == BAD_KEY
    for ask in (present.get_bucket_acl, present.get_bucket_info, present.list_objects_v2, present.get_bucket_policy):
        assert refusal(ask)[:2] == BAD_KEY
    assert refusal(present.head_object, "a.txt")[:2] == BAD_KEY


def test_a_bucket_exists_for_a_bad_key_too(unknown: People) -> None:
    client = unknown.client("unknown")
    assert client.is_bucket_exist(BUCKET) is True
    assert client.is_bucket_exist(MISSING) is False


# Every operation of the service, built or not, by a request of its own.


def sent(row: Row, scope: str, method: str, bucket: str, **headers: str) -> Request:
    """A request for the row, signed (V1) by a key nobody registered unless `headers` say otherwise."""
    query = {condition.name: _first(condition.values) for condition in row.query} | dict.fromkeys(row.requires, "x")
    target = "/a.txt" if scope == "object" else "/"
    host = HOST if scope == "service" else f"{bucket}.{HOST}"
    now = datetime.now(timezone.utc).strftime("%a, %d %b %Y %H:%M:%S GMT")
    given = {"Date": now, "Authorization": "OSS LTAI5tNobodyKnows:c2lnbmF0dXJl"}
    given |= dict.fromkeys(row.headers, "x") | headers
    return Request(method, "https", host, f"{target}?{urlencode(query)}" if query else target, Headers(given.items()))


def _first(values: tuple[str, ...]) -> str:
    return values[0].removesuffix("*") if values else ""


def code(oss: fakeoss.FakeOSS, request: Request) -> tuple[int, str | None]:
    reply = oss.handle(request)
    return reply.status, oss.requests[-1].error


EVERY = [
    pytest.param(row, scope, method, id=f"{row.name}-{scope}-{method}")
    for row in rows()
    for scope in row.scopes
    for method in row.methods
    if row.name != "OptionObject"
]


@pytest.mark.parametrize(("row", "scope", "method"), EVERY)
def test_every_operation_judges_the_key(oss: fakeoss.FakeOSS, row: Row, scope: str, method: str) -> None:
    assert code(oss, sent(row, scope, method, BUCKET)) == BAD_KEY
    expected = BAD_KEY if scope == "service" or row.name in KEY_FIRST else NO_BUCKET
    assert code(oss, sent(row, scope, method, MISSING)) == expected


@pytest.mark.parametrize("target", ["/", "/a.txt"])
def test_a_preflight_is_not_authenticated(oss: fakeoss.FakeOSS, target: str) -> None:
    headers = {"Origin": "http://www.example.com", "Access-Control-Request-Method": "PUT"}
    for signed in ({}, {"Authorization": "OSS LTAI5tNobodyKnows:c2lnbmF0dXJl", "Date": "nonsense"}):
        reply = requests.options(f"https://{BUCKET}.{HOST}{target}", headers=headers | signed)
        assert (reply.status_code, "<Code>AccessForbidden</Code>" in reply.text) == (403, True)


# Pairs of mistakes in one request: the first one is told.


def test_a_wrong_region_is_told_before_anything_is_looked_up(oss: fakeoss.FakeOSS) -> None:
    auth = oss2.AuthV4(*oss.credentials)
    for name, key in ((BUCKET, "a.txt"), (BUCKET, "missing"), (MISSING, "a.txt")):
        bucket = oss2.Bucket(auth, ENDPOINT, name, region="cn-beijing")
        with pytest.raises(oss2.exceptions.ServerError) as refused:
            bucket.head_object(key)
        assert (refused.value.code, refused.value.ec) == ("InvalidArgument", "0002-00000226")
        assert refused.value.message == "Invalid signing region in Authorization header."
    assert "'cn-beijing'" in (oss.requests[-1].why or "")


def test_a_skewed_clock_is_told_before_a_missing_bucket(oss: fakeoss.FakeOSS) -> None:
    people = People(oss)
    skewed = Headers([("Date", "Wed, 13 Jul 2022 00:00:00 GMT"), ("Authorization", f"OSS {oss.credentials[0]}:x")])
    assert code(oss, Request("GET", "https", f"{MISSING}.{HOST}", "/", skewed)) == (403, "RequestTimeTooSkewed")
    url = people.bucket("owner", MISSING).sign_url("GET", "a.txt", 60)
    with freeze_time(datetime.now(timezone.utc) + timedelta(minutes=2)):
        reply = requests.get(url)
    assert (reply.status_code, "Request has expired." in reply.text) == (403, True)


def test_a_bad_signature_is_told_before_a_missing_object_and_a_far_bucket(oss: fakeoss.FakeOSS) -> None:
    oss.create_bucket("far-bucket", region="cn-shanghai")
    auth = oss2.Auth(oss.credentials[0], "not the secret")
    for name in (BUCKET, "far-bucket"):
        bucket = oss2.Bucket(auth, ENDPOINT, name)
        assert refusal(bucket.get_object, "missing")[:2] == (403, "SignatureDoesNotMatch")
    honest = oss.oss2_bucket("far-bucket")
    assert refusal(honest.get_object, "missing") == (403, "AccessDenied", "0003-00001403")


def test_a_bad_key_is_told_before_a_far_bucket(oss: fakeoss.FakeOSS, unknown: People) -> None:
    oss.create_bucket("far-bucket", region="cn-shanghai")
    assert refusal(unknown.bucket("unknown", "far-bucket").get_object, "a.txt")[:2] == BAD_KEY


def test_a_far_bucket_is_told_before_permissions(oss: fakeoss.FakeOSS) -> None:
    people = People(oss)
    people.add("other", account=OTHER)
    oss.create_bucket("far-bucket", region="cn-shanghai")
    with pytest.raises(oss2.exceptions.AccessDenied) as refused:
        people.bucket("other", "far-bucket").get_object("a.txt")
    assert refused.value.ec == "0003-00001403"
    assert refused.value.details["Endpoint"] == "oss-cn-shanghai.aliyuncs.com"


def test_permissions_are_told_before_a_missing_object(oss: fakeoss.FakeOSS) -> None:
    people = People(oss)
    people.add("other", account=OTHER)
    for who in ("other", "anonymous"):
        bucket = people.bucket(who)
        assert refusal(bucket.get_object, "missing")[:2] == (403, "AccessDenied")
        assert refusal(bucket.head_object, "missing")[:2] == (403, "AccessDenied")
        assert refusal(bucket.get_bucket_lifecycle)[:2] == (403, "AccessDenied")


def test_permissions_are_told_before_what_is_wrong_with_the_request(oss: fakeoss.FakeOSS) -> None:
    people = People(oss)
    people.add("other", account=OTHER)
    theirs = people.bucket("other")
    assert refusal(theirs.put_object_acl, "missing", "nonsense")[:2] == (403, "AccessDenied")
    assert refusal(theirs.put_bucket_acl, "nonsense")[:2] == (403, "AccessDenied")
    assert refusal(theirs.put_bucket_policy, "nonsense")[:2] == (403, "AccessDenied")


def test_a_missing_bucket_is_told_to_nobody_in_particular_too(oss: fakeoss.FakeOSS) -> None:
    nobody = People(oss).bucket("anonymous", MISSING)
    assert refusal(nobody.get_object, "a.txt")[:2] == NO_BUCKET
    assert refusal(nobody.list_objects)[:2] == NO_BUCKET


def test_a_stranger_learns_that_a_bucket_is_taken(oss: fakeoss.FakeOSS) -> None:
    people = People(oss)
    people.add("other", account=OTHER)
    assert refusal(people.bucket("other").create_bucket)[:2] == (409, "BucketAlreadyExists")
    assert refusal(people.bucket("anonymous", "fresh-bucket").create_bucket)[:2] == (403, "AccessDenied")


def test_a_bad_name_is_told_before_permissions(oss: fakeoss.FakeOSS) -> None:
    people = People(oss)
    people.add("other", account=OTHER)
    assert refusal(people.bucket("other").get_object, "\\a")[:2] == (400, "InvalidObjectName")


def test_an_expired_token_is_told_after_the_bucket_and_before_the_signature(oss: fakeoss.FakeOSS) -> None:
    people = People(oss)
    soon = datetime.now(timezone.utc) + timedelta(minutes=1)
    people.add("role", security_token="token", expires=soon)
    client = people.bucket("role")
    assert client.get_object("a.txt").read() == b"a"
    client.auth = oss2.StsAuth(people.key("role")[0], "not the secret", "token")
    with freeze_time(soon):
        assert refusal(client.get_object, "a.txt") == (403, "SecurityTokenExpired", "0002-00000007")
        gone = oss2.Bucket(client.auth, ENDPOINT, MISSING)
        assert refusal(gone.get_object, "a.txt")[:2] == NO_BUCKET


def test_a_policy_that_locks_its_owner_out_does_so_for_good(oss: fakeoss.FakeOSS) -> None:
    """Docs: Configure bucket policies; only the service's support gets such a bucket back."""
    bucket = oss.oss2_bucket(BUCKET)
    bucket.put_bucket_policy(document(deny("oss:*", Principal=[OWNER])))
    assert refusal(bucket.delete_bucket_policy) == (403, "AccessDenied", "0003-00000101")
