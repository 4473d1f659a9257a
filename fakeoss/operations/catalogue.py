"""Every operation by name, with its implementation where there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import Any

from fakeoss.operations.declare import Operation
from fakeoss.operations.rows import Row, names
from fakeoss.operations.rows import rows as rows
from fakeoss.spelling import hint

MODULES: tuple[str, ...] = (
    "access_monitor",
    "access_point",
    "archive_direct_read",
    "async_fetch",
    "bucket_acl",
    "bucket_basic",
    "bucket_callback_policy",
    "bucket_cname",
    "bucket_cors",
    "bucket_encryption",
    "bucket_https_config",
    "bucket_info",
    "bucket_inventory",
    "bucket_lifecycle",
    "bucket_logging",
    "bucket_overwrite",
    "bucket_policy",
    "bucket_quota",
    "bucket_referer",
    "bucket_replication",
    "bucket_request_payment",
    "bucket_resource_group",
    "bucket_style",
    "bucket_tagging",
    "bucket_transfer_acceleration",
    "bucket_versioning",
    "bucket_website",
    "bucket_worm",
    "cloud_box",
    "data_redundancy",
    "live_channel",
    "metadata_configuration",
    "multipart",
    "multipart_complete",
    "multipart_list",
    "object_acl",
    "object_append",
    "object_copy",
    "object_delete",
    "object_get",
    "object_list",
    "object_put",
    "object_tagging",
    "object_worm",
    "public_access_block",
    "qos",
    "resource_pool",
    "restore",
    "service",
    "symlink",
    "upload_part_copy",
)
"""The modules of `fakeoss.operations` that hold operations, in alphabetical order."""


EVERYDAY: tuple[str, ...] = (
    "bucket_basic",
    "object_delete",
    "object_get",
    "object_list",
    "object_put",
)
"""Those of them that nearly every test needs; the others are imported with the first request for one of theirs."""

Find = Callable[[str], "Operation[Any] | None"]
"""The implementation of an operation by its canonical name, or None."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An operation of the service: what is known of it, and where its implementation is found."""

    row: Row
    find: Find

    @property
    def operation(self) -> Operation[Any] | None:
        """The implementation, or None."""
        return self.find(self.row.name)


class Catalogue(Mapping[str, Entry]):
    """Entries by canonical name and by alias; iteration and length count canonical names only."""

    def __init__(self, find: Find) -> None:
        """Join the implementations to the rows."""
        self._find = find
        self._entries = {row.name: Entry(row, find) for row in rows()}

    def __getitem__(self, name: str) -> Entry:
        return self._entries[names().get(name, name)]

    def implementation(self, name: str) -> Operation[Any] | None:
        """What `self[name].operation` is, for a canonical name; every request asks."""
        return self._find(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def gather(modules: Iterable[ModuleType]) -> Mapping[str, Operation[Any]]:
    """The operations that are attributes of `modules`, by canonical name.

    An operation imported from another module counts where it stands. Raises ValueError where two
    functions implement one operation.
    """
    found: dict[str, Operation[Any]] = {}
    for module in modules:
        for value in vars(module).values():
            if isinstance(value, Operation) and value.module == module.__name__:
                other = found.setdefault(value.name, value)
                if other is not value:
                    raise ValueError(f"{value.name} is implemented twice: {_place(other)} and {_place(value)}")
    return MappingProxyType(found)


def _place(operation: Operation[Any]) -> str:
    return f"{operation.module}:{operation.line}"


@cache
def operations() -> Mapping[str, Operation[Any]]:
    """The implemented operations by canonical name."""
    return gather(map(_module, MODULES))


@cache
def _everyday() -> Mapping[str, Operation[Any]]:
    return gather(map(_module, EVERYDAY))


def _module(name: str) -> ModuleType:
    return import_module(f"fakeoss.operations.{name}")


def implementation(name: str) -> Operation[Any] | None:
    """The implementation of the operation with this canonical name, or None; imports no more than it has to."""
    return _everyday().get(name) or operations().get(name)


@cache
def catalogue() -> Catalogue:
    """Every operation of the service by name and alias."""
    return Catalogue(implementation)


def canonical_name(name: str) -> str:
    """The operation's one name for any name it goes by; raises ValueError for an unknown one, TypeError for no text."""
    if not isinstance(name, str):
        raise TypeError(f"an operation is called by its name, such as 'PutObject', not {name!r}")
    try:
        return names()[name]
    except KeyError:
        raise ValueError(f"no operation of OSS is called {name!r}{hint(name, names())}") from None
