"""The rows of the operations table: route, permission, sources and SDK methods of every operation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from fakeoss import data

Billing = Literal["Put", "Get", "none"]
"""Under which item of the bill a request counts."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A query parameter that selects an operation, by its presence or by its value.

    `values` is empty where any value will do; a value that ends in `*` stands for all that begin so.
    """

    name: str
    values: tuple[str, ...] = ()

    def holds(self, value: str) -> bool:
        """Whether the parameter, present with `value`, meets the condition."""
        return not self.values or any(matches(pattern, value) for pattern in self.values)

    def __str__(self) -> str:
        return self.name if not self.values else f"{self.name}={'|'.join(self.values)}"


def matches(pattern: str, value: str) -> bool:
    """Whether `value` is `pattern`, or begins like a pattern that ends in `*`."""
    return value.startswith(pattern[:-1]) if pattern.endswith("*") else value == pattern


@dataclass(frozen=True, slots=True)
class Reference:
    """Where the OSS API Reference of 2022-07-13 describes an operation; lines count from 1."""

    section: str | None
    title: str
    lines: tuple[int, int] | None

    def __str__(self) -> str:
        place = f"section {self.section}" if self.section else "listed without a section"
        lines = f", lines {self.lines[0]} to {self.lines[1]}" if self.lines else ""
        return f"{self.title}, {place}{lines}"


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of one operation before anybody implements it.

    `query` and `headers` select it; `requires` names query parameters it cannot do without but that do
    not select (their absence is the operation's own refusal), `accepts` those it may take. `permission`
    is the policy action asked for (empty: nobody is asked), `version_permission` the one asked instead
    when a version id is given, `also` further ones by occasion (names that no source tells are assumption
    A293). `success` lists statuses of good answers, `errors` documented codes. `hns` tells whether buckets with
    a hierarchical namespace know the operation, None where no source says.
    """

    name: str
    aliases: tuple[str, ...]
    group: str
    scopes: tuple[str, ...]
    methods: tuple[str, ...]
    query: tuple[Condition, ...]
    headers: tuple[str, ...]
    requires: tuple[str, ...]
    accepts: tuple[str, ...]
    permission: str
    version_permission: str
    also: Mapping[str, str]
    permission_source: str
    billing: Billing
    billing_source: str
    hns: bool | None
    docs: str | None
    reference: Reference | None
    sdk_v2: str | None
    oss2: tuple[str, ...]
    success: tuple[int, ...]
    errors: tuple[str, ...]
    note: str

    @property
    def route(self) -> str:
        """The request in short, for people: `GET bucket ?inventory&inventoryId`."""
        query = "&".join(map(str, self.query))
        target = f"{'|'.join(self.methods)} {'|'.join(self.scopes)}" + (f" ?{query}" if query else "")
        return target + "".join(f" [{name}]" for name in self.headers)


@cache
def rows() -> tuple[Row, ...]:
    """Every operation of the service, in the order of the table."""
    return tuple(_row(raw) for raw in data.load("operations.json"))


@cache
def names() -> Mapping[str, str]:
    """Canonical name of an operation by every name it goes by, its own among them.

    Raises ValueError where two operations claim one name.
    """
    found: dict[str, str] = {}
    for row in rows():
        for name in (row.name, *row.aliases):
            if name in found:
                raise ValueError(f"{name} names both {found[name]} and {row.name}")
            found[name] = row.name
    return MappingProxyType(found)


def _row(raw: dict[str, Any]) -> Row:
    reference = raw.pop("reference")
    conditions = tuple(
        Condition(name, () if value == "*" else tuple(value)) for name, value in raw.pop("query").items()
    )
    also = MappingProxyType(raw.pop("also"))
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
    return Row(query=conditions, also=also, reference=_reference(reference), **values)


def _reference(raw: dict[str, Any] | None) -> Reference | None:
    if raw is None:
        return None
    lines = raw["lines"]
    return Reference(raw["section"], raw["title"], (lines[0], lines[1]) if lines else None)
