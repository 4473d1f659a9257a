"""The bucket's own rules: request payment, Referer, TLS versions, access points, unsigned overrides."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fakeoss.edge.authorise import AccessPointRules, BucketRules, Caller, RefererRules, authorise
from fakeoss.state.accounts import Identity
from tests.edge.authorising import BUCKET, OTHER, OWNER, allow, deny, policy, question

OPEN = replace(BUCKET, acl="public-read-write", policy=policy(allow("oss:*", Principal=["*"])))


def ec(who: str, operation: str = "R", bucket: BucketRules = OPEN, **more: Any) -> str | None:
    """The fine-grained code of a refusal, None where there is none."""
    error = authorise(question(who, operation, bucket, **more)).error
    assert error is None or (error.status == 403 and error.code == "AccessDenied")
    return None if error is None else error.ec


PAYING = replace(OPEN, requester_pays=True)


@pytest.mark.parametrize("operation", ["R", "W", "L", "C"])
def test_who_pays(operation: str) -> None:
    assert ec("other", operation, PAYING) == "0003-00000703"
    assert ec("other-user", operation, PAYING, presigned=True) == "0003-00000702"
    assert ec("other", operation, PAYING, request_payer="Owner") == "0003-00000703"
    assert ec("other", operation, PAYING, request_payer="requester") is None
    assert ec("anonymous", operation, PAYING) == "0003-00000701"
    assert ec("anonymous", operation, PAYING, request_payer="requester") == "0003-00000701"


@pytest.mark.parametrize("who", ["owner", "user", "role"])
def test_the_owners_account_need_not_say_that_it_pays(who: str) -> None:
    assert ec(who, "R", PAYING) is None


LISTED = replace(OPEN, referer=RefererRules(("https://a.example",), ("https://a.example/bad",), allow_empty=False))


def from_page(referer: str | None) -> Caller:
    return Caller(referer=referer)


def test_hotlinks_are_refused_to_unsigned_and_presigned_requests() -> None:
    for who, presigned in (("anonymous", False), ("owner", True)):
        assert ec(who, "R", LISTED, presigned=presigned) == "0003-00000501"
        assert ec(who, "R", LISTED, presigned=presigned, caller=from_page("https://a.example/bad/x")) == "0003-00000502"
        assert ec(who, "R", LISTED, presigned=presigned, caller=from_page("https://b.example")) == "0003-00000503"
        assert ec(who, "R", LISTED, presigned=presigned, caller=from_page("https://a.example/x")) is None


def test_signed_headers_and_buckets_themselves_are_not_checked_for_hotlinks() -> None:
    assert ec("owner", "R", LISTED, caller=from_page("https://b.example")) is None
    assert ec("anonymous", "L", LISTED, caller=from_page("https://b.example")) is None


def test_the_reason_of_a_hotlink_is_told() -> None:
    decision = authorise(question("anonymous", "R", LISTED, caller=from_page("https://b.example")))
    assert decision.why == "the bucket's Referer rules refuse 'https://b.example': not listed"


def test_tls_versions() -> None:
    strict = replace(OPEN, tls_versions=("TLSv1.2", "TLSv1.3"))
    assert ec("owner", "R", strict) is None
    assert ec("owner", "R", strict, caller=Caller(tls="1.3")) is None
    assert ec("owner", "R", strict, caller=Caller(tls="TLSv1.1")) == ""
    assert ec("owner", "R", strict, caller=Caller(tls="1.1", secure=False)) is None, "plain HTTP has no TLS version"
    assert ec("owner", "R", OPEN, caller=Caller(tls="1.0")) is None
    decision = authorise(question("owner", "R", strict, caller=Caller(tls="1.1")))
    assert decision.why == "the request used TLSv1.1, the bucket allows TLSv1.2, TLSv1.3"


def test_an_unsigned_get_may_not_change_response_headers() -> None:
    error = authorise(question("anonymous", "R", OPEN, response_overrides=True)).error
    assert error is not None
    assert (error.code, error.status) == ("InvalidRequest", 400)
    assert error.message == "Request specific response headers cannot be used for anonymous GET requests."
    assert authorise(question("owner", "R", OPEN, response_overrides=True)).allowed


# Access points.

POINT = AccessPointRules("ap-1", OWNER, "cn-hangzhou")
ON_OBJECTS = f"acs:oss:cn-hangzhou:{OWNER}:accesspoint/ap-1/object/*"
DELEGATED = replace(
    BUCKET,
    policy=policy(allow("oss:*", Principal=["*"], Condition={"StringEquals": {"oss:DataAccessPointAccount": [OWNER]}})),
)


def point_policy(effect: str) -> AccessPointRules:
    if effect == "Ignore":
        return POINT
    statement = allow("oss:*", ON_OBJECTS, Principal=[OTHER])
    return replace(POINT, policy=policy({**statement, "Effect": effect}))


@pytest.mark.parametrize(
    ("bucket_says", "point_says", "expected"),
    [
        ("Allow", "Allow", True),
        ("Allow", "Deny", False),
        ("Allow", "Ignore", False),
        ("Deny", "Allow", False),
        ("Deny", "Deny", False),
        ("Deny", "Ignore", False),
        ("Ignore", "Allow", False),
        ("Ignore", "Deny", False),
        ("Ignore", "Ignore", False),
    ],
)
def test_both_policies_must_allow_through_an_access_point(bucket_says: str, point_says: str, expected: bool) -> None:
    """Docs: Access points, permission evaluation logic."""
    condition = {"StringEquals": {"oss:DataAccessPointArn": [f"acs:oss:oss-cn-hangzhou:{OWNER}:accesspoint/ap-1"]}}
    delegate = allow if bucket_says == "Allow" else deny
    found = None if bucket_says == "Ignore" else policy(delegate("oss:*", Principal=["*"], Condition=condition))
    asked = question("other", "R", replace(BUCKET, policy=found), access_point=point_policy(point_says))
    assert authorise(asked).allowed is expected


def test_what_is_ignored_falls_to_the_acl() -> None:
    asked = question("other", "R", replace(BUCKET, acl="public-read"), access_point=POINT)
    assert authorise(asked).allowed
    assert not authorise(replace(asked, access_point=replace(POINT, block_public_access=True))).allowed


def test_an_access_points_policy_speaks_of_its_own_resources() -> None:
    listing = replace(
        POINT, policy=policy(allow("oss:ListObjects", f"acs:oss:*:{OWNER}:accesspoint/ap-1", Principal=[OTHER]))
    )
    assert authorise(question("other", "L", DELEGATED, access_point=listing)).allowed
    assert not authorise(question("other", "R", DELEGATED, access_point=listing)).allowed
    assert not authorise(question("other", "L", DELEGATED)).allowed, "without the access point nothing is delegated"


def test_the_owner_needs_no_delegation_but_may_be_denied() -> None:
    assert authorise(question("owner", "R", BUCKET, access_point=POINT)).allowed
    denying = replace(POINT, policy=policy(deny("oss:GetObject", ON_OBJECTS, Principal=[OWNER])))
    decision = authorise(question("owner", "R", BUCKET, access_point=denying))
    assert (
        decision.why == f"statement 1 of the policy of access point ap-1 denies oss:GetObject to acs:ram::{OWNER}:root"
    )


def test_a_blocked_access_point_ignores_public_statements() -> None:
    public = replace(POINT, policy=policy(allow("oss:*", ON_OBJECTS, Principal=["*"])))
    tied = policy(allow("oss:*", Principal=[OTHER]))
    asked = question("other", "R", replace(BUCKET, policy=tied), access_point=public)
    assert authorise(asked).allowed
    assert not authorise(replace(asked, access_point=replace(public, block_public_access=True))).allowed


def test_an_access_point_in_a_vpc() -> None:
    inside = replace(POINT, network_origin="vpc", vpc="vpc-1")
    assert ec("owner", "R", BUCKET, access_point=inside, caller=Caller(vpc="vpc-1")) is None
    assert ec("owner", "R", BUCKET, access_point=inside, caller=Caller(vpc="vpc-2")) == ""
    assert ec("owner", "R", BUCKET, access_point=inside) == ""
    assert ec("owner", "R", BUCKET, access_point=POINT, caller=Caller(vpc="vpc-2")) is None


def test_no_unsigned_request_passes_an_access_point() -> None:
    assert ec("anonymous", "R", OPEN, access_point=POINT) == "0003-00001201"


def test_an_unregistered_key_counts_as_the_account_it_stands_for() -> None:
    unverified = Identity("root", OWNER, "anything", verified=False)
    assert authorise(question("owner", "C", BUCKET, identity=unverified)).allowed
