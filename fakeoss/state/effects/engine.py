"""The engine of effects: what is due is done before anybody looks, what changed is followed up at once.

Both are functions of worlds and a moment. What was once done stays done when time goes back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Final, TypeAlias

from fakeoss.state.difference import changes
from fakeoss.state.effects import access_log, inventory, lifecycle, redundancy, replication
from fakeoss.state.effects.means import Means
from fakeoss.state.store import Deed, Task, World

Handler: TypeAlias = Callable[[World, Task, datetime, Means], World]
"""Does what is due at a moment; a task without a reason any more changes nothing."""

HANDLERS: Final[Mapping[Deed, Handler]] = MappingProxyType(
    {
        Deed.REPLICATION: replication.run,
        Deed.LIFECYCLE: lifecycle.run,
        Deed.REDUNDANCY: redundancy.run,
        Deed.LOGGING: access_log.run,
        Deed.INVENTORY: inventory.run,
    }
)


def is_due(world: World, now: datetime) -> bool:
    """Whether there is anything to settle."""
    first = world.tasks.first()
    return first is not None and first[0][0] <= now


def settle(world: World, now: datetime, means: Means) -> World:
    """The world once everything due until `now` is done, in order, each at its own time."""
    while True:
        first = world.tasks.first()
        if first is None or first[0][0] > now:
            return world
        at, task = due = first[0]
        before = replace(world, tasks=world.tasks.remove(due))
        after = HANDLERS[task.deed](before, task, at, means)
        world = follow(before, after, at, means, replicates=task.deed is not Deed.REPLICATION)


def follow(before: World, after: World, now: datetime, means: Means, *, replicates: bool = True) -> World:
    """The world `after` with what follows from its difference to `before`: plans made, changes replicated.

    What replication brings is not replicated further.
    """
    if before.buckets is after.buckets:
        return after
    ruled = [
        (old, new) for _, old, new in changes(before.buckets, after.buckets) if new is not None and new.is_configured
    ]
    if not ruled:
        return after
    planned = after
    for old, new in ruled:
        planned = lifecycle.follow(planned, old, new, now, means)
    if not replicates:
        return planned
    world = planned
    for name, old, _ in changes(before.buckets, planned.buckets):
        bucket = world.buckets.get(name)
        if bucket is not None:
            world = replication.follow(world, old, bucket, now, means)
    return follow(planned, world, now, means, replicates=False)
