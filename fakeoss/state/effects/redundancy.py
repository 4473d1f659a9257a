"""Changes of redundancy at work: a bucket stands in several zones once its task is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from fakeoss.clock import later
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.redundancy import RedundancyTransition
from fakeoss.state.effects.means import Means
from fakeoss.state.store import Deed, Task, World


def begin(world: World, bucket: Bucket, now: datetime, means: Means) -> tuple[World, RedundancyTransition]:
    """The world with a new task for a bucket, and the task."""
    starts = later(now, means.settings.redundancy_start)
    ends = later(starts, means.settings.redundancy_duration)
    made = RedundancyTransition(means.ids.hex("redundancy"), means.ids.sequence(), now, starts, ends)
    world = world.with_bucket(bucket.with_keyed(made.id, made))
    return world.with_task(ends, Task(Deed.REDUNDANCY, bucket.name, made.id)), made


def run(world: World, task: Task, at: datetime, _: Means) -> World:
    """The world with a bucket changed whose task ends at a moment."""
    bucket = world.buckets.get(task.bucket)
    found = None if bucket is None else bucket.keyed_configuration(RedundancyTransition, task.subject)
    if bucket is None or found is None or found.ends != at:
        return world
    return world.with_bucket(replace(bucket.with_keyed(found.id, replace(found, is_finished=True)), redundancy="ZRS"))
