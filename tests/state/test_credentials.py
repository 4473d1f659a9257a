"""Registering access keys: what is refused at once, and what a key turns out to be."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any, cast

import pytest

from fakeoss.state.accounts import Account, Accounts
from fakeoss.state.credentials import checked_credential

ACCOUNT = "1234567890123456"
POLICY = {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "oss:*", "Resource": "*"}]}


@pytest.mark.parametrize(
    ("options", "kind", "name"),
    [
        ({}, "root", ""),
        ({"user": "alice"}, "ram-user", "alice"),
        ({"policy": POLICY}, "ram-user", "AKone"),
        ({"policy": json.dumps(POLICY), "user": "bob"}, "ram-user", "bob"),
        ({"security_token": "t"}, "sts", "fakeoss/session"),
        ({"security_token": "t", "role": "reader"}, "sts", "reader/session"),
        ({"security_token": "t", "role": "reader/job-7", "policy": POLICY}, "sts", "reader/job-7"),
    ],
)
def test_what_a_key_is(options: dict[str, Any], kind: str, name: str) -> None:
    credential = checked_credential("AKone", "secret", ACCOUNT, **options)
    identity = Accounts.of(Account(ACCOUNT), credential).identity(credential)
    assert (identity.kind, identity.name) == (kind, name)
    policies = identity.policies if kind == "ram-user" else (identity.session_policy,)
    assert ("policy" in options) == any(policies)


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"policy": "{"}, "the policy is refused, the policy is not JSON"),
        ({"policy": {"Version": "1", "Statement": []}}, "Statement must be a list of at least one statement"),
        ({"policy": {"Version": "2", "Statement": POLICY["Statement"]}}, 'only "1" is known'),
        (
            {
                "policy": {
                    "Version": "1",
                    "Statement": [{"Effect": "Allow", "Action": "oss:*", "Resource": "*", "Principal": "*"}],
                }
            },
            "a RAM policy names no Principal",
        ),
        ({"expires": datetime(2026, 1, 1)}, "has no time zone"),  # noqa: DTZ001 - what is refused
        ({"user": "alice", "security_token": "t"}, "a role's, not a user's"),
        ({"role": "reader"}, "needs a security token"),
    ],
)
def test_what_no_key_can_be(options: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match="access key 'AKone': ") as refused:
        checked_credential("AKone", "secret", ACCOUNT, **options)
    assert complaint in str(refused.value)


@pytest.mark.parametrize(("key", "secret", "account"), [("", "s", ACCOUNT), ("AK", "", ACCOUNT), ("AK", "s", "me")])
def test_parts_that_must_be_there(key: str, secret: str, account: str) -> None:
    with pytest.raises(ValueError, match="access key"):
        checked_credential(key, secret, account)


def test_secrets_are_not_shown() -> None:
    credential = checked_credential(
        "AK", "very secret", ACCOUNT, security_token="hidden", expires=datetime.now(timezone.utc)
    )
    assert "very secret" not in repr(credential)
    assert "hidden" not in repr(credential)


def test_a_policy_that_is_neither_mapping_nor_text_is_told() -> None:
    with pytest.raises(TypeError, match=r"access key 'AKone': a policy is a mapping or its JSON, not \[\]"):
        checked_credential("AKone", "secret", ACCOUNT, user="alice", policy=cast("Any", []))


def test_an_expiry_that_is_no_moment_is_told() -> None:
    with pytest.raises(TypeError, match=r"expires=3600: give a datetime with a time zone"):
        checked_credential("AKone", "secret", ACCOUNT, security_token="t", expires=cast("Any", 3600))
