"""Appendable objects: begun, grown, sealed."""

from __future__ import annotations

import base64
import hashlib
import re

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
from fastcrc import crc64

import fakeoss
from fakeoss.operations import storing
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused, ServiceError, Untouched

NEXT = "x-oss-next-append-position"


def test_an_object_grows_at_its_end(bucket: oss2.Bucket) -> None:
    first = bucket.append_object("log", 0, b"hello", init_crc=0)
    assert (first.next_position, first.crc) == (5, crc64.xz(b"hello"))
    second = bucket.append_object("log", 5, b" world", init_crc=first.crc)
    assert (second.next_position, second.crc) == (11, crc64.xz(b"hello world"))
    assert bucket.get_object("log").read() == b"hello world"


def test_what_an_appendable_object_shows(bucket: oss2.Bucket) -> None:
    result = bucket.append_object("log", 0, b"hello")
    head = bucket.head_object("log")
    assert re.fullmatch(r"[0-9A-F]{24}00000000", result.etag)
    assert (head.object_type, head.etag, head.headers[NEXT]) == ("Appendable", result.etag, "5")
    assert "Content-MD5" not in head.headers
    assert "Content-MD5" not in result.headers
    assert [entry.type for entry in bucket.list_objects().object_list] == ["Appendable"]


def test_v2_appends(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    first = client.append_object(oss_v2.AppendObjectRequest(BUCKET, "log", position=0, body=b"hello", acl="private"))
    second = client.append_object(
        oss_v2.AppendObjectRequest(BUCKET, "log", position=first.next_position, body=b" world")
    )
    assert (first.next_position, second.next_position) == (5, 11)
    assert second.hash_crc64 == str(crc64.xz(b"hello world"))
    assert client.get_object_acl(oss_v2.GetObjectAclRequest(BUCKET, "log")).acl == "private"


def test_the_headers_of_the_first_append_count_but_for_the_acl(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    headers = {
        "Content-Type": "text/x-log",
        "Cache-Control": "no-store",
        "x-oss-meta-a": "1",
        "x-oss-tagging": "k=v",
        "x-oss-object-acl": "public-read",
        "x-oss-storage-class": "IA",
    }
    bucket.append_object("log", 0, b"x", headers=headers)
    later = {
        "Content-Type": "a/b",
        "x-oss-meta-b": "2",
        "x-oss-tagging": "&".join(f"k{n}=v" for n in range(15)),
        "x-oss-object-acl": "private",
        "x-oss-storage-class": "Standard",
    }
    bucket.append_object("log", 1, b"y", headers=later)
    made = oss.bucket(BUCKET).head("log")
    assert dict(made.headers) == {"Content-Type": "text/x-log", "Cache-Control": "no-store"}
    assert (dict(made.meta), made.tags) == ({"a": "1"}, (("k", "v"),))
    assert (made.acl, made.storage_class) == ("private", "IA")


def test_an_append_without_an_acl_leaves_it(bucket: oss2.Bucket, untouched: Untouched) -> None:
    bucket.append_object("log", 0, b"x", headers={"x-oss-object-acl": "public-read"})
    bucket.append_object("log", 1, b"y")
    assert bucket.get_object_acl("log").acl == "public-read"
    with untouched(), pytest.raises(oss2.exceptions.InvalidArgument):
        bucket.append_object("log", 2, b"z", headers={"x-oss-object-acl": "owner"})


def test_the_encryption_of_the_first_append_holds(bucket: oss2.Bucket) -> None:
    name = "x-oss-server-side-encryption"
    first = bucket.append_object("log", 0, b"x", headers={name: "KMS"})
    second = bucket.append_object("log", 1, b"y", headers={name: "AES256"})
    assert first.headers[name] == second.headers[name] == "KMS"
    assert first.headers[f"{name}-key-id"] == second.headers[f"{name}-key-id"]


def test_every_append_moves_the_time_of_modification(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    bucket.append_object("log", 0, b"x")
    before = bucket.head_object("log").last_modified
    oss.clock.advance(minutes=1)
    bucket.append_object("log", 1, b"y")
    assert bucket.head_object("log").last_modified >= before + 60


def test_appending_nothing_changes_nothing(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    bucket.append_object("log", 0, b"x")
    before = oss.bucket(BUCKET).head("log")
    oss.clock.advance(minutes=1)
    assert bucket.append_object("log", 1, b"").next_position == 1
    assert oss.bucket(BUCKET).head("log") == before


def test_an_object_may_begin_empty(bucket: oss2.Bucket) -> None:
    assert bucket.append_object("log", 0, b"").next_position == 0
    assert bucket.append_object("log", 0, b"x").next_position == 1


def test_many_small_appends_stay_few_segments(bucket: oss2.Bucket, oss: fakeoss.FakeOSS, raw: Raw) -> None:
    for position in range(0, 2000, 10):
        assert raw("POST", f"/log?append&position={position}", body=b"0123456789").status == 200
    made = oss.bucket(BUCKET).head("log").payload
    assert made.data() == b"0123456789" * 200
    assert len(made.segments) < 12


# Positions


@pytest.mark.parametrize("position", [0, 1, 4, 6, 10**18])
def test_an_append_must_begin_where_the_object_ends(bucket: oss2.Bucket, untouched: Untouched, position: int) -> None:
    bucket.append_object("log", 0, b"hello")
    with untouched(), pytest.raises(oss2.exceptions.PositionNotEqualToLength) as caught:
        bucket.append_object("log", position, b"x")
    assert (caught.value.status, caught.value.next_position) == (409, 5)
    assert caught.value.ec == "0026-00000016"


def test_the_first_append_begins_at_0(bucket: oss2.Bucket, untouched: Untouched) -> None:
    with untouched(), pytest.raises(oss2.exceptions.PositionNotEqualToLength) as caught:
        bucket.append_object("log", 3, b"x")
    assert caught.value.next_position == 0


def test_v2_tells_the_right_position(bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError) -> None:
    bucket.append_object("log", 0, b"hello")
    error = service_error(client.append_object, oss_v2.AppendObjectRequest(BUCKET, "log", position=0, body=b"x"))
    assert (error.status_code, error.code, error.headers[NEXT]) == (409, "PositionNotEqualToLength", "5")


def test_a_position_is_needed(bucket: oss2.Bucket, refused: Refused) -> None:
    assert refused(400, "MissingArgument", "POST", "/log?append", body=b"x")["EC"] == "0016-00000501"


@pytest.mark.parametrize("position", ["", "-1", "+1", "1.0", "test", "9" * 30, "%D9%A0"])
def test_a_position_is_a_number(bucket: oss2.Bucket, refused: Refused, position: str) -> None:
    error = refused(400, "MissingArgument", "POST", f"/log?append&position={position}", body=b"x")
    assert error["EC"] == "0016-00000502"


def test_an_append_names_no_version(bucket: oss2.Bucket, refused: Refused) -> None:
    error = refused(400, "InvalidArgument", "POST", "/log?append&position=0&versionId=null", body=b"x")
    assert error["EC"] == "0016-00000504"


# Other refusals


def test_other_objects_do_not_grow(bucket: oss2.Bucket, untouched: Untouched) -> None:
    bucket.put_object("plain", b"hello")
    bucket.put_symlink("plain", "link")
    for key in ("plain", "link"):
        with untouched(), pytest.raises(oss2.exceptions.ObjectNotAppendable) as caught:
            bucket.append_object(key, 5, b"x")
        assert caught.value.ec == "0026-00000017"


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"x-oss-storage-class": "ColdArchive"}, "InvalidArgument"),
        ({"x-oss-storage-class": "DeepColdArchive"}, "InvalidArgument"),
        ({"x-oss-storage-class": "Hot"}, "InvalidArgument"),
        ({"x-oss-object-acl": "owner"}, "InvalidArgument"),
        ({"x-oss-tagging": "=v"}, "InvalidTag"),
        ({"x-oss-meta-a_b": "1"}, "InvalidArgument"),
        ({"x-oss-server-side-encryption": "DES"}, "InvalidEncryptionAlgorithmError"),
        (
            {"x-oss-server-side-encryption": "KMS", "x-oss-server-side-encryption-key-id": "9468da86"},
            "InvalidArgument",
        ),
        ({"x-oss-forbid-overwrite": "maybe"}, "InvalidArgument"),
        ({"x-oss-traffic-limit": "many"}, "InvalidArgument"),
        ({"Content-MD5": "AAAA"}, "InvalidDigest"),
        ({"x-oss-hash-crc64ecma": "1"}, "InvalidCRC64"),
        ({"Content-Length": "5"}, "IncompleteBody"),
    ],
)
def test_bad_headers_are_refused(bucket: oss2.Bucket, refused: Refused, headers: dict[str, str], code: str) -> None:
    refused(400, code, "POST", "/log?append&position=0", headers, b"x")


