"""ListObjects, ListObjectsV2 and ListObjectVersions."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from datetime import datetime

from fakeoss import errors
from fakeoss.operations import paging, reading
from fakeoss.operations.call import Call
from fakeoss.operations.declare import operation
from fakeoss.operations.object_headers import restore_text
from fakeoss.operations.paging import Coder
from fakeoss.operations.replies import document, timestamp
from fakeoss.state import listing
from fakeoss.state.listing import KeyEntry, VersionEntry
from fakeoss.state.objects import DeleteMarker, ObjectVersion, Restore, Version
from fakeoss.wire import encoding
from fakeoss.wire.bind import boolean, params, query
from fakeoss.wire.message import Reply
from fakeoss.wire.xml import Element, Markup, escape


@params
class ListObjects:
    """What ListObjects takes."""

    prefix: str = query("prefix", paging.name, default="")
    marker: str = query("marker", paging.name, default="")
    delimiter: str = query("delimiter", paging.name, default="")
    limit: int = query("max-keys", paging.length(), default=100)
    encoding_type: str | None = query("encoding-type", default=None)


@operation("ListObjects", ListObjects)
def list_objects(call: Call, ask: ListObjects) -> Reply:
    """A page of keys in order of their bytes, after `marker`, with common prefixes (reference 7.1.3)."""
    code = paging.coder(ask.encoding_type)
    bucket = call.bucket()
    page = listing.list_objects(
        bucket.objects, prefix=ask.prefix, delimiter=ask.delimiter, marker=ask.marker, limit=ask.limit
    )
    return document(
        "ListBucketResult",
        [
            ("Name", bucket.name),
            ("Prefix", code(ask.prefix)),
            ("Marker", code(ask.marker)),
            ("MaxKeys", ask.limit),
            ("Delimiter", code(ask.delimiter)),
            ("EncodingType", code.label),
            ("IsTruncated", page.is_truncated),
            ("NextMarker", code(page.next_key) if page.is_truncated else None),
            Renderer(call, code).contents(page.entries),
            *paging.common_prefixes(page.common_prefixes, code),
        ],
    )


@params
class ListObjectsV2:
    """What ListObjectsV2 takes."""

    prefix: str = query("prefix", paging.name, default="")
    start_after: str = query("start-after", paging.name, default="")
    token: str | None = query("continuation-token", default=None)
    delimiter: str = query("delimiter", paging.name, default="")
    limit: int = query("max-keys", paging.length(), default=100)
    encoding_type: str | None = query("encoding-type", default=None)
    fetch_owner: bool = query("fetch-owner", boolean, default=False)


@operation("ListObjectsV2", ListObjectsV2)
def list_objects_v2(call: Call, ask: ListObjectsV2) -> Reply:
    """A page of keys after `start-after`, or where a token goes on (reference 7.1.4)."""
    code = paging.coder(ask.encoding_type)
    bucket = call.bucket()
    start = _key_of(ask.token) if ask.token else ask.start_after
    page = listing.list_objects(
        bucket.objects, prefix=ask.prefix, delimiter=ask.delimiter, marker=start, limit=ask.limit
    )
    return document(
        "ListBucketResult",
        [
            ("Name", bucket.name),
            ("Prefix", code(ask.prefix)),
            ("StartAfter", code(ask.start_after) if ask.start_after else None),
            ("ContinuationToken", ask.token or None),
            ("MaxKeys", ask.limit),
            ("Delimiter", code(ask.delimiter)),
            ("EncodingType", code.label),
            ("IsTruncated", page.is_truncated),
            ("NextContinuationToken", _token_of(page.next_key) if page.is_truncated else None),
            Renderer(call, code, with_owner=ask.fetch_owner).contents(page.entries),
            *paging.common_prefixes(page.common_prefixes, code),
            ("KeyCount", len(page.entries) + len(page.common_prefixes)),
        ],
    )


@params
class ListObjectVersions:
    """What ListObjectVersions takes."""

    prefix: str = query("prefix", paging.name, default="")
    key_marker: str = query("key-marker", paging.name, default="")
    version_id_marker: str = query("version-id-marker", paging.name, default="")
    delimiter: str = query("delimiter", paging.name, default="")
    limit: int = query("max-keys", paging.length(errors.InvalidMaxKeysOfVersions), default=100)
    encoding_type: str | None = query("encoding-type", default=None)


@operation("ListObjectVersions", ListObjectVersions)
def list_object_versions(call: Call, ask: ListObjectVersions) -> Reply:
    """A page of versions and delete markers, newest first within a key (reference 7.6.3).

    A version-id-marker alone is InvalidArgument (assumption A114), and so is one that is no version id.
    """
    code = paging.coder(ask.encoding_type)
    if ask.version_id_marker and not ask.key_marker:
        raise errors.VersionIdMarkerAlone(ArgumentName="version-id-marker", ArgumentValue=ask.version_id_marker)
    _check_marker(ask.version_id_marker)
    bucket = call.bucket()
    page = listing.list_versions(
        bucket.objects,
        prefix=ask.prefix,
        delimiter=ask.delimiter,
        key_marker=ask.key_marker,
        version_id_marker=ask.version_id_marker,
        limit=ask.limit,
    )
    return document(
        "ListVersionsResult",
        [
            ("Name", bucket.name),
            ("Prefix", code(ask.prefix)),
            ("KeyMarker", code(ask.key_marker)),
            ("VersionIdMarker", ask.version_id_marker),
            ("MaxKeys", ask.limit),
            ("Delimiter", code(ask.delimiter)),
            ("EncodingType", code.label),
            ("IsTruncated", page.is_truncated),
            ("NextKeyMarker", code(page.next_key) if page.is_truncated else None),
            ("NextVersionIdMarker", page.next_id if page.is_truncated else None),
            Renderer(call, code).versions(page.entries),
            *paging.common_prefixes(page.common_prefixes, code),
        ],
    )


def _check_marker(version_id: str) -> None:
    if version_id not in ("", "null") and not reading.is_version_id(version_id):
        raise errors.InvalidVersionIdMarker(ArgumentName="version-id-marker", ArgumentValue=version_id)


_TOKEN_LETTERS = b"._"
"""The last two of the 64 letters of a token; `-` stands for the padding, as in the reference's sample."""


