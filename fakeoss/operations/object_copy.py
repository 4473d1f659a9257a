"""CopyObject."""

from __future__ import annotations

from dataclasses import replace

from fakeoss import errors
from fakeoss.operations import client_encryption, copy_source, object_headers, reading, retaining, storing
from fakeoss.operations.call import Call
from fakeoss.operations.copy_source import CopySource
from fakeoss.operations.declare import operation
from fakeoss.operations.object_headers import DEFAULT_TYPE
from fakeoss.operations.replies import document, timestamp
from fakeoss.operations.storing import Attributes
from fakeoss.state.bucket import Bucket
from fakeoss.state.objects import ObjectVersion
from fakeoss.wire.bind import header, params, refuse
from fakeoss.wire.message import Reply

CHANGED_LIMIT = 1 << 30
"""Bytes in a source whose copy has another storage class or encryption (docs: CopyObject)."""


def directive(name: str, value: str) -> bool:
    """Whether to replace (`REPLACE`) rather than to copy (`COPY`), whatever the case; else InvalidArgument."""
    upper = value.upper()
    if upper not in ("COPY", "REPLACE"):
        raise refuse(name, value)
    return upper == "REPLACE"


@params
class CopyObject:
    """What CopyObject takes beside the headers of every write and those about its source."""

    replace_metadata: bool = header("x-oss-metadata-directive", directive, default=False)
    replace_tags: bool = header("x-oss-tagging-directive", directive, default=False)


@operation("CopyObject", CopyObject)
def copy_object(call: Call, ask: CopyObject) -> Reply:
    """Copy an object or one version of it, its content shared (reference 8.1.3).

    ETag, checksums and type stay those of the source. ACL and encryption are never copied; metadata and
    tags are, unless a directive says REPLACE. A link is copied as a link. Raises what finding the source
    raises, InvalidObjectState, OperationNotSupported, EntityTooLarge, InvalidEncryptionRequest,
    FileAlreadyExists and the refusals of bad headers.
    """
    object_headers.check_traffic_limit(call)
    bucket = call.bucket()
    source = copy_source.find(call)
    if source.version.tags and not ask.replace_tags:
        # Asked of whoever takes the tags over (docs: OSS authorization syntax).
        reading.permit_tags(call, source.bucket, source.key, source.version_id, source.point)
    _check_source(call, source)
    in_place = _is_in_place(call, bucket, source)
    said = _attributes(call, bucket, source, ask, in_place)
    _check_size(bucket, source, said)
    storing.check_overwrite(call, bucket, call.key)
    version = _copy(call, bucket, source.version, said)
    if in_place:
        version = replace(version, sealed_at=source.version.sealed_at, restore=source.version.restore)
    storing.store(call, bucket, call.key, version)
    return document(
        "CopyObjectResult",
        [("ETag", f'"{version.etag}"'), ("LastModified", timestamp(version.last_modified))],
        headers=[
            ("ETag", f'"{version.etag}"'),
            ("x-oss-hash-crc64ecma", str(version.payload.crc64)),
            *source.headers,
            *object_headers.version_id(bucket, version),
            *object_headers.of_encryption(version.encryption),
        ],
    )


def _check_source(call: Call, source: CopySource) -> None:
    """Refuse a frozen source, and an appendable one where its bucket ever had versioning (reference 8.1.3).

    Elsewhere an appendable object is copied as one: pages older than today's refuse that (assumptions A102, A103).
    """
    reading.check_readable(call, source.bucket, source.version, source.key)
    if source.version.kind == "Appendable" and source.bucket.versioning is not None:
        raise errors.AppendableCopySource().because("appendable objects cannot be copied in a versioned bucket")


def _is_in_place(call: Call, bucket: Bucket, source: CopySource) -> bool:
    """Whether an object is copied onto itself where versions are unknown: then its metadata alone changes."""
    return bucket.versioning is None and (source.bucket.name, source.key) == (bucket.name, call.key)


def _attributes(call: Call, bucket: Bucket, source: CopySource, ask: CopyObject, in_place: bool) -> Attributes:
    """What the copy is besides its content.

    An object copied onto itself takes the request's metadata whatever the directive (reference 8.1.3) and
    keeps its storage class; any other takes its new bucket's class (assumptions A100, A101). Retention is not
    taken over (assumption A139). A type stays that of the source where none is given (the SDKs' tests).
    """
    version = source.version
    if ask.replace_metadata or in_place:
        default_type = version.headers.get("Content-Type", DEFAULT_TYPE)
        headers = object_headers.stored_headers(call.headers, default_type)
        meta = client_encryption.of_copy(version.meta, object_headers.user_meta(call.headers), in_place=in_place)
    else:
        headers, meta = version.headers, version.meta
    storage_class = object_headers.storage_class(call.headers, bucket)
    if in_place and "x-oss-storage-class" not in call.headers:
        storage_class = version.storage_class
    return Attributes(
        headers=headers,
        meta=meta,
        acl=object_headers.object_acl(call.headers),
        tags=object_headers.tags(call.headers) if ask.replace_tags else version.tags,
        storage_class=storage_class,
        encryption=None if _is_plain_link(call, version) else object_headers.encryption(call, bucket),
        retention=retaining.retention(bucket, call.headers, call.now),
        legal_hold=retaining.legal_hold(bucket, call.headers),
    )


def _is_plain_link(call: Call, version: ObjectVersion) -> bool:
    """Whether a link is copied; one cannot be encrypted, and asking for it is refused (docs: CopyObject)."""
    if version.symlink_target is None:
        return False
    asked = call.headers.get("x-oss-server-side-encryption")
    if asked is not None:
        raise refuse("x-oss-server-side-encryption", asked, "A symbolic link cannot be encrypted.")
    return True


def _check_size(bucket: Bucket, source: CopySource, said: Attributes) -> None:
    """Refuse more than 5 GB between buckets, more than 1 GB where class or encryption change (docs: CopyObject)."""
    version = source.version
    changed = (said.storage_class, said.encryption) != (version.storage_class, version.encryption)
    limit = CHANGED_LIMIT if changed else storing.OBJECT_LIMIT
    if (changed or source.bucket.name != bucket.name) and version.size > limit:
        raise errors.CopySourceTooLarge(MaxSizeAllowed=str(limit), ProposedSize=str(version.size))


def _copy(call: Call, bucket: Bucket, version: ObjectVersion, said: Attributes) -> ObjectVersion:
    copied = storing.new_version(
        call, bucket, version.payload, said, etag=version.etag, kind=version.kind, part_sizes=version.part_sizes
    )
    return replace(copied, symlink_target=version.symlink_target)
