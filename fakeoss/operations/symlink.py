"""PutSymlink and GetSymlink."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from urllib.parse import quote, unquote_to_bytes

from fakeoss import errors
from fakeoss.operations import object_headers, reading, storing
from fakeoss.operations.call import Call
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import empty
from fakeoss.state.payload import EMPTY
from fakeoss.wire import dates
from fakeoss.wire.bind import params, query, refuse
from fakeoss.wire.message import Reply

TARGET = "x-oss-symlink-target"
KEY_LIMIT = 1023
"""Bytes in a key, and so in the name of a target (reference 8.5.1: the same naming conventions)."""


@operation("PutSymlink")
def put_symlink(call: Call) -> Reply:
    """Make a symbolic link; whether its target exists is not looked at (reference 8.5.1).

    A link cannot be encrypted (documentation: CopyObject; that asking for it is refused here as there is
    assumption A134). Raises MissingArgument without a target, InvalidObjectName for a bad one,
    FileAlreadyExists, FileImmutable and InvalidArgument for bad headers.
    """
    bucket = call.bucket()
    target = _target(call)
    if "x-oss-server-side-encryption" in call.headers:
        value = call.headers["x-oss-server-side-encryption"]
        raise refuse("x-oss-server-side-encryption", value, "A symbolic link cannot be encrypted.")
    said = replace(storing.attributes(call, bucket), encryption=None)
    storing.check_overwrite(call, bucket, call.key)
    link = storing.new_version(call, bucket, EMPTY, said, etag=_etag(target), kind="Symlink")
    storing.store(call, bucket, call.key, replace(link, symlink_target=target))
    checksum = ("x-oss-hash-crc64ecma", str(link.payload.crc64))
    return empty(200, [("ETag", f'"{link.etag}"'), checksum, *object_headers.version_id(bucket, link)])


def _target(call: Call) -> str:
    raw = call.headers.get(TARGET)
    if not raw:
        raise errors.SymlinkTargetMissing(ArgumentName=TARGET)
    target = _decoded(raw)
    if len(target.encode()) > KEY_LIMIT:
        raise errors.ObjectNameTooLong(ObjectName=target)
    if target.startswith(("/", "\\")):
        raise errors.InvalidObjectName(ObjectName=target)
    return target


def _decoded(raw: str) -> str:
    """The key a header spells, URL-encoded or, against the rules, as bare UTF-8."""
    try:
        return unquote_to_bytes(raw.encode("latin-1")).decode()
    except UnicodeError:
        raise errors.ObjectNameNotText(ObjectName=raw) from None


def _etag(target: str) -> str:
    """A link's own ETag: the service's is of 32 digits and no source tells of what (assumption A130)."""
    return hashlib.md5(target.encode(), usedforsecurity=False).hexdigest().upper()


@params
class GetSymlink:
    """What GetSymlink takes."""

    version_id: str | None = query("versionId", default=None)


@operation("GetSymlink", GetSymlink)
def get_symlink(call: Call, ask: GetSymlink) -> Reply:
    """Where a link leads, URL-encoded but for slashes (assumption A131), with the link's own metadata.

    Raises NotSymlink (reference 8.5.2).
    """
    bucket = call.bucket()
    link = reading.find(bucket, call.key, ask.version_id)
    if link.symlink_target is None:
        raise errors.NotSymlink(Key=call.key)
    headers = [
        ("ETag", f'"{link.etag}"'),
        ("Last-Modified", dates.http_date(link.last_modified)),
        (TARGET, quote(link.symlink_target, safe="/")),
        *((object_headers.META + name, value) for name, value in link.meta.items()),
        *object_headers.version_id(bucket, link),
    ]
    return empty(200, headers)
