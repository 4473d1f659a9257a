"""Named callbacks of a bucket."""

from __future__ import annotations

import base64
import json

import oss2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oss2.models import CallbackPolicyInfo

import fakeoss
from fakeoss.state.configurations.callback_policy import BucketCallbackPolicy
from tests.conftest import BUCKET, Raw
from tests.people import refusal


def encoded(value: object) -> str:
    return base64.b64encode(json.dumps(value).encode()).decode()


CALLBACK = encoded({"callbackUrl": "www.example.com/callback", "callbackBody": "${etag}"})
NAMES = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x9FFF, blacklist_categories=("Cs", "Cc", "Cn")), min_size=1
)
OBJECTS = st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=3).map(encoded)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(NAMES.map(str.strip).filter(bool), OBJECTS, st.none() | OBJECTS), max_size=4))
def test_what_is_set_comes_back(bucket: oss2.Bucket, items: list[tuple[str, str, str | None]]) -> None:
    bucket.put_bucket_callback_policy([CallbackPolicyInfo(*item) for item in items])
    read = bucket.get_bucket_callback_policy().callback_policies
    assert [(item.policy_name, item.callback, item.callback_var) for item in read] == [
        (name, callback, variables or "") for name, callback, variables in items
    ]


def test_it_is_found_by_name(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    bucket.put_bucket_callback_policy([CallbackPolicyInfo("one", CALLBACK), CallbackPolicyInfo("two", encoded({}))])
    policy = oss.bucket(BUCKET).configuration(BucketCallbackPolicy)
    assert policy is not None
    found = policy.item("one")
    assert found is not None
    assert found.callback == CALLBACK
    assert policy.item("three") is None


def test_an_empty_policy_is_accepted(bucket: oss2.Bucket) -> None:
    for nothing in (None, [None, None], []):
        assert bucket.put_bucket_callback_policy(nothing).status == 200
        assert bucket.get_bucket_callback_policy().callback_policies == []


def test_it_is_gone_after_deleting(bucket: oss2.Bucket) -> None:
    bucket.put_bucket_callback_policy([CallbackPolicyInfo("one", CALLBACK)])
    assert bucket.delete_bucket_callback_policy().status == 204
    assert refusal(bucket.get_bucket_callback_policy)[:2] == (404, "BucketCallbackPolicyNotExist")
    assert bucket.delete_bucket_callback_policy().status == 204


@pytest.mark.parametrize(
    ("callback", "variables", "message"),
    [
        ("no base64!", None, "not base64 encoded"),
        (base64.b64encode(b"{").decode(), None, "not json"),
        (encoded([]), None, "not json"),
        (CALLBACK, "no base64!", "not base64 encoded"),
        (CALLBACK, encoded("x"), "not expecten json"),
    ],
)
def test_what_no_request_could_carry_is_refused(
    bucket: oss2.Bucket, callback: str, variables: str | None, message: str
) -> None:
    bucket.put_bucket_callback_policy([CallbackPolicyInfo("one", CALLBACK)])
    with pytest.raises(oss2.exceptions.InvalidArgument) as refused:
        bucket.put_bucket_callback_policy([CallbackPolicyInfo("two", callback, variables)])
    assert message in refused.value.message
    assert refused.value.details["ArgumentName"] == ("Callback" if variables is None else "CallbackVar")
    assert bucket.get_bucket_callback_policy().callback_policies[0].policy_name == "one"


@pytest.mark.parametrize("body", [
    b"", b"<Other/>", b"<BucketCallbackPolicy><PolicyItem/></BucketCallbackPolicy>",
    b"<BucketCallbackPolicy><PolicyItem><PolicyName>a</PolicyName></PolicyItem></BucketCallbackPolicy>",
])  # fmt: skip
def test_malformed_documents(bucket: oss2.Bucket, raw: Raw, body: bytes) -> None:
    reply = raw("PUT", "/?policy&comp=callback", {}, body)
    assert (reply.status, b"<Code>MalformedXML</Code>" in reply.data()) == (400, True)


def test_it_is_not_the_bucket_policy(bucket: oss2.Bucket) -> None:
    bucket.put_bucket_callback_policy([CallbackPolicyInfo("one", CALLBACK)])
    assert refusal(bucket.get_bucket_policy)[:2] == (404, "NoSuchBucketPolicy")
    bucket.delete_bucket_policy()
    assert bucket.get_bucket_callback_policy().callback_policies[0].policy_name == "one"
