"""Replication at work: what happens to objects of one bucket happens to their replicas in another, some time later.

Uploads that are not complete are nobody's replicas (assumption A219).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from fakeoss.clock import later
from fakeoss.state import protection
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.replication import Change, Pending, Replication, ReplicationRule
from fakeoss.state.effects.means import Means
from fakeoss.state.key_index import KeyIndex
from fakeoss.state.objects import NULL, DeleteMarker, Encryption, ObjectVersion, Version
from fakeoss.state.sorted_map import SortedMap
from fakeoss.state.store import Deed, Task, World
from fakeoss.state.version_stack import VersionStack, assign_version_id


def rules_of(bucket: Bucket) -> tuple[Replication, ...]:
    """The replications that leave a bucket, in order of rule id."""
    return bucket.keyed_configurations(Replication) if bucket.keyed else ()


def rules_to(world: World, target: Bucket) -> Iterator[tuple[Bucket, Replication]]:
    """The replications that point at a bucket, each with the bucket it leaves."""
    for bucket in world.buckets_of(target.owner):
        for replication in rules_of(bucket):
            if replication.rule.destination.bucket == target.name:
                yield bucket, replication


def begin(world: World, bucket: Bucket, rule: ReplicationRule, now: datetime, means: Means) -> World:
    """The world with a new rule on a bucket, to be at work once it is prepared."""
    turns_at = later(now, means.settings.replication_start)
    replication = Replication(rule, "starting", now, turns_at, means.ids.sequence())
    world = world.with_bucket(bucket.with_keyed(rule.id, replication))
    return world.with_task(turns_at, Task(Deed.REPLICATION, bucket.name, rule.id))


def end(world: World, bucket: Bucket, replication: Replication, now: datetime, means: Means) -> World:
    """The world with a rule being taken down: nothing more is replicated, and after a while it is gone."""
    turns_at = later(now, means.settings.replication_start)
    closing = replace(replication, state="closing", turns_at=turns_at, arriving=SortedMap())
    world = world.with_bucket(bucket.with_keyed(replication.rule.id, closing))
    return world.with_task(turns_at, Task(Deed.REPLICATION, bucket.name, replication.rule.id))


def follow(world: World, before: Bucket | None, bucket: Bucket, now: datetime, means: Means) -> World:
    """The world once the changes of a bucket's objects are on their way to its replicas, or are there."""
    if before is None or before.objects is bucket.objects:
        return world
    for replication in rules_of(bucket):
        if replication.state == "doing":
            changes = list(_changes(replication.rule, before.objects, bucket.objects, now))
            world = _sent(world, bucket.name, replication, changes, now, means)
    return world


def run(world: World, task: Task, at: datetime, means: Means) -> World:
    """The world once a rule's state has turned, or what was on its way has arrived."""
    bucket = world.buckets.get(task.bucket)
    replication = None if bucket is None else bucket.keyed_configuration(Replication, task.subject)
    if bucket is None or replication is None:
        return world
    if replication.state == "closing":
        if replication.turns_at <= at:
            world = world.with_bucket(bucket.without_keyed(Replication, task.subject))
        return world
    if replication.state == "starting":
        return _started(world, bucket, replication, at, means) if replication.turns_at <= at else world
    return _arrived(world, bucket, replication, at, means)


def _started(world: World, bucket: Bucket, replication: Replication, at: datetime, means: Means) -> World:
    """A rule goes to work: what was written since it was made is sent, and where it says so, what was there before."""
    takes_all = replication.rule.historical == "enabled"
    backlog: list[Change] = []
    news: list[Change] = []
    for key, stack in bucket.objects.items():
        if replication.rule.covers(key):
            for version in reversed(list(stack)):
                is_new = version.sequence > replication.sequence
                if is_new or takes_all:
                    moment = at if is_new else replication.created
                    (news if is_new else backlog).append(Change(key, version.version_id, moment))
    working = replace(replication, state="doing", backlog=len(backlog))
    world = world.with_bucket(bucket.with_keyed(replication.rule.id, working))
    return _sent(world, bucket.name, working, [*backlog, *news], at, means)


def _changes(rule: ReplicationRule, before: KeyIndex, after: KeyIndex, now: datetime) -> Iterator[Change]:
    """What a rule makes of the difference of two states of a bucket."""
    for key, was, stack in after.changes_since(before):
        if not rule.covers(key):
            continue
        pairs = (stack or _NOTHING).differences(was or _NOTHING)
        # Older versions first, so that the newest ends on top.
        for version_id, (old, new) in sorted(pairs.items(), key=lambda pair: _age(pair[1])):
            if new is None:
                if rule.deletes:
                    yield Change(key, version_id, now, is_gone=True)
            elif rule.writes and _is_news(old, new):
                yield Change(key, version_id, now)


