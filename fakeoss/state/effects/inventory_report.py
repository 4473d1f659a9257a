"""The files of one inventory list: compressed CSV, its manifest, and the manifest's checksum.

Source: documentation of bucket inventory (directory structure, manifest files, inventory report). That every column is
quoted and how times are written is assumption A215.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final, NamedTuple
from urllib.parse import quote

from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.inventory import Inventory, InventoryFilter
from fakeoss.state.objects import ObjectVersion, Version

CURRENT: Final = ("Bucket", "Key")
ALL: Final = ("Bucket", "Key", "VersionId", "IsLatest", "IsDeleteMarker")
"""The fixed columns of lists of current objects, and of all versions."""

VERSION: Final = "2019-09-01"
"""The version of the manifest's form."""

LATEST_IN_GZIP: Final = (1 << 32) - 1
"""The last time that a compressed file can tell, in Unix seconds (RFC 1952)."""


class File(NamedTuple):
    """A file to be written: its key, its content, the type of its content."""

    key: str
    data: bytes
    content_type: str


def files(bucket: Bucket, inventory: Inventory, at: datetime, identifier: str) -> list[File]:
    """The files of the list of a bucket as it is `at` a moment; none where there is nothing to list (documentation)."""
    rows = list(_rows(bucket, inventory))
    if not rows:
        return []
    destination = inventory.destination
    lead = f"{destination.prefix.rstrip('/')}/" if destination.prefix else ""
    folder = f"{lead}{bucket.name}/{inventory.id}"
    report = File(f"{folder}/data/{identifier}.csv.gz", _compressed(rows, at), "application/x-gzip")
    manifest = File(
        f"{folder}/{at:%Y-%m-%dT%H-%MZ}/manifest.json", _manifest(bucket, inventory, report, at), "application/json"
    )
    checksum = File(
        manifest.key.replace("manifest.json", "manifest.checksum"), _md5(manifest.data).encode(), "text/plain"
    )
    return [report, manifest, checksum]


def columns(inventory: Inventory) -> tuple[str, ...]:
    """The names of the columns, as `fileSchema` gives them."""
    return (*(ALL if inventory.versions == "All" else CURRENT), *inventory.fields)


def _rows(bucket: Bucket, inventory: Inventory) -> Iterator[list[str]]:
    for key, version, is_latest in _listed(bucket, inventory):
        row = [bucket.name, quote(key, safe="")]
        if inventory.versions == "All":
            identifier = version.version_id if bucket.versioning is not None else ""
            row += [identifier, _spelt(is_latest), _spelt(version.is_delete_marker)]
        yield row + [_field(name, version) for name in inventory.fields]


def _listed(bucket: Bucket, inventory: Inventory) -> Iterator[tuple[str, Version, bool]]:
    chosen = inventory.filter or InventoryFilter(storage_classes=())
    prefix = chosen.prefix or ""
    for key, stack in bucket.objects.items(start=prefix):
        if not key.startswith(prefix):
            break
        versions = stack if inventory.versions == "All" else (stack.latest,)
        for version in versions:
            if version is not None and _is_chosen(version, chosen, with_markers=inventory.versions == "All"):
                yield key, version, version is stack.latest


def _is_chosen(version: Version, chosen: InventoryFilter, *, with_markers: bool) -> bool:
    modified = version.last_modified.timestamp()
    if not _is_within(modified, chosen.modified_from, chosen.modified_until):
        return False
    if not isinstance(version, ObjectVersion):
        return with_markers
    classes = chosen.storage_classes
    if classes and "All" not in classes and version.storage_class not in classes:
        return False
    return _is_within(version.size, chosen.lower_size, chosen.upper_size)


def _is_within(value: float, least: int | None, most: int | None) -> bool:
    return (least is None or value >= least) and (most is None or value <= most)


def _spelt(value: bool) -> str:
    return "true" if value else "false"


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S.000Z}"


_FIELDS: Final[Mapping[str, Callable[[ObjectVersion], str]]] = MappingProxyType(
    {
        "Size": lambda version: str(version.size),
        "LastModifiedDate": lambda version: _time(version.last_modified),
        "ETag": lambda version: version.etag,
        "StorageClass": lambda version: version.storage_class,
        "IsMultipartUploaded": lambda version: _spelt(version.kind == "Multipart"),
        "EncryptionStatus": lambda version: _spelt(version.encryption is not None),
        "TransitionTime": lambda version: _time(version.transitioned_at) if version.transitioned_at else "",
        "ObjectAcl": lambda version: version.acl,
        "TaggingCount": lambda version: str(len(version.tags)),
        "ObjectType": lambda version: version.kind,
        "Crc64": lambda version: str(version.payload.crc64),
    }
)


def _field(name: str, version: Version) -> str:
    """A column of a version; of delete markers nothing is told but when they were made."""
    if isinstance(version, ObjectVersion):
        return _FIELDS[name](version)
    return _time(version.last_modified) if name == "LastModifiedDate" else ""


def _compressed(rows: list[list[str]], at: datetime) -> bytes:
    import csv
    import gzip
    import io

    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    written = int(at.timestamp())
    mtime = written if written <= LATEST_IN_GZIP else 0  # RFC 1952: none is told
    return gzip.compress(text.getvalue().encode(), compresslevel=6, mtime=mtime)


def _manifest(bucket: Bucket, inventory: Inventory, report: File, at: datetime) -> bytes:
    import json

    return json.dumps(
        {
            "creationTimestamp": str(int(at.timestamp())),
            "destinationBucket": inventory.destination.bucket_name,
            "fileFormat": "CSV",
            "fileSchema": ", ".join(columns(inventory)),
            "files": [{"MD5checksum": _md5(report.data), "key": report.key, "size": len(report.data)}],
            "sourceBucket": bucket.name,
            "version": VERSION,
        },
        indent=4,
    ).encode()


def _md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest().upper()
