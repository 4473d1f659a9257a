"""Objects read: whole, in ranges, with other headers; their heads; what is not there."""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import quote

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
from fastcrc import crc64

import fakeoss
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused, ServiceError, error_of
from tests.wire.test_ranges import TABLE, UNSATISFIABLE, WHOLE

CONTENT = bytes(range(200))
MISSING_VERSION = "CAEQNhiBgMDJgZCA0BYiIDc4MGZjZGI2OTBjOTRmNTE5NmU5NmFhZjhjYmY0"


@pytest.fixture
def key(bucket: oss2.Bucket) -> str:
    """An object."""
    bucket.put_object("key", CONTENT, headers={"Content-Type": "image/jpg", "x-oss-meta-a": "1"})
    return "key"


def test_what_a_get_tells(bucket: oss2.Bucket, key: str) -> None:
    shown = dict(bucket.get_object(key).headers)
    for name in ("Date", "Last-Modified", "x-oss-request-id", "x-oss-server-time"):
        assert shown.pop(name)
    assert shown == {
        "Server": "AliyunOSS",
        "Connection": "keep-alive",
        "Content-Length": "200",
        "Accept-Ranges": "bytes",
        "ETag": f'"{hashlib.md5(CONTENT).hexdigest().upper()}"',
        "Content-MD5": base64.b64encode(hashlib.md5(CONTENT).digest()).decode(),
        "Content-Type": "image/jpg",
        "x-oss-hash-crc64ecma": str(crc64.xz(CONTENT)),
        "x-oss-meta-a": "1",
        "x-oss-object-type": "Normal",
        "x-oss-storage-class": "Standard",
    }


def test_a_head_tells_the_same(bucket: oss2.Bucket, key: str, raw: Raw) -> None:
    changing = ("date", "x-oss-request-id", "x-oss-server-time")
    got, head = raw("GET", "/key"), raw("HEAD", "/key")
    assert (head.status, head.data()) == (200, b"")
    for reply in (got, head):
        assert reply.header("Content-Length") == "200"
    assert sorted(pair for pair in got.headers if pair[0].lower() not in changing) == sorted(
        pair for pair in head.headers if pair[0].lower() not in changing
    )


@pytest.mark.parametrize("process", ["image/resize,w_10", "video/snapshot,t_0", "style/mine"])
def test_what_would_be_processed_is_not_given_raw(bucket: oss2.Bucket, key: str, process: str, raw: Raw) -> None:
    with pytest.raises(oss2.exceptions.ServerError) as refused:
        bucket.get_object(key, process=process)
    assert (refused.value.status, refused.value.code) == (501, "NotImplemented")
    assert f"x-oss-process={process}" in refused.value.message
    assert raw("GET", "/key?x-oss-process=").data() == CONTENT, "nothing is asked for"


def test_object_meta_tells_little(bucket: oss2.Bucket, key: str, raw: Raw) -> None:
    meta = bucket.get_object_meta(key)
    assert (meta.content_length, meta.etag) == (200, hashlib.md5(CONTENT).hexdigest().upper())
    assert {name.lower() for name in meta.headers} == {
        "server",
        "date",
        "content-length",
        "connection",
        "x-oss-request-id",
        "x-oss-server-time",
        "etag",
        "last-modified",
        "x-oss-hash-crc64ecma",
    }
    got = raw("GET", "/key?objectMeta")
    assert (got.status, got.data(), got.header("ETag")) == (200, b"", f'"{meta.etag}"')
    assert got.header("Content-Length") == "200", "its length is told, though nothing of it comes"


def test_v2_reads(client: oss_v2.Client, key: str) -> None:
    result = client.get_object(oss_v2.GetObjectRequest(BUCKET, key))
    assert result.body.content == CONTENT
    head = client.head_object(oss_v2.HeadObjectRequest(BUCKET, key))
    meta = client.get_object_meta(oss_v2.GetObjectMetaRequest(BUCKET, key))
    for told in (result, head, meta):
        assert (told.content_length, told.hash_crc64) == (200, str(crc64.xz(CONTENT)))
        assert told.etag == f'"{hashlib.md5(CONTENT).hexdigest().upper()}"'
        assert told.last_modified == head.last_modified
    assert (head.object_type, head.storage_class, head.metadata) == ("Normal", "Standard", {"a": "1"})


def test_parameters_nobody_knows_are_served(key: str, raw: Raw) -> None:
    assert raw("GET", "/key?para1=test&para2=").data() == CONTENT


# Ranges