def test_a_digest_is_of_what_is_added(bucket: oss2.Bucket) -> None:
    bucket.append_object("log", 0, b"one")
    digest = base64.b64encode(hashlib.md5(b"two").digest()).decode()
    assert bucket.append_object("log", 3, b"two", headers={"Content-MD5": digest}).next_position == 6


def test_an_append_overwrites_nothing(bucket: oss2.Bucket) -> None:
    headers = {"x-oss-forbid-overwrite": "true"}
    bucket.append_object("log", 0, b"one", headers=headers)
    assert bucket.append_object("log", 3, b"two", headers=headers).next_position == 6


def test_an_object_has_at_most_5_gb(
    bucket: oss2.Bucket, refused: Refused, monkeypatch: pytest.MonkeyPatch, raw: Raw
) -> None:
    monkeypatch.setattr(storing, "OBJECT_LIMIT", 6)
    assert raw("POST", "/log?append&position=0", body=b"12345").status == 200
    refused(400, "EntityTooLarge", "POST", "/log?append&position=5", body=b"67")
    refused(400, "EntityTooLarge", "POST", "/new?append&position=0", body=b"1234567")
    assert raw("POST", "/log?append&position=5", body=b"6").status == 200


# Versions


def test_there_is_never_a_second_version(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig("Enabled"))
    first = bucket.append_object("log", 0, b"one")
    second = bucket.append_object("log", 3, b"two")
    assert first.headers["x-oss-version-id"] == second.headers["x-oss-version-id"] == "null"
    (version,) = oss.bucket(BUCKET).versions("log")
    assert (version.version_id, oss.bucket(BUCKET).read("log")) == ("null", b"onetwo")


