"""GetObject, HeadObject and GetObjectMeta."""

from __future__ import annotations

from datetime import datetime

from fakeoss import errors
from fakeoss.operations import compression, expiring, object_headers, reading
from fakeoss.operations.call import Call
from fakeoss.operations.declare import operation
from fakeoss.operations.object_headers import Pairs
from fakeoss.operations.reading import Found
from fakeoss.state.configurations.access_monitor import AccessMonitor
from fakeoss.wire import dates, encoding, ranges
from fakeoss.wire.bind import params, query, refuse
from fakeoss.wire.conditions import Conditions
from fakeoss.wire.message import Reply

OVERRIDES = {
    "response-content-type": "Content-Type",
    "response-content-language": "Content-Language",
    "response-expires": "Expires",
    "response-cache-control": "Cache-Control",
    "response-content-disposition": "Content-Disposition",
    "response-content-encoding": "Content-Encoding",
}

OF_CONTENT = ("ETag", "x-oss-hash-crc64ecma", "x-oss-storage-class", "Content-MD5")
"""Headers that tell of what a link leads to, beside the length."""


@params
class ReadObject:
    """What the reading operations take in the query."""

    version_id: str | None = query("versionId", default=None)


@params
class GetObject(ReadObject):
    """What GetObject takes besides."""

    process: str | None = query("x-oss-process", default=None)


@operation("GetObject", GetObject)
def get_object(call: Call, ask: GetObject) -> Reply:
    """The content, whole or a range of it (reference 8.1.2).

    Raises NotImplemented where it is asked for as images, videos or documents are processed: it is not given raw.
    """
    object_headers.check_traffic_limit(call)
    if ask.process:
        raise errors.NotImplemented(operation=f"GetObject with x-oss-process={ask.process}")
    found = reading.open_object(call, ask.version_id)
    reading.check_readable(call, found.bucket, found.target)
    _require_conditions(call, found)
    reply = content(call, found)
    reading.note_access(call, found)
    return reply


def content(call: Call, found: Found) -> Reply:
    """The answer that carries what was found, as Range and Accept-Encoding ask for it."""
    payload = found.target.payload
    pairs = _overridden(call, _shown(call, found)) + expiring.of_expiry(call, found.bucket, found.version)
    asked = call.headers.get("range")
    ranges.check_count(asked)
    span = ranges.parse(asked, payload.size, call.headers.get("x-oss-range-behavior"))
    if span is not None:
        pairs += [
            ("Accept-Ranges", "bytes"),
            ("Content-Range", span.content_range(payload.size)),
            ("Content-Length", str(span.length)),
        ]
        return Reply(206, tuple(pairs), payload.slice(span.first, span.last))
    if compression.is_due(call.headers, pairs, payload.size):
        return compression.compressed(pairs, payload)
    pairs += [("Accept-Ranges", "bytes"), ("Content-Length", str(payload.size))]
    return Reply(200, tuple(pairs), payload.segments)


@operation("HeadObject", ReadObject)
def head_object(call: Call, ask: ReadObject) -> Reply:
    """What GetObject would tell, without the content; frozen objects too (reference 8.1.7)."""
    found = reading.open_object(call, ask.version_id)
    _require_conditions(call, found)
    pairs = _shown(call, found) + expiring.of_expiry(call, found.bucket, found.version)
    pairs += [("Accept-Ranges", "bytes"), ("Content-Length", str(found.target.size))]
    return Reply(200, tuple(pairs))


@operation("GetObjectMeta", ReadObject)
def get_object_meta(call: Call, ask: ReadObject) -> Reply:
    """ETag, length, times and checksum alone, for HEAD or GET `?objectMeta` (reference 8.1.8).

    A link's are its own, with no length (assumption A137). The conditions count (assumption A118). GET brings no body
    either, though Content-Length is the object's (oss2's unit tests quote such an answer; aiooss2's own tests ask so).
    """
    bucket = call.bucket()
    version = reading.find(bucket, call.key, ask.version_id)
    Conditions.of_request(call.headers).require(version.etag, version.last_modified)
    pairs = [
        ("ETag", f'"{version.etag}"'),
        ("Last-Modified", dates.http_date(version.last_modified)),
        ("Content-Length", str(version.size)),
        ("x-oss-hash-crc64ecma", str(version.payload.crc64)),
    ]
    monitor = bucket.configuration(AccessMonitor)
    accessed = None if monitor is None else monitor.last_access(version)
    if accessed is not None:
        pairs.append(("x-oss-last-access-time", dates.http_date(accessed)))
    if version.transitioned_at is not None:
        pairs.append(("x-oss-transition-time", dates.http_date(version.transitioned_at)))
    withheld = call.request.method != "HEAD" and version.size > 0
    return Reply(200, (*pairs, *object_headers.version_id(bucket, version)), is_withheld=withheld)


def _modified(found: Found) -> datetime:
    """Through a link the later of the two times of modification counts (reference 8.1.2)."""
    return max(found.version.last_modified, found.target.last_modified)


def _require_conditions(call: Call, found: Found) -> None:
    Conditions.of_request(call.headers).require(found.target.etag, _modified(found))


def _shown(call: Call, found: Found) -> Pairs:
    """The headers of what was found, the number of its tags only to those who may read them (reference 8.1.2, 8.1.7).

    A link shows its own but for those of the content.
    """
    own = object_headers.of_object(found.bucket, found.version, call.now)
    if found.version.tags and not _may_read_tags(call, found):
        own = object_headers.without(own, object_headers.TAGGING_COUNT)
    if found.version is found.target:
        return own
    target = object_headers.of_object(found.bucket, found.target, call.now)
    figures = [pair for pair in target if pair[0] in OF_CONTENT]
    kept = object_headers.without(own, "Last-Modified", *OF_CONTENT)
    return [*figures, ("Last-Modified", dates.http_date(_modified(found))), *kept]


def _may_read_tags(call: Call, found: Found) -> bool:
    try:
        reading.permit_tags(call, found.bucket, found.key, found.version_id)
    except errors.OSSError:
        return False
    return True


def _overridden(call: Call, pairs: Pairs) -> Pairs:
    """The headers with those the query asks to be otherwise; a signature has to vouch for them."""
    asked = [(header, call.arguments[name]) for name, header in OVERRIDES.items() if name in call.arguments]
    if not asked:
        return pairs
    if call.identity.is_anonymous:
        raise errors.AnonymousResponseHeaders()
    for name, value in asked:
        if not value.isprintable():
            raise refuse(f"response-{name.lower()}", ascii(value))
    said = [(name, encoding.header_text(value)) for name, value in asked]
    return object_headers.without(pairs, *(name for name, _ in said)) + said
