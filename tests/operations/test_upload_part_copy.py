"""Parts copied from objects."""

from __future__ import annotations

import hashlib

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
from fastcrc import crc64

import fakeoss
from fakeoss.operations import storing
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused, ServiceError, elements_of

CONTENT = bytes(range(200))
SOURCE = {"x-oss-copy-source": f"/{BUCKET}/source"}


@pytest.fixture
def upload_id(bucket: oss2.Bucket) -> str:
    """An upload to `key` beside an object `source`."""
    bucket.put_object("source", CONTENT)
    made: str = bucket.init_multipart_upload("key").upload_id
    return made


def part_of(oss: fakeoss.FakeOSS, number: int = 1) -> bytes:
    (upload,) = oss.bucket(BUCKET).uploads()
    data: bytes = upload.parts[number].payload.data()
    return data


def test_a_part_is_the_whole_object(bucket: oss2.Bucket, upload_id: str, oss: fakeoss.FakeOSS) -> None:
    result = bucket.upload_part_copy(BUCKET, "source", None, "key", upload_id, 1)
    assert part_of(oss) == CONTENT
    assert (result.etag, result.crc) == (hashlib.md5(CONTENT).hexdigest().upper(), crc64.xz(CONTENT))
    assert "Content-Range" not in result.headers


def test_a_part_is_a_range_of_it(bucket: oss2.Bucket, upload_id: str, oss: fakeoss.FakeOSS) -> None:
    result = bucket.upload_part_copy(BUCKET, "source", (10, 19), "key", upload_id, 1)
    assert result.headers["Content-Range"] == "bytes 10-19/200"
    assert part_of(oss) == CONTENT[10:20]
    assert result.etag == hashlib.md5(CONTENT[10:20]).hexdigest().upper()


@pytest.mark.parametrize(
    ("range_", "taken"),
    [
        ("bytes=0-0", (0, 0)),
        ("bytes=199-199", (199, 199)),
        ("bytes=100-", (100, 199)),
        ("bytes=-5", (195, 199)),
        ("bytes=0-199", (0, 199)),
        ("bytes=0-200", None),
        ("bytes=200-300", None),
        ("bytes=5-1", None),
        ("bytes=a-b", None),
        ("0-9", None),
        ("", None),
        ("bytes=" + "9" * 300 + "-", None),
    ],
)
def test_a_range_that_does_not_fit_is_ignored(
    bucket: oss2.Bucket, upload_id: str, oss: fakeoss.FakeOSS, raw: Raw, range_: str, taken: tuple[int, int] | None
) -> None:
    headers = {**SOURCE, "x-oss-copy-source-range": range_}
    reply = raw("PUT", f"/key?uploadId={upload_id}&partNumber=1", headers)
    assert reply.status == 200
    first, last = taken or (0, 199)
    assert part_of(oss) == CONTENT[first : last + 1]
    shown = None if taken is None else f"bytes {first}-{last}/200"
    assert reply.header("Content-Range") == shown


def test_the_answer_tells_etag_and_time(upload_id: str, raw: Raw) -> None:
    reply = raw("PUT", f"/key?uploadId={upload_id}&partNumber=1", SOURCE)
    answer = elements_of(reply)
    assert list(answer) == ["LastModified", "ETag"]
    assert answer["ETag"] == reply.header("ETag")


def test_v2_copies_a_part(bucket: oss2.Bucket, upload_id: str, client: oss_v2.Client) -> None:
    request = oss_v2.UploadPartCopyRequest(
        BUCKET, "key", part_number=1, upload_id=upload_id, source_key="source", source_range="bytes=0-99"
    )
    result = client.upload_part_copy(request)
    assert result.etag == f'"{hashlib.md5(CONTENT[:100]).hexdigest().upper()}"'
    assert result.last_modified is not None