def test_an_overwritten_object_grows_no_more(bucket: oss2.Bucket, oss: fakeoss.FakeOSS, untouched: Untouched) -> None:
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig("Enabled"))
    bucket.append_object("log", 0, b"one")
    put = bucket.put_object("log", b"two")
    assert [version.version_id for version in oss.bucket(BUCKET).versions("log")] == [put.versionid, "null"]
    with untouched(), pytest.raises(oss2.exceptions.ObjectNotAppendable):
        bucket.append_object("log", 3, b"x")


def test_a_deleted_key_begins_anew(bucket: oss2.Bucket, oss: fakeoss.FakeOSS, untouched: Untouched) -> None:
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig("Enabled"))
    older = bucket.put_object("log", b"older").versionid
    marker = bucket.delete_object("log").versionid
    with untouched(), pytest.raises(oss2.exceptions.PositionNotEqualToLength):
        bucket.append_object("log", 5, b"x")
    bucket.append_object("log", 0, b"new")
    assert [version.version_id for version in oss.bucket(BUCKET).versions("log")] == ["null", marker, older]


# Sealing


def seal(client: oss_v2.Client, key: str, position: int) -> oss_v2.SealAppendObjectResult:
    return client.seal_append_object(oss_v2.SealAppendObjectRequest(BUCKET, key, position=position))


def test_a_sealed_object_takes_no_more(bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError) -> None:
    bucket.append_object("log", 0, b"hello")
    sealed = seal(client, "log", 5)
    assert sealed.sealed_time is not None
    assert bucket.head_object("log").headers["x-oss-sealed-time"] == sealed.sealed_time
    error = service_error(client.append_object, oss_v2.AppendObjectRequest(BUCKET, "log", position=5, body=b"x"))
    assert (error.status_code, error.code) == (400, "AppendSealedObjectNotAllowed")


def test_sealing_again_changes_nothing(
    bucket: oss2.Bucket, client: oss_v2.Client, oss: fakeoss.FakeOSS, untouched: Untouched
) -> None:
    bucket.append_object("log", 0, b"hello")
    first = seal(client, "log", 5)
    oss.clock.advance(hours=1)
    with untouched():
        assert seal(client, "log", 5).sealed_time == first.sealed_time


def test_sealing_leaves_the_time_of_modification(
    bucket: oss2.Bucket, client: oss_v2.Client, oss: fakeoss.FakeOSS
) -> None:
    bucket.append_object("log", 0, b"hello")
    before = bucket.head_object("log").last_modified
    oss.clock.advance(hours=1)
    seal(client, "log", 5)
    assert bucket.head_object("log").last_modified == before


def test_what_cannot_be_sealed(bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError) -> None:
    bucket.append_object("log", 0, b"hello")
    bucket.put_object("plain", b"hello")
    wrong = service_error(seal, client, "log", 4)
    assert (wrong.status_code, wrong.code, wrong.headers[NEXT]) == (409, "PositionNotEqualToLength", "5")
    other = service_error(seal, client, "plain", 5)
    assert (other.status_code, other.code) == (409, "AppendSealedObjectNotAllowed")
    assert service_error(seal, client, "none", 0).code == "NoSuchKey"


def test_sealing_needs_a_position(bucket: oss2.Bucket, refused: Refused) -> None:
    bucket.append_object("log", 0, b"hello")
    refused(400, "MissingArgument", "POST", "/log?seal")
    refused(400, "MissingArgument", "POST", "/log?seal&position=end")
