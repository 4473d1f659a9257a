"""Making a new version of an object: the checks and the change that every writing operation shares.

What a configuration of the bucket would refuse or add is asked only where the bucket has any: most have none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fakeoss import errors
from fakeoss.operations import object_headers, retaining
from fakeoss.operations.call import Call
from fakeoss.state import protection
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations import overwrite, quota
from fakeoss.state.configurations.object_worm import ObjectWorm
from fakeoss.state.objects import NULL, Encryption, Fields, Kind, ObjectVersion, Retention
from fakeoss.state.payload import Payload
from fakeoss.state.version_stack import assign_version_id
from fakeoss.values import quickly_made

OBJECT_LIMIT = 5 << 30
"""Bytes in an object put in one request (reference 8.1.1)."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Attributes:
    """What a request says of the object it writes, beside the content."""

    headers: Fields
    meta: Fields
    acl: str
    tags: tuple[tuple[str, str], ...]
    storage_class: str
    encryption: Encryption | None
    retention: Retention | None = None
    legal_hold: bool | None = None


def attributes(call: Call, bucket: Bucket, headers: Mapping[str, str] | None = None) -> Attributes:
    """Read and check what the request's headers (or those given) say of a new object."""
    given = call.headers if headers is None else headers
    return Attributes(
        headers=object_headers.stored_headers(given),
        meta=object_headers.user_meta(given),
        acl=object_headers.object_acl(given),
        tags=object_headers.tags(given),
        storage_class=object_headers.storage_class(given, bucket),
        encryption=object_headers.encryption(call, bucket, given),
        retention=retaining.retention(bucket, given, call.now),
        legal_hold=retaining.legal_hold(bucket, given),
    )


def new_version(
    call: Call,
    bucket: Bucket,
    payload: Payload,
    said: Attributes,
    *,
    etag: str | None = None,
    kind: Kind = "Normal",
    part_sizes: tuple[int, ...] = (),
) -> ObjectVersion:
    """A version of the request's moment, with an id as the bucket's versioning has it.

    It belongs to the bucket's owner, whoever writes it (reference 7.1.3, 8.4.2).
    """
    second = call.second
    if second == bucket.last_modified:
        second = bucket.last_modified  # the very same value: what is written within a second keeps one
    return ObjectVersion(
        version_id=assign_version_id(bucket.versioning, call.ids.version()) if bucket.versioning else NULL,
        sequence=call.ids.sequence(),
        payload=payload,
        etag=payload.etag if etag is None else etag,
        last_modified=second,
        owner=bucket.owner,
        kind=kind,
        storage_class=said.storage_class,
        headers=said.headers,
        meta=said.meta,
        acl=said.acl,
        tags=said.tags,
        encryption=said.encryption,
        retention=said.retention or (retaining.default(bucket, second) if bucket.configurations else None),
        legal_hold=said.legal_hold,
        part_sizes=part_sizes,
    )


def check_overwrite(call: Call, bucket: Bucket, key: str) -> None:
    """Refuse a write over an object that must stay: forbidden by header, configuration or retention.

    Raises FileAlreadyExists, FileImmutable.
    """
    check_forbidden(call, bucket, key)
    protection.check_overwrite(bucket, key, call.now)


def check_forbidden(call: Call, bucket: Bucket, key: str) -> None:
    """Refuse to overwrite where the request itself or a rule of the bucket forbids it: FileAlreadyExists.

    `x-oss-forbid-overwrite` means nothing once versioning was ever set (reference 8.1.1).
    """
    forbidden = object_headers.forbids_overwrite(call.headers) and bucket.versioning is None
    if forbidden and bucket.objects.current(key) is not None:
        raise errors.FileAlreadyExists(Key=key)
    if bucket.configurations:
        overwrite.check_overwrite(bucket, key, call.identity)


def check_append(call: Call, bucket: Bucket, key: str) -> None:
    """Refuse an append to an object that must stay as it is: FileImmutable, OperationNotSupported.

    The latter wherever objects have retention of their own (documentation: PutBucketObjectWormConfiguration).
    `x-oss-forbid-overwrite` is no obstacle, since an append overwrites nothing; a bad value is refused.
    """
    object_headers.forbids_overwrite(call.headers)
    if bucket.configuration(ObjectWorm) is not None:
        raise errors.AppendWithObjectRetention(BucketName=bucket.name)
    protection.check_append(bucket, key, call.now)


def store(call: Call, bucket: Bucket, key: str, version: ObjectVersion) -> Bucket:
    """Put the version on top of its key and save the bucket; call `check_overwrite` first.

    Raises BucketStorageQuotaExceeded where the bucket may not hold it.
    """
    if bucket.configurations:
        quota.check_room(bucket, version.size)
    changed = bucket.with_objects(bucket.objects.put(key, version), version.last_modified)
    call.save(changed)
    return changed