_NOTHING = VersionStack()


def _age(pair: tuple[Version | None, Version | None]) -> int:
    version = pair[1] or pair[0]
    return 0 if version is None else version.sequence


def _is_news(old: Version | None, new: Version) -> bool:
    """Whether a version differs in more than what its own bucket does with it: accesses, restores."""
    if not isinstance(old, ObjectVersion) or not isinstance(new, ObjectVersion):
        return True
    return replace(old, accessed_at=new.accessed_at, restore=new.restore) != new


def _sent(
    world: World, name: str, replication: Replication, changes: Iterable[Change], now: datetime, means: Means
) -> World:
    """The world with changes on their way; those that take no time have arrived."""
    if not means.settings.replication_delay:
        return _applied(world, name, replication.rule, changes, now, means)
    due = later(now, means.settings.replication_delay)
    arriving: Pending = replication.arriving
    for change in changes:
        arriving = arriving.set((due, means.ids.sequence()), change)
    if arriving is replication.arriving:
        return world
    underway = replace(replication, arriving=arriving)
    world = world.with_bucket(world.buckets[name].with_keyed(replication.rule.id, underway))
    return world.with_task(due, Task(Deed.REPLICATION, name, replication.rule.id))


def _arrived(world: World, bucket: Bucket, replication: Replication, at: datetime, means: Means) -> World:
    arriving = replication.arriving
    due: list[Change] = []
    for place, change in replication.arriving.items():
        if place[0] > at:
            break
        arriving = arriving.remove(place)
        due.append(change)
    if not due:
        return world
    underway = replace(replication, arriving=arriving)
    world = world.with_bucket(bucket.with_keyed(replication.rule.id, underway))
    return _applied(world, bucket.name, replication.rule, due, at, means)


def _applied(
    world: World, name: str, rule: ReplicationRule, changes: Iterable[Change], at: datetime, means: Means
) -> World:
    """The world with changes done to the replicas; none where the destination is gone or another's by now."""
    source, target = world.buckets[name], world.buckets.get(rule.destination.bucket)
    if target is None or target.owner != source.owner:
        return world
    arrived = target
    for change in changes:
        version = source.objects.get(change.key, change.version_id)
        if change.is_gone:
            arrived = _without(arrived, change, at)
        elif version is not None and rule.takes(version):
            arrived = _with_replica(arrived, change.key, version, rule, at, means)
    return world if arrived is target else world.with_bucket(arrived)


def _without(target: Bucket, change: Change, at: datetime) -> Bucket:
    """The destination without a version, unless it must stay."""
    found = target.objects.get(change.key, change.version_id)
    if found is None or protection.of_version(target, found, at) is not None:
        return target
    return target.with_objects(target.objects.remove(change.key, change.version_id), at)


def _with_replica(
    target: Bucket, key: str, version: Version, rule: ReplicationRule, at: datetime, means: Means
) -> Bucket:
    """The destination with a replica on top, or in the place of the one it is a change of; nothing retained is undone.

    A replica is the same in name, version id, content, metadata, ACL and times (documentation).
    """
    version_id = version.version_id
    if version_id == NULL or target.versioning != "Enabled":
        version_id = NULL if version_id == NULL else assign_version_id(target.versioning, means.ids.version())
    replica = _replica(version, version_id, target, rule, means)
    present = target.objects.get(key, version_id)
    if present is not None and present.last_modified == version.last_modified:
        changed = target.objects.replace(key, replica)
    elif protection.of_version(target, present, at) is not None:
        return target
    else:
        changed = target.objects.put(key, replica)
    return target.with_objects(changed, at)


def _replica(version: Version, version_id: str, target: Bucket, rule: ReplicationRule, means: Means) -> Version:
    """The version as the target keeps it, encrypted only where the source is (assumption A220)."""
    if not isinstance(version, ObjectVersion):
        return DeleteMarker(version_id, means.ids.sequence(), version.last_modified, target.owner)
    encryption = version.encryption
    if encryption is not None and encryption.algorithm == "KMS":
        encryption = Encryption("KMS", rule.replica_kms_key, encryption.data)
    return replace(
        version,
        version_id=version_id,
        sequence=means.ids.sequence(),
        owner=target.owner,
        encryption=encryption,
        accessed_at=None,
        restore=None,
        is_replica=True,
    )