@pytest.mark.parametrize(
    ("value", "size", "lenient", "standard"), TABLE, ids=[f"{row[0]} of {row[1]}"[:40] for row in TABLE]
)
def test_ranges(
    bucket: oss2.Bucket,
    raw: Raw,
    value: str | None,
    size: int,
    lenient: tuple[int, int] | str,
    standard: tuple[int, int] | str,
) -> None:
    content = (CONTENT * 5)[:size]
    bucket.put_object("key", content)
    for behavior, expected in ((None, lenient), ("loose", lenient), ("standard", standard)):
        asked = {"Range": value, "x-oss-range-behavior": behavior}
        reply = raw("GET", "/key", {name: text for name, text in asked.items() if text is not None})
        if expected == UNSATISFIABLE:
            assert (reply.status, error_of(reply)["Code"]) == (416, "InvalidRange")
            continue
        first, last = (0, size - 1) if expected == WHOLE else (int(expected[0]), int(expected[1]))
        assert reply.data() == content[first : last + 1]
        assert reply.status == (200 if expected == WHOLE else 206)
        assert reply.header("Content-Range") == (None if expected == WHOLE else f"bytes {first}-{last}/{size}")
        assert reply.header("Content-Length") == str(last + 1 - first)


def test_a_range_still_tells_of_the_whole(key: str, raw: Raw) -> None:
    whole, part = raw("GET", "/key"), raw("GET", "/key", {"Range": "bytes=0-1"})
    for name in ("ETag", "x-oss-hash-crc64ecma", "Content-MD5", "Last-Modified"):
        assert part.header(name) == whole.header(name) is not None


def test_both_sdks_read_ranges(bucket: oss2.Bucket, client: oss_v2.Client, key: str) -> None:
    for asked, expected in (((5, 9), CONTENT[5:10]), ((None, 3), CONTENT[-3:]), ((190, None), CONTENT[190:])):
        assert bucket.get_object(key, byte_range=asked).read() == expected
    assert bucket.get_object(key, byte_range=(5, 2000)).read() == CONTENT
    request = oss_v2.GetObjectRequest(BUCKET, key, range_header="bytes=5-2000", range_behavior="standard")
    assert client.get_object(request).body.content == CONTENT[5:]


def test_v2_is_told_of_a_range_past_the_end(client: oss_v2.Client, key: str, service_error: ServiceError) -> None:
    request = oss_v2.GetObjectRequest(BUCKET, key, range_header="bytes=200-", range_behavior="standard")
    error = service_error(client.get_object, request)
    assert (error.status_code, error.code) == (416, "InvalidRange")


def test_a_head_takes_no_range(key: str, raw: Raw) -> None:
    reply = raw("HEAD", "/key", {"Range": "bytes=0-1", "x-oss-range-behavior": "standard"})
    assert (reply.status, reply.header("Content-Length"), reply.header("Content-Range")) == (200, "200", None)


# Headers asked to be otherwise

OVERRIDES = {
    "response-content-type": ("Content-Type", "text/plain"),
    "response-content-language": ("Content-Language", "zh-CN"),
    "response-expires": ("Expires", "Thu, 01 Feb 2012 17:00:00 GMT"),
    "response-cache-control": ("Cache-Control", "no-cache"),
    "response-content-disposition": ("Content-Disposition", "attachment; filename=testing.txt"),
    "response-content-encoding": ("Content-Encoding", "utf-8"),
}


def test_six_headers_can_be_otherwise(bucket: oss2.Bucket, raw: Raw) -> None:
    stored = {header: "stored" for header, _ in OVERRIDES.values()}
    bucket.put_object("key", CONTENT, headers=stored)
    params = {name: value for name, (_, value) in OVERRIDES.items()}
    query = "&".join(f"{name}={quote(value)}" for name, value in params.items())
    for shown in (dict(bucket.get_object("key", params=params).headers), dict(raw("GET", f"/key?{query}").headers)):
        assert {header: shown[header] for header, _ in OVERRIDES.values()} == dict(OVERRIDES.values())
    assert dict(bucket.get_object("key").headers).items() >= stored.items()


def test_other_headers_come_with_a_range_too(key: str, raw: Raw) -> None:
    reply = raw("GET", "/key?response-content-type=a/b", {"Range": "bytes=0-0"})
    assert (reply.status, reply.header("Content-Type")) == (206, "a/b")


def test_other_headers_may_be_any_utf_8(client: oss_v2.Client, key: str) -> None:
    disposition = "attachment; filename=中文.txt"
    result = client.get_object(oss_v2.GetObjectRequest(BUCKET, key, response_content_disposition=disposition))
    assert result.content_disposition.encode("latin-1").decode() == disposition


@pytest.mark.parametrize("value", ["a%0D%0Ab:c", "a%00b", "%7f"])
def test_other_headers_are_no_way_to_inject(key: str, refused: Refused, value: str) -> None:
    refused(400, "InvalidArgument", "GET", f"/key?response-content-type={value}")


def test_the_anonymous_get_headers_as_they_are(bucket: oss2.Bucket, refused: Refused, raw: Raw) -> None:
    bucket.put_object("key", CONTENT, headers={"x-oss-object-acl": "public-read"})
    assert raw("GET", "/key", signed=False).data() == CONTENT
    for name, (_, value) in OVERRIDES.items():
        refused(400, "InvalidRequest", "GET", f"/key?{name}={quote(value)}", signed=False)


# What is not there


