"""The whole world of one fake in a single replaceable value, and the one cell that holds it.

Everything below a `World` is immutable and shares structure with its predecessors. A snapshot is a
reference to a world; a refused request is undone by putting the old reference back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from fakeoss.state.bucket import NOTHING, Bucket
from fakeoss.state.configurations.access_point import AccessPoint, alias_of
from fakeoss.state.sorted_map import SortedMap
from fakeoss.values import quickly_made


class Deed(IntEnum):
    """What the passing of time does, in the order in which it is done where several things are due at once."""

    REPLICATION = 1
    LIFECYCLE = 2
    REDUNDANCY = 3
    LOGGING = 4
    INVENTORY = 5


class Task(NamedTuple):
    """One thing that time will do to a bucket; `subject` is the rule's or the configuration's id, if there is one.

    A task is a hint to look: whether something is to be done is told by the bucket as it is then.
    """

    deed: Deed
    bucket: str
    subject: str = ""


Due: TypeAlias = tuple[datetime, Task]
"""A task and when it is due."""


class LogPlace(NamedTuple):
    """Where a line of an access log stands: hour and bucket it is of, bucket and prefix it goes to, number."""

    hour: datetime
    bucket: str
    target: str
    prefix: str
    number: int


@quickly_made
@dataclass(frozen=True, slots=True)
class World:
    """All state of the service at one moment.

    `buckets` by name, `account_values` by (account id, name of the value), `tasks` by due time: what
    the passing of time will do, whoever asks next; `domains` gives the bucket by each bound domain,
    `access_points` each access point by its alias; `log_lines` are those of access logs not yet delivered.
    `is_configured` tells whether a bucket has, or ever had, a configuration: without one nothing follows from a change.
    """

    buckets: SortedMap[str, Bucket] = field(default_factory=SortedMap)
    account_values: SortedMap[tuple[str, str], Any] = field(default_factory=SortedMap)
    tasks: SortedMap[Due, bool] = field(default_factory=SortedMap)
    domains: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    access_points: SortedMap[str, AccessPoint] = field(default_factory=SortedMap)
    log_lines: SortedMap[LogPlace, str] = field(default_factory=SortedMap)
    is_configured: bool = field(default=False, compare=False)

    def with_bucket(self, bucket: Bucket) -> World:
        """This world with `bucket` in the place of its namesake."""
        buckets = self.buckets.set(bucket.name, bucket)
        # Written out, since `replace` takes several times as long and every write comes by.
        return World(
            buckets,
            self.account_values,
            self.tasks,
            self.domains,
            self.access_points,
            self.log_lines,
            self.is_configured or bucket.is_configured,
        )

    def without_bucket(self, name: str) -> World:
        """This world without the bucket `name`, which must exist, and without the domains bound to it."""
        domains = {domain: holder for domain, holder in self.domains.items() if holder != name}
        return replace(self, buckets=self.buckets.remove(name), domains=MappingProxyType(domains))

    def with_domain(self, domain: str, bucket: str) -> World:
        """This world with a domain, in lower case, bound to a bucket."""
        return replace(self, domains=MappingProxyType({**self.domains, domain: bucket}))

    def without_domain(self, domain: str) -> World:
        """This world without a bound domain, which must exist."""
        domains = {name: bucket for name, bucket in self.domains.items() if name != domain}
        return replace(self, domains=MappingProxyType(domains))

    def buckets_of(self, owner: str, region: str | None = None) -> Iterator[Bucket]:
        """The buckets of an account in order of name, in one region or in all."""
        for _, bucket in self.buckets.items():
            if bucket.owner == owner and region in (None, bucket.region):
                yield bucket

    def access_point(self, bucket: Bucket, name: str) -> AccessPoint | None:
        """The access point of `bucket` called `name`, or None."""
        found = self.access_points.get(alias_of(bucket.owner, bucket.region, name))
        return found if found is not None and found.bucket == bucket.name else None

    def access_points_of(self, owner: str, bucket: str | None = None) -> list[AccessPoint]:
        """The access points of an account, of one bucket or of all, by name and alias."""
        points = self.access_points.values()
        found = [point for point in points if point.owner == owner and bucket in (None, point.bucket)]
        return sorted(found, key=lambda point: (point.name, point.alias))

    def with_access_point(self, point: AccessPoint) -> World:
        """This world with an access point added or changed."""
        return replace(self, access_points=self.access_points.set(point.alias, point))

    def without_access_point(self, point: AccessPoint) -> World:
        """This world without an access point, which must exist."""
        return replace(self, access_points=self.access_points.remove(point.alias))

    def account_value(self, account_id: str, name: str) -> Any:
        """A value kept for an account, or None."""
        return self.account_values.get((account_id, name))

    def with_account_value(self, account_id: str, name: str, value: Any) -> World:
        """This world with an account's value set; None removes it."""
        place = (account_id, name)
        if value is not None:
            return replace(self, account_values=self.account_values.set(place, value))
        if place not in self.account_values:
            return self
        return replace(self, account_values=self.account_values.remove(place))

    def with_task(self, at: datetime, task: Task) -> World:
        """This world with `task` due at `at`; the same task counts once."""
        due = (at, task)
        return self if due in self.tasks else replace(self, tasks=self.tasks.set(due, True))


class Store:
    """The one mutable cell: the world as it is now."""

    __slots__ = ("world",)

    def __init__(self, world: World | None = None) -> None:
        """Hold `world`, or an empty one."""
        self.world = World() if world is None else world
