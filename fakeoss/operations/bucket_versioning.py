"""PutBucketVersioning and GetBucketVersioning."""

from __future__ import annotations

from dataclasses import replace

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import document, empty
from fakeoss.wire.message import Reply

STATUSES = ("Enabled", "Suspended")


@operation("PutBucketVersioning")
def put_bucket_versioning(call: Call) -> Reply:
    """Enable or suspend versioning; it never goes back to unset. Raises MalformedXML (reference 7.6.1)."""
    node = call.document()
    status = node.text_of("Status", None)
    if node.name != "VersioningConfiguration" or status not in STATUSES:
        raise errors.MalformedXML(ErrorDetail="Status must be Enabled or Suspended.")
    call.save(replace(call.bucket(), versioning=status))
    return empty(200)


@operation("GetBucketVersioning")
def get_bucket_versioning(call: Call) -> Reply:
    """The status, absent until it was first set (reference 7.6.2)."""
    return document("VersioningConfiguration", [("Status", call.bucket().versioning)])
