"""Policy documents that are taken, and every kind that is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeoss import errors
from fakeoss.state.policy import parse_bucket_policy, parse_ram_policy


def statement(**changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "Effect": "Allow",
        "Action": ["oss:GetObject"],
        "Principal": ["1234"],
        "Resource": ["acs:oss:*:*:bucket/*"],
    } | {name.removeprefix("_"): value for name, value in changes.items()}
    return {name: value for name, value in found.items() if value is not None}


def document(*statements: Any, **changes: Any) -> bytes:
    return json.dumps({"Version": "1", "Statement": list(statements) or [statement()]} | changes).encode()


def refusal(data: bytes) -> errors.OSSError:
    with pytest.raises(errors.OSSError) as caught:
        parse_bucket_policy(data)
    assert caught.value.code == "InvalidPolicyDocument"
    assert caught.value.status == 400
    assert caught.value.why
    return caught.value


@pytest.mark.parametrize(
    "data",
    [
        document(),
        document(Statement=statement()),
        document(Id="mine"),
        document(statement(Principal=None)),
        document(statement(Principal=[])),
        document(statement(Principal="*")),
        document(statement(Principal=["arn:sts::1:assumed-role/a/*", "acs:ram::1:root"])),
        document(statement(Principal=None, NotPrincipal=["1"])),
        document(statement(Action="*")),
        document(statement(Action=None, NotAction="oss:Put*")),
        document(statement(Resource="*")),
        document(statement(Resource=None, NotResource=["acs:oss:*:1:b", "acs:oss:*:1:b/*"])),
        document(statement(Sid="first"), statement(Sid="second", Effect="Deny")),
        document(statement(Condition={})),
        document(statement(Condition={"StringLike": {"oss:Prefix": ["a/*", "b/*"]}, "Bool": {}})),
    ],
)
def test_documents_that_are_taken(data: bytes) -> None:
    assert parse_bucket_policy(data).text == data.decode()


def test_the_text_is_kept_to_the_last_space() -> None:
    inner = json.dumps(statement(Sid="é日"), ensure_ascii=False)
    text = f' {{"Statement" : [ {inner} ],\n\t"Version":"1"}}  '
    assert parse_bucket_policy(text.encode()).text == text


def test_policies_are_equal_where_their_text_is() -> None:
    assert parse_bucket_policy(document()) == parse_bucket_policy(document())
    assert parse_bucket_policy(document()) != parse_bucket_policy(document(Id="x"))


def test_what_the_vendors_suites_put_is_taken() -> None:
    """oss2 tests/test_bucket.py names no principal; the reference denies an account everything it owns."""
    parse_bucket_policy(
        b'{"Version": "1", "Statement": [{"Action": ["oss:PutObject"], "Effect": "Allow",'
        b' "Resource": ["acs:oss:*:*:*/*"]}]}'
    )
    parse_bucket_policy(
        b'{"Version":"1","Statement":[{"Action":["oss:PutObject","oss:GetObject"],"Effect":"Deny",'
        b'"Principal":["1234567890"],"Resource":["acs:oss:*:1234567890:*/*"]}]}'
    )
    parse_bucket_policy(
        b'{"Version":"1","Statement":[{"Action":["oss:PutObject","oss:GetObject"],"Effect":"Deny","Principal":["1"],'
        b'"Resource":["acs:oss:cn-hangzhou:1:accesspoint/ap-1","acs:oss:cn-hangzhou:1:accesspoint/ap-1/object/*"]}]}'
    )


MALFORMED = {
    "empty": b"",
    "not JSON": b"{",
    "not UTF-8": b'{"Version": "\xff"}',
    "a byte order mark": b"\xef\xbb\xbf" + document(),
    "an array": b"[]",
    "null": b"null",
    "nested without end": b"[" * 16_000,
    "nested objects without end": b'{"a":' * 3_000,
    "NaN": b'{"Version": NaN}',
    "a name twice": b'{"Version": "1", "Version": "1", "Statement": []}',
    "an endless number": b'{"Version": ' + b"1" * 10_000 + b"}",
    "no version": json.dumps({"Statement": [statement()]}).encode(),
    "a version that is a number": document(Version=1),
    "an unknown element": document(statements=[]),
    "an Id that is no text": document(Id=1),
    "no statement": b'{"Version": "1"}',
    "an empty list of statements": document(Statement=[]),
    "a statement that is a text": document(Statement="Allow"),
    "a statement that is null": document(Statement=[None]),
    "a misspelled element": document(statement(Condtion={})),
    "an element in lower case": document(statement(effect="Allow")),
    "a Sid that is no text": document(statement(Sid=1)),
    "half a surrogate pair": document(statement(Sid="\ud800")),
    "no effect": document(statement(Effect=None)),
    "another effect": document(statement(Effect="allow")),
    "an effect that is a list": document(statement(Effect=["Allow"])),
    "no action": document(statement(Action=None)),
    "both actions": document(statement(NotAction="oss:*")),
    "an empty action": document(statement(Action="")),
    "an empty list of actions": document(statement(Action=[])),
    "an action without service": document(statement(Action="GetObject")),
    "an action of another service": document(statement(Action="s3:GetObject")),
    "an action that is a number": document(statement(Action=[1])),
    "an action that is an object": document(statement(Action={"oss": "GetObject"})),
    "both principals": document(statement(NotPrincipal="1")),
    "an empty NotPrincipal": document(statement(Principal=None, NotPrincipal=[])),
    "a principal that is an object": document(statement(Principal={"RAM": ["acs:ram::1:root"]})),
    "a principal that is a number": document(statement(Principal=[1234])),
    "an empty principal": document(statement(Principal=[""])),
    "no resource": document(statement(Resource=None)),
    "both resources": document(statement(NotResource="*")),
    "an empty list of resources": document(statement(Resource=[])),
    "a resource that is a bucket's name": document(statement(Resource="bucket/*")),
    "a resource of another cloud": document(statement(Resource="arn:aws:s3:::bucket/*")),
    "conditions in a list": document(statement(Condition=[])),
    "an unknown operator": document(statement(Condition={"StringIs": {"oss:Prefix": "a"}})),
    "a qualified operator": document(statement(Condition={"ForAnyValue:StringLike": {"oss:Prefix": "a"}})),
    "keys in a list": document(statement(Condition={"StringLike": ["oss:Prefix"]})),
    "an unknown key": document(statement(Condition={"StringLike": {"oss:prefix": "a"}})),
    "a key of another cloud": document(statement(Condition={"IpAddress": {"aws:SourceIp": "10.0.0.1"}})),
    "a key without values": document(statement(Condition={"StringLike": {"oss:Prefix": []}})),
    "a value that is no text": document(statement(Condition={"Bool": {"acs:SecureTransport": False}})),
    "a value that is null": document(statement(Condition={"StringLike": {"oss:Prefix": [None]}})),
    "an address that is none": document(statement(Condition={"IpAddress": {"acs:SourceIp": "10.0.0"}})),
    "a time that is none": document(statement(Condition={"DateLessThan": {"acs:CurrentTime": "soon"}})),
}


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED.keys())
def test_malformed_documents_are_refused_with_the_reason(data: bytes) -> None:
    found = refusal(data)
    assert found.ec == "0030-00000005"
    assert found.message == f"Invalid Policy: {found.why}"


def test_the_reason_names_the_place() -> None:
    found = refusal(document(statement(), statement(Condition={"StringLike": {"oss:prefix": "a"}})))
    assert found.message == (
        "Invalid Policy: statement 2: Condition 'StringLike' 'oss:prefix': 'oss:prefix' is not a condition key of OSS"
    )


def test_only_version_1_is_known() -> None:
    assert refusal(document(Version="2012-10-17")).ec == "0030-00000002"


def test_16_kib_are_too_many() -> None:
    padding = 16_384 - len(document())
    assert refusal(document() + b" " * padding).ec == "0030-00000001"
    parse_bucket_policy(document() + b" " * (padding - 1))


@pytest.mark.parametrize("name", ["Sid", "Resource", "Principal"])
def test_an_item_has_at_most_4095_bytes(name: str) -> None:
    item = "acs:oss:*:*:" + "é" * 2_041 + "x"
    assert len(item.encode()) == 4_095
    parse_bucket_policy(document(statement(**{name: item})))
    assert refusal(document(statement(**{name: item + "x"}))).ec == "0030-00000003"


@pytest.mark.parametrize(
    "changes",
    [
        {"Resource": "acs:oss:*:1234****:bucket"},
        {"Action": "oss:**"},
        {"Principal": ["**"]},
        {"Condition": {"StringLike": {"acs:SourceVpc": "vpc-**"}}},
    ],
)
def test_adjacent_asterisks_are_refused(changes: dict[str, Any]) -> None:
    assert refusal(document(statement(**changes))).ec == "0030-00000007"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["Allow", "*", "oss:Get*", "1"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["Version", "Statement", "Effect", "Action", "Resource", "Principal", "Condition", "Bool",
                         "StringLike", "IpAddress", "oss:Prefix", "acs:SourceIp"]) | st.text(max_size=3),
        inner,
        max_size=5,
    ),
    max_leaves=20,
)  # fmt: skip
NEAR_MISSES = st.builds(
    lambda name, value: document(statement(**{name: value})),
    st.sampled_from(sorted({*statement(), "Condition", "Sid", "NotAction"})),
    JSON,
)


@given(data=st.one_of(st.binary(max_size=60), JSON.map(lambda value: json.dumps(value).encode()), NEAR_MISSES))
def test_hostile_documents_are_taken_or_refused_and_nothing_else(data: bytes) -> None:
    refused: errors.OSSError | None = None
    try:
        taken = parse_bucket_policy(data)
    except errors.OSSError as error:
        refused = error
    else:
        assert taken.text.encode() == data
    if refused is not None:
        assert (refused.code, refused.status) == ("InvalidPolicyDocument", 400)
        assert refused.message.encode()


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"Action": ["ecs:*", "oss:*"], "Resource": ["acs:ecs:*:*:instance/*", "*"]},
        {"Condition": {"StringEquals": {"acs:ResourceTag/team": "a"}}},
        {"Resource": "acs:oss:*:*:" + "x" * 5_000},
    ],
)
def test_ram_policies_speak_of_other_services_too(changes: dict[str, Any]) -> None:
    text = document(statement(Principal=None, **changes)).decode()
    assert parse_ram_policy(text).text == text


@pytest.mark.parametrize("changes", [{"Principal": ["1"]}, {"Action": "GetObject"}, {"Effect": "Maybe"}])
def test_ram_policies_are_checked_too(changes: dict[str, Any]) -> None:
    with pytest.raises(errors.OSSError, match="Invalid Policy"):
        parse_ram_policy(document(statement(**({"Principal": None} | changes))))