def test_a_version_is_copied_by_its_id(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig("Enabled"))
    older = bucket.put_object("source", b"older").versionid
    newer = bucket.put_object("source", b"newer").versionid
    upload_id = bucket.init_multipart_upload("key").upload_id
    result = bucket.upload_part_copy(BUCKET, "source", None, "key", upload_id, 1, params={"versionId": older})
    assert result.headers["x-oss-copy-source-version-id"] == older
    result = bucket.upload_part_copy(BUCKET, "source", None, "key", upload_id, 2)
    assert result.headers["x-oss-copy-source-version-id"] == newer
    assert (part_of(oss, 1), part_of(oss, 2)) == (b"older", b"newer")


def test_encryption_is_that_of_the_upload(bucket: oss2.Bucket) -> None:
    bucket.put_object("source", CONTENT)
    headers = {"x-oss-server-side-encryption": "KMS"}
    upload_id = bucket.init_multipart_upload("key", headers=headers).upload_id
    result = bucket.upload_part_copy(BUCKET, "source", None, "key", upload_id, 1)
    assert result.headers["x-oss-server-side-encryption"] == "KMS"


def test_whole_segments_are_shared(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    bucket.put_object("source", bytes(4 << 20))
    upload_id = bucket.init_multipart_upload("key").upload_id
    bucket.upload_part_copy(BUCKET, "source", (1 << 20, (3 << 20) - 1), "key", upload_id, 1)
    source = oss.bucket(BUCKET).head("source").payload
    (upload,) = oss.bucket(BUCKET).uploads()
    shared = {id(segment) for segment in source.segments}
    assert sum(len(segment) for segment in upload.parts[1].payload.segments if id(segment) in shared) >= 1 << 20


# Refusals


def test_an_upload_nobody_began_takes_no_parts(upload_id: str, refused: Refused) -> None:
    error = refused(404, "NoSuchUpload", "PUT", "/key?uploadId=none&partNumber=1", SOURCE)
    assert (error["UploadId"], error["EC"]) == ("none", "0042-00000311")


@pytest.mark.parametrize("query", ["", "&partNumber=0", "&partNumber=10001", "&partNumber=x"])
def test_a_part_needs_a_number(upload_id: str, refused: Refused, query: str) -> None:
    refused(400, "InvalidArgument", "PUT", f"/key?uploadId={upload_id}{query}", SOURCE)


@pytest.mark.parametrize(
    ("header", "ec"),
    [
        ("", "0042-00000302"),
        (f"{BUCKET}/source", "0042-00000301"),
        (f"/{BUCKET}", "0042-00000301"),
        (f"/{BUCKET}/source?versionId=", "0016-00000305"),
    ],
)
def test_a_source_is_a_bucket_and_a_key(upload_id: str, refused: Refused, header: str, ec: str) -> None:
    target = f"/key?uploadId={upload_id}&partNumber=1"
    assert refused(400, "InvalidArgument", "PUT", target, {"x-oss-copy-source": header})["EC"] == ec


def test_a_missing_source_is_named(upload_id: str, refused: Refused) -> None:
    target = f"/key?uploadId={upload_id}&partNumber=1"
    assert refused(404, "NoSuchKey", "PUT", target, {"x-oss-copy-source": f"/{BUCKET}/none"})["Key"] == "none"
    refused(404, "NoSuchBucket", "PUT", target, {"x-oss-copy-source": "/no-such-bucket/none"})


def test_regions_are_not_crossed(upload_id: str, oss: fakeoss.FakeOSS, refused: Refused) -> None:
    oss.create_bucket("far-away", region="cn-beijing", objects={"source": b"x"})
    target = f"/key?uploadId={upload_id}&partNumber=1"
    refused(403, "AccessDenied", "PUT", target, {"x-oss-copy-source": "/far-away/source"})


def test_archived_objects_are_restored_first(
    bucket: oss2.Bucket, upload_id: str, oss: fakeoss.FakeOSS, refused: Refused
) -> None:
    bucket.put_object("source", CONTENT, headers={"x-oss-storage-class": "ColdArchive"})
    refused(400, "OperationNotSupported", "PUT", f"/key?uploadId={upload_id}&partNumber=1", SOURCE)
    bucket.restore_object("source")
    oss.clock.advance(hours=12)
    assert bucket.upload_part_copy(BUCKET, "source", None, "key", upload_id, 1).status == 200


def test_links_and_what_clients_encrypted_have_no_parts(bucket: oss2.Bucket, upload_id: str, refused: Refused) -> None:
    target = f"/key?uploadId={upload_id}&partNumber=1"
    bucket.put_symlink("source", "link")
    error = refused(400, "OperationNotSupported", "PUT", target, {"x-oss-copy-source": f"/{BUCKET}/link"})
    assert error["EC"] == "0042-00000308"
    encrypted = {f"x-oss-meta-client-side-encryption-{name}": "x" for name in ("key", "start", "cek-alg", "wrap-alg")}
    bucket.put_object("source", CONTENT, headers=encrypted)
    assert refused(400, "NotImplemented", "PUT", target, SOURCE)["EC"] == "0042-00000309"


def test_delete_markers_have_no_parts(bucket: oss2.Bucket, upload_id: str, refused: Refused) -> None:
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig("Enabled"))
    marker = bucket.delete_object("source").versionid
    target = f"/key?uploadId={upload_id}&partNumber=1"
    refused(404, "NoSuchKey", "PUT", target, SOURCE)
    source = f"/{BUCKET}/source?versionId={marker}"
    refused(400, "InvalidArgument", "PUT", target, {"x-oss-copy-source": source})


