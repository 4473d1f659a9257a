"""The questions that authorisation is asked about a request, made from the world as it is."""

from __future__ import annotations

from dataclasses import replace

from fakeoss.edge.authorise import BucketRules, Caller, Question
from fakeoss.edge.service import Service
from fakeoss.edge.visit import Visit
from fakeoss.operations.call import Call
from fakeoss.operations.rows import Row
from fakeoss.state.accounts import Identity
from fakeoss.state.acl import Access
from fakeoss.state.bucket import Bucket
from fakeoss.state.objects import ObjectVersion
from fakeoss.state.policy import Policy

_LISTINGS = frozenset({"ListObjects", "ListObjectsV2", "ListObjectVersions"})
_ACLS: dict[str, Access] = {"GetObjectAcl": "read-acl", "PutObjectAcl": "write-acl"}
_READING = frozenset({"GetObject", "HeadObject", "GetObjectMeta", "GetSymlink"})
_WRITING = frozenset(
    {
        "AbortMultipartUpload",
        "AppendObject",
        "CompleteMultipartUpload",
        "CopyObject",
        "DeleteMultipleObjects",
        "DeleteObject",
        "InitiateMultipartUpload",
        "PostObject",
        "PutObject",
        "PutSymlink",
        "SealAppendObject",
        "UploadPart",
        "UploadPartCopy",
    }
)
_SIGNED_BY_QUERY = frozenset({"Signature", "x-oss-signature"})


def access_of(name: str) -> Access:
    """The class of an operation: what kind of grant it needs; ACLs open reading, writing and listing only."""
    if name in _LISTINGS:
        return "list"
    if name in _READING:
        return "read"
    if name in _WRITING:
        return "write"
    return _ACLS.get(name, "config")


def question(service: Service, visit: Visit, row: Row, call: Call, bucket: Bucket | None) -> Question:
    """May this request do what it asks?"""
    versioned = row.version_permission and "versionId" in call.arguments
    action = row.version_permission if versioned else row.permission
    access = access_of(row.name)
    asked = None if row.name == "PutBucket" else bucket
    return _question(service, visit, call.identity, action, asked, visit.key, access)


def further_question(
    service: Service, visit: Visit, identity: Identity, action: str, bucket: Bucket, key: str | None, access: Access
) -> Question:
    """May the same caller do a second thing, such as read the source of a copy?"""
    return _question(service, visit, identity, action, bucket, key, access)


def _question(
    service: Service,
    visit: Visit,
    identity: Identity,
    action: str,
    bucket: Bucket | None,
    key: str | None,
    access: Access,
) -> Question:
    existing = bucket.objects.current(key) if bucket is not None and key else None
    headers = visit.request.headers.lowered()
    arguments = dict(visit.query)
    return Question(
        identity=identity,
        action=action,
        access=access,
        caller=caller(service, visit),
        now=visit.now,
        bucket=None if bucket is None else bucket_rules(bucket),
        bucket_name=visit.bucket or "",
        region=visit.address.region or service.settings.region,
        key=key,
        object_acl=existing.acl if isinstance(existing, ObjectVersion) else "default",
        object_tags=existing.tags if isinstance(existing, ObjectVersion) else (),
        presigned=any(name in arguments for name in _SIGNED_BY_QUERY),
        request_payer=headers.get("x-oss-request-payer") or arguments.get("x-oss-request-payer"),
        response_overrides=any(name.startswith("response-") for name in arguments),
        context=_context(headers, arguments),
    )


def _context(headers: dict[str, str], arguments: dict[str, str | None]) -> dict[str, str]:
    """The condition keys that the request itself fills."""
    found = {f"oss:{name}": headers[name] for name in ("x-oss-acl", "x-oss-object-acl") if name in headers}
    for name, key in (("prefix", "oss:Prefix"), ("delimiter", "oss:Delimiter")):
        value = arguments.get(name)
        if value is not None:
            found[key] = value
    return found


def caller(service: Service, visit: Visit) -> Caller:
    """Where the request comes from, as the fake was told, and what it says of itself."""
    headers = visit.request.headers
    return replace(
        service.caller,
        secure=visit.request.scheme == "https",
        referer=headers.get("referer"),
        user_agent=headers.get("user-agent"),
    )


def bucket_rules(bucket: Bucket) -> BucketRules:
    """What the bucket's configurations say about access."""
    return BucketRules(
        name=bucket.name,
        owner=bucket.owner,
        region=bucket.region,
        acl=bucket.acl,
        policy=bucket.configuration(Policy),
    )


def is_accelerated(bucket: Bucket) -> bool:
    """Whether the bucket answers at the accelerate endpoint."""
    return False
