"""Versions of objects and delete markers as plain JSON values, without their content."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from fakeoss.state.objects import DeleteMarker, Encryption, Fields, ObjectVersion, Restore, Retention, Version
from fakeoss.state.payload import Payload

Record = dict[str, Any]

_NOT_KEPT = frozenset({"payload", "sequence"})
"""The content stands in a file of its own; the sequence number is given anew."""


def record_of(version: Version) -> Record:
    """The version's fields that say something, and what its content must be; a marker says so."""
    if isinstance(version, DeleteMarker):
        return {"delete_marker": True, **_plain_fields(version)}
    payload = version.payload
    content = {"size": payload.size, "crc64": str(payload.crc64), "md5": payload.md5 is not None}
    return {**_plain_fields(version), "content": content}


def _plain_fields(value: Any) -> Record:
    """The fields that differ from their defaults, as plain values."""
    return {
        field.name: _plain(getattr(value, field.name))
        for field in fields(value)
        if field.name not in _NOT_KEPT and getattr(value, field.name) != field.default
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Fields):
        return dict(value)
    return _plain_fields(value) if is_dataclass(value) else value


def marker_from(record: Record, sequence: int) -> DeleteMarker:
    """The delete marker that was written as `record`."""
    return DeleteMarker(
        version_id=record["version_id"],
        sequence=sequence,
        last_modified=_moment(record["last_modified"]),
        owner=record["owner"],
    )


def version_from(record: Record, sequence: int, data: bytes) -> ObjectVersion:
    """The version that was written as `record`, with its content read from its file.

    Content that was edited since makes a plain object of the same name, metadata, tags and ACL.
    """
    payload = Payload.of(data[start : start + _SEGMENT] for start in range(0, len(data), _SEGMENT))
    content = record["content"]
    known = {name: _READ.get(name, _same)(value) for name, value in record.items() if name != "content"}
    if (payload.size, str(payload.crc64)) != (content["size"], content["crc64"]):
        known |= {"etag": payload.etag, "kind": "Normal", "part_sizes": (), "symlink_target": None}
    elif not content["md5"]:
        payload = payload.without_md5()
    return ObjectVersion(payload=payload, sequence=sequence, **known)


_SEGMENT = 1 << 20


def _same(value: Any) -> Any:
    return value


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _restore(record: Mapping[str, Any]) -> Restore:
    times = {name: _moment(record[name]) for name in ("requested_at", "ready_at", "expires_at")}
    return Restore(record["tier"], record["days"], **times)


def _retention(record: Mapping[str, Any]) -> Retention:
    return Retention(record["mode"], _moment(record["until"]))


def _tags(pairs: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((key, value) for key, value in pairs)


_READ: Mapping[str, Callable[[Any], Any]] = {
    "last_modified": _moment,
    "headers": Fields,
    "meta": Fields,
    "tags": _tags,
    "encryption": lambda record: Encryption(**record),
    "restore": _restore,
    "retention": _retention,
    "sealed_at": _moment,
    "part_sizes": tuple,
    "accessed_at": _moment,
    "transitioned_at": _moment,
}
"""How the fields are read that JSON has no value for."""
