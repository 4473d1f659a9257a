"""PutBucketAcl and GetBucketAcl."""

from __future__ import annotations

from dataclasses import replace

from fakeoss import errors
from fakeoss.operations import bucket_basic
from fakeoss.operations.call import Call
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import document, empty, owner
from fakeoss.state.acl import BUCKET_ACLS
from fakeoss.wire.bind import header, one_of, params
from fakeoss.wire.message import Reply


@params
class PutBucketAcl:
    """What PutBucketAcl takes."""

    acl: str | None = header("x-oss-acl", one_of(*BUCKET_ACLS, refusal=errors.InvalidBucketAcl), default=None)


@operation("PutBucketAcl", PutBucketAcl)
def put_bucket_acl(call: Call, ask: PutBucketAcl) -> Reply:
    """Set who may do what with the bucket, which is made where it is not there yet (reference 7.3.1).

    Without the header nothing changes. Raises InvalidArgument for an unknown ACL, and what PutBucket raises.
    """
    bucket = call.world.buckets.get(call.bucket_name) or bucket_basic.new_bucket(call)
    call.save(bucket if ask.acl is None else replace(bucket, acl=ask.acl))
    return empty(200, [("Location", f"/{call.bucket_name}")])


@operation("GetBucketAcl")
def get_bucket_acl(call: Call) -> Reply:
    """The bucket's owner and ACL."""
    bucket = call.bucket()
    return document(
        "AccessControlPolicy",
        [
            owner(bucket.owner, call.accounts.display_name(bucket.owner)),
            ("AccessControlList", [("Grant", bucket.acl)]),
        ],
    )
