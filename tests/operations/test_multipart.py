"""Uploads in parts: begun, filled and given up."""

from __future__ import annotations

import base64
import hashlib

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
from fastcrc import crc64

import fakeoss
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused, ServiceError, Untouched, elements_of

MIB = 1 << 20


def begin(bucket: oss2.Bucket, key: str = "key", **headers: str) -> str:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    upload_id: str = bucket.init_multipart_upload(key, headers=named).upload_id
    return upload_id


def test_an_upload_id_is_32_upper_case_hex_digits(bucket: oss2.Bucket) -> None:
    upload_id = begin(bucket)
    assert len(upload_id) == 32
    assert upload_id == upload_id.upper()
    assert int(upload_id, 16)


def test_the_initiation_tells_bucket_key_and_upload_id(bucket: oss2.Bucket, raw: Raw) -> None:
    answer = elements_of(raw("POST", "/dir%2Fkey?uploads"))
    assert list(answer) == ["Bucket", "Key", "UploadId"]
    assert (answer["Bucket"], answer["Key"]) == (BUCKET, "dir/key")


@pytest.mark.parametrize(
    "request_", [("/k%01?uploads&encoding-type=URL", {}), ("/k%01?uploads", {"Encoding-type": "url"})]
)
def test_the_key_can_be_asked_for_encoded(bucket: oss2.Bucket, raw: Raw, request_: tuple[str, dict[str, str]]) -> None:
    answer = elements_of(raw("POST", request_[0], request_[1]))
    assert (answer["EncodingType"], answer["Key"]) == ("url", "k%01")


