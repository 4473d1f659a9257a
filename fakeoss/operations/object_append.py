"""AppendObject and SealAppendObject."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from fakeoss import errors
from fakeoss.counting import counted
from fakeoss.operations import object_headers, object_put, reading, storing
from fakeoss.operations.call import Call
from fakeoss.operations.declare import operation
from fakeoss.operations.object_headers import Pairs
from fakeoss.operations.replies import empty
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations import quota
from fakeoss.state.objects import NULL, DeleteMarker, ObjectVersion
from fakeoss.state.payload import Payload
from fakeoss.wire import dates
from fakeoss.wire.bind import params, query, refuse
from fakeoss.wire.message import Reply

NEXT = "x-oss-next-append-position"

CLASSES = ("Standard", "IA", "Archive")
"""Storage classes an appendable object may begin with (reference 8.1.4)."""

_DIGITS = 19


def position(name: str, value: str) -> int:
    """Where to append: a count of bytes; MissingArgument for anything else (docs: 0016-00000502)."""
    if not (value.isascii() and value.isdigit() and len(value) <= _DIGITS):
        raise errors.InvalidAppendPosition(ArgumentName=name, ArgumentValue=value)
    return int(value)


@params
class AppendObject:
    """What AppendObject and SealAppendObject take in the query."""

    position: int | None = query("position", position, default=None)
    version_id: str | None = query("versionId", default=None)


@operation("AppendObject", AppendObject)
def append_object(call: Call, ask: AppendObject) -> Reply:
    """Add the body to the end of an appendable object, or begin one (reference 8.1.4).

    What the headers say counts on the first append only, but for an ACL, which later ones set as well (Go SDK
    tests). There is never a second version: the current one grows. Raises MissingArgument, ObjectNotAppendable,
    PositionNotEqualToLength (with the right position), AppendSealedObjectNotAllowed, EntityTooLarge, FileImmutable
    and the refusals of bad content and headers.
    """
    asked = _position(ask)
    bucket = call.bucket()
    more = object_put.received(call, errors.EntityTooLarge)
    storing.check_append(call, bucket, call.key)
    current = _current(bucket, call.key)
    if current is None:
        _check_position(asked, 0)
        version = _begun(call, bucket, more)
        storing.store(call, bucket, call.key, version)
    else:
        _check_open(current)
        _check_position(asked, current.size)
        quota.check_room(bucket, more.size)
        version = _grown(call, current, more)
        call.save(bucket.with_objects(bucket.objects.replace(call.key, version), call.second))
    return empty(200, _headers(bucket, version))


def _position(ask: AppendObject) -> int:
    if ask.version_id is not None:
        raise errors.AppendOfVersionNotSupported(ArgumentName="versionId", ArgumentValue=ask.version_id)
    if ask.position is None:
        raise errors.MissingAppendPosition(ArgumentName="position")
    return ask.position


def _current(bucket: Bucket, key: str) -> ObjectVersion | None:
    """The object to grow; None where there is none or a delete marker hides the key (docs: AppendObject)."""
    found = bucket.objects.current(key)
    return None if isinstance(found, DeleteMarker) else found


def _check_open(version: ObjectVersion) -> None:
    if version.kind != "Appendable":
        raise errors.ObjectNotAppendable().because(f"the object's type is {version.kind}")
    if version.is_sealed:
        raise errors.AppendSealedObjectNotAllowed()


def _check_position(asked: int, length: int) -> None:
    if asked != length:
        refusal = errors.PositionNotEqualToLength().with_headers((NEXT, str(length)))
        raise refusal.because(f"the object has {counted(length, 'byte')}, the position given is {asked}")


def _begun(call: Call, bucket: Bucket, content: Payload) -> ObjectVersion:
    """A new appendable object, whose version id is always `null` (reference 8.1.4; assumption A109).

    What such an object cannot be is refused with InvalidArgument (assumptions A112, A113).
    """
    asked = call.headers.get("x-oss-storage-class", "Standard")
    if asked not in CLASSES:
        raise errors.InvalidObjectStorageClass(ArgumentName="x-oss-storage-class", ArgumentValue=asked)
    key_id = call.headers.get("x-oss-server-side-encryption-key-id")
    if key_id:
        message = "Appendable objects cannot be encrypted with a given KMS key."
        raise refuse("x-oss-server-side-encryption-key-id", key_id, message)
    said = storing.attributes(call, bucket)
    version = storing.new_version(
        call, bucket, content.without_md5(), said, etag=appendable_etag(content), kind="Appendable"
    )
    return replace(version, version_id=NULL)


def _grown(call: Call, current: ObjectVersion, more: Payload) -> ObjectVersion:
    """The object with `more` at its end; nothing changes where that is nothing (reference 8.1.4)."""
    if not more.size:
        return current
    if current.size + more.size > storing.OBJECT_LIMIT:
        size = str(current.size + more.size)
        raise errors.EntityTooLarge(MaxSizeAllowed=str(storing.OBJECT_LIMIT), ProposedSize=size)
    payload = current.payload.append(more)
    acl = object_headers.object_acl(call.headers) if "x-oss-object-acl" in call.headers else current.acl
    return replace(current, payload=payload, etag=appendable_etag(payload), last_modified=call.second, acl=acl)


def appendable_etag(content: Payload) -> str:
    """24 hex digits and eight zeros, the service's shape; its own rule is not published."""
    told = f"{content.crc64}-{content.size}".encode()
    return hashlib.md5(told, usedforsecurity=False).hexdigest()[:24].upper() + "0" * 8


def _headers(bucket: Bucket, version: ObjectVersion) -> Pairs:
    return [*object_headers.of_written(bucket, version), (NEXT, str(version.size))]


@operation("SealAppendObject", AppendObject)
def seal_append_object(call: Call, ask: AppendObject) -> Reply:
    """Let an appendable object take no more; once more changes nothing (docs: SealAppendObject).

    Raises MissingArgument, NoSuchKey, PositionNotEqualToLength, and AppendSealedObjectNotAllowed (409) for other
    types (assumption A104).
    """
    asked = _position(ask)
    bucket = call.bucket()
    version = reading.find(bucket, call.key, None)
    if version.kind != "Appendable":
        raise errors.SealNotAppendable().because(f"the object's type is {version.kind}")
    _check_position(asked, version.size)
    if not version.is_sealed:
        version = replace(version, sealed_at=call.second)
        call.save(replace(bucket, objects=bucket.objects.replace(call.key, version)))
    return empty(
        200,
        [
            ("ETag", f'"{version.etag}"'),
            ("Last-Modified", dates.http_date(version.last_modified)),
            ("x-oss-object-type", version.kind),
            ("x-oss-storage-class", version.storage_class),
            ("x-oss-sealed-time", dates.http_date(version.sealed_at or call.second)),
            *object_headers.version_id(bucket, version),
        ],
    )
