"""The engine: what is due is done in order, each at its own time, and at no cost before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

import pytest

from fakeoss.ids import Ids
from fakeoss.settings import Settings
from fakeoss.state.bucket import Bucket
from fakeoss.state.effects import engine
from fakeoss.state.effects.means import Means
from fakeoss.state.store import Deed, Task, World
from tests.moments import utc
from tests.state.effort import effort

START = utc(2024, 5, 1)
HOUR = timedelta(hours=1)
MEANS = Means(Ids(), Settings())


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[tuple[datetime, Task]]:
    """What the engine does, noted instead of done; what is called `again` comes back once, an hour later."""
    noted: list[tuple[datetime, Task]] = []

    def handle(world: World, task: Task, at: datetime, _: Means) -> World:
        noted.append((at, task))
        if task.subject != "again" or len(noted) > 1:
            return world
        return world.with_task(at + HOUR, task)

    monkeypatch.setattr(engine, "HANDLERS", MappingProxyType(dict.fromkeys(Deed, handle)))
    return noted


def world_with(*tasks: tuple[int, Task]) -> World:
    """A world with tasks due so many hours after the start."""
    world = World()
    for hours, task in tasks:
        world = world.with_task(START + hours * HOUR, task)
    return world


def test_what_is_due_is_done_in_order_of_time_and_kind(done: list[tuple[datetime, Task]]) -> None:
    late, early = Task(Deed.LIFECYCLE, "late"), Task(Deed.LIFECYCLE, "early")
    list_, copy = Task(Deed.INVENTORY, "a"), Task(Deed.REPLICATION, "z")
    world = world_with((5, late), (2, list_), (1, early), (2, copy), (9, Task(Deed.LOGGING, "not yet")))
    after = engine.settle(world, START + 5 * HOUR, MEANS)
    assert [(int((at - START) / HOUR), task) for at, task in done] == [(1, early), (2, copy), (2, list_), (5, late)]
    assert [task.bucket for (_, task), _ in after.tasks.items()] == ["not yet"]


def test_what_a_deed_leads_to_is_done_at_its_own_time(done: list[tuple[datetime, Task]]) -> None:
    again = Task(Deed.LIFECYCLE, "a", "again")
    engine.settle(world_with((1, again), (2, Task(Deed.LIFECYCLE, "b"))), START + 10 * HOUR, MEANS)
    assert [(int((at - START) / HOUR), task.bucket) for at, task in done] == [(1, "a"), (2, "a"), (2, "b")]


def test_the_same_task_counts_once(done: list[tuple[datetime, Task]]) -> None:
    task = Task(Deed.LIFECYCLE, "a")
    engine.settle(world_with((1, task), (1, task)), START + 2 * HOUR, MEANS)
    assert len(done) == 1


def test_what_is_not_due_stays(done: list[tuple[datetime, Task]]) -> None:
    world = world_with((5, Task(Deed.LIFECYCLE, "a")))
    assert not engine.is_due(world, START + 4 * HOUR)
    assert engine.settle(world, START + 4 * HOUR, MEANS) is world
    assert done == []
    assert engine.is_due(world, START + 5 * HOUR)


def test_the_look_at_what_is_due_costs_the_same_for_many_tasks() -> None:
    def price(count: int) -> int:
        world = world_with(*((hours, Task(Deed.LIFECYCLE, "a")) for hours in range(1, count)))
        return effort(lambda: engine.is_due(world, START))

    assert price(3_000) <= price(3) + 5


def test_changes_of_buckets_without_configurations_lead_to_nothing() -> None:
    before = World().with_bucket(Bucket("bucket", "1", "cn-hangzhou", START))
    after = before.with_bucket(replace(before.buckets["bucket"], comment="changed"))
    assert engine.follow(before, after, START, MEANS) is after


@pytest.mark.parametrize("deed", list(Deed))
def test_a_task_for_a_bucket_that_is_gone_changes_nothing(deed: Deed) -> None:
    world = world_with((1, Task(deed, "gone", "subject")))
    after = engine.settle(world, START + HOUR, MEANS)
    assert not after.tasks
    assert after.buckets is world.buckets