def test_an_upload_under_way_hides_nothing(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    bucket.put_object("key", b"old")
    bucket.upload_part("key", begin(bucket), 1, b"new")
    assert oss.bucket(BUCKET).read("key") == b"old"


def test_a_part_is_answered_with_its_sums(bucket: oss2.Bucket) -> None:
    data = b"some bytes" * 1000
    result = bucket.upload_part("key", begin(bucket), 1, data)
    assert result.etag == hashlib.md5(data).hexdigest().upper()
    assert result.crc == crc64.xz(data)
    assert result.headers["Content-MD5"] == base64.b64encode(hashlib.md5(data).digest()).decode()


def test_v2_reads_the_sums_of_a_part(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    started = client.initiate_multipart_upload(oss_v2.InitiateMultipartUploadRequest(BUCKET, "key"))
    assert (started.bucket, started.key) == (BUCKET, "key")
    part = client.upload_part(
        oss_v2.UploadPartRequest(BUCKET, "key", part_number=1, upload_id=started.upload_id, body=b"data")
    )
    assert part.etag == f'"{hashlib.md5(b"data").hexdigest().upper()}"'
    assert part.hash_crc64 == str(crc64.xz(b"data"))
    assert part.content_md5 is not None


def test_a_part_uploaded_again_takes_the_place_of_the_first(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    upload_id = begin(bucket)
    bucket.upload_part("key", upload_id, 3, b"first")
    bucket.upload_part("key", upload_id, 3, b"second")
    (upload,) = oss.bucket(BUCKET).uploads()
    assert [part.payload.data() for part in upload.parts.values()] == [b"second"]


def test_encryption_is_said_once_and_answered_for_every_part(bucket: oss2.Bucket) -> None:
    started = bucket.init_multipart_upload(
        "key", headers={"x-oss-server-side-encryption": "KMS", "x-oss-server-side-data-encryption": "SM4"}
    )
    said = {name: value for name, value in started.headers.items() if "encryption" in name}
    assert set(said.values()) >= {"KMS", "SM4"}
    assert len(said["x-oss-server-side-encryption-key-id"]) == 36
    part = bucket.upload_part("key", started.upload_id, 1, b"x")
    assert {name: value for name, value in part.headers.items() if "encryption" in name} == said


@pytest.mark.parametrize(
    "name",
    [
        "x-oss-server-side-encryption",
        "x-oss-server-side-encryption-key-id",
        "x-oss-server-side-data-encryption",
    ],
)
def test_encryption_of_a_single_part_is_refused(bucket: oss2.Bucket, untouched: Untouched, name: str) -> None:
    upload_id = begin(bucket, x_oss_server_side_encryption="KMS")
    with untouched(), pytest.raises(oss2.exceptions.InvalidArgument) as caught:
        bucket.upload_part("key", upload_id, 1, b"x", headers={name: "KMS"})
    assert caught.value.details["ArgumentName"] == name


@pytest.mark.parametrize("number", ["0", "10001", "-1", "+1", "1.5", "one", "9" * 400, "%D9%A1", " 1"])
def test_a_part_number_lies_between_1_and_10000(bucket: oss2.Bucket, refused: Refused, number: str) -> None:
    target = f"/key?uploadId={begin(bucket)}&partNumber={number.replace(' ', '%20')}"
    error = refused(400, "InvalidArgument", "PUT", target, body=b"x")
    assert error["Message"] == "Part number must be an integer between 1 and 10000, inclusive."
    assert (error["ArgumentName"], error["EC"]) == ("PartNumber", "0017-00000220")


@pytest.mark.parametrize("number", [1, 10_000])
def test_the_first_and_the_last_part_number_are_taken(bucket: oss2.Bucket, number: int) -> None:
    assert bucket.upload_part("key", begin(bucket), number, b"x").status == 200


@pytest.mark.parametrize("query", ["", "&partNumber", "&partNumber="])
def test_a_part_needs_a_number(bucket: oss2.Bucket, refused: Refused, query: str) -> None:
    error = refused(400, "InvalidArgument", "PUT", f"/key?uploadId={begin(bucket)}{query}", body=b"x")
    assert (error["ArgumentName"], error["ArgumentValue"]) == ("ResourceType", "partNumber")
    assert error["EC"] == "0017-00000219"


def test_an_upload_nobody_began_takes_no_parts(bucket: oss2.Bucket, untouched: Untouched) -> None:
    begin(bucket)
    with untouched(), pytest.raises(oss2.exceptions.NoSuchUpload) as caught:
        bucket.upload_part("key", "0" * 32, 1, b"x")
    assert caught.value.details["UploadId"] == "0" * 32
    assert caught.value.ec == "0042-00000104"


def test_an_upload_belongs_to_its_key(bucket: oss2.Bucket, untouched: Untouched) -> None:
    upload_id = begin(bucket)
    with untouched(), pytest.raises(oss2.exceptions.NoSuchUpload):
        bucket.upload_part("other", upload_id, 1, b"x")


def test_a_part_with_another_digest_is_refused(bucket: oss2.Bucket, untouched: Untouched) -> None:
    upload_id = begin(bucket)
    digest = base64.b64encode(hashlib.md5(b"other").digest()).decode()
    with untouched(), pytest.raises(oss2.exceptions.InvalidDigest):
        bucket.upload_part("key", upload_id, 1, b"x", headers={"Content-MD5": digest})


def test_a_part_with_another_crc_is_refused(bucket: oss2.Bucket, refused: Refused) -> None:
    target = f"/key?uploadId={begin(bucket)}&partNumber=1"
    refused(400, "InvalidCRC64", "PUT", target, {"x-oss-hash-crc64ecma": "1"}, b"x")


def test_a_part_cut_short_is_refused(bucket: oss2.Bucket, refused: Refused) -> None:
    target = f"/key?uploadId={begin(bucket)}&partNumber=1"
    refused(400, "IncompleteBody", "PUT", target, {"Content-Length": "2"}, b"x")


def test_v2_tells_of_a_missing_upload(bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError) -> None:
    request = oss_v2.UploadPartRequest(BUCKET, "key", part_number=1, upload_id="none", body=b"x")
    error = service_error(client.upload_part, request)
    assert (error.status_code, error.code, error.ec) == (404, "NoSuchUpload", "0042-00000104")


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"x-oss-storage-class": "Warm"}, "InvalidArgument"),
        ({"x-oss-storage-class": ""}, "InvalidArgument"),
        ({"x-oss-server-side-encryption": "ROT13"}, "InvalidEncryptionAlgorithmError"),
        ({"x-oss-tagging": "a=1&a=2"}, "InvalidArgument"),
        ({"x-oss-tagging": "=a"}, "InvalidTag"),
        ({"x-oss-tagging": "&".join(f"k{n}=v" for n in range(11))}, "InvalidTag"),
        ({"x-oss-meta-a_b": "c"}, "InvalidArgument"),
        ({"x-oss-meta-a": "v" * 8200}, "InvalidArgument"),
        ({"x-oss-forbid-overwrite": "maybe"}, "InvalidArgument"),
    ],
)
def test_what_an_object_cannot_be_is_refused_at_the_initiation(
    bucket: oss2.Bucket, refused: Refused, headers: dict[str, str], code: str
) -> None:
    refused(400, code, "POST", "/key?uploads", headers)


