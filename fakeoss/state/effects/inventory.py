"""Inventories at work: lists of a bucket's objects, written at one hour (UTC) of the days that are due."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import datetime

from fakeoss.clock import LAST, later
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.inventory import Inventory, InventoryDestination, InventorySchedule
from fakeoss.state.effects import inventory_report
from fakeoss.state.effects.delivery import delivered, receiver
from fakeoss.state.effects.lifecycle_steps import DAY, days_later, next_run
from fakeoss.state.effects.means import Means
from fakeoss.state.objects import Encryption
from fakeoss.state.store import Deed, Task, World


def begin(world: World, bucket: Bucket, inventory: Inventory, now: datetime, means: Means) -> World:
    """The world with an inventory on a bucket; its first list is due at the next hour of lists (assumption A216)."""
    at = _first(inventory.schedule, now, means.settings.inventory_hour) if inventory.is_enabled else None
    return _awaiting(world, bucket, inventory, at)


def run(world: World, task: Task, at: datetime, means: Means) -> World:
    """The world with a list that is due written; none where its destination is gone."""
    bucket = world.buckets.get(task.bucket)
    inventory = None if bucket is None else bucket.keyed_configuration(Inventory, task.subject)
    if bucket is None or inventory is None or inventory.next_at != at:
        return world
    following = _following(inventory.schedule, at)
    if following is None and inventory.schedule.auto_delete:
        world = world.with_bucket(bucket.without_keyed(Inventory, inventory.id))
    else:
        world = _awaiting(world, bucket, inventory, following)
    target = receiver(world, bucket, inventory.destination.bucket_name)
    return world if target is None else world.with_bucket(_with_list(target, bucket, inventory, at, means))


def _awaiting(world: World, bucket: Bucket, inventory: Inventory, at: datetime | None) -> World:
    world = world.with_bucket(bucket.with_keyed(inventory.id, replace(inventory, next_at=at)))
    return world if at is None else world.with_task(at, Task(Deed.INVENTORY, bucket.name, inventory.id))


def _with_list(target: Bucket, bucket: Bucket, inventory: Inventory, at: datetime, means: Means) -> Bucket:
    encryption = _encryption(inventory.destination, target, means)
    for file in inventory_report.files(bucket, inventory, at, means.ids.uuid("inventory")):
        target = delivered(target, file.key, file.data, file.content_type, at, means, encryption)
    return target


def _encryption(destination: InventoryDestination, target: Bucket, means: Means) -> Encryption | None:
    if destination.sse_kms is not None:
        own = means.ids.fixed("kms", f"{target.owner}/{target.region}")
        return Encryption("KMS", destination.sse_kms.key_id or own)
    return Encryption("AES256") if destination.sse_oss else None


def _first(schedule: InventorySchedule, now: datetime, hour: int) -> datetime:
    run_at = next_run(now, hour)
    while schedule.day_of_month is not None and run_at.day != _day(schedule.day_of_month, run_at) and run_at != LAST:
        run_at = later(run_at, DAY)
    return run_at


def _following(schedule: InventorySchedule, at: datetime) -> datetime | None:
    """When the list after that of a moment is due; None after the only one and at the end of the calendar."""
    if schedule.frequency == "Once":
        return None
    if schedule.day_of_month is None:
        return days_later(at, 1 if schedule.frequency == "Daily" else 7)
    next_month = days_later(at.replace(day=1), 32)
    return next_month and next_month.replace(day=_day(schedule.day_of_month, next_month))


def _day(wanted: int, month: datetime) -> int:
    """A day of a month, its last where the month has no such day."""
    return min(wanted, calendar.monthrange(month.year, month.month)[1])
