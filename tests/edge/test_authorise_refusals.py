"""What a refused caller is told: the service's own code, message and fine-grained code, and for us the reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fakeoss import errors
from fakeoss.edge.authorise import authorise, require
from fakeoss.state.accounts import Identity
from tests.edge.authorising import (
    BUCKET,
    IDENTITIES,
    NOW,
    OTHER,
    OWNER,
    allow,
    deny,
    document,
    policy,
    question,
    ram_user,
)

BY_ACL = "You have no right to access this object because of bucket acl."
NO_READING = "You do not have read permission on this object."
NO_WRITING = "You do not have write permission on this object."


@pytest.mark.parametrize(
    ("who", "operation", "more", "message", "ec"),
    [
        ("anonymous", "R", {}, BY_ACL, "0003-00000001"),
        ("anonymous", "W", {}, BY_ACL, "0003-00000001"),
        ("anonymous", "L", {}, BY_ACL, "0003-00000001"),
        ("anonymous", "R", {"object_acl": "private"}, NO_READING, "0003-00000005"),
        ("anonymous", "W", {"object_acl": "public-read"}, NO_WRITING, "0003-00000006"),
        ("anonymous", "C", {}, "Anonymous access is forbidden for this operation.", "0003-00001201"),
        ("anonymous", "r", {}, "You do not have read acl permission on this object.", "0003-00000007"),
        ("anonymous", "w", {}, "You do not have write acl permission on this object.", "0003-00000008"),
        ("anonymous", "W", {"access": "tag"}, "You have no right to access this object.", "0003-00000905"),
        ("anonymous", "W", {"batch": True}, BY_ACL, "0016-00000616"),
        ("other", "R", {}, BY_ACL, "0003-00000001"),
        ("other", "R", {"object_acl": "private"}, NO_READING, ""),
        ("other", "W", {"object_acl": "private"}, NO_WRITING, "0003-00000006"),
        ("other", "r", {}, "You do not have read acl permission on this object.", "0003-00000007"),
        ("other", "w", {}, "You do not have write acl permission on this object.", "0003-00000008"),
        ("other", "C", {}, "The bucket you access does not belong to you.", "0003-00000001"),
        ("other-user", "C", {}, "The bucket you access does not belong to you.", "0003-00000001"),
        ("user", "R", {}, BY_ACL, "0003-00000001"),
        ("user", "C", {}, "The bucket you access does not belong to you.", "0003-00000001"),
        ("user", "C", {"key": "key"}, None, "0003-00000202"),
        ("user", "C", {"bucket": None}, None, "0003-00000202"),
        ("user", "W", {"access": "tag"}, "You have no right to access this object.", "0003-00000905"),
        ("user", "W", {"batch": True}, BY_ACL, "0016-00000616"),
        ("narrowed", "W", {}, "Access denied by authorizer's policy.", "0003-00000301"),
        ("banned", "R", {}, "Access denied by bucket policy.", "0003-00000201"),
        ("banned", "W", {"batch": True}, "Access denied by bucket policy.", "0003-00000204"),
    ],
)  # fmt: skip
def test_without_a_bucket_policy(who: str, operation: str, more: dict[str, Any], message: str | None, ec: str) -> None:
    error = authorise(question(who, operation, **more)).error
    assert error is not None
    assert (error.code, error.status, error.ec) == ("AccessDenied", 403, ec)
    assert message is None or error.message == message


@pytest.mark.parametrize(
    ("who", "ec"), [("user", "0003-00000101"), ("banned", "0003-00000203"), ("anonymous", "0003-00000101")]
)
def test_a_bucket_policy_that_denies(who: str, ec: str) -> None:
    bucket = replace(BUCKET, acl="public-read-write", policy=policy(deny("oss:*", Principal="*")))
    error = authorise(question(who, bucket=bucket)).error
    assert error is not None
    assert (error.message, error.ec) == ("Access denied by bucket policy.", ec)
    many = authorise(question(who, bucket=bucket, batch=True)).error
    assert many is not None
    assert (many.message, many.ec) == ("Access denied by bucket policy.", "0003-00000204")


def detail(who: str, operation: str, **more: Any) -> dict[str, str]:
    error = authorise(question(who, operation, **more)).error
    assert error is not None
    return dict(error.detail)


def test_users_and_roles_are_told_by_which_kind_of_policy() -> None:
    assert detail("banned", "W") == {
        "PolicyType": "AccountLevelIdentityBasedPolicy",
        "AuthPrincipalOwnerId": OWNER,
        "AuthPrincipalType": "SubUser",
        "AuthPrincipalDisplayName": IDENTITIES["banned"].user_id,
        "NoPermissionType": "ExplicitDeny",
        "AuthAction": "oss:PutObject",
    }
    found = detail("user", "C")
    assert (found["NoPermissionType"], found["AuthAction"]) == ("ImplicitDeny", "oss:GetBucketInfo")
    role = Identity("sts", OWNER, "STS.x", "app/s", (document(allow("oss:GetObject")),))
    found = detail("role", "W", identity=role)
    assert (found["AuthPrincipalType"], found["AuthPrincipalDisplayName"]) == ("AssumedRoleUser", "app:s")


@pytest.mark.parametrize("who", ["anonymous", "other", "other-user"])
def test_and_nobody_else_is(who: str) -> None:
    assert detail(who, "W") == {}


def why(who: str, operation: str = "R", **more: Any) -> str:
    return authorise(question(who, operation, **more)).why


def test_the_deciding_statement_is_told() -> None:
    found = policy(
        allow("oss:Get*", Principal="*"), deny("oss:GetObject", "acs:oss:*:*:pics/key", Principal="*", Sid="no")
    )
    bucket = replace(BUCKET, policy=found)
    user = f"acs:ram::{OWNER}:user/user"
    assert why("user", bucket=bucket) == f"statement 2 (Sid no) of the bucket policy denies oss:GetObject to {user}"
    assert why("user", "r", bucket=bucket) == f"statement 1 of the bucket policy allows oss:GetObjectAcl to {user}"
    assert why("reader") == (f"statement 1 of the RAM policy allows oss:GetObject to acs:ram::{OWNER}:user/reader")
    assert why("narrowed", "W") == "no statement of the session policy allows oss:PutObject"
    assert why("role") == f"the role allows oss:GetObject to acs:sts::{OWNER}:assumed-role/app/s1"


def test_the_deciding_acl_is_told() -> None:
    public = replace(BUCKET, acl="public-read")
    assert why("anonymous", bucket=public) == "bucket ACL public-read, object ACL default open read to anonymous"
    assert why("anonymous", "W", bucket=public) == (
        "no policy allows oss:PutObject to anonymous, and bucket ACL public-read, object ACL default keep write closed "
        "to anonymous"
    )
    assert "do not count while public access is blocked" in why(
        "anonymous", bucket=replace(public, block_public_access=True)
    )
    assert why("other", "C").endswith("only the owner may without one")


def test_require_raises_the_refusal_with_its_reason_and_returns_it_otherwise() -> None:
    with pytest.raises(errors.OSSError) as caught:
        require(question("anonymous"))
    assert caught.value.why == why("anonymous")
    assert require(question("owner")) == "the account that owns the resource may do everything"


# Policies of RAM users, sessions and whole accounts.


def test_a_ram_policy_is_judged_by_resource() -> None:
    user = ram_user(OWNER, "u", allow("oss:GetObject", "acs:oss:*:*:pics/public/*"))
    assert authorise(question("user", identity=user, key="public/a")).allowed
    assert not authorise(question("user", identity=user, key="private/a")).allowed


def test_a_ram_user_lists_buckets_only_with_the_whole_account_as_resource() -> None:
    asked = question("owner", bucket=None, action="oss:ListBuckets", access="config", key=None, region="cn-hangzhou")
    for resource, expected in [("acs:oss:*:*:*", True), (f"acs:oss:*:{OWNER}:*", True), ("acs:oss:*:*:pics", False)]:
        user = ram_user(OWNER, "u", allow("oss:ListBuckets", resource))
        assert authorise(replace(asked, identity=user)).allowed is expected
    assert authorise(asked).allowed
    assert authorise(replace(asked, identity=IDENTITIES["role"])).allowed


def test_a_bucket_that_is_yet_to_be_made_is_named() -> None:
    user = ram_user(OWNER, "u", allow("oss:PutBucket", f"acs:oss:*:{OWNER}:new-*"))
    asked = question("owner", bucket=None, action="oss:PutBucket", access="config", key=None, identity=user)
    assert authorise(replace(asked, bucket_name="new-pics")).allowed
    refused = authorise(replace(asked, bucket_name="pics")).error
    assert refused is not None
    assert refused.ec == "0003-00000202"


def test_nobody_asks_about_an_account_without_a_signature() -> None:
    error = authorise(question("anonymous", bucket=None, action="oss:ListBuckets", access="config", key=None)).error
    assert error is not None
    assert error.message == "Anonymous access is forbidden for this operation."


def test_a_session_narrows_what_the_role_may() -> None:
    def session(*statements: dict[str, Any]) -> Identity:
        role_policy = document(allow(["oss:GetObject", "oss:ListObjects"]))
        return Identity("sts", OWNER, "STS.x", "app/x", (role_policy,), document(*statements))

    both = session(allow(["oss:GetObject", "oss:PutObject"]))
    assert authorise(question("role", "R", identity=both)).allowed
    assert not authorise(question("role", "W", identity=both)).allowed, "the role may not"
    assert not authorise(question("role", "L", identity=both)).allowed, "the session may not"
    denied = authorise(question("role", "R", identity=session(allow("oss:*"), deny("oss:GetObject"))))
    assert denied.why.startswith("statement 2 of the session policy denies")


def test_a_session_must_allow_on_another_accounts_bucket_too() -> None:
    stranger = Identity("sts", OTHER, "STS.y", "app/y", session_policy=document(allow("oss:GetObject")))
    bucket = replace(BUCKET, policy=policy(allow("oss:*", Principal=[f"arn:sts::{OTHER}:assumed-role/app/*"])))
    assert authorise(question("role", "R", bucket, identity=stranger)).allowed
    assert not authorise(question("role", "W", bucket, identity=stranger)).allowed
    assert not authorise(question("role", "R", identity=stranger)).allowed, "the role opens nothing of another account"


def test_a_bucket_policy_names_users_and_roles() -> None:
    user, role = IDENTITIES["other-user"], IDENTITIES["role"]
    for principal in (user.user_id, f"acs:ram::{OTHER}:user/bob", OTHER):
        bucket = replace(BUCKET, policy=policy(allow("oss:GetObject", Principal=[principal])))
        assert authorise(question("other-user", bucket=bucket)).allowed
        assert not authorise(question("user", bucket=bucket)).allowed
    bucket = replace(BUCKET, policy=policy(deny("oss:*", Principal=["arn:sts::*:*/*/*"])))
    assert not authorise(question("role", bucket=bucket)).allowed
    assert authorise(question("owner", bucket=bucket)).allowed
    assert role.principals


def test_a_ram_denial_holds_on_another_accounts_bucket() -> None:
    user = ram_user(OTHER, "u", deny("oss:*"))
    error = authorise(question("other", bucket=replace(BUCKET, acl="public-read"), identity=user)).error
    assert error is not None
    assert error.ec == "0003-00000201"


def test_a_malformed_ram_policy_is_reported_as_such() -> None:
    user = Identity("ram-user", OWNER, "AK", "u", ("{}",))
    with pytest.raises(errors.OSSError, match="Invalid Policy"):
        authorise(question("user", identity=user))


def test_the_time_of_the_question_is_the_time_of_conditions() -> None:
    until = allow("oss:GetObject", Condition={"DateLessThan": {"acs:CurrentTime": "2025-06-01T12:00:01Z"}})
    user = ram_user(OWNER, "u", until)
    assert authorise(question("user", identity=user)).allowed
    assert not authorise(question("user", identity=user, now=NOW.replace(second=1))).allowed
