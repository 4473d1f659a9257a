"""Objects put in one request: what the answer tells, what bodies may be, what is refused."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterator
from urllib.parse import quote

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
from fastcrc import crc64

import fakeoss
from fakeoss.operations import storing
from fakeoss.wire.message import Headers, Request
from tests.conftest import BUCKET, ENDPOINT, Raw
from tests.operations.conftest import Refused, ServiceError, Untouched, elements_of, error_of

CONTENT = b"content"
ETAG = f'"{hashlib.md5(CONTENT).hexdigest().upper()}"'
MD5 = base64.b64encode(hashlib.md5(CONTENT).digest()).decode()
MOMENT = "Tue, 10 Nov 2009 23:00:00 GMT"


def test_the_answer_tells_the_checksums(bucket: oss2.Bucket) -> None:
    result = bucket.put_object("key", CONTENT)
    assert (result.status, result.headers["ETag"], result.crc) == (200, ETAG, crc64.xz(CONTENT))
    assert (result.headers["Content-MD5"], result.headers["Content-Length"]) == (MD5, "0")
    assert result.versionid is None
    assert bucket.get_object("key").read() == CONTENT


def test_v2_puts(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    result = client.put_object(oss_v2.PutObjectRequest(BUCKET, "key", body=CONTENT))
    assert (result.status_code, result.etag, result.content_md5) == (200, ETAG, MD5)
    assert result.hash_crc64 == str(crc64.xz(CONTENT))
    assert client.get_object(oss_v2.GetObjectRequest(BUCKET, "key")).body.content == CONTENT


def test_an_object_may_be_empty(bucket: oss2.Bucket) -> None:
    result = bucket.put_object("key", b"")
    assert (result.etag, result.crc) == (hashlib.md5(b"").hexdigest().upper(), 0)
    assert bucket.get_object("key").read() == b""


def test_an_object_is_put_over_another(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    headers = {"x-oss-meta-a": "1", "x-oss-tagging": "k=v", "x-oss-object-acl": "public-read", "Expires": "never"}
    bucket.put_object("key", b"first", headers=headers)
    bucket.put_object("key", b"second")
    made = oss.bucket(BUCKET).head("key")
    assert (made.payload.data(), dict(made.meta), made.tags, made.acl) == (b"second", {}, (), "default")
    assert dict(made.headers) == {"Content-Type": "application/octet-stream"}
    assert len(oss.bucket(BUCKET).versions("key")) == 1


class Reader:
    """What can be read and nothing else."""

    def __init__(self, data: bytes) -> None:
        self.data = io.BytesIO(data)

    def read(self, count: int = -1) -> bytes:
        return self.data.read(count)


def in_pieces() -> Iterator[bytes]:
    yield from (b"con", b"", b"tent")


@pytest.mark.parametrize("body", [CONTENT, "content", io.BytesIO(CONTENT), Reader(CONTENT), in_pieces()])
def test_a_body_is_whatever_the_sdk_sends(bucket: oss2.Bucket, body: object) -> None:
    bucket.put_object("key", body)
    assert bucket.get_object("key").read() == CONTENT


@pytest.mark.parametrize(
    "key",
    [
        "a",
        "a/b/",
        "中文/é",
        "a b+c%20d?e#f&g=h",
        "<&>\"'",
        "\x01\x1f\x7f",
        "a..b",
        "a//b",
        "~_-.!*'()",
        "é" * 511 + "a",
    ],
)
def test_keys_are_any_text(bucket: oss2.Bucket, client: oss_v2.Client, key: str) -> None:
    bucket.put_object(key, CONTENT)
    assert bucket.get_object(key).read() == CONTENT
    assert client.get_object(oss_v2.GetObjectRequest(BUCKET, key)).body.content == CONTENT
    assert [entry.key for entry in bucket.list_objects().object_list] == [key]
    bucket.delete_object(key)
    assert not bucket.object_exists(key)


def test_what_lies_beyond_the_announced_length_is_cut_off(bucket: oss2.Bucket, raw: Raw) -> None:
    for length, kept in (("3", b"con"), ("0", b""), ("0000000000000000000000003", b"con")):
        reply = raw("PUT", "/key", {"Content-Length": length}, CONTENT)
        assert reply.header("ETag") == f'"{hashlib.md5(kept).hexdigest().upper()}"'
        assert bucket.get_object("key").read() == kept


def test_a_chunked_body_needs_no_length(bucket: oss2.Bucket, raw: Raw) -> None:
    assert raw("PUT", "/key", {"Transfer-Encoding": "chunked", "Content-Length": "1"}, CONTENT).status == 200
    assert bucket.get_object("key").read() == CONTENT


def test_a_checksum_that_fits(bucket: oss2.Bucket, raw: Raw) -> None:
    headers = {"Content-MD5": MD5, "x-oss-hash-crc64ecma": str(crc64.xz(CONTENT))}
    assert raw("PUT", "/key", headers, CONTENT).status == 200


def test_versions_are_told(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig("Enabled"))
    first = bucket.put_object("key", b"1")
    second = client.put_object(oss_v2.PutObjectRequest(BUCKET, "key", body=b"2"))
    assert first.versionid != second.version_id
    assert bucket.get_object("key", params={"versionId": first.versionid}).read() == b"1"
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig("Suspended"))
    assert bucket.put_object("key", b"3").versionid == "null"


def test_the_same_bytes_are_stored_once_per_put(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    bucket.put_object("key", io.BytesIO(bytes(5 << 20)))
    segments = oss.bucket(BUCKET).head("key").payload.segments
    assert sum(map(len, segments)) == 5 << 20
    assert max(map(len, segments)) <= 2 << 20


# Overwriting


def test_overwriting_can_be_forbidden(bucket: oss2.Bucket, raw: Raw, refused: Refused) -> None:
    forbid = {"x-oss-forbid-overwrite": "true"}
    assert raw("PUT", "/key", forbid, b"1").status == 200
    error = refused(409, "FileAlreadyExists", "PUT", "/key", forbid, b"2")
    assert error["EC"] == "0026-00000002"
    assert raw("PUT", "/key", {"x-oss-forbid-overwrite": "false"}, b"3").status == 200
    assert raw("PUT", "/key", {"x-oss-forbid-overwrite": "True"}, b"4").status == 409
    assert bucket.get_object("key").read() == b"3"


def test_v2_forbids_overwriting(bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError) -> None:
    request = oss_v2.PutObjectRequest(BUCKET, "key", body=b"1", forbid_overwrite=True)
    client.put_object(request)
    assert service_error(client.put_object, request).code == "FileAlreadyExists"


@pytest.mark.parametrize("status", ["Enabled", "Suspended"])
def test_forbidding_means_nothing_once_versioning_was_set(bucket: oss2.Bucket, status: str) -> None:
    bucket.put_object("key", b"1")
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig(status))
    bucket.put_object("key", b"2", headers={"x-oss-forbid-overwrite": "true"})
    assert bucket.get_object("key").read() == b"2"


@pytest.mark.parametrize("value", ["", "yes", "1", "truefalse"])
def test_forbidding_is_true_or_false(bucket: oss2.Bucket, refused: Refused, value: str) -> None:
    error = refused(400, "InvalidArgument", "PUT", "/key", {"x-oss-forbid-overwrite": value}, b"1")
    assert (error["ArgumentName"], error["EC"]) == ("x-oss-forbid-overwrite", "0017-00000279")


# Refusals


def test_a_bucket_nobody_made(oss: fakeoss.FakeOSS, untouched: Untouched) -> None:
    with untouched(), pytest.raises(oss2.exceptions.NoSuchBucket) as caught:
        oss.oss2_bucket("missing-bucket").put_object("key", b"")
    assert caught.value.details["BucketName"] == "missing-bucket"


def test_a_wrong_digest(bucket: oss2.Bucket, refused: Refused, untouched: Untouched) -> None:
    other = base64.b64encode(hashlib.md5(b"other").digest()).decode()
    for digest in (other, "nonsense", "", MD5[:-2]):
        error = refused(400, "InvalidDigest", "PUT", "/key", {"Content-MD5": digest}, CONTENT)
        assert error["EC"] == "0017-00000503"
    with untouched(), pytest.raises(oss2.exceptions.InvalidDigest):
        bucket.put_object("key", CONTENT, headers={"Content-MD5": other})


@pytest.mark.parametrize("value", ["1", "-1", "x", ""])
def test_a_wrong_crc(bucket: oss2.Bucket, refused: Refused, value: str) -> None:
    refused(400, "InvalidCRC64", "PUT", "/key", {"x-oss-hash-crc64ecma": value}, CONTENT)


def test_a_body_shorter_than_announced(bucket: oss2.Bucket, refused: Refused) -> None:
    refused(400, "IncompleteBody", "PUT", "/key", {"Content-Length": "8"}, CONTENT)


@pytest.mark.parametrize("length", ["-1", "+1", "1.0", "", "0x1", "\u0661", "1, 1"])
def test_a_length_is_a_number(bucket: oss2.Bucket, refused: Refused, length: str) -> None:
    refused(400, "InvalidArgument", "PUT", "/key", {"Content-Length": length}, CONTENT)


@pytest.mark.parametrize("body", [(), (CONTENT,)])
def test_a_body_has_a_length(
    oss: fakeoss.FakeOSS, bucket: oss2.Bucket, untouched: Untouched, body: tuple[bytes, ...]
) -> None:
    signed = Headers([("Date", oss2.http_date()), ("Authorization", "OSS unregistered:c2lnbmF0dXJl")])
    with untouched():
        reply = oss.handle(Request("PUT", "https", f"{BUCKET}.{ENDPOINT}", "/key", signed, body))
    assert (reply.status, error_of(reply)["Code"]) == (411, "MissingContentLength")


@pytest.mark.parametrize("length", [(5 << 30) + 1, 10**400])
def test_five_gigabytes_are_the_most_by_announcement(bucket: oss2.Bucket, refused: Refused, length: int) -> None:
    error = refused(400, "InvalidArgument", "PUT", "/key", {"Content-Length": str(length)}, b"x")
    assert error["MaxSizeAllowed"] == str(5 << 30)


def test_five_gigabytes_are_the_most_as_sent(
    bucket: oss2.Bucket, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "OBJECT_LIMIT", 6)
    refused(400, "InvalidArgument", "PUT", "/key", {"Transfer-Encoding": "chunked"}, CONTENT)
    monkeypatch.setattr(storing, "OBJECT_LIMIT", 7)
    bucket.put_object("key", CONTENT)


@pytest.mark.parametrize("key", ["/%5Cback", "/" + "a" * 1024, "/" + "%C3%A9" * 512])
def test_names_that_are_refused(bucket: oss2.Bucket, refused: Refused, key: str) -> None:
    refused(400, "InvalidObjectName", "PUT", key, {}, CONTENT)


def test_v2_is_told_of_a_bad_name(bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError) -> None:
    error = service_error(client.put_object, oss_v2.PutObjectRequest(BUCKET, "\\back", body=CONTENT))
    assert (error.status_code, error.code) == (400, "InvalidObjectName")


@pytest.mark.parametrize("value", ["0", "819199", "838860801", "x", "", "-1", "1" * 400])
def test_a_traffic_limit_out_of_bounds(bucket: oss2.Bucket, refused: Refused, value: str) -> None:
    error = refused(400, "InvalidArgument", "PUT", "/key", {"x-oss-traffic-limit": value}, CONTENT)
    assert error["Message"].startswith("x-oss-traffic-limit is invalid, should be specified between 819200")
    refused(400, "InvalidArgument", "PUT", f"/key?x-oss-traffic-limit={value}", {}, CONTENT)


def test_a_traffic_limit_given_twice(bucket: oss2.Bucket, refused: Refused) -> None:
    target = "/key?x-oss-traffic-limit=819200"
    error = refused(400, "InvalidArgument", "PUT", target, {"x-oss-traffic-limit": "819200"}, CONTENT)
    assert error["Message"] == "x-oss-traffic-limit should be specified either in query string or header, not both."


@pytest.mark.parametrize("value", ["819200", "838860800"])
def test_a_traffic_limit_slows_nothing_down(bucket: oss2.Bucket, raw: Raw, value: str) -> None:
    headers = {"x-oss-traffic-limit": value}
    assert bucket.put_object("key", CONTENT, headers=headers).status == 200
    assert bucket.get_object("key", headers=headers).read() == CONTENT
    assert raw("PUT", f"/key?x-oss-traffic-limit={value}", {}, CONTENT).status == 200


def test_who_is_not_let_in_leaves_no_trace(bucket: oss2.Bucket, raw: Raw, untouched: Untouched) -> None:
    with untouched():
        reply = raw("PUT", "/key", {}, CONTENT, signed=False)
    assert (reply.status, elements_of(reply)["Code"]) == (403, "AccessDenied")


@pytest.mark.parametrize("name", ["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"])
def test_a_condition_is_refused_not_ignored(bucket: oss2.Bucket, untouched: Untouched, name: str) -> None:
    with untouched(), pytest.raises(oss2.exceptions.NotImplemented) as caught:
        bucket.put_object("key", CONTENT, headers={name: "*" if name.endswith("Match") else MOMENT})
    assert (caught.value.status, caught.value.details["Header"]) == (400, name)
    assert caught.value.message == "A header you provided implies functionality that is not implemented."


@pytest.mark.parametrize("callback", ['{"callbackUrl": "http://example.com"}', "{}", "[]", "none", "[" * 100_000])
@pytest.mark.parametrize("name", ["x-oss-callback", "callback"])
def test_a_callback_is_refused_not_passed_over(bucket: oss2.Bucket, refused: Refused, name: str, callback: str) -> None:
    said = callback if callback == "none" else base64.b64encode(callback.encode()).decode()
    headers = {name: said} if name.startswith("x-oss-") else {}
    target = "/key" if headers else f"/key?{name}={quote(said)}"
    error = refused(501, "NotImplemented", "PUT", target, headers, CONTENT)
    assert error["Message"] == f"PutObject with {name} is not implemented by this fake."


def test_a_callback_policy_may_be_named(bucket: oss2.Bucket) -> None:
    named = base64.b64encode(b'{"callbackPolicy": "mine"}').decode()
    assert bucket.put_object("key", CONTENT, headers={"x-oss-callback": named}).status == 200
