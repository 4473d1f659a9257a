"""The whole world of one fake in a single replaceable value, and the one cell that holds it.

Everything below a `World` is immutable and shares structure with its predecessors. A snapshot is a
reference to a world; a refused request is undone by putting the old reference back.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from fakeoss.state.bucket import NOTHING, Bucket
from fakeoss.state.configurations.access_point import AccessPoint, alias_of
from fakeoss.state.sorted_map import SortedMap

Due = tuple[datetime, int]
"""When a task is due, and a number that keeps tasks of one moment apart."""


@dataclass(frozen=True, slots=True)
class World:
    """All state of the service at one moment.

    `buckets` by name, `account_values` by (account id, name of the value), `tasks` by due time: what
    the passing of time will do, whoever asks next; `domains` gives the bucket by each bound domain,
    `access_points` each access point by its alias.
    """

    buckets: SortedMap[str, Bucket] = field(default_factory=SortedMap)
    account_values: SortedMap[tuple[str, str], Any] = field(default_factory=SortedMap)
    tasks: SortedMap[Due, Hashable] = field(default_factory=SortedMap)
    domains: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    access_points: SortedMap[str, AccessPoint] = field(default_factory=SortedMap)

    def with_bucket(self, bucket: Bucket) -> World:
        """This world with `bucket` in the place of its namesake."""
        return replace(self, buckets=self.buckets.set(bucket.name, bucket))

    def without_bucket(self, name: str) -> World:
        """This world without the bucket `name`, which must exist."""
        return replace(self, buckets=self.buckets.remove(name))

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

    def with_task(self, at: datetime, number: int, task: Hashable) -> World:
        """This world with `task` due at `at`; `number` must be new."""
        return replace(self, tasks=self.tasks.set((at, number), task))


class Store:
    """The one mutable cell: the world as it is now."""

    __slots__ = ("world",)

    def __init__(self, world: World | None = None) -> None:
        """Hold `world`, or an empty one."""
        self.world = World() if world is None else world
