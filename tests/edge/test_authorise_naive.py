"""Session, RAM, bucket and access point policies together with ACLs, against a decision made the naive way.

The policies themselves are read by the naive evaluator of `tests.state.policy`; how they go together is spelled out
once more here, from the docs (Authorization process; Access points, permission evaluation logic).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from fakeoss.edge.authorise import AccessPointRules, BucketRules, Caller, Question, authorise
from fakeoss.state.accounts import ANONYMOUS, Identity
from fakeoss.state.acl import Access
from fakeoss.state.policy import Policy, parse_bucket_policy
from tests.budget import examples
from tests.edge.authorising import NOW, OTHER, OWNER
from tests.state.policy.naive import naive_effect

Document = dict[str, Any]
REGION, KEY, ROLE = "cn-hangzhou", "a/b", "arn:sts::{}:assumed-role/app/s"
ACTIONS: dict[str, Access] = {
    "oss:GetObject": "read",
    "oss:PutObject": "write",
    "oss:ListObjects": "list",
    "oss:GetObjectTagging": "config",
}
CONTEXT: dict[str, tuple[str, ...]] = {"acs:SourceIp": ("10.1.0.7",), "acs:SecureTransport": ("true",)}
CONDITIONS = st.sampled_from(
    [
        {},
        {},
        {},
        {"IpAddress": {"acs:SourceIp": "10.0.0.0/8"}},
        {"NotIpAddress": {"acs:SourceIp": ["10.1.0.7"]}},
        {"Bool": {"acs:SecureTransport": "false"}},
    ]
)
PATTERNS = st.sampled_from(["*", "oss:*", "oss:*", "oss:Get*", *ACTIONS])
OF_BUCKET = st.sampled_from(["*", "*", "acs:oss:*:*:pics", "acs:oss:*:*:pics/*", "acs:oss:*:*:docs*"])
OF_POINT = st.sampled_from(["*", "*", f"acs:oss:*:{OWNER}:accesspoint/ap-1", "acs:oss:*:*:accesspoint/ap-1/object/*"])
NAMES = st.sampled_from(["*", "*", OWNER, OTHER, ROLE.format(OWNER), ROLE.format(OTHER)])


def documents(
    resources: st.SearchStrategy[str], principals: st.SearchStrategy[str] | None
) -> st.SearchStrategy[Document]:
    """Policies of one or two statements."""
    parts: dict[str, st.SearchStrategy[Any]] = {
        "Effect": st.sampled_from(["Allow", "Deny"]),
        "Action": PATTERNS,
        "Resource": resources,
        "Condition": CONDITIONS,
    }
    if principals is not None:
        parts["Principal"] = st.lists(principals, min_size=1, max_size=2)
    statements = st.lists(st.fixed_dictionaries(parts), min_size=1, max_size=2)
    return statements.map(lambda found: {"Version": "1", "Statement": found})


@dataclass(frozen=True)
class Case:
    """Somebody who asks, all the policies there are, and the ACLs; `through` says whether an access point is asked."""

    kind: str
    account: str
    action: str
    ram: Document | None
    session: Document | None
    bucket: Document | None
    point: Document | None
    through: bool
    acl: str
    object_acl: str

    @property
    def key(self) -> str | None:
        return None if self.action == "oss:ListObjects" else KEY

    @property
    def is_owner(self) -> bool:
        return (self.kind, self.account) == ("root", OWNER)

    @property
    def identity(self) -> Identity:
        if self.kind == "anonymous":
            return ANONYMOUS
        policies = () if self.ram is None or self.kind == "root" else (json.dumps(self.ram),)
        narrowed = json.dumps(self.session) if self.session is not None and self.kind == "sts" else None
        name = {"root": "", "ram-user": "alice", "sts": "app/s"}[self.kind]
        return Identity(self.kind, self.account, "AK", name, policies, narrowed)  # type: ignore[arg-type] # one of its kinds

    @property
    def names(self) -> tuple[str, ...]:
        """What Principal may call him by, of what is generated here."""
        if self.kind == "anonymous":
            return ()
        own = ROLE.format(self.account) if self.kind == "sts" else self.identity.user_id
        return (own, self.account)

    def effect(self, document: Document | None, place: str) -> str:
        resource = f"acs:oss:{REGION}:{OWNER}:{place}"
        found = [] if document is None else [document]
        return naive_effect(found, self.action, resource, self.names, self.is_owner, CONTEXT)


ACLS = ("private", "public-read", "public-read-write")
CASES = st.builds(
    Case,
    kind=st.sampled_from(["root", "ram-user", "sts", "anonymous"]),
    account=st.sampled_from([OWNER, OTHER]),
    action=st.sampled_from(sorted(ACTIONS)),
    ram=st.none() | documents(OF_BUCKET, None),
    session=st.none() | documents(OF_BUCKET, None),
    bucket=st.none() | documents(OF_BUCKET, NAMES),
    point=st.none() | documents(OF_POINT, NAMES),
    through=st.booleans(),
    acl=st.sampled_from(ACLS),
    object_acl=st.sampled_from(["default", *ACLS]),
)


def expected(case: Case) -> bool:
    place = "pics" if case.key is None else f"pics/{case.key}"
    if case.through and case.kind == "anonymous":
        return False
    if case.kind == "sts" and case.session is not None and case.effect(case.session, place) != "Allow":
        return False
    by_ram, by_bucket, by_point = said_by_ram(case, place), case.effect(case.bucket, place), said_by_point(case)
    if "Deny" in (by_ram, by_bucket, by_point):
        return False
    merged = by_bucket == "Allow" or (by_ram == "Allow" and case.account == OWNER)
    return case.is_owner or (merged and by_point == "Allow") or opened_by_acl(case)


def said_by_ram(case: Case, place: str) -> str:
    """Roles without policies of their own may what their account may."""
    if case.kind not in ("ram-user", "sts"):
        return "Ignore"
    return "Allow" if case.kind == "sts" and case.ram is None else case.effect(case.ram, place)


def said_by_point(case: Case) -> str:
    """Where there is no access point, nothing else need allow."""
    place = "accesspoint/ap-1" if case.key is None else f"accesspoint/ap-1/object/{case.key}"
    return case.effect(case.point, place) if case.through else "Allow"


def opened_by_acl(case: Case) -> bool:
    access = ACTIONS[case.action]
    effective = case.acl if access == "list" or case.object_acl == "default" else case.object_acl
    opened = {"private": (), "public-read": ("read", "list"), "public-read-write": ("read", "write", "list")}
    return access in opened[effective]


def parsed(document: Document | None) -> Policy | None:
    return None if document is None else parse_bucket_policy(json.dumps(document).encode())


@settings(max_examples=examples(700), deadline=None)
@given(CASES)
def test_decisions_agree_with_the_naive_ones(case: Case) -> None:
    asked = Question(
        identity=case.identity,
        action=case.action,
        access=ACTIONS[case.action],
        caller=Caller(ip="10.1.0.7"),
        now=NOW,
        bucket=BucketRules("pics", OWNER, REGION, acl=case.acl, policy=parsed(case.bucket)),
        key=case.key,
        object_acl="default" if case.key is None else case.object_acl,
        access_point=AccessPointRules("ap-1", OWNER, REGION, policy=parsed(case.point)) if case.through else None,
    )
    decision = authorise(asked)
    assert decision.allowed is expected(case), decision.why
    assert decision.why
