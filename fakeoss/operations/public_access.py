"""Block Public Access as writing operations see it: no new public ACL, no new public policy.

The levels are account, bucket and access point; one that blocks suffices (docs: Block public access). What a new
bucket shows by the setting `block_public_access` is not enforced until somebody sets it. How a public bucket
ACL or policy is refused is assumption A242.
"""

from __future__ import annotations

from fakeoss import errors
from fakeoss.state.acl import is_public as is_public_acl
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.access_point import AccessPoint
from fakeoss.state.configurations.public_access import OF_ACCOUNT, PublicAccessBlock
from fakeoss.state.policy import Policy, is_public
from fakeoss.state.store import World

SETTING_BUCKET_ACLS = frozenset({"PutBucket", "PutBucketAcl"})
"""The operations whose `x-oss-acl` is the bucket's."""


def account_blocks(world: World, account_id: str) -> bool:
    """Whether an account blocks public access to all it owns."""
    block = world.account_value(account_id, OF_ACCOUNT)
    return isinstance(block, PublicAccessBlock) and block.enabled


def bucket_blocks(bucket: Bucket) -> bool:
    """Whether the bucket itself blocks public access, set by hand."""
    block = bucket.configuration(PublicAccessBlock)
    return block is not None and block.enabled


def blocking_level(world: World, owner: str, bucket: Bucket | None, point: AccessPoint | None = None) -> str | None:
    """The first level that blocks public access, in words, or None."""
    if account_blocks(world, owner):
        return f"account {owner}"
    if bucket is not None and bucket_blocks(bucket):
        return f"bucket {bucket.name}"
    if point is not None and point.block_public_access:
        return f"access point {point.name}"
    return None


def refuse_public_acl(
    world: World, owner: str, bucket: Bucket | None, point: AccessPoint | None, acl: str, refusal: errors.Row
) -> None:
    """Raise `refusal` for a public ACL while public access is blocked."""
    if not is_public_acl(acl):
        return
    level = blocking_level(world, owner, bucket, point)
    if level is not None:
        raise refusal().because(f"the request asks for the ACL {acl}, and Block Public Access is on for {level}")


def refuse_public_policy(world: World, bucket: Bucket, policy: Policy, point: AccessPoint | None = None) -> None:
    """Raise AccessDenied for a policy that grants public access while that is blocked."""
    if not is_public(policy):
        return
    level = blocking_level(world, bucket.owner, bucket, point)
    if level is not None:
        why = f"the policy grants public access, and Block Public Access is on for {level}"
        raise errors.PublicPolicyForbidden().because(why)
