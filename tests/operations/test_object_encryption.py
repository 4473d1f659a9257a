"""Server-side encryption of objects: asked for, inherited, told, refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused
from tests.operations.versions import at, enable
from tests.people import NOT_REFUSED, refusal

SSE = "x-oss-server-side-encryption"
KEY = "x-oss-server-side-encryption-key-id"
DATA = "x-oss-server-side-data-encryption"

KMS_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def told(headers: object) -> tuple[str | None, str | None, str | None]:
    """Algorithm, key and data encryption as an answer tells them."""
    assert hasattr(headers, "get")
    return headers.get(SSE), headers.get(KEY), headers.get(DATA)


def everywhere(bucket: oss2.Bucket, key: str = "a") -> tuple[str | None, str | None, str | None]:
    """What GetObject and HeadObject tell, which is the same."""
    got, head = bucket.get_object(key), bucket.head_object(key)
    got.read()
    assert told(got.headers) == told(head.headers)
    return told(head.headers)


def by_default(bucket: oss2.Bucket, algorithm: str, key_id: str | None = None, data: str | None = None) -> None:
    rule = oss2.models.ServerSideEncryptionRule()
    rule.sse_algorithm, rule.kms_master_keyid, rule.kms_data_encryption = algorithm, key_id, data
    bucket.put_bucket_encryption(rule)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, (None, None, None)),
        ({SSE: "AES256"}, ("AES256", None, None)),
        ({SSE: "SM4"}, ("SM4", None, None)),
        ({SSE: "KMS", KEY: "my-key"}, ("KMS", "my-key", None)),
        ({SSE: "KMS", KEY: "my-key", DATA: "SM4"}, ("KMS", "my-key", "SM4")),
        ({SSE: "AES256", DATA: "SM4"}, ("AES256", None, None)),
    ],
)
def test_what_is_asked_for_is_told(
    bucket: oss2.Bucket, asked: dict[str, str], expected: tuple[str | None, ...]
) -> None:
    assert told(bucket.put_object("a", b"x", headers=asked).headers) == expected
    assert everywhere(bucket) == expected
    assert told(bucket.get_object_meta("a").headers) == (None, None, None)
    assert bucket.get_object("a").read() == b"x"


def test_without_a_key_kms_uses_one_of_the_accounts_always_the_same(bucket: oss2.Bucket) -> None:
    bucket.put_object("a", b"", headers={SSE: "KMS"})
    bucket.put_object("b", b"", headers={SSE: "KMS"})
    key_id = everywhere(bucket)[1]
    assert key_id is not None
    assert KMS_KEY.fullmatch(key_id)
    assert everywhere(bucket, "b") == ("KMS", key_id, None)


def test_sdk_v2_tells_the_same(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    put = client.put_object(
        oss_v2.PutObjectRequest(bucket=BUCKET, key="a", server_side_encryption="KMS", server_side_data_encryption="SM4")
    )
    head = client.head_object(oss_v2.HeadObjectRequest(bucket=BUCKET, key="a"))
    assert (head.server_side_encryption, head.server_side_data_encryption) == ("KMS", "SM4")
    assert put.headers[KEY] == head.server_side_encryption_key_id


@pytest.mark.parametrize(
    ("default", "expected"),
    [
        (("AES256",), ("AES256", None, None)),
        (("SM4",), ("SM4", None, None)),
        (("KMS", "my-key"), ("KMS", "my-key", None)),
        (("KMS", "my-key", "SM4"), ("KMS", "my-key", "SM4")),
    ],
)
def test_objects_inherit_the_buckets_default_and_may_say_otherwise(
    bucket: oss2.Bucket, default: tuple[str, ...], expected: tuple[str | None, ...]
) -> None:
    bucket.put_object("before", b"")
    by_default(bucket, *default)
    bucket.put_object("a", b"")
    bucket.put_object("b", b"", headers={SSE: "AES256"})
    assert everywhere(bucket, "before") == (None, None, None)
    assert everywhere(bucket) == expected
    assert everywhere(bucket, "b") == ("AES256", None, None)
    bucket.delete_bucket_encryption()
    assert everywhere(bucket) == expected


def test_each_version_keeps_its_own(bucket: oss2.Bucket) -> None:
    enable(bucket)
    first = bucket.put_object("a", b"", headers={SSE: "SM4"}).versionid
    bucket.put_object("a", b"")
    assert told(bucket.head_object("a", params=at(first)).headers) == ("SM4", None, None)
    assert everywhere(bucket) == (None, None, None)


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({SSE: "AES"}, "InvalidEncryptionAlgorithmError"),
        ({SSE: ""}, "InvalidEncryptionAlgorithmError"),
        ({SSE: "kms"}, "InvalidEncryptionAlgorithmError"),
        ({SSE: "KMS", DATA: "AES256"}, "InvalidDataEncryptionAlgorithmError"),
        ({SSE: "AES256", KEY: "my-key"}, "InvalidArgument"),
        ({KEY: "my-key"}, "InvalidArgument"),
        ({SSE: "KMS", KEY: "k" * 257}, "InvalidParameter"),
    ],
)
def test_what_is_no_encryption_is_refused(
    bucket: oss2.Bucket, refused: Refused, headers: dict[str, str], code: str
) -> None:
    refused(400, code, "PUT", "/a", headers, b"x")


def test_a_restored_snapshot_makes_up_the_same_key(oss: fakeoss.FakeOSS, bucket: oss2.Bucket, raw: Raw) -> None:
    before = oss.snapshot()
    first = raw("PUT", "/a", {SSE: "KMS"}).header(KEY)
    oss.restore(before)
    assert raw("PUT", "/a", {SSE: "KMS"}).header(KEY) == first


class TestKeyService:
    """Whether accounts use KMS, and which keys they have there, is a setting."""

    @pytest.mark.parametrize(
        "write",
        [
            lambda bucket, headers: bucket.put_object("b", b"x", headers=headers),
            lambda bucket, headers: bucket.append_object("b", 0, b"x", headers=headers),
            lambda bucket, headers: bucket.copy_object(BUCKET, "a", "b", headers=headers),
            lambda bucket, headers: bucket.init_multipart_upload("b", headers=headers),
        ],
        ids=["put", "append", "copy", "multipart"],
    )
    def test_without_it_nothing_is_encrypted_by_kms(self, write: Callable[[oss2.Bucket, dict[str, str]], Any]) -> None:
        with fakeoss.mock_oss(kms_enabled=False) as oss:
            oss.create_bucket(BUCKET, objects={"a": b"x"})
            bucket = oss.oss2_bucket(BUCKET)
            assert refusal(write, bucket, {SSE: "KMS"})[:2] == (403, "KmsServiceNotEnabled")
            write(bucket, {SSE: "AES256"})
            bucket.delete_object("b")
            by_default(bucket, "KMS")
            assert refusal(write, bucket, {})[:2] == (403, "KmsServiceNotEnabled")
            assert oss.requests[-1].why == "settings.kms_enabled is off"
            assert oss.bucket(BUCKET).keys() == ["a"]

    def test_sdk_v2_is_told_the_same(self) -> None:
        with fakeoss.mock_oss(kms_enabled=False) as oss:
            oss.create_bucket(BUCKET)
            request = oss_v2.PutObjectRequest(BUCKET, "a", server_side_encryption="KMS", body=b"")
            assert refusal(oss.client().put_object, request)[:2] == (403, "KmsServiceNotEnabled")

    @pytest.mark.parametrize(
        ("key_id", "expected"),
        [
            ("my-key", NOT_REFUSED),
            ("alias/mine", NOT_REFUSED),
            ("", NOT_REFUSED),
            ("your-key", (404, "KeyNotFound", "0005-00000208")),
            ("alias/yours", (404, "AliasNotFound", "")),
        ],
    )
    def test_only_the_keys_there_are(self, key_id: str, expected: tuple[int, str, str]) -> None:
        with fakeoss.mock_oss(kms_keys=("my-key", "alias/mine")) as oss:
            oss.create_bucket(BUCKET)
            asked = {SSE: "KMS", KEY: key_id} if key_id else {SSE: "KMS"}
            assert refusal(oss.oss2_bucket(BUCKET).put_object, "a", b"", headers=asked) == expected
            by_default(oss.oss2_bucket(BUCKET), "KMS", key_id)
            assert refusal(oss.oss2_bucket(BUCKET).put_object, "a", b"") == expected
