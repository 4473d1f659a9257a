"""Uploads in parts: made one object."""

from __future__ import annotations

import base64
import hashlib
import re

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
from fastcrc import crc64
from oss2.models import PartInfo

import fakeoss
from tests.conftest import BUCKET, ENDPOINT, Raw
from tests.operations.conftest import Refused, ServiceError, Untouched, elements_of

LEAST = 100 * 1024


def upload(bucket: oss2.Bucket, *contents: bytes, key: str = "key", **headers: str) -> tuple[str, list[PartInfo]]:
    """Begin an upload and fill it; gives its id and the list of parts."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    upload_id = bucket.init_multipart_upload(key, headers=named).upload_id
    parts = []
    for number, content in enumerate(contents, 1):
        result = bucket.upload_part(key, upload_id, number, content)
        parts.append(PartInfo(number, result.etag, size=len(content), part_crc=result.crc))
    return upload_id, parts


def listed(parts: list[tuple[int | str, str]]) -> bytes:
    rows = "".join(f"<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>" for number, etag in parts)
    return f"<CompleteMultipartUpload>{rows}</CompleteMultipartUpload>".encode()


def test_the_object_is_the_parts_one_after_another(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    contents = (b"a" * LEAST, b"b" * LEAST, b"c")
    upload_id, parts = upload(bucket, *contents)
    result = bucket.complete_multipart_upload("key", upload_id, parts)
    assert result.crc == crc64.xz(b"".join(contents))
    assert bucket.get_object("key").read() == b"".join(contents)
    assert oss.bucket(BUCKET).uploads() == []
    assert oss.bucket(BUCKET).head("key").part_sizes == (LEAST, LEAST, 1)


def test_a_multipart_etag_is_made_of_those_of_its_parts(bucket: oss2.Bucket) -> None:
    upload_id, parts = upload(bucket, b"a" * LEAST, b"b")
    result = bucket.complete_multipart_upload("key", upload_id, parts)
    etags = "".join(part.etag for part in parts)
    assert result.etag == f"{hashlib.md5(etags.encode()).hexdigest().upper()}-2"
    head = bucket.head_object("key")
    assert (head.etag, head.object_type) == (result.etag, "Multipart")
    assert "Content-MD5" not in head.headers


def test_a_sequential_object_has_its_md5(bucket: oss2.Bucket) -> None:
    upload_id = bucket.init_multipart_upload("key", params={"sequential": ""}).upload_id
    part = bucket.upload_part("key", upload_id, 1, b"data")
    bucket.complete_multipart_upload("key", upload_id, [PartInfo(1, part.etag)])
    assert bucket.head_object("key").headers["Content-MD5"] == base64.b64encode(hashlib.md5(b"data").digest()).decode()


def test_the_answer_names_the_object(bucket: oss2.Bucket, raw: Raw) -> None:
    upload_id, parts = upload(bucket, b"x", key="dir/a b~*é")
    reply = raw("POST", f"/dir/a%20b~*%C3%A9?uploadId={upload_id}", body=listed([(1, parts[0].etag)]))
    answer = elements_of(reply)
    assert list(answer) == ["Location", "Bucket", "Key", "ETag"]
    assert answer["Location"] == f"http://{BUCKET}.{ENDPOINT}/dir%2Fa%20b%7E%2A%C3%A9"
    assert (answer["Bucket"], answer["Key"]) == (BUCKET, "dir/a b~*é")
    assert answer["ETag"] == reply.header("ETag")


def test_the_key_can_be_asked_for_encoded(bucket: oss2.Bucket, raw: Raw) -> None:
    upload_id, parts = upload(bucket, b"x", key="a b")
    reply = raw("POST", f"/a%20b?encoding-type=url&uploadId={upload_id}", body=listed([(1, parts[0].etag)]))
    answer = elements_of(reply)
    assert (answer["EncodingType"], answer["Key"]) == ("url", "a%20b")


def test_v2_completes_and_reads_back(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    upload_id, parts = upload(bucket, b"x" * LEAST, b"y")
    chosen = [oss_v2.UploadPart(part_number=part.part_number, etag=part.etag) for part in parts]
    result = client.complete_multipart_upload(
        oss_v2.CompleteMultipartUploadRequest(
            BUCKET,
            "key",
            upload_id=upload_id,
            complete_multipart_upload=oss_v2.CompleteMultipartUpload(parts=chosen),
            acl="private",
        )
    )
    assert (result.bucket, result.key) == (BUCKET, "key")
    assert result.hash_crc64 == str(crc64.xz(b"x" * LEAST + b"y"))
    assert client.get_object_acl(oss_v2.GetObjectAclRequest(BUCKET, "key")).acl == "private"


def test_what_the_initiation_said_is_what_the_object_has_but_for_an_acl(
    bucket: oss2.Bucket, oss: fakeoss.FakeOSS
) -> None:
    upload_id, parts = upload(
        bucket,
        b"x",
        Content_Type="text/plain",
        Cache_Control="no-store",
        x_oss_meta_a="1",
        x_oss_tagging="k=v",
        x_oss_storage_class="IA",
        x_oss_object_acl="public-read",
        x_oss_server_side_encryption="AES256",
    )
    bucket.put_object("key", b"old", headers={"x-oss-meta-a": "old"})
    result = bucket.complete_multipart_upload("key", upload_id, parts)
    assert result.headers["x-oss-server-side-encryption"] == "AES256"
    made = oss.bucket(BUCKET).head("key")
    assert dict(made.headers) == {"Content-Type": "text/plain", "Cache-Control": "no-store"}
    assert (dict(made.meta), made.tags) == ({"a": "1"}, (("k", "v"),))
    assert (made.storage_class, made.acl) == ("IA", "default")


def test_the_completion_can_say_acl_tags_and_persistent_headers(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    upload_id, parts = upload(bucket, b"x", x_oss_tagging="k=v", x_oss_object_acl="private")
    headers = {
        "x-oss-object-acl": "public-read",
        "x-oss-tagging": "l=w",
        "x-oss-persistent-headers": "My-Header:" + base64.b64encode(b"mine").decode(),
    }
    bucket.complete_multipart_upload("key", upload_id, parts, headers=headers)
    made = oss.bucket(BUCKET).head("key")
    assert (made.acl, made.tags) == ("public-read", (("l", "w"),))
    assert bucket.head_object("key").headers["My-Header"] == "mine"


def test_parts_that_are_not_chosen_are_gone(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    upload_id, parts = upload(bucket, b"a" * LEAST, b"b" * LEAST, b"c" * LEAST)
    bucket.complete_multipart_upload("key", upload_id, [parts[0], parts[2]])
    assert oss.bucket(BUCKET).read("key") == b"a" * LEAST + b"c" * LEAST


def test_complete_all_takes_every_part(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    upload_id, _ = upload(bucket, b"a" * LEAST, b"b")
    bucket.complete_multipart_upload("key", upload_id, None, headers={"x-oss-complete-all": "yes"})
    assert oss.bucket(BUCKET).read("key") == b"a" * LEAST + b"b"


def test_complete_all_goes_without_a_list(bucket: oss2.Bucket, untouched: Untouched) -> None:
    upload_id, parts = upload(bucket, b"a")
    with untouched(), pytest.raises(oss2.exceptions.InvalidArgument) as caught:
        bucket.complete_multipart_upload("key", upload_id, parts, headers={"x-oss-complete-all": "yes"})
    assert caught.value.details["ArgumentName"] == "x-oss-complete-all"
    assert caught.value.ec == "0042-00000216"


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ([(1, "AAAA")], "InvalidPart"),
        ([(1, "{1}"), (4, "{1}")], "InvalidPart"),
        ([(2, "{2}"), (1, "{1}")], "InvalidPartOrder"),
        ([(1, "{1}"), (1, "{1}")], "InvalidPartOrder"),
        ([(0, "{1}")], "InvalidPartOrder"),
        ([(-1, "{1}")], "InvalidPartOrder"),
        ([(10_001, "{1}")], "InvalidPartOrder"),
        ([("9" * 200, "{1}")], "InvalidPartOrder"),
        ([(1, "{1}"), (2, "{2}"), (3, "{3}")], "EntityTooSmall"),
        ([], "MalformedXML"),
        ([("one", "{1}")], "MalformedXML"),
        ([("", "{1}")], "MalformedXML"),
        ([(1, "")], "MalformedXML"),
    ],
)
def test_a_bad_list_of_parts_is_refused(
    bucket: oss2.Bucket, refused: Refused, chosen: list[tuple[int | str, str]], code: str
) -> None:
    upload_id, parts = upload(bucket, b"a" * LEAST, b"small", b"c")
    etags = {str(part.part_number): part.etag for part in parts}
    filled = [(number, re.sub(r"{(\d)}", lambda found: etags[found[1]], etag)) for number, etag in chosen]
    refused(400, code, "POST", f"/key?uploadId={upload_id}", body=listed(filled))


@pytest.mark.parametrize("body", [b"", b"{}", b"<Parts/>", b"<CompleteMultipartUpload>", b"\x00" * 10])
def test_what_is_no_list_of_parts_is_refused(bucket: oss2.Bucket, refused: Refused, body: bytes) -> None:
    upload_id, _ = upload(bucket, b"a")
    error = refused(400, "MalformedXML", "POST", f"/key?uploadId={upload_id}", body=body)
    assert error["EC"] == "0042-00000205"


def test_etags_may_be_quoted_and_in_either_case(bucket: oss2.Bucket, raw: Raw) -> None:
    upload_id, parts = upload(bucket, b"a")
    body = listed([(1, f"&quot;{parts[0].etag.lower()}&quot;")])
    assert raw("POST", f"/key?uploadId={upload_id}", body=body).status == 200


def test_a_list_with_another_digest_is_refused(bucket: oss2.Bucket, refused: Refused) -> None:
    upload_id, parts = upload(bucket, b"a")
    body = listed([(1, parts[0].etag)])
    refused(400, "InvalidDigest", "POST", f"/key?uploadId={upload_id}", {"Content-MD5": "AAAA"}, body)


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"x-oss-server-side-encryption": "AES256"}, "InvalidArgument"),
        ({"x-oss-complete-all": "no"}, "InvalidArgument"),
        ({"x-oss-object-acl": "mine"}, "InvalidArgument"),
        ({"x-oss-forbid-overwrite": "1"}, "InvalidArgument"),
        ({"x-oss-tagging": "=v"}, "InvalidTag"),
        ({"x-oss-persistent-headers": "Host:eA=="}, "InvalidArgument"),
    ],
)
def test_bad_headers_are_refused(bucket: oss2.Bucket, refused: Refused, headers: dict[str, str], code: str) -> None:
    upload_id, parts = upload(bucket, b"a")
    body = listed([(1, parts[0].etag)])
    refused(400, code, "POST", f"/key?uploadId={upload_id}", headers, body)


def test_a_completion_can_forbid_to_overwrite(bucket: oss2.Bucket, untouched: Untouched) -> None:
    upload_id, parts = upload(bucket, b"a")
    bucket.put_object("key", b"there")
    with untouched(), pytest.raises(oss2.exceptions.ServerError) as caught:
        bucket.complete_multipart_upload("key", upload_id, parts, headers={"x-oss-forbid-overwrite": "true"})
    assert (caught.value.status, caught.value.code) == (409, "FileAlreadyExists")
    bucket.delete_object("key")
    bucket.complete_multipart_upload("key", upload_id, parts, headers={"x-oss-forbid-overwrite": "true"})


def test_an_upload_is_completed_once(bucket: oss2.Bucket, untouched: Untouched) -> None:
    upload_id, parts = upload(bucket, b"a")
    bucket.complete_multipart_upload("key", upload_id, parts)
    with untouched(), pytest.raises(oss2.exceptions.NoSuchUpload) as caught:
        bucket.complete_multipart_upload("key", upload_id, parts)
    assert caught.value.ec == "0042-00000002"


def test_v2_tells_of_a_part_that_is_missing(
    bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError
) -> None:
    upload_id, _ = upload(bucket, b"a")
    chosen = oss_v2.CompleteMultipartUpload(parts=[oss_v2.UploadPart(part_number=2, etag="A" * 32)])
    request = oss_v2.CompleteMultipartUploadRequest(
        BUCKET, "key", upload_id=upload_id, complete_multipart_upload=chosen
    )
    error = service_error(client.complete_multipart_upload, request)
    assert (error.status_code, error.code) == (400, "InvalidPart")


def test_versions_are_made_where_versioning_is_on(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    bucket.put_object("key", b"first")
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig("Enabled"))
    upload_id, parts = upload(bucket, b"second")
    result = bucket.complete_multipart_upload("key", upload_id, parts, headers={"x-oss-forbid-overwrite": "true"})
    newest, oldest = oss.bucket(BUCKET).versions("key")
    assert (newest.version_id, oldest.version_id) == (result.versionid, "null")


def test_parts_are_shared_with_the_object(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    upload_id, parts = upload(bucket, bytes(LEAST), bytes(LEAST))
    (under_way,) = oss.bucket(BUCKET).uploads()
    sent = [segment for part in under_way.parts.values() for segment in part.payload.segments]
    bucket.complete_multipart_upload("key", upload_id, parts)
    made = oss.bucket(BUCKET).head("key").payload.segments
    assert all(mine is theirs for mine, theirs in zip(made, sent, strict=True))


def test_a_callback_is_refused_not_passed_over(bucket: oss2.Bucket, untouched: Untouched) -> None:
    upload_id, parts = upload(bucket, b"a")
    with untouched(), pytest.raises(oss2.exceptions.ServerError) as caught:
        bucket.complete_multipart_upload("key", upload_id, parts, headers={"x-oss-callback": "e30="})
    assert caught.value.status == 501
    assert "CompleteMultipartUpload with x-oss-callback" in caught.value.message
