"""Questions for the tests of authorisation: identities, a bucket, and operations by a letter."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

from fakeoss.edge.authorise import BucketRules, Caller, Question, authorise
from fakeoss.state.accounts import ANONYMOUS, Identity
from fakeoss.state.acl import Access
from fakeoss.state.policy import Policy, parse_bucket_policy

OWNER, OTHER = "1000000000000001", "2000000000000002"
NOW = datetime(2025, 6, 1, 12, tzinfo=timezone.utc)


def document(*statements: Mapping[str, Any]) -> str:
    return json.dumps({"Version": "1", "Statement": list(statements)})


def allow(action: str | list[str], resource: str = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action: str | list[str], resource: str = "*", **more: Any) -> dict[str, Any]:
    return {**allow(action, resource, **more), "Effect": "Deny"}


def policy(*statements: Mapping[str, Any]) -> Policy:
    return parse_bucket_policy(document(*statements).encode())


def ram_user(account: str, name: str, *statements: Mapping[str, Any]) -> Identity:
    policies = (document(*statements),) if statements else ()
    return Identity("ram-user", account, f"AK{name}", name, policies)


IDENTITIES: dict[str, Identity] = {
    "owner": Identity("root", OWNER, "AKowner"),
    "user": ram_user(OWNER, "user"),
    "reader": ram_user(OWNER, "reader", allow(["oss:Get*", "oss:List*"], "acs:oss:*:*:*")),
    "banned": ram_user(OWNER, "banned", allow("oss:*"), deny("oss:*")),
    "role": Identity("sts", OWNER, "STS.role", "app/s1"),
    "narrowed": Identity("sts", OWNER, "STS.narrow", "app/s2", session_policy=document(allow("oss:GetObject"))),
    "other": Identity("root", OTHER, "AKother"),
    "other-user": ram_user(OTHER, "bob", allow("oss:*")),
    "anonymous": ANONYMOUS,
}

# Operation classes by a letter, each with an action that stands for it.
OPERATIONS: dict[str, tuple[str, Access, str | None]] = {
    "R": ("oss:GetObject", "read", "key"),
    "W": ("oss:PutObject", "write", "key"),
    "L": ("oss:ListObjects", "list", None),
    "r": ("oss:GetObjectAcl", "read-acl", "key"),
    "w": ("oss:PutObjectAcl", "write-acl", "key"),
    "C": ("oss:GetBucketInfo", "config", None),
}

BUCKET = BucketRules("pics", OWNER, "cn-hangzhou")


def question(who: str, operation: str = "R", bucket: BucketRules | None = BUCKET, **more: Any) -> Question:
    action, access, key = OPERATIONS[operation]
    asked = Question(IDENTITIES[who], action, access, Caller(), NOW, bucket, key=key)
    return replace(asked, **more)


def allowed(who: str, bucket: BucketRules, **more: Any) -> str:
    """The letters of what `who` may do."""
    found = {letter: authorise(question(who, letter, bucket, **more)) for letter in OPERATIONS}
    assert all(decision.allowed == (decision.error is None) for decision in found.values())
    assert all(decision.why for decision in found.values()), "every decision says why"
    return "".join(letter for letter, decision in found.items() if decision.allowed)
