"""PutObject."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.operations import client_encryption, expiring, object_headers, storing
from fakeoss.operations.call import Call
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import empty
from fakeoss.state.payload import EMPTY, Payload
from fakeoss.wire import checksums, conditions
from fakeoss.wire.bind import refuse
from fakeoss.wire.message import Reply

_CONDITIONS = {name.lower(): name for name in conditions.NAMES}

LENGTH_DIGITS = 19
"""Digits of a Content-Length that are read; more are as far beyond every limit, and int() stays cheap."""


def received(call: Call, limit: errors.Row = errors.ObjectTooLarge) -> Payload:
    """The body as content, its length and checksums compared with what the client says they are.

    What lies beyond the announced length is cut off (reference 8.1.1). Raises MissingContentLength,
    IncompleteBody, InvalidDigest, InvalidCRC64, InvalidTrafficLimit, UnsupportedAwsChunked, and `limit` above 5 GB.
    """
    object_headers.check_traffic_limit(call)
    _check_plain(call)
    size = _announced(call)
    if size > storing.OBJECT_LIMIT:
        raise limit(MaxSizeAllowed=str(storing.OBJECT_LIMIT), ProposedSize=str(size))
    payload = Payload.of(call.body)
    if size < payload.size:
        payload = payload.part(0, size - 1) if size else EMPTY
    if "content-md5" in call.headers:
        checksums.check_md5(call.headers["content-md5"], payload.md5 or b"")
    checksums.check_crc64(call.headers.get("x-oss-hash-crc64ecma"), payload.crc64)
    return payload


def _check_plain(call: Call) -> None:
    """Refuse a body in the chunks of S3's clients: their framing would become content (docs: 0017-00000804).

    The service takes STREAMING-AWS4-HMAC-SHA256-PAYLOAD; signatures of S3 are not understood here, so no value passes.
    """
    hashed = call.headers.get("x-amz-content-sha256")
    if hashed is None:
        return
    if hashed.startswith("STREAMING-") or "aws-chunked" in call.headers.get("content-encoding", ""):
        raise errors.UnsupportedAwsChunked(ArgumentName="Content-Encoding", ArgumentValue="aws-chunked")


def _announced(call: Call) -> int:
    """Bytes the client says it sends; a chunked body tells by its end."""
    sent = call.request.size
    if "transfer-encoding" in call.headers:
        return sent
    announced = call.headers.get("content-length")
    if announced == str(sent):
        return sent
    if announced is None:
        raise errors.MissingContentLength()
    if not (announced.isascii() and announced.isdigit()):
        raise refuse("Content-Length", announced)
    length = int(announced.lstrip("0")[:LENGTH_DIGITS] or "0")
    if sent < length <= storing.OBJECT_LIMIT:
        raise errors.IncompleteBody()
    return length


def _check_unconditional(call: Call) -> None:
    """Refuse If-Match and its relatives, by which no object is written (docs: NotImplemented; assumption A294)."""
    if call.headers.keys().isdisjoint(_CONDITIONS):
        return
    for lowered, name in _CONDITIONS.items():
        if lowered in call.headers:
            why = f"PutObject knows no {name}; x-oss-forbid-overwrite keeps what is there"
            raise errors.HeaderNotImplemented(Header=name).because(why)


@operation("PutObject")
def put_object(call: Call) -> Reply:
    """Store the body as a new object or version (reference 8.1.1).

    Raises what `received`, `storing.attributes`, `storing.check_overwrite` and `storing.store` raise, and
    NotImplemented for a condition or a callback.
    """
    bucket = call.bucket()
    _check_unconditional(call)
    object_headers.refuse_callback(call)
    payload = received(call)
    said = storing.attributes(call, bucket)
    client_encryption.check_object(said.meta)
    storing.check_overwrite(call, bucket, call.key)
    version = storing.new_version(call, bucket, payload, said)
    bucket = storing.store(call, bucket, call.key, version)
    return empty(200, object_headers.of_written(bucket, version) + expiring.of_expiry(call, bucket, version))
