"""PutObjectAcl and GetObjectAcl."""

from __future__ import annotations

from dataclasses import replace

from fakeoss import errors
from fakeoss.operations import object_headers, reading
from fakeoss.operations.call import Call
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import document, empty, owner
from fakeoss.state.acl import OBJECT_ACLS
from fakeoss.wire.bind import header, one_of, params, query
from fakeoss.wire.message import Reply


@params
class PutObjectAcl:
    """What PutObjectAcl takes."""

    acl: str | None = header("x-oss-object-acl", one_of(*OBJECT_ACLS), default=None)
    version_id: str | None = query("versionId", default=None)


@operation("PutObjectAcl", PutObjectAcl)
def put_object_acl(call: Call, ask: PutObjectAcl) -> Reply:
    """Set who may do what with an object or one version of it (reference 8.4.1)."""
    if ask.acl is None:
        raise errors.MissingObjectAcl(ArgumentName="x-oss-object-acl")
    bucket = call.bucket()
    version = reading.find_attributes(bucket, call.key, ask.version_id)
    changed = replace(version, acl=ask.acl)
    call.save(replace(bucket, objects=bucket.objects.replace(call.key, changed)))
    return empty(200, object_headers.version_id(bucket, version))


@params
class GetObjectAcl:
    """What GetObjectAcl takes."""

    version_id: str | None = query("versionId", default=None)


@operation("GetObjectAcl", GetObjectAcl)
def get_object_acl(call: Call, ask: GetObjectAcl) -> Reply:
    """The object's owner and ACL, `default` until set (reference 8.4.2)."""
    bucket = call.bucket()
    version = reading.find_attributes(bucket, call.key, ask.version_id)
    return document(
        "AccessControlPolicy",
        [
            owner(version.owner, call.accounts.display_name(version.owner)),
            ("AccessControlList", [("Grant", version.acl)]),
        ],
        headers=object_headers.version_id(bucket, version),
    )
