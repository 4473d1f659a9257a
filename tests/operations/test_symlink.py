"""Symbolic links: made, read through, asked where they lead, versioned, deleted."""

from __future__ import annotations

import hashlib

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused, ServiceError, Untouched
from tests.operations.versions import at, enable, ids

ODD = ["dir/a b", "中文/é", "a+b%25?#&", "<x>", "...", "~"]


def linked(bucket: oss2.Bucket, data: bytes = b"hello") -> None:
    bucket.put_object("target", data)
    bucket.put_symlink("target", "link")


def test_reading_a_link_gives_the_targets_content(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    linked(bucket)
    assert bucket.get_object("link").read() == b"hello"
    got = client.get_object(oss_v2.GetObjectRequest(bucket=BUCKET, key="link", range_header="bytes=1-2"))
    assert got.body.content == b"el"


@pytest.mark.parametrize("target", ODD)
def test_any_key_can_be_a_target(bucket: oss2.Bucket, target: str) -> None:
    bucket.put_object(target, b"data")
    bucket.put_symlink(target, "link")
    assert bucket.get_symlink("link").target_key == target
    assert bucket.get_object("link").read() == b"data"


def test_a_link_keeps_what_is_said_of_itself_and_shows_what_is_said_of_the_content(bucket: oss2.Bucket) -> None:
    bucket.put_object("target", b"hello", headers={"Content-Type": "text/a", "x-oss-meta-of": "target"})
    bucket.put_symlink("target", "link", headers={"Content-Type": "text/b", "x-oss-meta-of": "link"})
    for answer in (bucket.head_object("link"), bucket.get_object("link")):
        headers = answer.headers
        assert (answer.content_length, answer.etag) == (5, hashlib.md5(b"hello").hexdigest().upper())
        assert headers["Content-MD5"] == bucket.head_object("target").headers["Content-MD5"]
        assert headers["x-oss-object-type"] == "Symlink"
        assert (headers["Content-Type"], headers["x-oss-meta-of"]) == ("text/b", "link")
        assert headers["x-oss-hash-crc64ecma"] == bucket.head_object("target").headers["x-oss-hash-crc64ecma"]


def test_the_storage_class_shown_is_the_targets(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    bucket.put_object("target", b"", headers={"x-oss-storage-class": "IA"})
    bucket.put_symlink("target", "link")
    assert bucket.head_object("link").headers["x-oss-storage-class"] == "IA"
    assert oss.bucket(BUCKET).head("link").storage_class == "Standard"


def test_the_later_of_both_times_of_modification_counts(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    linked(bucket)
    first = bucket.head_object("link").last_modified
    oss.clock.advance(hours=1)
    bucket.put_object("target", b"newer")
    of_target = bucket.head_object("target").last_modified
    assert bucket.head_object("link").last_modified == of_target > first
    oss.clock.advance(hours=1)
    bucket.put_symlink("target", "link")
    assert bucket.get_object("link").last_modified > of_target


def test_conditions_are_judged_by_what_is_shown(bucket: oss2.Bucket, oss: fakeoss.FakeOSS, raw: Raw) -> None:
    linked(bucket)
    etag = bucket.head_object("target").etag
    assert raw("GET", "/link", {"If-None-Match": f'"{etag}"'}).status == 304
    before = oss2.http_date(bucket.head_object("link").last_modified)
    oss.clock.advance(hours=1)
    bucket.put_object("target", b"newer")
    assert raw("GET", "/link", {"If-Unmodified-Since": before}).status == 412


def test_the_link_itself_is_told_by_get_symlink(
    bucket: oss2.Bucket, client: oss_v2.Client, oss: fakeoss.FakeOSS
) -> None:
    linked(bucket)
    made = client.put_symlink(
        oss_v2.PutSymlinkRequest(bucket=BUCKET, key="other", target="dir/target", metadata={"of": "link"})
    )
    found = client.get_symlink(oss_v2.GetSymlinkRequest(bucket=BUCKET, key="other"))
    assert (found.target, found.etag, found.metadata["of"]) == ("dir/target", made.headers["ETag"], "link")
    assert found.etag != f'"{bucket.head_object("target").etag}"'
    modified = oss.bucket(BUCKET).head("other").last_modified
    assert found.headers["Last-Modified"] == oss2.http_date(int(modified.timestamp()))


def test_the_meta_of_a_link_is_its_own(bucket: oss2.Bucket) -> None:
    linked(bucket)
    meta = bucket.get_object_meta("link")
    assert meta.content_length == 0
    assert meta.etag == bucket.get_symlink("link").headers["ETag"].strip('"')


def test_a_link_has_tags_acl_class_and_headers_of_its_own(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    bucket.put_object("target", b"x", headers={"x-oss-tagging": "t=1"})
    bucket.put_symlink(
        "target",
        "link",
        headers={
            "x-oss-tagging": "a=1&b=2",
            "x-oss-object-acl": "public-read",
            "x-oss-storage-class": "IA",
            "Cache-Control": "no-cache",
        },
    )
    assert bucket.get_object_tagging("link").tag_set.tagging_rule == {"a": "1", "b": "2"}
    assert bucket.get_object_acl("link").acl == "public-read"
    headers = bucket.head_object("link").headers
    assert (headers["x-oss-tagging-count"], headers["Cache-Control"]) == ("2", "no-cache")
    assert oss.bucket(BUCKET).head("link").storage_class == "IA"


def test_a_listing_tells_that_it_is_a_link(bucket: oss2.Bucket) -> None:
    linked(bucket)
    assert [(entry.key, entry.type, entry.size) for entry in bucket.list_objects().object_list] == [
        ("link", "Symlink", 0),
        ("target", "Normal", 5),
    ]


def test_deleting_a_link_leaves_the_target_and_deleting_the_target_leaves_the_link(
    bucket: oss2.Bucket, refused: Refused
) -> None:
    linked(bucket)
    bucket.delete_object("link")
    assert bucket.get_object("target").read() == b"hello"
    bucket.put_symlink("target", "link")
    bucket.delete_object("target")
    refused(404, "SymlinkTargetNotExist", "GET", "/link")
    refused(404, "SymlinkTargetNotExist", "HEAD", "/link")
    assert bucket.get_symlink("link").target_key == "target"


def test_a_link_may_lead_nowhere_or_to_a_link_until_it_is_read(bucket: oss2.Bucket, refused: Refused) -> None:
    bucket.put_symlink("missing", "nowhere")
    refused(404, "SymlinkTargetNotExist", "GET", "/nowhere")
    linked(bucket)
    bucket.put_symlink("link", "second")
    refused(400, "InvalidTargetType", "GET", "/second")
    refused(400, "InvalidTargetType", "HEAD", "/second")
    bucket.put_symlink("itself", "itself")
    refused(400, "InvalidTargetType", "GET", "/itself")


def test_what_is_not_a_link_leads_nowhere(
    bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError
) -> None:
    bucket.put_object("plain", b"")
    error = service_error(client.get_symlink, oss_v2.GetSymlinkRequest(bucket=BUCKET, key="plain"))
    assert (error.status_code, error.code) == (400, "NotSymlink")
    with pytest.raises(oss2.exceptions.NoSuchKey):
        bucket.get_symlink("missing")


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({}, 400, "MissingArgument"),
        ({"x-oss-symlink-target": ""}, 400, "MissingArgument"),
        ({"x-oss-symlink-target": "%ff"}, 400, "InvalidObjectName"),
        ({"x-oss-symlink-target": "%5Cx"}, 400, "InvalidObjectName"),
        ({"x-oss-symlink-target": "a" * 1024}, 400, "InvalidObjectName"),
        ({"x-oss-symlink-target": "t", "x-oss-storage-class": "Cold"}, 400, "InvalidArgument"),
        ({"x-oss-symlink-target": "t", "x-oss-object-acl": "secret"}, 400, "InvalidArgument"),
        ({"x-oss-symlink-target": "t", "x-oss-server-side-encryption": "AES256"}, 400, "InvalidArgument"),
        ({"x-oss-symlink-target": "t", "x-oss-tagging": "a=1&a=2"}, 400, "InvalidArgument"),
        ({"x-oss-symlink-target": "t", "x-oss-forbid-overwrite": "true"}, 409, "FileAlreadyExists"),
    ],
)
def test_bad_links_are_refused(
    bucket: oss2.Bucket, refused: Refused, headers: dict[str, str], status: int, code: str
) -> None:
    bucket.put_object("link", b"")
    refused(status, code, "PUT", "/link?symlink", headers)


def test_a_target_in_bare_utf_8_is_understood(bucket: oss2.Bucket, raw: Raw) -> None:
    header = {"x-oss-symlink-target": "中".encode().decode("latin-1")}
    assert raw("PUT", "/link?symlink", header).status == 200
    assert bucket.get_symlink("link").target_key == "中"


def test_each_version_of_a_link_leads_where_it_did(bucket: oss2.Bucket) -> None:
    enable(bucket)
    for key in ("one", "two"):
        bucket.put_object(key, key.encode())
        bucket.put_symlink(key, "link")
    second, first = ids(bucket, "link")
    assert bucket.get_symlink("link", params=at(first)).target_key == "one"
    assert bucket.get_symlink("link").headers["x-oss-version-id"] == second
    assert bucket.get_object("link", params=at(first)).read() == b"one"
    assert bucket.get_object("link").read() == b"two"


def test_a_link_leads_to_the_current_version(bucket: oss2.Bucket, refused: Refused) -> None:
    enable(bucket)
    linked(bucket)
    bucket.put_object("target", b"newer")
    assert bucket.get_object("link").read() == b"newer"
    bucket.delete_object("target")
    refused(404, "SymlinkTargetNotExist", "GET", "/link")


def test_a_copy_of_a_link_is_a_link(bucket: oss2.Bucket) -> None:
    linked(bucket)
    bucket.copy_object(BUCKET, "link", "copy")
    assert bucket.get_symlink("copy").target_key == "target"


def test_writing_over_a_link_replaces_the_link(bucket: oss2.Bucket) -> None:
    linked(bucket)
    bucket.put_object("link", b"own")
    assert bucket.get_object("target").read() == b"hello"
    assert bucket.head_object("link").headers["x-oss-object-type"] == "Normal"


def test_nothing_can_be_appended_to_a_link(bucket: oss2.Bucket, untouched: Untouched) -> None:
    linked(bucket)
    with untouched(), pytest.raises(oss2.exceptions.ObjectNotAppendable):
        bucket.append_object("link", 0, b"x")


def test_a_frozen_target_is_not_read_through_a_link(bucket: oss2.Bucket, refused: Refused) -> None:
    bucket.put_object("target", b"x", headers={"x-oss-storage-class": "Archive"})
    bucket.put_symlink("target", "link")
    refused(403, "InvalidObjectState", "GET", "/link")
    assert bucket.head_object("link").headers["x-oss-storage-class"] == "Archive"


def test_both_link_and_target_have_to_be_readable(bucket: oss2.Bucket, refused: Refused, raw: Raw) -> None:
    bucket.put_object("target", b"x")
    bucket.put_symlink("target", "link", headers={"x-oss-object-acl": "public-read"})
    refused(403, "AccessDenied", "GET", "/link", signed=False)
    bucket.put_object_acl("target", "public-read")
    assert raw("GET", "/link", signed=False).data() == b"x"
    bucket.put_object_acl("link", "private")
    refused(403, "AccessDenied", "GET", "/link", signed=False)


def test_the_buckets_encryption_is_not_a_links(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    rule = oss2.models.ServerSideEncryptionRule()
    rule.sse_algorithm = "AES256"
    bucket.put_bucket_encryption(rule)
    linked(bucket)
    assert oss.bucket(BUCKET).head("link").encryption is None
    assert oss.bucket(BUCKET).head("target").encryption is not None
