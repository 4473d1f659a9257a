"""What the conditions of policies see of a request."""

from __future__ import annotations

from datetime import timezone

from fakeoss.edge.authorise.question import AccessPointRules, Question
from fakeoss.state.policy.conditions import Context


def context_of(question: Question) -> Context:
    """The condition keys of a request (docs: Policy syntax and elements).

    `acs:SourceVpc` is always there, empty on the internet: the vendor's own policies match it with
    `StringLike *` to mean any network (docs: Configure bucket policies, scenario 11). Listings always have a prefix.
    The version of TLS is there in both spellings (assumption A238).
    """
    caller, identity = question.caller, question.identity
    vpc = caller.vpc or ""
    found: dict[str, tuple[str, ...]] = {
        "acs:SourceIp": (caller.ip,),
        "acs:SourceVpc": (vpc,),
        "acs:SourceVpcId": (vpc,),
        "acs:SecureTransport": (_truth(caller.secure),),
        "acs:CurrentTime": (question.now.astimezone(timezone.utc).isoformat(),),
        "acs:MFAPresent": (_truth(caller.mfa),),
    }
    optional = {
        "acs:SourceVpcIp": caller.ip if vpc else None,
        "acs:UserAgent": caller.user_agent,
        "acs:Referer": caller.referer,
        "acs:AccessId": identity.access_key_id or None,
        "acs:PrincipalArn": identity.arn or None,
    }
    found |= {key: (value,) for key, value in optional.items() if value is not None}
    if caller.secure:
        found["oss:TLSVersion"] = (caller.tls_number, f"TLSv{caller.tls_number}")
    if question.action.startswith("oss:List"):
        found |= {"oss:Prefix": ("",), "oss:Delimiter": ("",)}
    found |= {key: (value,) for key, value in question.context.items()}
    found |= _point_context(question.access_point) | _tag_context(question)
    return found


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _point_context(point: AccessPointRules | None) -> dict[str, tuple[str, ...]]:
    if point is None:
        return {}
    tail = f":{point.owner}:accesspoint/{point.name}"
    return {
        "oss:DataAccessPointArn": (f"acs:oss:oss-{point.region}{tail}", f"acs:oss:{point.region}{tail}"),
        "oss:DataAccessPointAccount": (point.owner,),
        "oss:AccessPointNetworkOrigin": (point.network_origin,),
    }


def _tag_context(question: Question) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {
        f"oss:ExistingObjectTag/{name}": (value,) for name, value in question.object_tags
    }
    found |= {f"oss:RequestObjectTag/{name}": (value,) for name, value in question.request_tags}
    if question.bucket is not None:
        found |= {f"oss:BucketTag/{name}": (value,) for name, value in question.bucket.tags}
    return found
