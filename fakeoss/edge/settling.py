"""Where the effects of time meet the one mutable cell; everything here happens under the lock.

The engine is imported once there is anything for it to do: most tests set no rule and do without it.
"""

from __future__ import annotations

from datetime import datetime

from fakeoss.edge.service import Service
from fakeoss.state.bucket import Bucket
from fakeoss.state.difference import changes
from fakeoss.state.effects.means import Means
from fakeoss.state.store import World


def settle(service: Service, now: datetime) -> None:
    """Do everything that is due; costs one comparison where nothing is."""
    world = service.store.world
    if not world.tasks:
        return
    from fakeoss.state.effects.engine import is_due
    from fakeoss.state.effects.engine import settle as settled

    if is_due(world, now):
        service.store.world = settled(world, now, _means(service))


def follow(service: Service, before: World, now: datetime) -> None:
    """Do what follows from the change that an operation made to the world `before`."""
    after = service.store.world
    if after.buckets is before.buckets or not after.is_configured:
        return
    if any(new is not None and new.is_configured for _, _, new in changes(before.buckets, after.buckets)):
        from fakeoss.state.effects import engine

        service.store.world = engine.follow(before, after, now, _means(service))


def bucket(service: Service, name: str, now: datetime) -> Bucket | None:
    """A bucket as it is at `now`, for those who look past requests; None where there is none."""
    with service.lock:
        settle(service, now)
        return service.store.world.buckets.get(name)


def _means(service: Service) -> Means:
    return Means(service.ids, service.settings)