def test_a_bad_encoding_type_is_refused(bucket: oss2.Bucket, refused: Refused) -> None:
    error = refused(400, "InvalidArgument", "POST", "/key?uploads&encoding-type=urlencode")
    assert (error["ArgumentName"], error["EC"]) == ("encoding-type", "0017-00000235")


def test_an_initiation_can_forbid_to_overwrite(bucket: oss2.Bucket, refused: Refused, raw: Raw) -> None:
    bucket.put_object("key", b"there")
    refused(409, "FileAlreadyExists", "POST", "/key?uploads", {"x-oss-forbid-overwrite": "true"})
    assert raw("POST", "/new?uploads", {"x-oss-forbid-overwrite": "true"}).status == 200


def test_sequential_uploads_take_their_parts_in_order(bucket: oss2.Bucket, untouched: Untouched) -> None:
    upload_id = bucket.init_multipart_upload("key", params={"sequential": ""}).upload_id
    with untouched(), pytest.raises(oss2.exceptions.PartNotSequential):
        bucket.upload_part("key", upload_id, 2, b"x")
    bucket.upload_part("key", upload_id, 1, b"x")
    bucket.upload_part("key", upload_id, 2, b"y")
    with untouched(), pytest.raises(oss2.exceptions.PartNotSequential):
        bucket.upload_part("key", upload_id, 4, b"z")


def test_aborting_drops_the_upload(bucket: oss2.Bucket, oss: fakeoss.FakeOSS, untouched: Untouched) -> None:
    upload_id, other = begin(bucket), begin(bucket)
    bucket.upload_part("key", upload_id, 1, b"x")
    assert bucket.abort_multipart_upload("key", upload_id).status == 204
    assert [upload.upload_id for upload in oss.bucket(BUCKET).uploads()] == [other]
    with untouched(), pytest.raises(oss2.exceptions.NoSuchUpload) as caught:
        bucket.abort_multipart_upload("key", upload_id)
    assert caught.value.ec == "0042-00000002"


def test_v2_aborts_once(bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError) -> None:
    request = oss_v2.AbortMultipartUploadRequest(BUCKET, "key", upload_id=begin(bucket))
    assert client.abort_multipart_upload(request).status_code == 204
    assert service_error(client.abort_multipart_upload, request).code == "NoSuchUpload"


def test_uploads_keep_a_bucket_from_being_deleted(bucket: oss2.Bucket, untouched: Untouched) -> None:
    upload_id = begin(bucket)
    with untouched(), pytest.raises(oss2.exceptions.BucketNotEmpty):
        bucket.delete_bucket()
    bucket.abort_multipart_upload("key", upload_id)
    bucket.delete_bucket()


def test_parts_share_what_the_client_sent(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    data = bytes(MIB)
    bucket.upload_part("key", begin(bucket), 1, data)
    (upload,) = oss.bucket(BUCKET).uploads()
    assert upload.parts[1].payload.size == MIB
    assert len(upload.parts[1].payload.segments) == 1