def _token_of(key: str) -> str:
    """The token that goes on after `key`: a record of one text, as `CgJiYw--` is of `bc` (reference 7.1.4)."""
    packed = b"\x0a" + _varint(len(key.encode())) + key.encode()
    return base64.b64encode(packed, altchars=_TOKEN_LETTERS).decode().replace("=", "-")


def _varint(number: int) -> bytes:
    """A length below 16,384 in one or two bytes of seven bits, the low ones first."""
    return bytes([number]) if number < 128 else bytes([number & 127 | 128, number >> 7])


def _key_of(token: str) -> str:
    """The key after which a token goes on; raises InvalidArgument for a token the service never gave."""
    try:
        packed = base64.b64decode(token.replace("-", "=").encode(), altchars=_TOKEN_LETTERS, validate=True)
        key = packed[2 if len(packed) < 130 else 3 :].decode()
    except (binascii.Error, ValueError):
        key = ""
    if not 0 < len(key.encode()) <= paging.NAME_LIMIT or _token_of(key) != token:
        raise errors.InvalidContinuationToken(ArgumentName="continuation-token", ArgumentValue=token)
    return key


class Renderer:
    """Entries of a page as text, made at once: small steps would take a page of 1,000 most of its time."""

    def __init__(self, call: Call, code: Coder, *, with_owner: bool = True) -> None:
        """For one page."""
        self._call = call
        self._code = code
        self._owners = _Owners(call if with_owner else None)
        self._times = _Times()

    def contents(self, entries: Iterable[KeyEntry]) -> Element:
        """The `Contents` elements of objects."""
        name, facts = self._name, self._facts
        return Markup(
            "".join([f"<Contents><Key>{name(key)}</Key>{facts(version)}</Contents>" for key, version in entries])
        )

    def versions(self, entries: Iterable[VersionEntry]) -> Element:
        """The `Version` and `DeleteMarker` elements of versions."""
        return Markup("".join([self._version(*entry) for entry in entries]))

    def _version(self, key: str, version: Version, is_latest: bool) -> str:
        place = (
            f"<Key>{self._name(key)}</Key><VersionId>{version.version_id}</VersionId>"
            f"<IsLatest>{'true' if is_latest else 'false'}</IsLatest>"
        )
        if isinstance(version, DeleteMarker):
            facts = f"{self._times[version.last_modified]}{self._owners[version.owner]}"
            return f"<DeleteMarker>{place}{facts}</DeleteMarker>"
        return f"<Version>{place}{self._facts(version)}</Version>"

    def _name(self, key: str) -> str:
        return encoding.url_encode(key) if self._code.url else escape(key)  # what is URL-encoded needs no escape

    def _facts(self, version: ObjectVersion) -> str:
        return (
            f"{self._times[version.last_modified]}<ETag>&quot;{version.etag}&quot;</ETag><Type>{version.kind}</Type>"
            f"<Size>{version.payload.size}</Size><StorageClass>{version.storage_class}</StorageClass>"
            f"{'' if version.restore is None else self._restore(version.restore)}{self._owners[version.owner]}"
        )

    def _restore(self, restore: Restore) -> str:
        text = restore_text(restore, self._call.now)
        return "" if text is None else f"<RestoreInfo>{escape(text)}</RestoreInfo>"


class _Times(dict[datetime, str]):
    """`LastModified` elements by time; the same few recur within a page, so each is spelt once."""

    def __missing__(self, moment: datetime) -> str:
        self[moment] = element = f"<LastModified>{timestamp(moment)}</LastModified>"
        return element


class _Owners(dict[str, str]):
    """`Owner` elements by account, each spelt once; nothing where owners are not told, without a call."""

    def __init__(self, call: Call | None) -> None:
        super().__init__()
        self._call = call

    def __missing__(self, account_id: str) -> str:
        element = ""
        if self._call is not None:
            name = escape(self._call.accounts.display_name(account_id))
            element = f"<Owner><ID>{account_id}</ID><DisplayName>{name}</DisplayName></Owner>"
        self[account_id] = element
        return element
