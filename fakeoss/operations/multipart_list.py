"""ListMultipartUploads and ListParts."""

from __future__ import annotations

from itertools import islice

from fakeoss import errors
from fakeoss.operations import client_encryption, multipart, paging
from fakeoss.operations.call import Call
from fakeoss.operations.declare import operation
from fakeoss.operations.paging import Coder
from fakeoss.operations.replies import document, timestamp
from fakeoss.state import listing
from fakeoss.state.objects import Fields
from fakeoss.state.uploads import Part, Upload
from fakeoss.wire.bind import either, integer, params, query
from fakeoss.wire.message import Reply
from fakeoss.wire.xml import Element

_CLIENT_ENCRYPTION = (
    ("ClientEncryptionKey", client_encryption.KEY),
    ("ClientEncryptionStart", client_encryption.START),
    ("ClientEncryptionCekAlg", client_encryption.CEK_ALG),
    ("ClientEncryptionWrapAlg", client_encryption.WRAP_ALG),
    ("ClientEncryptionDataSize", client_encryption.DATA_SIZE),
    ("ClientEncryptionPartSize", client_encryption.PART_SIZE),
)
"""Elements of ListParts that repeat what the initiation's user metadata says of client-side encryption."""

_MARKER = integer(0, 2**31 - 1)


@params
class ListMultipartUploads:
    """What ListMultipartUploads takes."""

    prefix: str = query("prefix", paging.name, default="")
    delimiter: str = query("delimiter", paging.name, default="")
    key_marker: str = query("key-marker", paging.name, default="")
    upload_id_marker: str = query("upload-id-marker", paging.name, default="")
    limit: int = query("max-uploads", paging.length(errors.InvalidMaxUploads), default=1000)
    encoding_type: str | None = either("encoding-type", default=None)


@operation("ListMultipartUploads", ListMultipartUploads)
def list_multipart_uploads(call: Call, ask: ListMultipartUploads) -> Reply:
    """A page of uploads under way, by key and upload id (reference 8.3.6).

    The next markers are filled on the last page too (the SDKs' tests).
    """
    code = paging.coder(ask.encoding_type)
    bucket = call.bucket()
    page = listing.list_uploads(
        bucket.uploads,
        prefix=ask.prefix,
        delimiter=ask.delimiter,
        key_marker=ask.key_marker,
        upload_id_marker=ask.upload_id_marker,
        limit=ask.limit,
    )
    return document(
        "ListMultipartUploadsResult",
        [
            ("Bucket", bucket.name),
            ("EncodingType", code.label),
            ("KeyMarker", code(ask.key_marker)),
            ("UploadIdMarker", ask.upload_id_marker),
            ("NextKeyMarker", code(page.next_key)),
            ("NextUploadIdMarker", page.next_id),
            ("Delimiter", code(ask.delimiter)),
            ("Prefix", code(ask.prefix)),
            ("MaxUploads", ask.limit),
            ("IsTruncated", page.is_truncated),
            *(_upload(upload, code) for upload in page.entries),
            *paging.common_prefixes(page.common_prefixes, code),
        ],
    )


def _upload(upload: Upload, code: Coder) -> Element:
    return (
        "Upload",
        [
            ("Key", code(upload.key)),
            ("UploadId", upload.upload_id),
            ("StorageClass", upload.storage_class),
            ("Initiated", timestamp(upload.initiated)),
        ],
    )


def marker(argument: str, value: str) -> int:
    """A part number to begin after, none where it is empty, as oss2 sends it; else InvalidArgument."""
    if not value:
        return 0
    try:
        found: int = _MARKER(argument, value)
    except errors.OSSError:
        raise errors.InvalidPartNumberMarker(ArgumentName=argument, ArgumentValue=value) from None
    return found


@params
class ListParts:
    """What ListParts takes."""

    upload_id: str = query("uploadId")
    limit: int = query("max-parts", paging.length(errors.InvalidMaxParts), default=1000)
    marker: int = query("part-number-marker", marker, default=0)
    encoding_type: str | None = either("encoding-type", default=None)


@operation("ListParts", ListParts)
def list_parts(call: Call, ask: ListParts) -> Reply:
    """A page of an upload's parts by number; raises NoSuchUpload (reference 8.3.7)."""
    code = paging.coder(ask.encoding_type)
    upload = multipart.find_upload(call, call.bucket(), ask.upload_id)
    rest = upload.parts.items(after=ask.marker)
    page = [part for _, part in islice(rest, ask.limit)]
    return document(
        "ListPartsResult",
        [
            ("Bucket", call.bucket_name),
            ("EncodingType", code.label),
            ("Key", code(upload.key)),
            ("UploadId", upload.upload_id),
            ("StorageClass", upload.storage_class),
            ("PartNumberMarker", ask.marker),
            ("NextPartNumberMarker", page[-1].number if page else ask.marker),
            ("MaxParts", ask.limit),
            ("IsTruncated", next(rest, None) is not None),
            *_client_encryption(upload.meta),
            *map(_part, page),
        ],
    )


def _client_encryption(meta: Fields) -> list[Element]:
    return [(element, meta[key]) for element, key in _CLIENT_ENCRYPTION if key in meta]


def _part(part: Part) -> Element:
    return (
        "Part",
        [
            ("PartNumber", part.number),
            ("LastModified", timestamp(part.last_modified)),
            ("ETag", f'"{part.etag}"'),
            ("HashCrc64ecma", str(part.payload.crc64)),
            ("Size", part.size),
        ],
    )
