"""Access points: further entrances to a bucket, with names, networks and policies of their own."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from fakeoss import errors
from fakeoss.schema import nested, schema, text

if TYPE_CHECKING:
    from fakeoss.state.policy import Policy

ALIAS_SUFFIX = "-ossalias"
NAME = r"[a-z0-9][a-z0-9-]{1,17}[a-z0-9]"
"""3 to 19 characters (docs: CreateAccessPoint)."""

_NAME = re.compile(NAME)


@schema()
class VpcConfiguration:
    """The VPC that an access point serves."""

    vpc_id: str = text("VpcId", shortest=1, longest=64)


@schema("CreateAccessPointConfiguration")
class NewAccessPoint:
    """What CreateAccessPoint is sent. A VPC must be named where the origin is `vpc`, and nowhere else."""

    name: str = text("AccessPointName", pattern=NAME)
    network_origin: str = text("NetworkOrigin", choices=("internet", "vpc"))
    vpc: VpcConfiguration | None = nested("VpcConfiguration", VpcConfiguration, default=None)

    def validate(self) -> None:
        """Refuse a name that looks like an alias, and a VPC that is missing or of no use."""
        if self.name.endswith(ALIAS_SUFFIX):
            raise errors.InvalidArgument(ArgumentName="AccessPointName", ArgumentValue=self.name)
        if (self.vpc is not None) != (self.network_origin == "vpc"):
            value = "" if self.vpc is None else self.vpc.vpc_id
            raise errors.InvalidArgument(ArgumentName="VpcId", ArgumentValue=value)


@dataclass(frozen=True, slots=True)
class AccessPoint:
    """One access point of the bucket `bucket`; `owner` is the account that owns both, `region` a bare region id.

    `vpc` is None unless `network_origin` is `vpc`.
    """

    name: str
    bucket: str
    owner: str
    region: str
    created: datetime
    network_origin: str = "internet"
    vpc: str | None = None
    policy: Policy | None = None
    block_public_access: bool = False

    @property
    def alias(self) -> str:
        """The name that takes the place of the bucket's in requests."""
        return alias_of(self.owner, self.region, self.name)

    @property
    def arn(self) -> str:
        """The resource name, as CreateAccessPoint spells it (Go SDK tests)."""
        return f"acs:oss:{self.region}:{self.owner}:accesspoint/{self.name}"

    @property
    def label(self) -> str:
        """The first label of its own host, before `oss-<region>.oss-accesspoint.aliyuncs.com`."""
        return f"{self.name}-{self.owner}"


def alias_of(owner: str, region: str, name: str) -> str:
    """The alias of an access point: its name and 34 digits that depend on nothing but owner, region and name.

    With the longest name it just fits the 63 characters of a bucket's name, as the service's do.
    """
    digest = hashlib.blake2b(f"{owner}/{region}/{name}".encode(), digest_size=17).hexdigest()
    return f"{name}-{digest}{ALIAS_SUFFIX}"


def alias_of_label(label: str, region: str) -> str | None:
    """The alias of the access point whose own host begins with `label`; None where no such label can be."""
    name, _, owner = label.rpartition("-")
    return alias_of(owner, region, name) if _NAME.fullmatch(name) and owner.isdigit() else None
