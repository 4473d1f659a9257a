"""Objects that their clients encrypted: what has to be said of them, and that copies keep it."""

from __future__ import annotations

import base64

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
from Crypto.PublicKey import RSA

from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused, ServiceError, elements_of

PART = 100 * 1024
SAID = {"key": "a2V5", "start": "c3RhcnQ=", "cek-alg": "AES/CTR/NoPadding", "wrap-alg": "RSA/NONE/PKCS1Padding"}
SIZES = {"data-size": str(2 * PART + 5), "part-size": str(PART)}


def headers_of(said: dict[str, str]) -> dict[str, str]:
    return {f"x-oss-meta-client-side-encryption-{name}": value for name, value in said.items()}


def without(said: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in said.items() if key != name}


def meta_of(bucket: oss2.Bucket, key: str) -> dict[str, str]:
    prefix = "x-oss-meta-"
    headers = bucket.head_object(key).headers
    return {name[len(prefix) :]: value for name, value in headers.items() if name.startswith(prefix)}


@pytest.fixture
def encrypted(bucket: oss2.Bucket) -> oss2.Bucket:
    """A bucket with an encrypted object `source` that has metadata of its user's beside."""
    bucket.put_object("source", b"cipher", headers={**headers_of(SAID), "x-oss-meta-flag": "old"})
    return bucket


@pytest.fixture
def upload_id(bucket: oss2.Bucket) -> str:
    """An encrypted upload of two whole parts and one of five bytes."""
    found: str = bucket.init_multipart_upload("key", headers=headers_of({**SAID, **SIZES})).upload_id
    return found


@pytest.mark.parametrize(
    ("name", "ec"),
    [
        ("key", "0005-00000401"),
        ("start", "0005-00000402"),
        ("cek-alg", "0005-00000403"),
        ("wrap-alg", "0005-00000404"),
    ],
)
def test_an_object_lacks_nothing_that_is_needed(bucket: oss2.Bucket, refused: Refused, name: str, ec: str) -> None:
    for said in (without(SAID, name), {**SAID, name: ""}):
        error = refused(400, "InvalidEncryptionRequest", "PUT", "/key", headers_of(said), b"x")
        assert (error["EC"], error["ArgumentName"]) == (ec, f"x-oss-meta-client-side-encryption-{name}")
    said = {**without(SAID, name), **SIZES}
    assert refused(400, "InvalidEncryptionRequest", "POST", "/key?uploads", headers_of(said))["EC"] == ec


def test_the_key_of_plain_rsa_needs_its_magic_number(bucket: oss2.Bucket, refused: Refused, raw: Raw) -> None:
    said = {**SAID, "wrap-alg": "rsa"}
    assert refused(400, "InvalidEncryptionRequest", "PUT", "/key", headers_of(said), b"x")["EC"] == "0005-00000405"
    assert raw("PUT", "/key", headers_of({**said, "magic-number-hmac": "bWFnaWM="}), b"x").status == 200


@pytest.mark.parametrize(
    ("sizes", "ec"),
    [
        (without(SIZES, "data-size"), "0005-00000406"),
        (without(SIZES, "part-size"), "0005-00000407"),
        ({**SIZES, "data-size": "9x5.2"}, "0005-00000408"),
        ({**SIZES, "data-size": "-1"}, "0005-00000408"),
        ({**SIZES, "part-size": "9x5.2"}, "0005-00000409"),
        ({**SIZES, "part-size": "0"}, "0005-00000409"),
        ({"data-size": "200000", "part-size": "10"}, "0005-00000410"),
        ({"data-size": "100001", "part-size": "10"}, "0005-00000410"),
    ],
)
def test_an_upload_tells_its_sizes(bucket: oss2.Bucket, refused: Refused, sizes: dict[str, str], ec: str) -> None:
    said = headers_of({**SAID, **sizes})
    assert refused(400, "InvalidEncryptionRequest", "POST", "/key?uploads", said)["EC"] == ec


def test_other_metadata_alone_means_no_encryption(raw: Raw, bucket: oss2.Bucket) -> None:
    said = headers_of({"matdesc": "{}", "unencrypted-content-length": "1"})
    assert raw("PUT", "/key", said, b"x").status == 200
    assert raw("POST", "/key?uploads", said).status == 200


@pytest.mark.parametrize(
    ("changed", "ec"),
    [
        ({"start": "b3RoZXI="}, "0005-00000413"),
        ({"part-size": "1"}, "0005-00000418"),
        ({"key": "b3RoZXI="}, None),
        ({"data-size": "1"}, None),
        ({"key": ""}, "0005-00000401"),
    ],
)
def test_parts_say_what_their_initiation_said(
    upload_id: str, refused: Refused, changed: dict[str, str], ec: str | None
) -> None:
    said = headers_of({**SAID, **SIZES, **changed})
    target = f"/key?uploadId={upload_id}&partNumber=1"
    assert refused(400, "InvalidEncryptionRequest", "PUT", target, said, bytes(PART)).get("EC") == ec