def test_appendable_objects_have_no_parts_where_versions_are_known(
    bucket: oss2.Bucket, upload_id: str, refused: Refused
) -> None:
    bucket.append_object("log", 0, b"x")
    assert bucket.upload_part_copy(BUCKET, "log", None, "key", upload_id, 1).status == 200
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig("Enabled"))
    target = f"/key?uploadId={upload_id}&partNumber=2"
    refused(400, "OperationNotSupported", "PUT", target, {"x-oss-copy-source": f"/{BUCKET}/log"})


def test_encryption_of_a_single_part_is_refused(upload_id: str, refused: Refused) -> None:
    headers = {**SOURCE, "x-oss-server-side-encryption": "AES256"}
    refused(400, "InvalidArgument", "PUT", f"/key?uploadId={upload_id}&partNumber=1", headers)


def test_a_bad_traffic_limit_is_refused(upload_id: str, refused: Refused) -> None:
    headers = {**SOURCE, "x-oss-traffic-limit": "819199"}
    refused(400, "InvalidArgument", "PUT", f"/key?uploadId={upload_id}&partNumber=1", headers)


def test_a_part_has_at_most_5_gb(upload_id: str, refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "OBJECT_LIMIT", 199)
    refused(400, "EntityTooLarge", "PUT", f"/key?uploadId={upload_id}&partNumber=1", SOURCE)


def test_v2_sees_a_condition_that_does_not_hold(
    upload_id: str, client: oss_v2.Client, service_error: ServiceError
) -> None:
    request = oss_v2.UploadPartCopyRequest(
        BUCKET, "key", part_number=1, upload_id=upload_id, source_key="source", if_match="other"
    )
    assert service_error(client.upload_part_copy, request).status_code == 412


def test_sequential_uploads_take_copies_in_order(bucket: oss2.Bucket, refused: Refused) -> None:
    bucket.put_object("source", CONTENT)
    upload_id = bucket.init_multipart_upload("key", params={"sequential": ""}).upload_id
    refused(400, "PartNotSequential", "PUT", f"/key?uploadId={upload_id}&partNumber=2", SOURCE)


def test_who_may_not_read_may_not_copy(bucket: oss2.Bucket, upload_id: str, oss: fakeoss.FakeOSS) -> None:
    oss.add_credentials("stranger", "secret", account="9999999999999999")
    oss.create_bucket("strangers-own", account="9999999999999999")
    auth = oss2.AuthV4("stranger", "secret")
    own = oss2.Bucket(auth, "https://oss-cn-hangzhou.aliyuncs.com", "strangers-own", region="cn-hangzhou")
    begun = own.init_multipart_upload("key").upload_id
    with pytest.raises(oss2.exceptions.AccessDenied):
        own.upload_part_copy(BUCKET, "source", None, "key", begun, 1)
