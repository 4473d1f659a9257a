"""The lines of access logs, one a request, in the documented format.

Sources: documentation of logging (log format) and of PutUserDefinedLogFieldsConfig; names of operations:
documentation of Log Service, types of operations.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from types import MappingProxyType
from urllib.parse import quote

from fakeoss.edge.service import Service
from fakeoss.edge.visit import Visit
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.access_log import BucketLogging, UserDefinedLogFields
from fakeoss.state.effects import access_log
from fakeoss.state.objects import ObjectVersion
from fakeoss.state.store import World
from fakeoss.wire.message import Reply

NAMES = MappingProxyType(
    {
        "AbortMultipartUpload": "AbortMultiPartUpload",
        "CompleteMultipartUpload": "CompleteUploadPart",
        "DeleteMultipleObjects": "DeleteObjects",
        "GetBucketLogging": "GetBucketLog",
        "GetBucketWebsite": "GetBucketWebSite",
        "GetSymlink": "GetObjectSymlink",
        "ListBuckets": "GetService",
        "ListMultipartUploads": "ListMultiPartUploads",
        "ListObjects": "GetBucket",
        "ListObjectsV2": "GetBucket",
        "PutBucketLogging": "PutBucketLog",
        "PutBucketWebsite": "PutBucketWebSite",
        "PutSymlink": "PutObjectSymlink",
    }
)
"""What logs call the operations that they call otherwise than the reference does."""

UPLOADS = frozenset(
    {"AppendObject", "CompleteMultipartUpload", "CopyObject", "PostObject", "PutObject", "UploadPart", "UploadPartCopy"}
)
"""Operations of which a line tells by how much the object grew."""

USER_FIELDS_SIZE = 1024
"""Bytes of names and values of user-defined fields; the rest is cut."""

NONE = "-"


def note(service: Service, visit: Visit, reply: Reply, bucket: Bucket, before: World) -> None:
    """Keep the line of a request about `bucket`, as it is now, where its requests are logged."""
    logging = bucket.configuration(BucketLogging)
    if logging is None or logging.target is None:
        return
    text = line(service, visit, reply, bucket, before)
    number = service.ids.sequence()
    service.store.world = access_log.noted(service.store.world, bucket, logging.target, text, visit.now, number)


def line(service: Service, visit: Visit, reply: Reply, bucket: Bucket, before: World) -> str:
    """The line of a request, without its end; what there is no knowing of is `-`."""
    request, headers = visit.request, visit.request.headers
    at = access_log.in_beijing(visit.now)
    version = _version(visit, bucket)
    identity = visit.identity
    fields = [
        service.caller.ip,
        NONE,
        NONE,
        f"[{at:%d}/{_MONTHS[at.month - 1]}/{at:%Y:%H:%M:%S %z}]",
        _quoted(f"{request.method} {request.target} HTTP/1.1"),
        str(reply.status),
        str(reply.size),
        reply.header("x-oss-server-time") or NONE,
        _quoted(headers.get("referer")),
        _quoted(headers.get("user-agent")),
        _quoted(request.host),
        _quoted(visit.request_id),
        _quoted("true"),
        _quoted(identity.account_id),
        _quoted(NAMES.get(visit.operation, visit.operation)),
        _quoted(bucket.name),
        _quoted(quote(visit.key, safe="") if visit.key else None),
        NONE if version is None else str(version.size),
        reply.header("x-oss-server-time") or NONE,
        _quoted(None if visit.error is None else visit.error.code),
        str(_length(visit)),
        _quoted(bucket.owner),
        _growth(visit, version, before.buckets.get(bucket.name)),
        _quoted(None),
        _quoted(bucket.storage_class if version is None else version.storage_class),
        _quoted(None),
        _quoted(bucket.region if visit.address.accelerate else None),
        _quoted(identity.access_key_id),
        _quoted(f"acs:oss:{bucket.location}:{bucket.owner}:{bucket.name}"),
    ]
    own = bucket.configuration(UserDefinedLogFields)
    if own is not None:
        fields.append(_quoted(user_fields(own, visit)))  # at the end (assumption A221)
    return " ".join(fields)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _quoted(text: str | None) -> str:
    """A field in quotes; within, quotes, backslashes and what does not print are written by number, as nginx does."""
    return '"' + "".join(map(_escaped, text or NONE)) + '"'


def _escaped(character: str) -> str:
    if character in '"\\' or not " " <= character <= "~":
        return "".join(f"\\x{byte:02X}" for byte in character.encode("latin-1", "replace"))
    return character


def _version(visit: Visit, bucket: Bucket) -> ObjectVersion | None:
    """The object asked about, as it is after the request."""
    if not visit.key:
        return None
    found = bucket.objects.get(visit.key, dict(visit.query).get("versionId"))
    return found if isinstance(found, ObjectVersion) else None


def _growth(visit: Visit, version: ObjectVersion | None, before: Bucket | None) -> str:
    """By how many bytes an upload changed the object; `-` for what is no upload."""
    if visit.operation not in UPLOADS:
        return NONE
    old = None if before is None or not visit.key else _version(visit, before)
    return str((0 if version is None else version.size) - (0 if old is None else old.size))


def _length(visit: Visit) -> int:
    """Bytes of the whole request: its line, its headers, its body."""
    request = visit.request
    head = f"{request.method} {request.target} HTTP/1.1\r\n\r\n"
    return len(head) + sum(len(name) + len(value) + 4 for name, value in request.headers) + request.size


def user_fields(own: UserDefinedLogFields, visit: Visit) -> str:
    """The user-defined fields of a request: JSON in base64, cut to 1,024 bytes of names and values."""
    headers = ((name, visit.request.headers.get(name)) for name in own.headers)
    query = dict(visit.query)
    parameters = ((name, query.get(name) if name in query else None) for name in own.parameters)
    left = USER_FIELDS_SIZE
    found_headers, left = _cut(headers, left)
    found_parameters, left = _cut(parameters, left)
    document = {"truncated": left < 0, "headers": found_headers, "querys": found_parameters}
    return base64.b64encode(json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()).decode()


def _cut(pairs: Iterable[tuple[str, str | None]], left: int) -> tuple[dict[str, str], int]:
    """What there is of the pairs, as far as the room lasts, and the room then left: below 0 where it was too small."""
    found: dict[str, str] = {}
    for name, value in pairs:
        if value is None:
            continue
        size = len(name.encode()) + len(value.encode())
        if left >= len(name.encode()):
            found[name] = value.encode()[: left - len(name.encode())].decode(errors="ignore")
        left -= size
    return found, left
