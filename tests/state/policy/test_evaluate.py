"""The evaluator against a naive second reading, and what the vendor's own examples promise."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeoss.state.policy import Ask, Policy, Requester, Resource, evaluate, is_public, parse_bucket_policy
from tests.budget import examples
from tests.state.policy.naive import naive_effect

OWNER, USER, OTHER, ROLE = "1234", "200000000000000001", "9999", "arn:sts::1234:assumed-role/app/s1"
NAMES = {"owner": (OWNER,), "user": (USER, OWNER), "other": (OTHER,), "role": (ROLE, OWNER), "anonymous": ()}
ACTIONS = ("oss:GetObject", "oss:PutObject", "oss:ListObjects", "oss:GetBucketAcl")
PATHS = ("pics", "pics/a", "pics/a/b.jpg", "docs/a")


def one_or_many(values: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    return values | st.lists(values, min_size=1, max_size=3)


def condition_of(names: tuple[str, ...], keys: tuple[str, ...], values: st.SearchStrategy[str]) -> Any:
    return st.dictionaries(
        st.sampled_from(names), st.dictionaries(st.sampled_from(keys), one_or_many(values), min_size=1), max_size=2
    )


ORDER = ("Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals")
TIMES = st.integers(1, 9).map(lambda day: f"2025-01-0{day}T00:00:00Z")
STRINGS = ("StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike",
           "StringNotLike")  # fmt: skip
CONDITIONS = st.one_of(
    st.just({}),
    condition_of(STRINGS, ("oss:Prefix", "acs:UserAgent", "oss:BucketTag/team"), st.text("aA?", max_size=3)),
    condition_of(
        ("IpAddress", "NotIpAddress"), ("acs:SourceIp",), st.sampled_from(["10.0.0.0/8", "10.1.0.7", "0.0.0.0/0"])
    ),
    condition_of(tuple(f"Numeric{each}" for each in ORDER), ("oss:object-remaining-retention-days",),
                 st.integers(-2, 9).map(str)),
    condition_of(tuple(f"Date{each}" for each in ORDER), ("acs:CurrentTime",), TIMES),
    st.dictionaries(
        st.sampled_from(["Bool", "Null"]),
        st.dictionaries(st.sampled_from(["acs:SecureTransport", "acs:MFAPresent"]), st.sampled_from(["true", "false"]),
                        min_size=1),
        max_size=2,
    ),
)  # fmt: skip


def element(name: str, values: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.tuples(st.sampled_from([name, f"Not{name}"]), one_or_many(values)).map(lambda pair: dict([pair]))


STATEMENTS = st.builds(
    lambda effect, condition, *parts: {"Effect": effect, **{k: v for part in parts for k, v in part.items()}}
    | ({"Condition": condition} if condition else {}),
    st.sampled_from(["Allow", "Deny"]),
    CONDITIONS,
    element("Action", st.sampled_from(["*", "oss:*", "oss:Get*", "oss:Put?bject", *ACTIONS])),
    element("Resource", st.sampled_from([
        "*", "acs:oss:*:*:*", "acs:oss:*:1234:pics", "acs:oss:*:*:pics/*", "acs:oss:*:*:*/a", "acs:oss:*:99:*",
    ])),
    element("Principal", st.sampled_from(["*", OWNER, USER, OTHER, ROLE, "arn:sts::*:*/*/*"]))
    | st.just({}) | st.just({"Principal": []}),
)  # fmt: skip
DOCUMENTS = st.lists(STATEMENTS, min_size=1, max_size=4).map(lambda found: {"Version": "1", "Statement": found})
CONTEXTS = st.fixed_dictionaries({}, optional={
    "oss:Prefix": st.lists(st.text("aA", max_size=3), min_size=1, max_size=2).map(tuple),
    "acs:UserAgent": st.text("aA", max_size=2).map(lambda text: (text,)),
    "oss:BucketTag/team": st.just(("a",)),
    "acs:SourceIp": st.sampled_from([("10.1.0.7",), ("11.0.0.1",)]),
    "oss:object-remaining-retention-days": st.integers(-2, 9).map(lambda n: (str(n),)),
    "acs:CurrentTime": TIMES.map(lambda time: (time,)),
    "acs:SecureTransport": st.sampled_from([("true",), ("false",)]),
})  # fmt: skip


def policy_of(document: dict[str, Any]) -> Policy:
    return parse_bucket_policy(json.dumps(document).encode())


@settings(max_examples=examples(400))
@given(
    documents=st.lists(DOCUMENTS, max_size=2),
    action=st.sampled_from(ACTIONS),
    path=st.sampled_from(PATHS),
    who=st.sampled_from(sorted(NAMES)),
    context=CONTEXTS,
)
def test_the_evaluator_agrees_with_the_naive_reading(
    documents: list[dict[str, Any]], action: str, path: str, who: str, context: dict[str, tuple[str, ...]]
) -> None:
    resource = Resource("cn-hangzhou", OWNER, path)
    ask = Ask(action, resource, Requester(NAMES[who], who == "owner"), context)
    expected = naive_effect(documents, action, str(resource), NAMES[who], who == "owner", context)
    assert evaluate(map(policy_of, documents), ask).effect == expected


def statement(**changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "Effect": "Allow",
        "Action": "oss:GetObject",
        "Principal": ["*"],
        "Resource": "*",
    } | changes
    return {name: value for name, value in found.items() if value is not None}


def policy(*statements: dict[str, Any]) -> Policy:
    return policy_of({"Version": "1", "Statement": list(statements)})


def effect(found: Policy, requester: Requester, action: str = "oss:GetObject", **context: str) -> str:
    values = {name.replace("__", ":"): (value,) for name, value in context.items()}
    return evaluate([found], Ask(action, Resource("cn-hangzhou", OWNER, "pics/a"), requester, values)).effect


def test_a_wildcard_without_condition_spares_the_owner_only() -> None:
    deny = policy(statement(Effect="Deny"))
    assert effect(deny, Requester((OWNER,), is_owner=True)) == "Ignore"
    assert effect(deny, Requester((USER, OWNER))) == "Deny"
    assert effect(deny, Requester()) == "Deny"


def test_a_wildcard_with_condition_means_the_owner_too() -> None:
    deny = policy(statement(Effect="Deny", Condition={"Bool": {"acs:SecureTransport": "false"}}))
    owner = Requester((OWNER,), is_owner=True)
    assert effect(deny, owner, acs__SecureTransport="false") == "Deny"
    assert effect(deny, owner, acs__SecureTransport="true") == "Ignore"


def test_the_owner_may_be_denied_by_name() -> None:
    assert effect(policy(statement(Effect="Deny", Principal=[OWNER])), Requester((OWNER,), is_owner=True)) == "Deny"


@pytest.mark.parametrize("principal", [[], None, "*", ["*"]])
def test_no_principal_means_everyone(principal: list[str] | None) -> None:
    assert effect(policy(statement(Principal=principal)), Requester()) == "Allow"


def test_the_deciding_statement_is_named_by_its_place_and_sid() -> None:
    found = policy(statement(), statement(Effect="Deny", Sid="no-pics", Resource="acs:oss:*:*:pics/*"))
    verdict = evaluate([found], Ask("oss:GetObject", Resource("cn-hangzhou", OWNER, "pics/a"), Requester(), {}))
    assert str(verdict.statement) == "statement 2 (Sid no-pics)"
    allowed = evaluate([found], Ask("oss:GetObject", Resource("cn-hangzhou", OWNER, "docs/a"), Requester(), {}))
    assert str(allowed.statement) == "statement 1"


def test_actions_are_compared_without_regard_to_case() -> None:
    assert effect(policy(statement(Action="oss:getobject")), Requester()) == "Allow"


def test_a_deny_after_an_allow_in_another_policy_wins() -> None:
    ask = Ask("oss:GetObject", Resource("cn-hangzhou", OWNER, "pics/a"), Requester((OTHER,)), {})
    assert evaluate([policy(statement()), policy(statement(Effect="Deny"))], ask).effect == "Deny"


VPC = {"StringEquals": {"acs:SourceVpc": ["vpc-1", "vpc-2"]}}
PUBLIC = [
    statement(),
    statement(Principal=None),
    statement(Principal=["arn:sts::1234:assumed-role/app/*"]),
    statement(Principal=None, NotPrincipal=[OTHER]),
    statement(Condition={"StringLike": {"acs:SourceVpc": ["vpc-*"]}}),
    statement(Condition={"StringNotEquals": {"acs:SourceVpc": ["vpc-1"]}}),
    statement(Condition={"IpAddress": {"acs:SourceIp": ["0.0.0.0/0"]}}),
    statement(Condition={"IpAddress": {"acs:SourceIp": ["10.0.0.0/8", "64.0.0.0/2"]}}),
    statement(Condition={"IpAddress": {"acs:SourceIp": ["2001::/16"]}}),
    statement(Condition={"IpAddress": {"acs:SourceIp": ["101.*.*.100"]}}),
    statement(Condition={"NotIpAddress": {"acs:SourceIp": ["10.0.0.0/8"]}}),
    statement(Condition={"Bool": {"acs:SecureTransport": "true"}}),
]
NOT_PUBLIC = [
    statement(Principal=[OTHER]),
    statement(Effect="Deny"),
    statement(Condition=VPC),
    statement(Condition={"StringEquals": {"acs:SourceVpcId": "vpc-1"}}),
    statement(Condition={"StringEquals": {"acs:AccessId": "LTAI1"}}),
    statement(Condition={"IpAddress": {"acs:SourceIp": "10.0.0.0/8"}}),
    statement(Condition={"IpAddress": {"acs:SourceIp": "10.0.0.7"}}),
    statement(Condition={"IpAddress": {"acs:SourceVpcIp": "2001:db8::/32"}}),
]


@pytest.mark.parametrize("found", PUBLIC)
def test_policies_that_grant_public_access(found: dict[str, Any]) -> None:
    assert is_public(policy(found))
    assert is_public(policy(statement(Principal=[OTHER]), found)), "one public statement is enough"


@pytest.mark.parametrize("found", NOT_PUBLIC)
def test_policies_that_grant_no_public_access(found: dict[str, Any]) -> None:
    assert not is_public(policy(found))


def test_blocking_public_access_silences_public_grants_and_no_denial() -> None:
    found = policy(statement(), statement(Effect="Deny", Action="oss:PutObject"), statement(Principal=[OTHER]))
    resource = Resource("cn-hangzhou", OWNER, "pics/a")

    def verdict(action: str, *names: str) -> str:
        return evaluate([found], Ask(action, resource, Requester(names), {}), without_public=True).effect

    assert verdict("oss:GetObject") == "Ignore"
    assert verdict("oss:PutObject") == "Deny"
    assert verdict("oss:GetObject", OTHER) == "Allow"
