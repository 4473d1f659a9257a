"""Access points as operations look for them and show them."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.state.configurations.access_point import AccessPoint
from fakeoss.wire.xml import Element

HEADER = "x-oss-access-point-name"


def find(call: Call, name: str) -> AccessPoint:
    """The access point of the bucket addressed; raises NoSuchBucket and NoSuchAccessPoint."""
    bucket = call.bucket()
    point = call.world.access_point(bucket, name)
    if point is None:
        raise errors.NoSuchAccessPoint(AccessPointName=name).because(f"{bucket.name} has no access point {name!r}")
    return point


def summary(point: AccessPoint) -> list[Element]:
    """What a listing says of an access point."""
    return [
        ("Bucket", point.bucket),
        ("AccessPointName", point.name),
        ("Alias", point.alias),
        ("NetworkOrigin", point.network_origin),
        ("VpcConfiguration", [("VpcId", point.vpc or "")]),
        ("Status", "enable"),
    ]


def details(point: AccessPoint) -> list[Element]:
    """What GetAccessPoint says of it; it is usable at once, where the service takes minutes to create one."""
    host = f"{point.label}.oss-{point.region}"
    return [
        ("AccessPointName", point.name),
        ("Bucket", point.bucket),
        ("AccountId", point.owner),
        ("NetworkOrigin", point.network_origin),
        ("VpcConfiguration", [("VpcId", point.vpc or "")]),
        ("AccessPointArn", point.arn),
        ("CreationDate", str(int(point.created.timestamp()))),
        ("Alias", point.alias),
        ("Status", "enable"),
        (
            "Endpoints",
            [
                ("PublicEndpoint", f"{host}.oss-accesspoint.aliyuncs.com"),
                ("InternalEndpoint", f"{host}-internal.oss-accesspoint.aliyuncs.com"),
            ],
        ),
        ("PublicAccessBlockConfiguration", [("BlockPublicAccess", point.block_public_access)]),
    ]
