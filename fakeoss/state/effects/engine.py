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
from fakeoss.state.effects import lifecycle
from fakeoss.state.effects.means import Means
from fakeoss.state.store import Deed, Task, World

Handler: TypeAlias = Callable[[World, Task, datetime, Means], World]
"""Does what is due at a moment; a task without a reason any more changes nothing."""

HANDLERS: Final[Mapping[Deed, Handler]] = MappingProxyType({Deed.LIFECYCLE: lifecycle.run})


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
        world = follow(before, HANDLERS[task.deed](before, task, at, means), at, means)


def follow(before: World, after: World, now: datetime, means: Means) -> World:
    """The world `after` with what follows from its difference to `before`: plans made, changes replicated."""
    if before.buckets is after.buckets:
        return after
    world = after
    for name, old, new in changes(before.buckets, after.buckets):
        if new is not None:
            world = lifecycle.follow(world, old, world.buckets[name], now, means)
    return world
