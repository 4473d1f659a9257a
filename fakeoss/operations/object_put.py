"""PutObject."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.operations import object_headers, storing
from fakeoss.operations.call import Call
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import empty
from fakeoss.state.payload import Payload
from fakeoss.wire import checksums
from fakeoss.wire.message import Reply


def received(call: Call) -> Payload:
    """The body as content, its length and checksums compared with what the client says they are.

    Raises MissingContentLength, IncompleteBody, EntityTooLarge, InvalidDigest, InvalidCRC64.
    """
    check_length(call)
    payload = Payload.of(call.body)
    if payload.size > storing.OBJECT_LIMIT:
        raise errors.EntityTooLarge(MaxSizeAllowed=str(storing.OBJECT_LIMIT), ProposedSize=str(payload.size))
    checksums.check_md5(call.headers.get("content-md5"), payload.md5 or b"")
    checksums.check_crc64(call.headers.get("x-oss-hash-crc64ecma"), payload.crc64)
    return payload


def check_length(call: Call) -> None:
    """Refuse a body of unknown length that is not chunked, or one shorter than announced."""
    announced = call.headers.get("content-length")
    if announced is None:
        if "transfer-encoding" not in call.headers and call.request.size:
            raise errors.MissingContentLength()
    elif announced.isdigit() and int(announced) > call.request.size:
        raise errors.IncompleteBody()


@operation("PutObject")
def put_object(call: Call) -> Reply:
    """Store the body as a new object or version (reference 8.1.1)."""
    bucket = call.bucket()
    payload = received(call)
    said = storing.attributes(call, bucket)
    storing.check_overwrite(call, bucket, call.key)
    version = storing.new_version(call, bucket, payload, said)
    storing.store(call, bucket, call.key, version)
    return empty(200, object_headers.of_written(bucket, version))
