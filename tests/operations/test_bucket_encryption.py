"""Default encryption of a bucket."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fakeoss
from tests.conftest import BUCKET, Raw
from tests.people import refusal

KEYS = st.none() | st.from_regex(r"\A[a-z0-9-]{1,256}\Z")
RULES = st.one_of(
    st.tuples(st.sampled_from(["AES256", "SM4"]), st.none(), st.none()),
    st.tuples(st.just("KMS"), KEYS, st.sampled_from([None, "SM4"])),
)


def rule(
    algorithm: str | None, key_id: str | None = None, data: str | None = None
) -> oss2.models.ServerSideEncryptionRule:
    made = oss2.models.ServerSideEncryptionRule()
    made.sse_algorithm, made.kms_master_keyid, made.kms_data_encryption = algorithm, key_id, data
    return made


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(RULES)
def test_what_is_set_comes_back(
    bucket: oss2.Bucket, client: oss_v2.Client, asked: tuple[str, str | None, str | None]
) -> None:
    bucket.put_bucket_encryption(rule(*asked))
    read = client.get_bucket_encryption(oss_v2.GetBucketEncryptionRequest(BUCKET)).server_side_encryption_rule
    inner = read.apply_server_side_encryption_by_default
    assert (inner.sse_algorithm, inner.kms_master_key_id, inner.kms_data_encryption) == asked
    client.put_bucket_encryption(oss_v2.PutBucketEncryptionRequest(BUCKET, read))
    old = bucket.get_bucket_encryption()
    assert (old.sse_algorithm, old.kms_master_keyid, old.kms_data_encryption) == asked
    info = bucket.get_bucket_info().bucket_encryption_rule
    assert (info.sse_algorithm, info.kms_master_keyid, info.kms_data_encryption) == asked


def test_none_until_set_and_none_after_deleting(bucket: oss2.Bucket) -> None:
    with pytest.raises(oss2.exceptions.NoSuchServerSideEncryptionRule) as refused:
        bucket.get_bucket_encryption()
    assert refused.value.status == 404
    assert bucket.get_bucket_info().bucket_encryption_rule.sse_algorithm is None
    bucket.put_bucket_encryption(rule("AES256"))
    assert bucket.delete_bucket_encryption().status == 204
    with pytest.raises(oss2.exceptions.NoSuchServerSideEncryptionRule):
        bucket.get_bucket_encryption()
    assert bucket.delete_bucket_encryption().status == 204


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (rule("AES256", "key-1"), "InvalidArgument"),
        (rule("SM4", "key-1"), "InvalidArgument"),
        (rule("random"), "InvalidEncryptionAlgorithmError"),
        (rule(""), "InvalidEncryptionAlgorithmError"),
        (rule("KMS", "k" * 257), "InvalidParameter"),
        (rule("KMS", "密钥"), "InvalidParameter"),
        (rule("KMS", "key\n1"), "InvalidParameter"),
        (rule("KMS", "key-1", "AES256"), "InvalidDataEncryptionAlgorithmError"),
    ],
)
def test_what_no_rule_can_be_is_refused(
    bucket: oss2.Bucket, asked: oss2.models.ServerSideEncryptionRule, code: str
) -> None:
    bucket.put_bucket_encryption(rule("KMS", "key-0"))
    assert refusal(bucket.put_bucket_encryption, asked)[:2] == (400, code)
    assert bucket.get_bucket_encryption().kms_master_keyid == "key-0"


def test_the_messages_of_the_reference(bucket: oss2.Bucket) -> None:
    with pytest.raises(oss2.exceptions.InvalidArgument) as refused:
        bucket.put_bucket_encryption(rule("AES256", "key-1"))
    assert refused.value.message == ("KMSMasterKeyID is not applicable if the default sse algorithm is not KMS.")
    assert refused.value.details["ArgumentValue"] == "key-1"
    with pytest.raises(oss2.exceptions.InvalidEncryptionAlgorithmError) as unknown:
        bucket.put_bucket_encryption(rule("random"))
    assert unknown.value.message.endswith("Supported value: AES256/KMS.")


@pytest.mark.parametrize("body", [b"", b"<Other/>", b"<ServerSideEncryptionRule/>"])
def test_malformed_documents(bucket: oss2.Bucket, raw: Raw, body: bytes) -> None:
    reply = raw("PUT", "/?encryption", {}, body)
    assert (reply.status, b"<Code>MalformedXML</Code>" in reply.data()) == (400, True)


def test_an_empty_key_id_means_none(oss: fakeoss.FakeOSS, bucket: oss2.Bucket, raw: Raw) -> None:
    body = (
        b"<ServerSideEncryptionRule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>"
        b"<KMSMasterKeyID></KMSMasterKeyID></ApplyServerSideEncryptionByDefault></ServerSideEncryptionRule>"
    )
    assert raw("PUT", "/?encryption", {}, body).status == 200
    bucket.put_object("a.txt", b"a")
    assert "x-oss-server-side-encryption-key-id" not in bucket.head_object("a.txt").headers


@pytest.mark.parametrize("algorithm", ["AES256", "SM4"])
@pytest.mark.parametrize("data", ["SM4", "AES256"])
def test_a_data_encryption_without_kms_means_none(bucket: oss2.Bucket, algorithm: str, data: str) -> None:
    bucket.put_bucket_encryption(rule(algorithm, None, data))
    for read in (bucket.get_bucket_encryption(), bucket.get_bucket_info().bucket_encryption_rule):
        assert (read.sse_algorithm, read.kms_master_keyid, read.kms_data_encryption) == (algorithm, None, None)


def test_new_objects_are_encrypted_so_and_the_request_may_say_otherwise(bucket: oss2.Bucket) -> None:
    bucket.put_object("before.txt", b"a")
    bucket.put_bucket_encryption(rule("KMS", "key-1", "SM4"))
    bucket.put_object("after.txt", b"a")
    bucket.put_object("other.txt", b"a", headers={"x-oss-server-side-encryption": "AES256"})
    shown = {
        key: [
            bucket.head_object(key).headers.get(f"x-oss-server-side-{name}")
            for name in ("encryption", "encryption-key-id", "data-encryption")
        ]
        for key in ("before.txt", "after.txt", "other.txt")
    }
    assert shown == {
        "before.txt": [None, None, None],
        "after.txt": ["KMS", "key-1", "SM4"],
        "other.txt": ["AES256", None, None],
    }


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"x-oss-server-side-encryption": "SM4"}, ("SM4", None, None)),
        (
            {
                "x-oss-server-side-encryption": "KMS",
                "x-oss-server-side-encryption-key-id": "key-1",
                "x-oss-server-side-data-encryption": "SM4",
            },
            ("KMS", "key-1", "SM4"),
        ),
    ],
)
def test_a_bucket_may_be_made_with_it(
    oss: fakeoss.FakeOSS, headers: dict[str, str], expected: tuple[str, str | None, str | None]
) -> None:
    fresh = oss.oss2_bucket("fresh-bucket")
    fresh.create_bucket(headers=headers)
    found = fresh.get_bucket_encryption()
    assert (found.sse_algorithm, found.kms_master_keyid, found.kms_data_encryption) == expected


def test_no_bucket_is_made_with_an_unknown_one(oss: fakeoss.FakeOSS) -> None:
    fresh = oss.oss2_bucket("fresh-bucket")
    wrong = {"x-oss-server-side-encryption": "random"}
    assert refusal(fresh.create_bucket, headers=wrong)[:2] == (400, "InvalidEncryptionAlgorithmError")
    assert oss.buckets() == []
