"""Access logs at work: lines gathered as requests are answered, written to a bucket once their hour is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import count, groupby, takewhile

from fakeoss.clock import later
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.access_log import LogTarget
from fakeoss.state.effects.delivery import delivered, receiver
from fakeoss.state.effects.means import Means
from fakeoss.state.store import Deed, LogPlace, Task, World

HOUR = timedelta(hours=1)
AHEAD = timedelta(hours=8)
BEIJING = timezone(AHEAD)
"""The zone of the times in logs and their names."""


def in_beijing(moment: datetime) -> datetime:
    """A moment as the clocks there show it."""
    return later(moment, AHEAD).replace(tzinfo=BEIJING)


def noted(world: World, bucket: Bucket, target: LogTarget, line: str, at: datetime, number: int) -> World:
    """The world with one more line of a bucket's log; lines of an hour stand in the order of their numbers."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    place = LogPlace(hour, bucket.name, target.bucket, target.prefix, number)
    world = replace(world, log_lines=world.log_lines.set(place, line))
    return world.with_task(later(hour, HOUR), Task(Deed.LOGGING, bucket.name))


def run(world: World, task: Task, at: datetime, means: Means) -> World:
    """The world with the logs of the hour before a moment written; lost where nothing is there to take them."""
    lines = list(_lines(world, task.bucket, at - HOUR))
    kept = world.log_lines
    for place, _ in lines:
        kept = kept.remove(place)
    world = replace(world, log_lines=kept)
    for (name, prefix), group in groupby(lines, lambda item: (item[0].target, item[0].prefix)):
        target = _target(world, task.bucket, name)
        if target is not None:
            key = _name(target, prefix + task.bucket, at - HOUR)
            data = "".join(f"{line}\n" for _, line in group).encode()
            world = world.with_bucket(delivered(target, key, data, "text/plain", at, means))
    return world


def _lines(world: World, bucket: str, hour: datetime) -> Iterator[tuple[LogPlace, str]]:
    found = world.log_lines.items(start=LogPlace(hour, bucket, "", "", 0))
    return takewhile(lambda item: item[0][:2] == (hour, bucket), found)


def _target(world: World, source: str, name: str) -> Bucket | None:
    bucket = world.buckets.get(source)
    return world.buckets.get(name) if bucket is None else receiver(world, bucket, name)


def _name(target: Bucket, start: str, hour: datetime) -> str:
    """What a log is called: by the hour of its requests in Beijing (assumption A217), and the first free number."""
    names = (f"{start}{in_beijing(hour):%Y-%m-%d-%H-%M-%S}-{number:04d}" for number in count(1))
    return next(name for name in names if name not in target.objects)
