"""A bucket: an immutable value whose containers are persistent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeVar

from fakeoss.state.key_index import KeyIndex
from fakeoss.state.sorted_map import SortedMap
from fakeoss.state.uploads import Upload
from fakeoss.values import quickly_made

T = TypeVar("T")

NOTHING: Mapping[Any, Any] = MappingProxyType({})

UploadPlace = tuple[str, str]
"""Key and upload id: the order in which uploads are listed."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Bucket:
    """One bucket and all it holds.

    `region` is the bare region id (`cn-hangzhou`), `versioning` None until first set, then `Enabled`
    or `Suspended`. `configurations` holds one value a configuration class, by the name of the class, so that
    who only asks whether there is one need not import it; `keyed` those that a bucket has many of, by (class, id).
    """

    name: str
    owner: str
    region: str
    created: datetime
    acl: str = "private"
    storage_class: str = "Standard"
    redundancy: str = "LRS"
    versioning: str | None = None
    hierarchical: bool = False
    resource_group: str = "rg-default-id"
    comment: str = ""
    objects: KeyIndex = field(default_factory=KeyIndex)
    uploads: SortedMap[UploadPlace, Upload] = field(default_factory=SortedMap)
    configurations: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    keyed: SortedMap[tuple[str, str], Any] = field(default_factory=SortedMap)
    last_modified: datetime | None = None

    @property
    def is_configured(self) -> bool:
        """Whether it has any configuration at all; without one nothing follows from a change."""
        return bool(self.configurations) or len(self.keyed) > 0

    @property
    def location(self) -> str:
        """The region as answers spell it: `oss-cn-hangzhou`."""
        return f"oss-{self.region}"

    def with_objects(self, objects: KeyIndex, now: datetime) -> Bucket:
        """This bucket with its objects changed at `now`."""
        # Not by `replace`, which takes twice as long; every write comes by.
        values = list(_values(self))
        values[_OBJECTS], values[_LAST_MODIFIED] = objects, now
        return Bucket(*values)

    def with_upload(self, upload: Upload) -> Bucket:
        """This bucket with a multipart upload begun or changed."""
        return replace(self, uploads=self.uploads.set((upload.key, upload.upload_id), upload))

    def without_upload(self, upload: Upload) -> Bucket:
        """This bucket with a multipart upload gone."""
        return replace(self, uploads=self.uploads.remove((upload.key, upload.upload_id)))

    def configuration(self, kind: type[T]) -> T | None:
        """The configuration of class `kind`, or None where none was set."""
        return self.configurations.get(kind.__name__)

    def with_configuration(self, value: object) -> Bucket:
        """This bucket with a configuration set, replacing one of the same class."""
        return replace(self, configurations=MappingProxyType({**self.configurations, type(value).__name__: value}))

    def without_configuration(self, kind: type) -> Bucket:
        """This bucket without a configuration of class `kind`; nothing changes where there was none."""
        if kind.__name__ not in self.configurations:
            return self
        rest = {key: value for key, value in self.configurations.items() if key != kind.__name__}
        return replace(self, configurations=MappingProxyType(rest))

    def keyed_configuration(self, kind: type[T], identifier: str) -> T | None:
        """The configuration of class `kind` with this id, or None."""
        found: T | None = self.keyed.get((kind.__name__, identifier))
        return found

    def keyed_configurations(self, kind: type[T]) -> tuple[T, ...]:
        """Every configuration of class `kind`, in order of id."""
        found = []
        for (name, _), value in self.keyed.items(start=(kind.__name__, "")):
            if name != kind.__name__:
                break
            found.append(value)
        return tuple(found)

    def with_keyed(self, identifier: str, value: object) -> Bucket:
        """This bucket with one of many configurations set."""
        return replace(self, keyed=self.keyed.set((type(value).__name__, identifier), value))

    def without_keyed(self, kind: type, identifier: str) -> Bucket:
        """This bucket without one of many configurations; nothing changes where there was none."""
        place = (kind.__name__, identifier)
        return replace(self, keyed=self.keyed.remove(place)) if place in self.keyed else self


_NAMES = tuple(field.name for field in fields(Bucket))
_OBJECTS, _LAST_MODIFIED = _NAMES.index("objects"), _NAMES.index("last_modified")
_values = attrgetter(*_NAMES)
