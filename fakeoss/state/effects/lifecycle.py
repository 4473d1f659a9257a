"""Lifecycle rules at work: what is due is known beforehand, one run a day carries it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Final, TypeAlias

from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.access_monitor import AccessMonitor
from fakeoss.state.configurations.lifecycle import Lifecycle
from fakeoss.state.difference import changes
from fakeoss.state.effects.lifecycle_rules import RuleIndex
from fakeoss.state.effects.lifecycle_steps import COLDEST, TICK, Outlook, Step, expiry_base, next_run
from fakeoss.state.effects.means import Means
from fakeoss.state.key_index import KeyIndex
from fakeoss.state.objects import DeleteMarker, ObjectVersion
from fakeoss.state.sorted_map import SortedMap
from fakeoss.state.store import Deed, Task, World
from fakeoss.state.version_stack import VersionStack, assign_version_id
from fakeoss.state.worm import BucketWorm

WATCHED: Final = (Lifecycle, AccessMonitor, BucketWorm)
"""The configurations that decide when anything is due."""

OBJECT: Final = 0
UPLOAD: Final = 1

Place: TypeAlias = tuple[str, int, str]
"""Key, OBJECT or UPLOAD, version id or upload id."""

Entry: TypeAlias = tuple[datetime, Place]

Agenda: TypeAlias = SortedMap[datetime, SortedMap[Place, bool]]
"""What to look at, by the run that has to. Entries that have lost their reason stay: they are found idle then."""


@dataclass(frozen=True, slots=True)
class LifecyclePlan:
    """The rules of a bucket ready for use, and what they will have to do."""

    rules: RuleIndex
    agenda: Agenda


def follow(world: World, before: Bucket | None, bucket: Bucket, now: datetime, means: Means) -> World:
    """The world once the plan of a bucket is that of its present rules and objects.

    Takes time by what changed, unless the rules did: then by what the bucket holds.
    """
    plan = bucket.configuration(LifecyclePlan)
    if plan is None and bucket.configuration(Lifecycle) is None:
        return world
    if before is None or plan is None or _is_decided_anew(before, bucket):
        return _planned(world, bucket, now, means)
    bucket = _visited(before, bucket, plan)
    outlook = Outlook(bucket, plan.rules, means.settings.lifecycle_hour)
    entries = [*_of_objects(outlook, before.objects, now), *_of_uploads(outlook, before, now)]
    if bucket is not world.buckets.get(bucket.name):
        world = world.with_bucket(bucket)
    return _scheduled(world, bucket, plan, entries)


def _is_decided_anew(before: Bucket, bucket: Bucket) -> bool:
    if before.versioning != bucket.versioning:
        return True
    return any(before.configuration(kind) is not bucket.configuration(kind) for kind in WATCHED)


def _planned(world: World, bucket: Bucket, now: datetime, means: Means) -> World:
    """The world with a plan made from nothing, or without one where there are no rules."""
    rules = bucket.configuration(Lifecycle)
    if rules is None:
        return world.with_bucket(bucket.without_configuration(LifecyclePlan))
    index = RuleIndex(rules.rules)
    outlook = Outlook(bucket, index, means.settings.lifecycle_hour)
    nothing = replace(bucket, objects=KeyIndex(), uploads=SortedMap())
    entries = sorted([*_of_objects(outlook, nothing.objects, now), *_of_uploads(outlook, nothing, now)])
    agenda = SortedMap.of(
        (at, SortedMap.of((place, True) for _, place in group)) for at, group in groupby(entries, itemgetter(0))
    )
    for at in agenda:
        world = world.with_task(at, Task(Deed.LIFECYCLE, bucket.name))
    return world.with_bucket(bucket.with_configuration(LifecyclePlan(index, agenda)))


def _of_objects(outlook: Outlook, before: KeyIndex, now: datetime) -> Iterator[Entry]:
    """What to look at of the objects that changed since `before`."""
    for key, was, stack in outlook.bucket.objects.changes_since(before):
        if stack is None:
            continue
        for version in _changed(was, stack):
            step = outlook.next_step(stack, key, version, now)
            if step is not None:
                yield step.at, (key, OBJECT, version.version_id)


def _changed(was: VersionStack | None, stack: VersionStack) -> Iterable[ObjectVersion | DeleteMarker]:
    if was is None:
        return stack
    return {version.version_id: version for version in stack.changed_since(was)}.values()


def _of_uploads(outlook: Outlook, before: Bucket, now: datetime) -> Iterator[Entry]:
    for (key, upload_id), _, upload in changes(before.uploads, outlook.bucket.uploads):
        at = None if upload is None else outlook.aborts(upload, now)
        if at is not None:
            yield at, (key, UPLOAD, upload_id)


def _scheduled(world: World, bucket: Bucket, plan: LifecyclePlan, entries: Iterable[Entry]) -> World:
    """The world with more on the agenda of a bucket."""
    agenda = plan.agenda
    for at, place in entries:
        day: SortedMap[Place, bool] = agenda.get(at) or SortedMap()
        if place not in day:
            agenda = agenda.set(at, day.set(place, True))
            world = world.with_task(at, Task(Deed.LIFECYCLE, bucket.name))
    if agenda is plan.agenda:
        return world
    return world.with_bucket(bucket.with_configuration(replace(plan, agenda=agenda)))


def _visited(before: Bucket, bucket: Bucket, plan: LifecyclePlan) -> Bucket:
    """The bucket with objects back in Standard that were read just now, where their rule says so."""
    if bucket.configuration(AccessMonitor) is None:
        return bucket
    outlook = Outlook(bucket, plan.rules, 0)
    objects = bucket.objects
    for key, was, stack in bucket.objects.changes_since(before.objects):
        for version in () if was is None or stack is None else _changed(was, stack):
            older = None if was is None else was.get(version.version_id)
            if not isinstance(version, ObjectVersion) or not isinstance(older, ObjectVersion):
                continue
            if older.accessed_at != version.accessed_at and outlook.returns_to_standard(key, version):
                objects = objects.replace(key, replace(version, storage_class="Standard", restore=None))
    return bucket if objects is bucket.objects else replace(bucket, objects=objects)


# Carrying out


def run(world: World, task: Task, at: datetime, means: Means) -> World:
    """The world after one day's run over a bucket."""
    bucket = world.buckets.get(task.bucket)
    plan = None if bucket is None else bucket.configuration(LifecyclePlan)
    day = None if plan is None else plan.agenda.get(at)
    if bucket is None or plan is None or day is None:
        return world
    outlook = Outlook(bucket, plan.rules, means.settings.lifecycle_hour)
    left = replace(plan, agenda=plan.agenda.remove(at))
    due, entries = _sifted(outlook, day, at)
    changed = _done(bucket, due, at, means).with_configuration(left)
    return _scheduled(world.with_bucket(changed), changed, left, entries)


