"""CompleteMultipartUpload."""

from __future__ import annotations

from urllib.parse import quote

from fakeoss import errors
from fakeoss.operations import client_encryption, multipart, object_headers, paging, persistent_headers, storing
from fakeoss.operations.call import Call
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import document
from fakeoss.operations.storing import Attributes
from fakeoss.state.objects import Fields
from fakeoss.state.uploads import Upload, complete
from fakeoss.wire import checksums, xml
from fakeoss.wire.bind import either, header, one_of, params, query
from fakeoss.wire.message import Reply
from fakeoss.wire.xml import Node

_DIGITS = 9
"""Digits of a part number that are read; more are as far beyond 10,000."""

Chosen = list[tuple[int, str]]
"""Parts by number and ETag, in the order given."""


@params
class CompleteMultipartUpload:
    """What CompleteMultipartUpload takes beside the list of parts."""

    upload_id: str = query("uploadId")
    encoding_type: str | None = either("encoding-type", default=None)
    complete_all: str | None = header("x-oss-complete-all", one_of("yes"), default=None)


@operation("CompleteMultipartUpload", CompleteMultipartUpload)
def complete_multipart_upload(call: Call, ask: CompleteMultipartUpload) -> Reply:
    """Make the chosen parts one object, or all of them with `x-oss-complete-all: yes` (reference 8.3.4).

    The object's ACL, tags and persistent headers may be said here. Raises NoSuchUpload, MalformedXML,
    InvalidPart, InvalidPartOrder, EntityTooSmall, InvalidDigest, InvalidEncryptionRequest, FileAlreadyExists,
    FileImmutable and InvalidArgument, for encryption headers among others, and NotImplemented for a callback.
    """
    code = paging.coder(ask.encoding_type)
    multipart.check_no_encryption(call)
    object_headers.refuse_callback(call)
    chosen = _chosen(call, ask)
    bucket = call.bucket()
    upload = multipart.find_upload(call, bucket, ask.upload_id)
    completed = complete(upload, chosen)
    client_encryption.check_completion(upload, len(completed.part_sizes))
    said = _said(call, upload)
    storing.check_overwrite(call, bucket, call.key)
    version = storing.new_version(
        call,
        bucket,
        completed.payload,
        said,
        etag=completed.etag,
        kind="Multipart",
        part_sizes=completed.part_sizes,
    )
    storing.store(call, bucket.without_upload(upload), call.key, version)
    return document(
        "CompleteMultipartUploadResult",
        [
            ("EncodingType", code.label),
            ("Location", _location(call)),
            ("Bucket", bucket.name),
            ("Key", code(call.key)),
            ("ETag", f'"{version.etag}"'),
        ],
        headers=[
            ("ETag", f'"{version.etag}"'),
            ("x-oss-hash-crc64ecma", str(version.payload.crc64)),
            *object_headers.version_id(bucket, version),
            *object_headers.of_encryption(version.encryption),
        ],
    )


def _chosen(call: Call, ask: CompleteMultipartUpload) -> Chosen | None:
    """The list of parts in the body, None for all of them."""
    data = call.request.data()
    checksums.check_md5(call.headers.get("content-md5"), checksums.md5(data))
    if ask.complete_all is not None:
        if data:
            raise errors.CompleteAllWithBody(ArgumentName="x-oss-complete-all", ArgumentValue=ask.complete_all)
        return None
    root = xml.parse(data, bad=errors.MalformedPartList)
    parts = root.children_named("Part")
    if root.name != "CompleteMultipartUpload" or not parts:
        raise errors.MalformedPartList(ErrorDetail="CompleteMultipartUpload with at least one Part is expected.")
    return [_part(node) for node in parts]


def _part(node: Node) -> tuple[int, str]:
    number, etag = node.text_of("PartNumber", "").strip(), node.text_of("ETag", "").strip()
    digits = number.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or not etag:
        raise errors.MalformedPartList(ErrorDetail="A Part needs a PartNumber and an ETag.")
    return int(number[:_DIGITS]), etag


def _said(call: Call, upload: Upload) -> Attributes:
    """What the upload's initiation said of the object, and what its completion adds (tags: assumption A111)."""
    headers = upload.headers
    if persistent_headers.NAME in call.headers:
        headers = Fields({**headers, **persistent_headers.read(call.headers)})
    return Attributes(
        headers=headers,
        meta=upload.meta,
        acl=object_headers.object_acl(call.headers),
        tags=object_headers.tags(call.headers) or upload.tags,
        storage_class=upload.storage_class,
        encryption=upload.encryption,
        retention=upload.retention,
        legal_hold=upload.legal_hold,
    )


def _location(call: Call) -> str:
    """The object's address: `http://<bucket>.<endpoint>/<key>`, whatever the scheme of the request.

    All of the key that is no letter, digit or one of `-_.` is escaped, slashes and tildes too (Java SDK tests).
    """
    folder = f"{call.bucket_name}/" if call.address.path_style else ""
    key = quote(call.key, safe="").replace("~", "%7E")
    return f"http://{call.request.host}/{folder}{key}"
