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
    done = _Run(outlook, at, means)
    for place in day:
        done.look(place)
    left = replace(plan, agenda=plan.agenda.remove(at))
    changed = done.bucket().with_configuration(left)
    return _scheduled(world.with_bucket(changed), changed, left, done.later)


class _Run:
    """One run under way: the objects and uploads as they are by now, and what has to be looked at again later."""

    def __init__(self, outlook: Outlook, at: datetime, means: Means) -> None:
        self._outlook = outlook
        self._at = at
        self._means = means
        self._objects = outlook.bucket.objects
        self._uploads = outlook.bucket.uploads
        self.later: list[Entry] = []

    def bucket(self) -> Bucket:
        """The bucket as the run leaves it."""
        bucket = replace(self._outlook.bucket, uploads=self._uploads)
        return bucket if self._objects is bucket.objects else bucket.with_objects(self._objects, self._at)

    def look(self, place: Place) -> None:
        """Do what is due at a place, or note when it will be."""
        key, kind, identifier = place
        if kind == UPLOAD:
            self._look_at_upload(place)
            return
        stack = self._objects.stack(key)
        version = None if stack is None else stack.get(identifier)
        if stack is None or version is None:
            return
        step = self._outlook.next_step(stack, key, version, self._at - TICK)
        if step is None:
            return
        if step.at > self._at:
            self.later.append((step.at, place))
        elif step.act == "expire":
            self._expire(key)
        elif step.act == "remove":
            self._objects = self._objects.remove(key, identifier)
        elif isinstance(version, ObjectVersion):
            self._objects = self._objects.replace(key, _moved(version, step, self._at))

    def _expire(self, key: str) -> None:
        bucket, ids = self._outlook.bucket, self._means.ids
        version_id = assign_version_id(bucket.versioning, ids.version())
        marker = DeleteMarker(version_id, ids.sequence(), self._at, bucket.owner)
        self._objects = self._objects.delete(key, bucket.versioning, marker)

    def _look_at_upload(self, place: Place) -> None:
        key, _, upload_id = place
        upload = self._uploads.get((key, upload_id))
        at = None if upload is None else self._outlook.aborts(upload, self._at - TICK)
        if at == self._at:
            self._uploads = self._uploads.remove((key, upload_id))
        elif at is not None:
            self.later.append((at, place))


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
