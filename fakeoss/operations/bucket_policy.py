"""PutBucketPolicy, GetBucketPolicy, DeleteBucketPolicy and GetBucketPolicyStatus."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.operations import public_access
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import checked_body, deleting
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import JSON_TYPE, document, empty
from fakeoss.state.policy import Policy, is_public, parse_bucket_policy
from fakeoss.wire.message import Reply


@operation("PutBucketPolicy")
def put_bucket_policy(call: Call) -> Reply:
    """Set the policy of a bucket (reference 7.8.1); raises InvalidPolicyDocument, and AccessDenied for a public one.

    A policy that grants public access is refused while public access is blocked (docs: Block public access).
    """
    bucket = call.bucket()
    policy = parse_bucket_policy(checked_body(call))
    public_access.refuse_public_policy(call.world, bucket, policy)
    call.save(bucket.with_configuration(policy))
    return empty()


@operation("GetBucketPolicy")
def get_bucket_policy(call: Call) -> Reply:
    """The policy, verbatim; raises NoSuchBucketPolicy."""
    bucket = call.bucket()
    policy = bucket.configuration(Policy)
    if policy is None:
        raise errors.NoSuchBucketPolicy(BucketName=bucket.name)
    return Reply(200, (JSON_TYPE,), (policy.text.encode(),))


DELETE_BUCKET_POLICY = deleting("DeleteBucketPolicy", Policy)


@operation("GetBucketPolicyStatus")
def get_bucket_policy_status(call: Call) -> Reply:
    """Whether the policy grants public access; none grants none (docs: Block public access)."""
    policy = call.bucket().configuration(Policy)
    return document("PolicyStatus", [("IsPublic", policy is not None and is_public(policy))])
