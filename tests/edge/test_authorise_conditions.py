"""What policies can ask of a request: network, transport, time, tags, headers and keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from fakeoss.edge.authorise import AccessPointRules, Caller, authorise
from fakeoss.edge.authorise.context import context_of
from tests.edge.authorising import BUCKET, OWNER, allow, deny, policy, question

HERE: dict[str, Any] = {
    "caller": Caller("10.1.2.3", "vpc-1", "1.2", True, "https://a.example/x", "oss-sdk/1", True),
    "now": datetime(2025, 6, 1, 14, 0, 0, 5, timezone(timedelta(hours=2))),
    "object_tags": (("team", "blue"),),
    "request_tags": (("team", "red"), ("cost", "1")),
    "context": {"oss:x-oss-object-acl": "private"},
    "access_point": AccessPointRules("ap-1", OWNER, "cn-hangzhou"),
}


def test_every_key_of_a_request() -> None:
    asked = question("user", bucket=replace(BUCKET, tags=(("env", "test"),)), **HERE)
    assert context_of(asked) == {
        "acs:SourceIp": ("10.1.2.3",),
        "acs:SourceVpc": ("vpc-1",),
        "acs:SourceVpcId": ("vpc-1",),
        "acs:SourceVpcIp": ("10.1.2.3",),
        "acs:SecureTransport": ("true",),
        "acs:CurrentTime": ("2025-06-01T12:00:00.000005+00:00",),
        "acs:MFAPresent": ("true",),
        "acs:UserAgent": ("oss-sdk/1",),
        "acs:Referer": ("https://a.example/x",),
        "acs:AccessId": ("AKuser",),
        "acs:PrincipalArn": (f"acs:ram::{OWNER}:user/user",),
        "oss:TLSVersion": ("1.2", "TLSv1.2"),
        "oss:BucketTag/env": ("test",),
        "oss:ExistingObjectTag/team": ("blue",),
        "oss:RequestObjectTag/team": ("red",),
        "oss:RequestObjectTag/cost": ("1",),
        "oss:x-oss-object-acl": ("private",),
        "oss:DataAccessPointArn": (
            f"acs:oss:oss-cn-hangzhou:{OWNER}:accesspoint/ap-1",
            f"acs:oss:cn-hangzhou:{OWNER}:accesspoint/ap-1",
        ),
        "oss:DataAccessPointAccount": (OWNER,),
        "oss:AccessPointNetworkOrigin": ("internet",),
    }


def test_a_bare_request_has_few_keys() -> None:
    asked = question("anonymous", caller=Caller(secure=False))
    assert context_of(asked) == {
        "acs:SourceIp": ("127.0.0.1",),
        "acs:SourceVpc": ("",),
        "acs:SourceVpcId": ("",),
        "acs:SecureTransport": ("false",),
        "acs:CurrentTime": ("2025-06-01T12:00:00+00:00",),
        "acs:MFAPresent": ("false",),
    }


def test_a_listing_always_has_a_prefix_and_a_delimiter() -> None:
    assert context_of(question("user", "L"))["oss:Prefix"] == ("",)
    asked = question("user", "L", context={"oss:Prefix": "a/"})
    assert (context_of(asked)["oss:Prefix"], context_of(asked)["oss:Delimiter"]) == (("a/",), ("",))
    assert "oss:Prefix" not in context_of(question("user", "R"))


def denied(who: str, condition: dict[str, Any], **more: Any) -> bool:
    """Whether a Deny of everyone with `condition` strikes a request that an Allow would let through."""
    found = policy(allow("oss:*", Principal="*"), deny("oss:*", Principal="*", Condition=condition))
    return not authorise(question(who, bucket=replace(BUCKET, policy=found), **more)).allowed


INSIDE, OUTSIDE = Caller(vpc="vpc-1"), Caller()


@pytest.mark.parametrize("who", ["owner", "user", "anonymous"])
def test_only_from_a_vpc(who: str) -> None:
    """Docs: Configure bucket policies, scenarios 6 and 7."""
    for condition in (
        {"StringNotLike": {"acs:SourceVpc": ["vpc-*"]}},
        {"StringNotEquals": {"acs:SourceVpc": ["vpc-1"]}},
    ):
        assert denied(who, condition, caller=OUTSIDE)
        assert not denied(who, condition, caller=INSIDE)


def test_an_ip_blacklist_strikes_on_every_network() -> None:
    """Docs: Configure bucket policies, scenario 11."""
    condition = {"IpAddress": {"acs:SourceIp": ["101.*.*.100"]}, "StringLike": {"acs:SourceVpc": ["*"]}}
    assert denied("owner", condition, caller=Caller("101.1.2.100"))
    assert denied("owner", condition, caller=Caller("101.1.2.100", "vpc-1"))
    assert not denied("owner", condition, caller=Caller("101.1.2.101"))


def test_only_temporary_keys() -> None:
    """Docs: Configure bucket policies, scenario 12."""
    condition = {"StringNotLike": {"acs:AccessId": ["TMP.*", "STS.*"]}}
    assert denied("owner", condition)
    assert not denied("role", condition)


def test_only_https() -> None:
    condition = {"Bool": {"acs:SecureTransport": "false"}}
    assert denied("owner", condition, caller=Caller(secure=False))
    assert not denied("owner", condition)


@pytest.mark.parametrize("tls", ["1.1", "TLSv1.1"])
def test_only_new_tls(tls: str) -> None:
    for condition in ({"NumericLessThan": {"oss:TLSVersion": "1.2"}}, {"StringEquals": {"oss:TLSVersion": "TLSv1.1"}}):
        assert denied("owner", condition, caller=Caller(tls=tls))
        assert not denied("owner", condition, caller=Caller(tls="TLSv1.3"))


def test_only_a_prefix_may_be_listed() -> None:
    found = policy(allow("oss:ListObjects", "acs:oss:*:*:pics", Principal="*",
                         Condition={"StringLike": {"oss:Prefix": ["a/*"]}}))  # fmt: skip
    bucket = replace(BUCKET, policy=found)
    assert authorise(question("user", "L", bucket, context={"oss:Prefix": "a/b"})).allowed
    assert not authorise(question("user", "L", bucket, context={"oss:Prefix": "b"})).allowed
    assert not authorise(question("user", "L", bucket)).allowed


def test_no_public_acl_by_policy() -> None:
    """Docs: Configure bucket policies, scenario 13."""
    condition = {"StringNotEquals": {"oss:x-oss-object-acl": ["private", "default"]}}
    assert denied("owner", condition, context={"oss:x-oss-object-acl": "public-read"})
    assert not denied("owner", condition, context={"oss:x-oss-object-acl": "default"})


def test_tags_open_objects() -> None:
    found = policy(
        allow("oss:GetObject", Principal="*", Condition={"StringEquals": {"oss:ExistingObjectTag/share": "yes"}})
    )
    bucket = replace(BUCKET, policy=found)
    assert authorise(question("anonymous", bucket=bucket, object_tags=(("share", "yes"),))).allowed
    assert not authorise(question("anonymous", bucket=bucket, object_tags=(("share", "no"),))).allowed
    assert not authorise(question("anonymous", bucket=bucket)).allowed
