"""The rules of versions and listings written down a second time, as plainly as possible and slowly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from fakeoss.state.objects import DeleteMarker, ObjectVersion, Version
from fakeoss.state.payload import Payload

START = datetime(2024, 1, 1, tzinfo=timezone.utc)


def an_object(
    version_id: str = "null", data: bytes = b"data", storage_class: str = "Standard", sequence: int = 1
) -> ObjectVersion:
    payload = Payload.of((data,))
    return ObjectVersion(
        version_id=version_id,
        sequence=sequence,
        payload=payload,
        etag=payload.etag,
        last_modified=START + timedelta(seconds=sequence),
        owner="1",
        storage_class=storage_class,
    )


def a_marker(version_id: str = "null", sequence: int = 1) -> DeleteMarker:
    return DeleteMarker(version_id, sequence, START + timedelta(seconds=sequence), "1")


@dataclass
class PlainVersions:
    """The versions of every key of a bucket in plain lists, newest first."""

    status: str | None = None
    keys: dict[str, list[Version]] = field(default_factory=dict)

    def add(self, key: str, version: Version) -> None:
        """PUT: while versioning is not enabled there is one null version, and it is the newest."""
        versions = self.keys.setdefault(key, [])
        if self.status != "Enabled":
            versions[:] = [old for old in versions if old.version_id != "null"]
        versions.insert(0, version)

    def delete(self, key: str, marker: DeleteMarker) -> None:
        """DELETE without a version id."""
        if self.status is None:
            self.keys[key] = [old for old in self.keys.get(key, []) if old.version_id != "null"]
        else:
            self.add(key, marker)
        self._drop_if_empty(key)

    def remove(self, key: str, version_id: str) -> None:
        """DELETE with a version id."""
        self.keys[key] = [old for old in self.keys[key] if old.version_id != version_id]
        self._drop_if_empty(key)

    def replace(self, key: str, version: Version) -> None:
        """A change to one version where it stands."""
        self.keys[key] = [version if old.version_id == version.version_id else old for old in self.keys[key]]

    def _drop_if_empty(self, key: str) -> None:
        if not self.keys[key]:
            del self.keys[key]

    def objects(self) -> list[tuple[str, str]]:
        """Key and version id of everything ListObjects would show."""
        return [
            (key, versions[0].version_id)
            for key, versions in sorted(self.keys.items())
            if isinstance(versions[0], ObjectVersion)
        ]

    def versions(self) -> list[tuple[str, str]]:
        """Key and version id of everything ListObjectVersions would show."""
        return [(key, version.version_id) for key, versions in sorted(self.keys.items()) for version in versions]


Element = tuple[str, str | None]
"""Name and id of an entry, or a common prefix and None."""


def plain_listing(entries: Iterable[tuple[str, str]], prefix: str, delimiter: str) -> list[Element]:
    """The whole listing: every entry with the prefix, or the common prefix it is rolled up into, once."""
    elements: list[Element] = []
    for name, identifier in entries:
        if not name.startswith(prefix):
            continue
        rest = name[len(prefix) :]
        if delimiter and delimiter in rest:
            group = prefix + rest.split(delimiter)[0] + delimiter
            if (group, None) not in elements:
                elements.append((group, None))
        else:
            elements.append((name, identifier))
    return elements


def plain_rest(elements: Sequence[Element], name_marker: str, id_marker: str = "") -> list[Element]:
    """What of a whole listing comes beyond a marker."""
    same = [element for element in elements if element[0] == name_marker and element[1] is not None]
    later = [element for element in elements if element[0] > name_marker]
    if not id_marker:
        return later
    known = [place for place, element in enumerate(same) if element[1] == id_marker]
    return same[known[0] + 1 if known else 0 :] + later
