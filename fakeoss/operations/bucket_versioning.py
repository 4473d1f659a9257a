"""PutBucketVersioning and GetBucketVersioning."""

from __future__ import annotations

from dataclasses import replace

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import document, empty
from fakeoss.state import worm
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.object_worm import ObjectWorm
from fakeoss.state.effects import replication
from fakeoss.wire.message import Reply

STATUSES = ("Enabled", "Suspended")


@operation("PutBucketVersioning")
def put_bucket_versioning(call: Call) -> Reply:
    """Enable or suspend versioning; it never goes back to unset (reference 7.6.1).

    Raises MalformedXML; InvalidArgument for a document without status; and InvalidRequest for suspending it where
    retention needs it: beside a retention policy (decision: today's service allows one with versioning on or off;
    that it may be switched on beside one is assumption A124) and beside object retention.
    """
    node = call.document()
    status = node.text_of("Status", None)
    if node.name != "VersioningConfiguration":
        raise errors.MalformedXML(ErrorDetail=f"The root element must be VersioningConfiguration, not {node.name}.")
    if status is None:
        raise errors.VersioningStatusMissing(ArgumentName="Status")
    if not status:
        raise errors.EmptyVersioningStatus(ErrorDetail="Status is empty.")
    if status not in STATUSES:
        raise errors.InvalidVersioningStatus(ErrorDetail="Status must be Enabled or Suspended.")
    bucket = call.bucket()
    _check_replication(call, bucket, status)
    if status == "Suspended":
        _check_may_be_suspended(call, bucket)
    call.save(replace(bucket, versioning=status))
    return empty(200)


def _check_replication(call: Call, bucket: Bucket, status: str) -> None:
    """Two buckets between which objects are replicated keep their versioning (documentation): InvalidBucketStatus."""
    if status == bucket.versioning:
        return
    if replication.rules_of(bucket) or any(replication.rules_to(call.world, bucket)):
        raise errors.InvalidBucketStatus().because("the bucket is replicated, or a replica")


def _check_may_be_suspended(call: Call, bucket: Bucket) -> None:
    if bucket.configuration(ObjectWorm) is not None:
        raise errors.VersioningWithObjectRetention(BucketName=bucket.name)
    policy = worm.policy(bucket, call.now)
    if policy is not None:
        raise errors.VersioningWithRetention(BucketName=bucket.name).because(
            f"the bucket has retention policy {policy.worm_id} ({policy.state})"
        )


@operation("GetBucketVersioning")
def get_bucket_versioning(call: Call) -> Reply:
    """The status, absent until it was first set (reference 7.6.2)."""
    return document("VersioningConfiguration", [("Status", call.bucket().versioning)])
