"""Classes of operations: what ACLs open, and what access points serve."""

from __future__ import annotations

from fakeoss.operations.rows import Row
from fakeoss.state.acl import Access

_LISTINGS = frozenset({"ListObjects", "ListObjectsV2", "ListObjectVersions"})
_ACLS: dict[str, Access] = {"GetObjectAcl": "read-acl", "PutObjectAcl": "write-acl"}
_READING = frozenset({
    "CreateSelectObjectMeta", "GetObject", "GetObjectMeta", "GetSymlink", "HeadObject", "SelectObject",
})  # fmt: skip
_WRITING = frozenset({
    "AbortMultipartUpload", "AppendObject", "CompleteMultipartUpload", "CopyObject", "DeleteMultipleObjects",
    "DeleteObject", "InitiateMultipartUpload", "PostObject", "PutObject", "PutSymlink", "SealAppendObject",
    "UploadPart", "UploadPartCopy",
})  # fmt: skip
_THROUGH_ACCESS_POINTS = _LISTINGS | {
    "DeleteAccessPointPolicy", "DeleteMultipleObjects", "GetAccessPoint", "GetAccessPointPolicy",
    "ListMultipartUploads", "PostObject", "PutAccessPointPolicy",
}  # fmt: skip


def access_of(name: str) -> Access:
    """The class of an operation: what kind of grant it needs; ACLs open reading, writing and listing only.

    Reference 8.4.1. Tags, restoring, parts and live channels are management, which no public ACL opens.
    """
    if name in _LISTINGS:
        return "list"
    if name in _READING:
        return "read"
    if name in _WRITING:
        return "write"
    return _ACLS.get(name, "config")


def through_access_point(row: Row) -> bool:
    """Whether an access point serves an operation: those on objects, listings, and its own policy.

    Docs: Use an access point, which lists operations; that all others are refused is assumption A243.
    """
    return "object" in row.scopes or row.name in _THROUGH_ACCESS_POINTS
