"""InitiateMultipartUpload, UploadPart and AbortMultipartUpload; what all operations on uploads share."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.operations import client_encryption, object_headers, object_put, paging, storing
from fakeoss.operations.call import Call
from fakeoss.operations.declare import operation
from fakeoss.operations.object_headers import Pairs
from fakeoss.operations.replies import document, empty
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations import quota
from fakeoss.state.payload import Payload
from fakeoss.state.uploads import MOST_PARTS, Part, Upload
from fakeoss.wire import checksums
from fakeoss.wire.bind import either, integer, params, query
from fakeoss.wire.message import Reply

_NUMBER = integer(1, MOST_PARTS)
_ENCRYPTION = (
    "x-oss-server-side-encryption",
    "x-oss-server-side-encryption-key-id",
    "x-oss-server-side-data-encryption",
)


def part_number(_name: str, value: str) -> int:
    """A part's number, 1 to 10,000; else InvalidArgument (docs: 0017-00000219, 0017-00000220)."""
    if not value:
        raise missing_part_number()
    try:
        found: int = _NUMBER("partNumber", value)
    except errors.OSSError:
        raise errors.InvalidPartNumber(ArgumentName="PartNumber", ArgumentValue=value) from None
    return found


def missing_part_number() -> errors.OSSError:
    """The refusal of a part without number, in the service's own words."""
    return errors.MissingPartNumber(ArgumentName="ResourceType", ArgumentValue="partNumber")


def find_upload(call: Call, bucket: Bucket, upload_id: str, refusal: errors.Row = errors.NoSuchUpload) -> Upload:
    """The upload under way to the addressed key; raises NoSuchUpload, or the operation's own row for it."""
    found = bucket.uploads.get((call.key, upload_id))
    if found is None:
        raise refusal(UploadId=upload_id)
    return found


def check_no_encryption(call: Call) -> None:
    """Refuse encryption headers: the initiation alone says how the object is encrypted (reference 8.3.1)."""
    for name in _ENCRYPTION:
        if name in call.headers:
            raise errors.EncryptionOfPart(ArgumentName=name, ArgumentValue=call.headers[name])


@params
class InitiateMultipartUpload:
    """What InitiateMultipartUpload takes beside the headers of every write."""

    encoding_type: str | None = either("encoding-type", default=None)
    sequential: str | None = query("sequential", default=None)


@operation("InitiateMultipartUpload", InitiateMultipartUpload)
def initiate_multipart_upload(call: Call, ask: InitiateMultipartUpload) -> Reply:
    """Begin an upload in parts; everything but content and ACL is said here (reference 8.3.1).

    An ACL is left for the completion: given here it is none (Go SDK tests). `?sequential` makes an upload that
    takes its parts in order only. Raises FileAlreadyExists and the refusals of bad headers.
    """
    code = paging.coder(ask.encoding_type)
    bucket = call.bucket()
    said = storing.attributes(call, bucket)
    client_encryption.check_upload(said.meta)
    storing.check_forbidden(call, bucket, call.key)
    upload = Upload(
        key=call.key,
        upload_id=call.ids.upload(),
        initiated=call.second,
        owner=bucket.owner,
        storage_class=said.storage_class,
        headers=said.headers,
        meta=said.meta,
        tags=said.tags,
        encryption=said.encryption,
        retention=said.retention,
        legal_hold=said.legal_hold,
        sequential=ask.sequential is not None,
    )
    call.save(bucket.with_upload(upload))
    return document(
        "InitiateMultipartUploadResult",
        [
            ("EncodingType", code.label),
            ("Bucket", bucket.name),
            ("Key", code(call.key)),
            ("UploadId", upload.upload_id),
        ],
        headers=object_headers.of_encryption(upload.encryption),
    )


@params
class UploadPart:
    """What UploadPart and UploadPartCopy take in the query."""

    part_number: int | None = query("partNumber", part_number, default=None)
    upload_id: str = query("uploadId")

    @property
    def number(self) -> int:
        """The part's number; raises InvalidArgument where there is none."""
        if self.part_number is None:
            raise missing_part_number()
        return self.part_number


@operation("UploadPart", UploadPart)
def upload_part(call: Call, ask: UploadPart) -> Reply:
    """Keep the body as a part, in the place of one of the same number (reference 8.3.2).

    Raises InvalidArgument, NoSuchUpload, InvalidDigest, InvalidCRC64, EntityTooLarge, PartNotSequential and
    InvalidEncryptionRequest.
    """
    number = ask.number
    check_no_encryption(call)
    bucket = call.bucket()
    upload = find_upload(call, bucket, ask.upload_id, errors.NoSuchUploadForPart)
    part = new_part(call, number, object_put.received(call, errors.EntityTooLarge))
    client_encryption.check_part(upload, number, part.size, object_headers.user_meta(call.headers))
    call.save(bucket.with_upload(upload.with_part(part)))
    headers = of_part(upload, part)
    headers.append(("Content-MD5", checksums.encode_md5(part.payload.md5 or b"")))
    return empty(200, headers)


def new_part(call: Call, number: int, payload: Payload) -> Part:
    """A part of the request's moment; `payload` has its MD5. Raises BucketStorageQuotaExceeded."""
    quota.check_room(call.bucket(), payload.size)
    return Part(number, payload, payload.etag, call.second)


def of_part(upload: Upload, part: Part) -> Pairs:
    """What answers tell of a part just uploaded."""
    return [
        ("ETag", f'"{part.etag}"'),
        ("x-oss-hash-crc64ecma", str(part.payload.crc64)),
        *object_headers.of_encryption(upload.encryption),
    ]


@params
class AbortMultipartUpload:
    """What AbortMultipartUpload takes."""

    upload_id: str = query("uploadId")


@operation("AbortMultipartUpload", AbortMultipartUpload)
def abort_multipart_upload(call: Call, ask: AbortMultipartUpload) -> Reply:
    """Give an upload up and drop its parts; raises NoSuchUpload (reference 8.3.5)."""
    bucket = call.bucket()
    call.save(bucket.without_upload(find_upload(call, bucket, ask.upload_id)))
    return empty(204)