def _sifted(outlook: Outlook, day: Iterable[Place], at: datetime) -> tuple[list[tuple[Place, Step]], list[Entry]]:
    """What is due at the places to look at, judged as they all are before the run, and what will be later."""
    due: list[tuple[Place, Step]] = []
    entries: list[Entry] = []
    for place in day:
        step = _step(outlook, place, at - TICK)
        if step is None:
            continue
        if step.at == at:
            due.append((place, step))
        else:
            entries.append((step.at, place))
    return due, entries


def _step(outlook: Outlook, place: Place, after: datetime) -> Step | None:
    key, kind, identifier = place
    if kind == UPLOAD:
        upload = outlook.bucket.uploads.get((key, identifier))
        aborted = None if upload is None else outlook.aborts(upload, after)
        return None if aborted is None else Step(aborted, "remove")
    stack = outlook.bucket.objects.stack(key)
    version = None if stack is None else stack.get(identifier)
    return None if stack is None or version is None else outlook.next_step(stack, key, version, after)


def _done(bucket: Bucket, due: Iterable[tuple[Place, Step]], at: datetime, means: Means) -> Bucket:
    """The bucket once everything due is done."""
    objects, uploads = bucket.objects, bucket.uploads
    for (key, kind, identifier), step in due:
        if kind == UPLOAD:
            uploads = uploads.remove((key, identifier))
        elif step.act == "expire":
            version_id = assign_version_id(bucket.versioning, means.ids.version())
            marker = DeleteMarker(version_id, means.ids.sequence(), at, bucket.owner)
            objects = objects.delete(key, bucket.versioning, marker)
        else:
            objects = _without_or_moved(objects, key, identifier, step, at)
    changed = bucket if uploads is bucket.uploads else replace(bucket, uploads=uploads)
    return changed if objects is bucket.objects else changed.with_objects(objects, at)


def _without_or_moved(objects: KeyIndex, key: str, version_id: str, step: Step, at: datetime) -> KeyIndex:
    version = objects.get(key, version_id)
    if version is None:  # a delete marker of the same run has taken the place of the null version
        return objects
    if step.act == "remove":
        return objects.remove(key, version_id)
    return objects.replace(key, _moved(version, step, at)) if isinstance(version, ObjectVersion) else objects


def _moved(version: ObjectVersion, step: Step, at: datetime) -> ObjectVersion:
    """The version in its new class; its last modification stays (documentation). The coldest classes note the time."""
    noted = at if step.storage_class in COLDEST else version.transitioned_at
    return replace(version, storage_class=step.storage_class, transitioned_at=noted, restore=None)


# Telling


def expiry_of(
    bucket: Bucket, key: str, version: ObjectVersion, now: datetime, hour: int
) -> tuple[datetime, str] | None:
    """When the current version of a key will be deleted, and the id of the rule that does it; None if none does.

    `hour` is that of the day at which rules are carried out.
    """
    plan = bucket.configuration(LifecyclePlan)
    if plan is None:
        return None
    soonest: tuple[datetime, str] | None = None
    for rule in plan.rules.deleting(key, version):
        since = expiry_base(rule, version)
        if since is not None and (soonest is None or since < soonest[0]):
            soonest = (since, rule.id)
    if soonest is None:
        return None
    return next_run(max(soonest[0], now), hour), soonest[1]
