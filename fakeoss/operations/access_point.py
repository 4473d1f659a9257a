"""CreateAccessPoint, GetAccessPoint, ListAccessPoints, DeleteAccessPoint, and the policies of access points."""

from __future__ import annotations

import base64
import binascii
from dataclasses import replace

from fakeoss import errors
from fakeoss.operations import access_points, public_access
from fakeoss.operations.access_points import HEADER
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import checked_body
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import JSON_TYPE, document, empty
from fakeoss.state.configurations.access_point import AccessPoint, NewAccessPoint, alias_of
from fakeoss.state.policy import parse_bucket_policy
from fakeoss.wire import schema_xml
from fakeoss.wire.bind import header, integer, params, query, refuse
from fakeoss.wire.message import Reply

BUCKET_LIMIT = 100
ACCOUNT_LIMIT = 1000
"""Access points of a bucket and of an account (docs: CreateAccessPoint)."""


@operation("CreateAccessPoint")
def create_access_point(call: Call) -> Reply:
    """Make an access point of a bucket; raises AccessPointAlreadyExists (assumption A246), TooManyAccessPoints.

    Its name must be new in the region of the account, whichever bucket has it.
    """
    bucket = call.bucket()
    asked = schema_xml.parse(NewAccessPoint, checked_body(call))
    _check_room(call, bucket.owner, bucket.name)
    if alias_of(bucket.owner, bucket.region, asked.name) in call.world.access_points:
        raise errors.AccessPointAlreadyExists(AccessPointName=asked.name)
    point = AccessPoint(
        name=asked.name,
        bucket=bucket.name,
        owner=bucket.owner,
        region=bucket.region,
        created=call.second,
        network_origin=asked.network_origin,
        vpc=None if asked.vpc is None else asked.vpc.vpc_id,
    )
    call.save_world(call.world.with_access_point(point))
    return document("CreateAccessPointResult", [("AccessPointArn", point.arn), ("Alias", point.alias)])


def _check_room(call: Call, owner: str, bucket: str) -> None:
    held = call.world.access_points_of(owner)
    if len(held) >= ACCOUNT_LIMIT or sum(point.bucket == bucket for point in held) >= BUCKET_LIMIT:
        raise errors.TooManyAccessPoints()


@params
class Named:
    """The access point that is meant."""

    name: str = header(HEADER)


@operation("GetAccessPoint", Named)
def get_access_point(call: Call, ask: Named) -> Reply:
    """Everything about one access point; raises NoSuchAccessPoint."""
    return document("GetAccessPointResult", access_points.details(access_points.find(call, ask.name)))


@operation("DeleteAccessPoint", Named)
def delete_access_point(call: Call, ask: Named) -> Reply:
    """Remove an access point and its policy; raises NoSuchAccessPoint."""
    call.save_world(call.world.without_access_point(access_points.find(call, ask.name)))
    return empty(204)


@params
class ListAccessPoints:
    """What ListAccessPoints takes."""

    max_keys: int = query("max-keys", integer(1, ACCOUNT_LIMIT), default=100)
    token: str = query("continuation-token", default="")


@operation("ListAccessPoints", ListAccessPoints)
def list_access_points(call: Call, ask: ListAccessPoints) -> Reply:
    """The access points of the bucket addressed, or of the caller's account, by name.

    `max-keys` is at most 100 for a bucket and 1,000 for an account (SDK v2 models).
    """
    owner, bucket = call.identity.account_id, None
    if call.bucket_name:
        if ask.max_keys > BUCKET_LIMIT:
            raise refuse("max-keys", str(ask.max_keys))
        owner, bucket = call.bucket().owner, call.bucket_name
    points = call.world.access_points_of(owner, bucket)
    after = _position(ask.token)
    rest = [point for point in points if (point.name, point.alias) > after]
    page = rest[: ask.max_keys]
    is_truncated = len(page) < len(rest)
    return document(
        "ListAccessPointsResult",
        [
            ("AccountId", owner),
            ("MaxKeys", ask.max_keys),
            ("IsTruncated", is_truncated),
            ("NextContinuationToken", _token(page[-1]) if is_truncated else None),
            ("AccessPoints", [("AccessPoint", access_points.summary(point)) for point in page]),
        ],
    )


def _token(last: AccessPoint) -> str:
    """Where the next page begins: name and alias of the last access point of this one."""
    return base64.urlsafe_b64encode(f"{last.name}/{last.alias}".encode()).decode()


def _position(token: str) -> tuple[str, str]:
    """The place that a token stands for; raises InvalidArgument for one that nobody was given."""
    if not token:
        return ("", "")
    try:
        name, _, alias = base64.b64decode(token, altchars=b"-_", validate=True).decode().partition("/")
    except (binascii.Error, ValueError):
        alias = ""
    if not alias:
        raise errors.InvalidContinuationToken(ArgumentName="continuation-token", ArgumentValue=token)
    return (name, alias)


# Policies


@operation("PutAccessPointPolicy", Named)
def put_access_point_policy(call: Call, ask: Named) -> Reply:
    """Set the policy of an access point; raises NoSuchAccessPoint, InvalidPolicyDocument, AccessDenied (public)."""
    point = access_points.find(call, ask.name)
    policy = parse_bucket_policy(checked_body(call))
    public_access.refuse_public_policy(call.world, call.bucket(), policy, point)
    call.save_world(call.world.with_access_point(replace(point, policy=policy)))
    return empty()


@operation("GetAccessPointPolicy", Named)
def get_access_point_policy(call: Call, ask: Named) -> Reply:
    """The policy of an access point, verbatim; raises NoSuchAccessPoint, NoSuchAccessPointPolicy (A245)."""
    point = access_points.find(call, ask.name)
    if point.policy is None:
        raise errors.NoSuchAccessPointPolicy(AccessPointName=point.name)
    return Reply(200, (JSON_TYPE,), (point.policy.text.encode(),))


@operation("DeleteAccessPointPolicy", Named)
def delete_access_point_policy(call: Call, ask: Named) -> Reply:
    """Remove the policy of an access point; 204 even where there was none. Raises NoSuchAccessPoint."""
    point = access_points.find(call, ask.name)
    call.save_world(call.world.with_access_point(replace(point, policy=None)))
    return empty(204)
