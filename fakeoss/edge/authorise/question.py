"""What a decision is made from: the caller, the bucket's rules, the access point's, and the question itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from fakeoss.edge.caller import Caller
from fakeoss.state.accounts import Identity
from fakeoss.state.acl import Access
from fakeoss.state.policy import Policy
from fakeoss.state.policy.referer import RefererRules

Tags = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BucketRules:
    """What a bucket says about access; `owner` is an account id, `region` a bare region id.

    `tls_versions` are the versions its HTTPS configuration allows (`TLSv1.2`), empty where it is off.
    `block_public_access` is Block Public Access as it is enforced.
    """

    name: str
    owner: str
    region: str
    acl: str = "private"
    policy: Policy | None = None
    block_public_access: bool = False
    requester_pays: bool = False
    referer: RefererRules | None = None
    tls_versions: tuple[str, ...] = ()
    tags: Tags = ()


@dataclass(frozen=True, slots=True)
class AccessPointRules:
    """The access point a request came through; `network_origin` is `internet`, or `vpc` with a VPC's id."""

    name: str
    owner: str
    region: str
    network_origin: str = "internet"
    vpc: str | None = None
    policy: Policy | None = None
    block_public_access: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """May `identity` do `action` (`oss:GetObject`) here and now?

    Without `bucket` the question is about the identity's own account, or about a bucket `bucket_name` that is
    yet to be made. `object_acl` and `object_tags` are the existing object's. `request_payer` is the
    value of `x-oss-request-payer`, header or query parameter. `response_overrides` tells of `response-*`
    parameters, `batch` that the object is one of many that one request names. `context` gives further condition
    keys: `oss:Prefix`, `oss:Delimiter`, `oss:x-oss-acl`, `oss:x-oss-object-acl`, `oss:object-remaining-retention-days`.
    """

    identity: Identity
    action: str
    access: Access
    caller: Caller
    now: datetime
    bucket: BucketRules | None = None
    bucket_name: str = ""
    region: str = ""
    key: str | None = None
    object_acl: str = "default"
    object_tags: Tags = ()
    request_tags: Tags = ()
    access_point: AccessPointRules | None = None
    account_blocks_public_access: bool = False
    presigned: bool = False
    request_payer: str | None = None
    response_overrides: bool = False
    batch: bool = False
    context: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_owner(self) -> bool:
        """Whether the account that owns the bucket (or will, or that the question is about) asks itself."""
        return self.identity.is_root and self.is_own

    @property
    def is_own(self) -> bool:
        """Whether the identity belongs to the account that owns the bucket."""
        if self.identity.is_anonymous:
            return False
        return self.bucket is None or self.bucket.owner == self.identity.account_id

    @property
    def blocks_public_access(self) -> bool:
        """Whether account, bucket or access point block public access (docs: Block public access)."""
        return (
            self.account_blocks_public_access
            or (self.bucket is not None and self.bucket.block_public_access)
            or (self.access_point is not None and self.access_point.block_public_access)
        )
