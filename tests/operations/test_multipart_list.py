"""Uploads in parts: listed, and their parts."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
from fastcrc import crc64

from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused, ServiceError, Untouched, elements_of

KEYS = ["a/1", "a/1", "a/2", "b", "c/d/1", "汉字"]


@pytest.fixture
def uploads(bucket: oss2.Bucket) -> list[tuple[str, str]]:
    """Uploads by key and id, in order."""
    return sorted((key, bucket.init_multipart_upload(key).upload_id) for key in KEYS)


def pages(bucket: oss2.Bucket, limit: int, **asked: str) -> list[tuple[list[tuple[str, str]], list[str]]]:
    found = []
    key_marker, id_marker = "", ""
    while True:
        page = bucket.list_multipart_uploads(
            key_marker=key_marker, upload_id_marker=id_marker, max_uploads=limit, **asked
        )
        found.append(([(upload.key, upload.upload_id) for upload in page.upload_list], page.prefix_list))
        if not page.is_truncated:
            return found
        key_marker, id_marker = page.next_key_marker, page.next_upload_id_marker


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 1000])
def test_pages_hold_every_upload_once_by_key_and_id(
    bucket: oss2.Bucket, uploads: list[tuple[str, str]], limit: int
) -> None:
    found = pages(bucket, limit)
    assert [upload for page, _ in found for upload in page] == uploads
    assert all(len(page) <= limit for page, _ in found)
    assert len(found) == -(-len(uploads) // limit)


@pytest.mark.parametrize("limit", [1, 2, 1000])
def test_keys_are_grouped_by_the_delimiter(bucket: oss2.Bucket, uploads: list[tuple[str, str]], limit: int) -> None:
    found = pages(bucket, limit, delimiter="/")
    assert [key for page, _ in found for key, _ in page] == ["b", "汉字"]
    assert [prefix for _, prefixes in found for prefix in prefixes] == ["a/", "c/"]


def test_a_prefix_chooses_keys(bucket: oss2.Bucket, uploads: list[tuple[str, str]]) -> None:
    assert pages(bucket, 1000, prefix="a/")[0][0] == uploads[:3]


def test_a_key_marker_alone_passes_all_uploads_of_its_key(bucket: oss2.Bucket, uploads: list[tuple[str, str]]) -> None:
    page = bucket.list_multipart_uploads(key_marker="a/1")
    assert [(upload.key, upload.upload_id) for upload in page.upload_list] == uploads[2:]


def test_an_upload_id_marker_alone_means_nothing(bucket: oss2.Bucket, uploads: list[tuple[str, str]]) -> None:
    page = bucket.list_multipart_uploads(upload_id_marker="F" * 32)
    assert len(page.upload_list) == len(uploads)


def test_the_answer_repeats_what_was_asked(bucket: oss2.Bucket, uploads: list[tuple[str, str]], raw: Raw) -> None:
    target = "/?uploads&prefix=a%2F&delimiter=%7C&key-marker=a%2F0&upload-id-marker=X&max-uploads=7&encoding-type=url"
    answer = elements_of(raw("GET", target))
    assert answer["Bucket"] == BUCKET
    assert (answer["Prefix"], answer["Delimiter"], answer["EncodingType"]) == ("a%2F", "%7C", "url")
    assert (answer["KeyMarker"], answer["UploadIdMarker"], answer["MaxUploads"]) == ("a%2F0", "X", "7")


def test_the_next_markers_are_filled_on_the_last_page(
    bucket: oss2.Bucket, uploads: list[tuple[str, str]], raw: Raw
) -> None:
    answer = elements_of(raw("GET", "/?uploads"))
    assert answer["IsTruncated"] == "false"
    assert (answer["NextKeyMarker"], answer["NextUploadIdMarker"]) == uploads[-1]
    assert answer["MaxUploads"] == "1000"


def test_v2_sees_class_and_time_of_initiation(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    bucket.init_multipart_upload("key", headers={"x-oss-storage-class": "IA"})
    result = client.list_multipart_uploads(oss_v2.ListMultipartUploadsRequest(BUCKET))
    (upload,) = result.uploads
    assert upload.key == "key"
    assert upload.initiated.microsecond == 0
    assert (result.next_key_marker, result.max_uploads, result.is_truncated) == ("key", 1000, False)


def test_v2_pages_through_all_uploads(
    bucket: oss2.Bucket, uploads: list[tuple[str, str]], client: oss_v2.Client
) -> None:
    paginator = client.list_multipart_uploads_paginator()
    found = []
    for page in paginator.iter_page(oss_v2.ListMultipartUploadsRequest(BUCKET, max_uploads=4)):
        found += [(upload.key, upload.upload_id) for upload in page.uploads or []]
    assert found == uploads


@pytest.mark.parametrize("limit", ["0", "1001", "-1", "many", ""])
def test_a_page_has_1_to_1000_uploads(bucket: oss2.Bucket, refused: Refused, limit: str) -> None:
    error = refused(400, "InvalidArgument", "GET", f"/?uploads&max-uploads={limit}")
    assert error["ArgumentName"] == "max-uploads"


@pytest.mark.parametrize("name", ["prefix", "delimiter", "key-marker", "upload-id-marker"])
def test_names_are_at_most_1024_bytes_long(bucket: oss2.Bucket, refused: Refused, raw: Raw, name: str) -> None:
    error = refused(400, "InvalidArgument", "GET", f"/?uploads&{name}={'x' * 1025}")
    assert error["ArgumentName"] == name
    assert raw("GET", f"/?uploads&{name}={'x' * 1024}").status == 200


def test_a_bad_encoding_type_is_refused(bucket: oss2.Bucket, refused: Refused) -> None:
    refused(400, "InvalidArgument", "GET", "/?uploads&encoding-type=hex")


# Parts


@pytest.fixture
def upload_id(bucket: oss2.Bucket) -> str:
    """An upload with parts 1, 2, 5 and 10,000."""
    made: str = bucket.init_multipart_upload("dir/key", headers={"x-oss-storage-class": "IA"}).upload_id
    for number in (10_000, 2, 1, 5):
        bucket.upload_part("dir/key", made, number, b"x" * number)
    return made


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 1000])
def test_pages_hold_every_part_once_by_number(bucket: oss2.Bucket, upload_id: str, limit: int) -> None:
    found: list[int] = []
    marker = ""
    while True:
        page = bucket.list_parts("dir/key", upload_id, marker=marker, max_parts=limit)
        found += [part.part_number for part in page.parts]
        assert len(page.parts) <= limit
        if not page.is_truncated:
            break
        marker = page.next_marker
    assert found == [1, 2, 5, 10_000]


def test_a_part_is_listed_with_its_figures(bucket: oss2.Bucket, upload_id: str, client: oss_v2.Client) -> None:
    result = client.list_parts(oss_v2.ListPartsRequest(BUCKET, "dir/key", upload_id=upload_id, max_parts=2))
    assert (result.bucket, result.key, result.upload_id) == (BUCKET, "dir/key", upload_id)
    assert (result.storage_class, result.max_parts, result.is_truncated) == ("IA", 2, True)
    assert (result.part_number_marker, result.next_part_number_marker) == (0, 2)
    first = result.parts[0]
    assert (first.part_number, first.size, first.hash_crc64) == (1, 1, str(crc64.xz(b"x")))
    assert first.etag == '"9DD4E461268C8034F5C8564E155C67A6"'


def test_an_upload_without_parts_is_listed_empty(bucket: oss2.Bucket) -> None:
    page = bucket.list_parts("key", bucket.init_multipart_upload("key").upload_id)
    assert (page.parts, page.is_truncated, page.next_marker) == ([], False, "0")


def test_the_key_of_a_listing_can_be_asked_for_encoded(bucket: oss2.Bucket, upload_id: str, raw: Raw) -> None:
    answer = elements_of(raw("GET", f"/dir/key?uploadId={upload_id}&encoding-type=url"))
    assert (answer["EncodingType"], answer["Key"]) == ("url", "dir%2Fkey")


def test_client_side_encryption_of_the_initiation_is_listed(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    said = {
        "key": "a2V5",
        "start": "c3RhcnQ=",
        "cek-alg": "AES/CTR/NoPadding",
        "wrap-alg": "RSA/NONE/PKCS1Padding",
        "data-size": "300",
        "part-size": "100",
    }
    headers = {f"x-oss-meta-client-side-encryption-{name}": value for name, value in said.items()}
    upload_id = bucket.init_multipart_upload("key", headers=headers).upload_id
    result = client.list_parts(oss_v2.ListPartsRequest(BUCKET, "key", upload_id=upload_id))
    assert (result.client_encryption_key, result.client_encryption_start) == ("a2V5", "c3RhcnQ=")
    assert result.client_encryption_cek_alg == "AES/CTR/NoPadding"
    assert result.client_encryption_wrap_alg == "RSA/NONE/PKCS1Padding"
    assert (result.client_encryption_data_size, result.client_encryption_part_size) == (300, 100)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("max-parts=0", "max-parts"),
        ("max-parts=1001", "max-parts"),
        ("part-number-marker=-1", "part-number-marker"),
        ("part-number-marker=x", "part-number-marker"),
        ("encoding-type=x", "encoding-type"),
    ],
)
def test_bad_parameters_are_refused(
    bucket: oss2.Bucket, upload_id: str, refused: Refused, query: str, name: str
) -> None:
    error = refused(400, "InvalidArgument", "GET", f"/dir/key?uploadId={upload_id}&{query}")
    assert error["ArgumentName"] == name


def test_a_missing_upload_has_no_parts(
    bucket: oss2.Bucket, untouched: Untouched, client: oss_v2.Client, service_error: ServiceError
) -> None:
    with untouched(), pytest.raises(oss2.exceptions.NoSuchUpload):
        bucket.list_parts("key", "0" * 32)
    error = service_error(client.list_parts, oss_v2.ListPartsRequest(BUCKET, "key", upload_id="x"))
    assert (error.status_code, error.ec) == (404, "0042-00000002")