@pytest.mark.parametrize(("method", "query"), [("GET", ""), ("HEAD", ""), ("HEAD", "?objectMeta"), ("GET", "?acl")])
def test_a_missing_key(key: str, refused: Refused, method: str, query: str) -> None:
    error = refused(404, "NoSuchKey", method, f"/missing{query}")
    assert (error["Key"], error["EC"]) == ("missing", "0026-00000001")


@pytest.mark.parametrize(("method", "query"), [("GET", ""), ("HEAD", ""), ("HEAD", "?objectMeta")])
def test_a_missing_bucket(key: str, refused: Refused, method: str, query: str) -> None:
    error = refused(404, "NoSuchBucket", method, f"/key{query}", bucket="missing-bucket")
    assert (error["BucketName"], error["EC"]) == ("missing-bucket", "0015-00000101")


def test_both_sdks_tell_a_missing_key(
    bucket: oss2.Bucket, client: oss_v2.Client, oss: fakeoss.FakeOSS, service_error: ServiceError
) -> None:
    for call in (bucket.get_object, bucket.head_object, bucket.get_object_meta):
        with pytest.raises(oss2.exceptions.OssError) as caught:
            call("missing")
        assert (caught.value.status, caught.value.code) == (404, "NoSuchKey")
    assert not bucket.object_exists("missing")
    with pytest.raises(oss2.exceptions.NoSuchBucket):
        oss.oss2_bucket("missing-bucket").object_exists("key")
    error = service_error(client.head_object, oss_v2.HeadObjectRequest(BUCKET, "missing"))
    assert (error.status_code, error.code, error.ec) == (404, "NoSuchKey", "0026-00000001")
    assert not client.is_object_exist(BUCKET, "missing")


@pytest.mark.parametrize(
    ("version_id", "status", "code"),
    [
        ("", 400, "InvalidArgument"),
        ("nonsense", 400, "InvalidArgument"),
        ("../../etc", 400, "InvalidArgument"),
        (MISSING_VERSION, 404, "NoSuchVersion"),
    ],
)
@pytest.mark.parametrize(("method", "query"), [("GET", "?"), ("HEAD", "?"), ("HEAD", "?objectMeta&")])
def test_version_ids(
    key: str, refused: Refused, method: str, query: str, version_id: str, status: int, code: str
) -> None:
    refused(status, code, method, f"/key{query}versionId={version_id}")


def test_the_null_version(key: str, raw: Raw) -> None:
    reply = raw("GET", "/key?versionId=null")
    assert (reply.data(), reply.header("x-oss-version-id")) == (CONTENT, None)


@pytest.mark.parametrize(("method", "query"), [("GET", ""), ("HEAD", ""), ("HEAD", "?objectMeta")])
def test_delete_markers(bucket: oss2.Bucket, key: str, raw: Raw, refused: Refused, method: str, query: str) -> None:
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig("Enabled"))
    marker = bucket.delete_object(key).versionid
    hidden = raw(method, f"/key{query}")
    assert (hidden.status, error_of(hidden)["Code"]) == (404, "NoSuchKey")
    by_id = raw(method, f"/key{query}{'&' if query else '?'}versionId={marker}")
    assert (by_id.status, error_of(by_id)["Code"], by_id.header("Allow")) == (405, "MethodNotAllowed", "DELETE")
    for reply in (hidden, by_id):
        assert reply.header("x-oss-delete-marker") == "true"
        assert reply.header("x-oss-version-id") == marker


@pytest.mark.parametrize("storage_class", ["Archive", "ColdArchive", "DeepColdArchive"])
def test_frozen_objects(bucket: oss2.Bucket, raw: Raw, refused: Refused, storage_class: str) -> None:
    bucket.put_object("key", CONTENT, headers={"x-oss-storage-class": storage_class})
    error = refused(403, "InvalidObjectState", "GET", "/key")
    assert (error["ObjectName"], error["EC"]) == ("key", "0016-00000404")
    head = raw("HEAD", "/key")
    assert (head.status, head.header("x-oss-storage-class")) == (200, storage_class)
    assert raw("HEAD", "/key?objectMeta").status == 200


@pytest.mark.parametrize("value", ["1", "838860801", "fast"])
def test_a_traffic_limit_out_of_bounds(key: str, refused: Refused, value: str) -> None:
    refused(400, "InvalidArgument", "GET", "/key", {"x-oss-traffic-limit": value})
    refused(400, "InvalidArgument", "GET", f"/key?x-oss-traffic-limit={value}")


def test_fifty_ranges_are_the_most(bucket: oss2.Bucket, refused: Refused) -> None:
    bucket.put_object("key", bytes(200))
    ranges = [f"{first}-{first}" for first in range(0, 102, 2)]
    assert bucket.get_object("key", headers={"Range": f"bytes={','.join(ranges[:50])}"}).status == 206
    error = refused(400, "MultiRangeFailed", "GET", "/key", {"Range": f"bytes={','.join(ranges)}"})
    assert (error["Message"], error["EC"]) == ("Exceed multi range max interval count.", "0016-00000110")
