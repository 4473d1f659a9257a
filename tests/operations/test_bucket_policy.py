"""Bucket policies: set, read verbatim, deleted, judged as public or not; and what is refused."""

from __future__ import annotations

import json

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fakeoss
from fakeoss.state.policy import Policy
from tests.conftest import BUCKET, Raw
from tests.people import OBJECTS, OTHER, People, allow, deny, document, refusal

READING = document(allow("oss:GetObject", OBJECTS, Principal=[OTHER]))
PUBLIC = document(allow("oss:GetObject", OBJECTS, Principal=["*"]))


def test_a_policy_comes_back_as_it_was_written(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    spaced = json.dumps(json.loads(READING), indent=3)
    assert bucket.put_bucket_policy(spaced).status == 200
    assert bucket.get_bucket_policy().policy == spaced
    answer = client.get_bucket_policy(oss_v2.GetBucketPolicyRequest(BUCKET))
    assert answer.body == spaced
    assert answer.headers["Content-Type"] == "application/json"


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    actions=st.lists(st.sampled_from(["oss:GetObject", "oss:Put*", "*", "oss:List?bjects"]), min_size=1, max_size=3),
    principals=st.lists(st.from_regex(r"\A[0-9]{16}\Z"), max_size=3),
    sid=st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20),
    indent=st.sampled_from([None, 0, 2]),
)
def test_any_policy_survives_both_sdks(
    bucket: oss2.Bucket, client: oss_v2.Client, actions: list[str], principals: list[str], sid: str, indent: int | None
) -> None:
    text = json.dumps(json.loads(document(allow(actions, Principal=principals, Sid=sid))), indent=indent)
    client.put_bucket_policy(oss_v2.PutBucketPolicyRequest(BUCKET, body=text))
    assert bucket.get_bucket_policy().policy == text
    bucket.put_bucket_policy(text)
    assert client.get_bucket_policy(oss_v2.GetBucketPolicyRequest(BUCKET)).body == text


def test_a_second_policy_replaces_the_first(bucket: oss2.Bucket) -> None:
    bucket.put_bucket_policy(READING)
    bucket.put_bucket_policy(PUBLIC)
    assert bucket.get_bucket_policy().policy == PUBLIC


def test_without_a_policy_there_is_none_to_read_and_deleting_is_fine(bucket: oss2.Bucket) -> None:
    with pytest.raises(oss2.exceptions.NoSuchBucketPolicy) as refused:
        bucket.get_bucket_policy()
    assert (refused.value.ec, refused.value.details["BucketName"]) == ("0030-00000006", BUCKET)
    assert bucket.delete_bucket_policy().status == 204
    bucket.put_bucket_policy(READING)
    assert bucket.delete_bucket_policy().status == 204
    with pytest.raises(oss2.exceptions.NoSuchBucketPolicy):
        bucket.get_bucket_policy()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PUBLIC, True),
        (READING, False),
        (document(deny("oss:*", Principal=["*"])), False),
        (document(allow("oss:*", Principal=["*"], Condition={"IpAddress": {"acs:SourceIp": ["10.0.0.0/8"]}})), False),
        (document(allow("oss:*")), True),
    ],
)
def test_the_status_tells_whether_a_policy_is_public(
    bucket: oss2.Bucket, client: oss_v2.Client, text: str, expected: bool
) -> None:
    bucket.put_bucket_policy(text)
    answer = client.get_bucket_policy_status(oss_v2.GetBucketPolicyStatusRequest(BUCKET))
    assert answer.policy_status.is_public is expected


def test_no_policy_is_not_public(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    answer = client.get_bucket_policy_status(oss_v2.GetBucketPolicyStatusRequest(BUCKET))
    assert answer.policy_status.is_public is False


@pytest.mark.parametrize(
    ("body", "ec"),
    [
        ("", "0030-00000005"),
        ("<Policy/>", "0030-00000005"),
        ('{"Version":"1","Statement":[]}', "0030-00000005"),
        (READING.replace('"1"', '"2"'), "0030-00000002"),
        (READING.replace("Allow", "Maybe"), "0030-00000005"),
        (READING.replace("/*", "/**"), "0030-00000007"),
        (document(allow("oss:GetObject", OBJECTS, Principal=[OTHER], Sid="x" * 16_384)), "0030-00000001"),
        (document(allow("oss:GetObject", OBJECTS, Principal=[OTHER], Sid="x" * 4_096)), "0030-00000003"),
    ],
)
def test_what_is_no_policy_is_refused_and_changes_nothing(
    bucket: oss2.Bucket, client: oss_v2.Client, body: str, ec: str
) -> None:
    bucket.put_bucket_policy(READING)
    assert refusal(bucket.put_bucket_policy, body) == (400, "InvalidPolicyDocument", ec)
    request = oss_v2.PutBucketPolicyRequest(BUCKET, body=body)
    assert refusal(client.put_bucket_policy, request) == (400, "InvalidPolicyDocument", ec)
    assert bucket.get_bucket_policy().policy == READING


def test_the_journal_says_what_is_wrong_with_a_policy(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    refusal(bucket.put_bucket_policy, READING.replace('"Action"', '"Actoin"'))
    assert "'Actoin'" in (oss.requests[-1].why or "")


def test_a_wrong_digest_is_refused(oss: fakeoss.FakeOSS, bucket: oss2.Bucket, raw: Raw) -> None:
    headers = {"Content-MD5": "1B2M2Y8AsgTpgAmY7PhCfg=="}
    reply = raw("PUT", "/?policy", headers, READING.encode())
    assert (reply.status, b"InvalidDigest" in reply.data()) == (400, True)
    assert oss.bucket(BUCKET).configuration(Policy) is None


def test_a_public_policy_is_refused_while_public_access_is_blocked(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    bucket.put_bucket_public_access_block(True)
    assert refusal(bucket.put_bucket_policy, PUBLIC) == (403, "AccessDenied", "0016-00000901")
    assert "Block Public Access is on for bucket example-bucket" in (oss.requests[-1].why or "")
    bucket.put_bucket_policy(READING)
    bucket.delete_bucket_public_access_block()
    bucket.put_bucket_policy(PUBLIC)


def test_a_policy_opens_the_bucket_to_another_account_until_it_is_deleted(
    oss: fakeoss.FakeOSS, bucket: oss2.Bucket
) -> None:
    people = People(oss)
    people.add("other", account=OTHER)
    theirs = people.bucket("other")
    bucket.put_object("a.txt", b"a")
    assert refusal(theirs.get_object, "a.txt")[:2] == (403, "AccessDenied")
    bucket.put_bucket_policy(READING)
    assert theirs.get_object("a.txt").read() == b"a"
    assert refusal(theirs.put_object, "a.txt", b"b")[:2] == (403, "AccessDenied")
    bucket.delete_bucket_policy()
    assert refusal(theirs.get_object, "a.txt")[:2] == (403, "AccessDenied")
