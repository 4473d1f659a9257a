"""One version among many: read, hidden, shown again, changed and deleted for good."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused, ServiceError, error_of
from tests.operations.versions import at, enable, ids, suspend

UNKNOWN = "CAEQJhiBgIDVmYrr1RYiIGE5ZmUxMjViZDIwYjQwY2I5ODA1YWIxNmIyNDNjYjk4"


@pytest.fixture
def hidden(bucket: oss2.Bucket) -> tuple[str, str]:
    """A key with one version below a delete marker: the ids of both."""
    enable(bucket)
    version_id = bucket.put_object("a", b"old").versionid
    return version_id, bucket.delete_object("a").versionid


# Delete markers


def test_a_deletion_without_id_answers_with_the_marker_it_made(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    enable(bucket)
    bucket.put_object("a", b"")
    by_oss2 = bucket.delete_object("a")
    assert (by_oss2.status, by_oss2.delete_marker) == (204, True)
    by_v2 = client.delete_object(oss_v2.DeleteObjectRequest(bucket=BUCKET, key="a"))
    assert (by_v2.status_code, by_v2.delete_marker) == (204, True)
    assert ids(bucket, "a")[:2] == [by_v2.version_id, by_oss2.versionid]


def test_a_deletion_of_what_never_was_makes_a_marker_too(bucket: oss2.Bucket) -> None:
    enable(bucket)
    assert bucket.delete_object("a").versionid == ids(bucket, "a")[0]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("target", ["/a", "/a?objectMeta"])
def test_a_hidden_object_is_not_found_and_the_answer_tells_of_the_marker(
    hidden: tuple[str, str], raw: Raw, method: str, target: str
) -> None:
    reply = raw(method, target)
    assert (reply.status, error_of(reply)["Code"]) == (404, "NoSuchKey")
    assert (reply.header("x-oss-delete-marker"), reply.header("x-oss-version-id")) == ("true", hidden[1])


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("parameter", ["", "objectMeta&", "symlink&"])
def test_a_marker_itself_can_only_be_deleted(hidden: tuple[str, str], raw: Raw, method: str, parameter: str) -> None:
    if method == "HEAD" and parameter == "symlink&":
        return
    reply = raw(method, f"/a?{parameter}versionId={hidden[1]}")
    assert (reply.status, error_of(reply)["Code"]) == (405, "MethodNotAllowed")
    assert reply.header("Allow") == "DELETE"
    assert (reply.header("x-oss-delete-marker"), reply.header("x-oss-version-id")) == ("true", hidden[1])


@pytest.mark.parametrize(
    "request_",
    [
        ("GET", "/a?acl"),
        ("PUT", "/a?acl", {"x-oss-object-acl": "private"}),
        ("GET", "/a?tagging"),
        ("PUT", "/a?tagging", {}, b"<Tagging><TagSet/></Tagging>"),
        ("DELETE", "/a?tagging"),
        ("POST", "/a?restore"),
        ("POST", "/a?cleanRestoredObject"),
        ("GET", "/a?symlink"),
    ],
)
@pytest.mark.parametrize("by_id", [False, True])
def test_what_is_kept_beside_the_content_is_not_found_on_a_marker(
    hidden: tuple[str, str], refused: Refused, request_: tuple[str, ...], by_id: bool
) -> None:
    method, target, *rest = request_
    if by_id and target.endswith("symlink"):
        return
    refused(404, "NoSuchKey", method, target + (f"&versionId={hidden[1]}" if by_id else ""), *rest)


def test_the_sdks_tell_of_a_marker(
    bucket: oss2.Bucket, hidden: tuple[str, str], client: oss_v2.Client, service_error: ServiceError
) -> None:
    with pytest.raises(oss2.exceptions.NoSuchKey) as caught:
        bucket.get_object("a")
    assert caught.value.headers["x-oss-delete-marker"] == "true"
    error = service_error(client.head_object, oss_v2.HeadObjectRequest(bucket=BUCKET, key="a"))
    assert (error.status_code, error.code) == (404, "NoSuchKey")
    by_id = oss_v2.HeadObjectRequest(bucket=BUCKET, key="a", version_id=hidden[1])
    assert service_error(client.head_object, by_id).status_code == 405


def test_deleting_the_marker_brings_the_object_back(bucket: oss2.Bucket, hidden: tuple[str, str]) -> None:
    deleted = bucket.delete_object("a", params=at(hidden[1]))
    assert (deleted.versionid, deleted.delete_marker) == (hidden[1], True)
    assert bucket.get_object("a").read() == b"old"


def test_an_older_version_is_brought_back_by_copying_it(bucket: oss2.Bucket) -> None:
    enable(bucket)
    first = bucket.put_object("a", b"1", headers={"x-oss-meta-n": "1"}).versionid
    bucket.put_object("a", b"2")
    copied = bucket.copy_object(BUCKET, "a", "a", params=at(first))
    got = bucket.get_object("a")
    assert (got.read(), got.headers["x-oss-meta-n"], got.versionid) == (b"1", "1", copied.versionid)
    assert len(ids(bucket, "a")) == 3


def test_a_hidden_version_stays_readable_by_its_id(bucket: oss2.Bucket, hidden: tuple[str, str]) -> None:
    assert bucket.get_object("a", params=at(hidden[0])).read() == b"old"
    assert bucket.head_object("a", params=at(hidden[0])).versionid == hidden[0]
    assert bucket.list_objects().object_list == []


# Ids


@pytest.mark.parametrize("version_id", ["", "IllegalVersion", "a b" * 20, "x" * 1025, "None", "../" * 20])
@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE"])
def test_an_id_that_no_service_gives_is_an_invalid_argument(
    bucket: oss2.Bucket, refused: Refused, version_id: str, method: str
) -> None:
    bucket.put_object("a", b"")
    refused(400, "InvalidArgument", method, f"/a?versionId={version_id.replace(' ', '%20')}")


@pytest.mark.parametrize("target", ["/a", "/a?objectMeta", "/a?acl", "/a?tagging", "/a?symlink"])
def test_a_version_that_is_not_there_is_not_found(bucket: oss2.Bucket, refused: Refused, target: str) -> None:
    enable(bucket)
    bucket.put_object("a", b"")
    between = "&" if "?" in target else "?"
    refused(404, "NoSuchVersion", "GET", f"{target}{between}versionId={UNKNOWN}")
    refused(404, "NoSuchVersion", "GET", f"{target}{between}versionId=null")


def test_deleting_a_version_that_is_not_there_is_no_error(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    enable(bucket)
    bucket.put_object("a", b"")
    before = oss.bucket(BUCKET).value
    for key in ("a", "never"):
        assert bucket.delete_object(key, params=at(UNKNOWN)).status == 204
    assert oss.bucket(BUCKET).value == before


def test_without_versioning_the_null_version_can_be_named(bucket: oss2.Bucket) -> None:
    bucket.put_object("a", b"1")
    assert bucket.get_object("a", params=at("null")).read() == b"1"
    assert bucket.delete_object("a", params=at("null")).versionid is None
    assert not bucket.object_exists("a")


def test_a_deletion_by_id_takes_that_version_alone(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    enable(bucket)
    first, second, third = (bucket.put_object("a", data).versionid for data in (b"1", b"2", b"3"))
    deleted = client.delete_object(oss_v2.DeleteObjectRequest(bucket=BUCKET, key="a", version_id=second))
    assert (deleted.version_id, deleted.delete_marker) == (second, None)
    assert ids(bucket, "a") == [third, first]
    bucket.delete_object("a", params=at(third))
    assert bucket.get_object("a").read() == b"1"


# Attributes of versions


def test_acls_and_tags_are_each_versions_own(bucket: oss2.Bucket) -> None:
    enable(bucket)
    first, second = (bucket.put_object("a", data).versionid for data in (b"1", b"2"))
    bucket.put_object_acl("a", "public-read", params=at(first))
    rule = oss2.models.TaggingRule()
    rule.add("k", "v")
    tagged = bucket.put_object_tagging("a", oss2.models.Tagging(rule), params=at(first))
    assert tagged.headers["x-oss-version-id"] == first
    assert bucket.get_object_acl("a", params=at(first)).acl == "public-read"
    assert bucket.get_object_acl("a").acl == bucket.get_object_acl("a", params=at(second)).acl == "default"
    assert bucket.get_object_tagging("a", params=at(first)).tag_set.tagging_rule == {"k": "v"}
    assert bucket.get_object_tagging("a").tag_set.tagging_rule == {}
    assert ids(bucket, "a") == [second, first]


def test_a_change_beside_the_content_keeps_the_last_modified_time(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    bucket.put_object("a", b"1")
    before = bucket.head_object("a").last_modified
    oss.clock.advance(hours=1)
    bucket.put_object_acl("a", "private")
    bucket.delete_object_tagging("a")
    assert bucket.head_object("a").last_modified == before


# Many at once


def delete_many(client: oss_v2.Client, *named: tuple[str, str | None], quiet: bool = False) -> list[oss_v2.DeletedInfo]:
    objects = [oss_v2.DeleteObject(key=key, version_id=version_id) for key, version_id in named]
    answer = client.delete_multiple_objects(
        oss_v2.DeleteMultipleObjectsRequest(bucket=BUCKET, objects=objects, quiet=quiet)
    )
    return answer.deleted_objects or []


def test_many_are_hidden_at_once(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    enable(bucket)
    bucket.put_object("a", b"")
    rows = delete_many(client, ("a", None), ("never", None))
    assert [(row.key, row.version_id, row.delete_marker) for row in rows] == [("a", None, True), ("never", None, True)]
    assert [row.delete_marker_version_id for row in rows] == [ids(bucket, "a")[0], ids(bucket, "never")[0]]


def test_versions_and_markers_are_deleted_at_once(
    bucket: oss2.Bucket, hidden: tuple[str, str], client: oss_v2.Client
) -> None:
    rows = delete_many(client, ("a", hidden[1]), ("a", hidden[0]), ("a", UNKNOWN))
    told = [(row.version_id, row.delete_marker, row.delete_marker_version_id) for row in rows]
    assert told == [(hidden[1], True, hidden[1]), (hidden[0], None, None), (UNKNOWN, None, None)]
    assert ids(bucket, "a") == []


def test_a_quiet_deletion_of_many_says_nothing(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    enable(bucket)
    bucket.put_object("a", b"")
    assert delete_many(client, ("a", None), quiet=True) == []
    assert not bucket.object_exists("a")


def test_one_bad_id_among_many_deletes_nothing(
    bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError
) -> None:
    enable(bucket)
    version_id = bucket.put_object("a", b"").versionid
    objects = [oss_v2.DeleteObject(key="a", version_id=version_id), oss_v2.DeleteObject(key="a", version_id="234")]
    request = oss_v2.DeleteMultipleObjectsRequest(bucket=BUCKET, objects=objects)
    error = service_error(client.delete_multiple_objects, request)
    assert (error.status_code, error.code) == (400, "InvalidArgument")


def test_a_bucket_without_versioning_is_emptied_by_null_ids(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    for key in ("a", "b"):
        bucket.put_object(key, b"")
    listed = client.list_object_versions(oss_v2.ListObjectVersionsRequest(bucket=BUCKET)).version
    assert [(entry.key, entry.version_id, entry.is_latest) for entry in listed] == [
        ("a", "null", True),
        ("b", "null", True),
    ]
    delete_many(client, *((entry.key, entry.version_id) for entry in listed))
    bucket.delete_bucket()


# Listing


def test_pages_of_versions_go_on_within_a_key(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    enable(bucket)
    for number in range(3):
        for key in ("a", "b"):
            bucket.put_object(key, bytes([number]))
    suspend(bucket)
    bucket.delete_object("a")
    whole = client.list_object_versions(oss_v2.ListObjectVersionsRequest(bucket=BUCKET))
    versions = [(entry.key, entry.version_id) for entry in whole.version]
    assert [key for key, _ in versions] == ["a"] * 3 + ["b"] * 3
    assert [(entry.key, entry.version_id, entry.is_latest) for entry in whole.delete_marker] == [("a", "null", True)]
    paged, markers, requests = [], 0, oss_v2.ListObjectVersionsRequest(bucket=BUCKET, max_keys=2)
    for page in client.list_object_versions_paginator().iter_page(requests):
        paged += [(entry.key, entry.version_id) for entry in page.version or []]
        markers += len(page.delete_marker or [])
    assert (paged, markers) == (versions, 1)


def test_a_listing_of_objects_never_shows_hidden_keys(bucket: oss2.Bucket) -> None:
    enable(bucket)
    for key in ("a", "b", "c"):
        bucket.put_object(key, b"")
    bucket.delete_object("b")
    assert [entry.key for entry in bucket.list_objects_v2().object_list] == ["a", "c"]
