"""UploadPartCopy."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.operations import client_encryption, copy_source, multipart, object_headers, reading, storing
from fakeoss.operations.call import Call
from fakeoss.operations.copy_source import CopySource
from fakeoss.operations.declare import operation
from fakeoss.operations.multipart import UploadPart
from fakeoss.operations.replies import document, timestamp
from fakeoss.state.payload import Payload
from fakeoss.wire import ranges
from fakeoss.wire.message import Reply
from fakeoss.wire.ranges import Span


@operation("UploadPartCopy", UploadPart)
def upload_part_copy(call: Call, ask: UploadPart) -> Reply:
    """Make an object, or a range of it, a part of an upload (reference 8.3.3).

    Whole segments of the source are shared. A range that does not fit is ignored: then the whole is copied
    and there is no Content-Range. Raises what `upload_part` and finding the source raise,
    OperationNotSupported for archived objects until restored (assumption A108), links (A106) and appendable
    objects of versioned buckets, and NotImplemented for what a client encrypted (A107).
    """
    number = ask.number
    multipart.check_no_encryption(call)
    object_headers.check_traffic_limit(call)
    bucket = call.bucket()
    upload = multipart.find_upload(call, bucket, ask.upload_id, errors.NoSuchUploadForPartCopy)
    source = copy_source.find(call, copy_source.OF_PART)
    _check_source(call, source)
    payload = source.version.payload
    span = ranges.parse_copy_source_range(call.headers.get("x-oss-copy-source-range"), payload.size)
    part = multipart.new_part(call, number, _content(payload, span))
    call.save(bucket.with_upload(upload.with_part(part)))
    shown = [] if span is None else [("Content-Range", span.content_range(payload.size))]
    return document(
        "CopyPartResult",
        [("LastModified", timestamp(part.last_modified)), ("ETag", f'"{part.etag}"')],
        headers=[*multipart.of_part(upload, part), *shown, *source.headers],
    )


def _check_source(call: Call, source: CopySource) -> None:
    version = source.version
    if reading.is_frozen(call, version):
        raise errors.ArchivedCopySource().because(f"the source is {version.storage_class} and not restored")
    if version.symlink_target is not None:
        raise errors.SymlinkPartCopySource().because("the source is a symbolic link")
    if version.kind == "Appendable" and source.bucket.versioning is not None:
        raise errors.AppendableCopySource().because("appendable objects cannot be copied in a versioned bucket")
    if client_encryption.is_encrypted(version.meta):
        raise errors.EncryptedPartCopySource().because("the source is encrypted by its client")


def _content(payload: Payload, span: Span | None) -> Payload:
    size = payload.size if span is None else span.length
    if size > storing.OBJECT_LIMIT:
        raise errors.CopySourceTooLarge(MaxSizeAllowed=str(storing.OBJECT_LIMIT), ProposedSize=str(size))
    return payload.with_md5() if span is None else payload.part(span.first, span.last)