@pytest.mark.parametrize(
    ("number", "size", "ec"),
    [
        (1, PART - 1, "0005-00000419"),
        (2, PART + 1, "0005-00000419"),
        (3, 4, "0005-00000420"),
        (3, PART, "0005-00000420"),
    ],
)
def test_parts_have_the_sizes_announced(upload_id: str, refused: Refused, number: int, size: int, ec: str) -> None:
    target = f"/key?uploadId={upload_id}&partNumber={number}"
    said = headers_of({**SAID, **SIZES})
    assert refused(400, "InvalidEncryptionRequest", "PUT", target, said, bytes(size))["EC"] == ec


def test_more_parts_than_announced_are_no_object(bucket: oss2.Bucket, upload_id: str, refused: Refused) -> None:
    said = headers_of({**SAID, **SIZES})
    for number in (1, 2, 4, 5):
        bucket.upload_part("key", upload_id, number, bytes(PART), headers=said)
    target, everything = f"/key?uploadId={upload_id}", {"x-oss-complete-all": "yes"}
    assert refused(400, "InvalidEncryptionRequest", "POST", target, everything)["EC"] == "0005-00000411"


def test_v2_encrypts_and_decrypts_in_parts(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    key = RSA.generate(2048)
    public, private = key.public_key().export_key().decode(), key.export_key().decode()
    encrypting = oss_v2.EncryptionClient(client, oss_v2.crypto.MasterRsaCipher({}, public, private))
    content = bytes(range(256)) * 900
    begun = encrypting.initiate_multipart_upload(
        oss_v2.InitiateMultipartUploadRequest(BUCKET, "key", cse_part_size=PART, cse_data_size=len(content))
    )
    for number, start in enumerate(range(0, len(content), PART), 1):
        encrypting.upload_part(
            oss_v2.UploadPartRequest(
                BUCKET,
                "key",
                upload_id=begun.upload_id,
                part_number=number,
                cse_multipart_context=begun.cse_multipart_context,
                body=content[start : start + PART],
            )
        )
    encrypting.complete_multipart_upload(
        oss_v2.CompleteMultipartUploadRequest(BUCKET, "key", upload_id=begun.upload_id, complete_all="yes")
    )
    assert encrypting.get_object(oss_v2.GetObjectRequest(BUCKET, "key")).body.content == content
    assert client.get_object(oss_v2.GetObjectRequest(BUCKET, "key")).body.content != content


def test_a_copy_keeps_what_decryption_needs(encrypted: oss2.Bucket) -> None:
    replacing = {"x-oss-metadata-directive": "REPLACE", "x-oss-meta-flag": "new"}
    encrypted.copy_object(BUCKET, "source", "copy", headers=replacing)
    kept = {f"client-side-encryption-{name}": value for name, value in SAID.items()}
    assert meta_of(encrypted, "copy") == {**kept, "flag": "new"}
    assert meta_of(encrypted, "source") == {**kept, "flag": "old"}


def test_a_copy_does_not_change_the_encryption(encrypted: oss2.Bucket, refused: Refused, raw: Raw) -> None:
    source = {"x-oss-copy-source": f"/{BUCKET}/source"}
    other = headers_of({"key": base64.b64encode(b"other").decode()})
    replacing = {**source, **other, "x-oss-metadata-directive": "REPLACE"}
    assert refused(400, "InvalidEncryptionRequest", "PUT", "/copy", replacing)["EC"] == "0005-00000421"
    # What is copied is not replaced, so nothing else counts.
    assert "ETag" in elements_of(raw("PUT", "/copy", {**source, **other}))
    assert meta_of(encrypted, "copy") == meta_of(encrypted, "source")


def test_metadata_of_an_encrypted_object_is_not_changed_in_place(
    encrypted: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError
) -> None:
    request = oss_v2.CopyObjectRequest(
        BUCKET, "source", source_key="source", metadata_directive="REPLACE", metadata={"flag": "new"}
    )
    error = service_error(client.copy_object, request)
    assert (error.status_code, error.code, error.ec) == (400, "InvalidEncryptionRequest", "0005-00000421")
    before = meta_of(encrypted, "source")
    encrypted.copy_object(BUCKET, "source", "source", headers={"x-oss-storage-class": "IA"})
    assert (meta_of(encrypted, "source"), encrypted.head_object("source").headers["x-oss-storage-class"]) == (
        before,
        "IA",
    )
