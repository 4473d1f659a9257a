"""PutBucketAcl and GetBucketAcl."""

from __future__ import annotations

from dataclasses import replace

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import document, empty, owner
from fakeoss.state.acl import BUCKET_ACLS
from fakeoss.wire.bind import header, one_of, params
from fakeoss.wire.message import Reply


@params
class PutBucketAcl:
    """What PutBucketAcl takes."""

    acl: str = header("x-oss-acl", one_of(*BUCKET_ACLS, refusal=errors.InvalidBucketAcl))


@operation("PutBucketAcl", PutBucketAcl)
def put_bucket_acl(call: Call, ask: PutBucketAcl) -> Reply:
    """Set who may do what with the bucket; raises InvalidArgument for an unknown ACL."""
    call.save(replace(call.bucket(), acl=ask.acl))
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
