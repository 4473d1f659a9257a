"""When lifecycle rules do what to which version: pure arithmetic of days.

A rule is carried out once a day, at one hour (UTC). What is to happen N days after something happens in the first run
after N times 24 hours; what a date says happens in the first run that is not before it (documentation: lifecycle
rules based on the last modified time, Effective time).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Final, Literal, NamedTuple, TypeAlias

from fakeoss.clock import LAST, later
from fakeoss.state import protection
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.access_monitor import AccessMonitor
from fakeoss.state.configurations.lifecycle import LifecycleRule, NoncurrentVersionTransition, Transition
from fakeoss.state.effects.lifecycle_rules import RuleIndex
from fakeoss.state.objects import NULL, STORAGE_CLASSES, ObjectVersion, Version
from fakeoss.state.uploads import Upload
from fakeoss.state.version_stack import VersionStack

DAY: Final = timedelta(days=1)
TICK: Final = timedelta(microseconds=1)
EVER: Final = datetime.min.replace(tzinfo=timezone.utc)
NEVER: Final = LAST
"""Both ends of the calendar; what would come later than the last stands there."""

SMALL: Final = 64 * 1024
"""Bytes below which an object stays where it is unless a rule by access time says otherwise (assumption A218)."""

COLDEST: Final = ("ColdArchive", "DeepColdArchive")
"""Classes that take no appendable object which is not sealed."""

Act: TypeAlias = Literal["expire", "remove", "move"]
"""`expire` deletes the current version as a DELETE without version id does, `remove` one version for good."""


class Step(NamedTuple):
    """What happens to a version, and in which run; `storage_class` is where it moves."""

    at: datetime
    act: Act
    storage_class: str = ""
    rule_id: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """A bucket, its rules, and the hour of the day (UTC) at which they are carried out."""

    bucket: Bucket
    rules: RuleIndex
    hour: int

    def next_step(self, stack: VersionStack, key: str, version: Version, after: datetime) -> Step | None:
        """The first thing to happen to a version in a run after `after`, as things stand; None if nothing will.

        Where several are due in one run, deleting comes before moving (documentation), a colder class before a
        warmer one.
        """
        steps = [
            Step(next_run(max(since, after), self.hour), act, storage_class, rule_id)
            for since, act, storage_class, rule_id in self._possible(stack, key, version, after)
        ]
        return min(steps, key=_precedence, default=None)

    def _possible(
        self, stack: VersionStack, key: str, version: Version, after: datetime
    ) -> Iterator[tuple[datetime, Act, str, str]]:
        """What may happen in any run after a moment."""
        is_current = version is stack.latest
        for rule in self.rules.matching(key, version):
            if not is_current:
                yield from self._noncurrent(stack, version, rule, after)
            elif isinstance(version, ObjectVersion):
                yield from self._current(stack, version, rule, after)
            elif len(stack) == 1 and rule.expiration is not None and rule.expiration.expired_object_delete_marker:
                yield after, "remove", "", rule.id

    def _current(
        self, stack: VersionStack, version: ObjectVersion, rule: LifecycleRule, after: datetime
    ) -> Iterator[tuple[datetime, Act, str, str]]:
        expires = expiry_base(rule, version)
        if expires is not None:
            going = None if self.bucket.versioning == "Enabled" else stack.get(NULL)
            free = self._free_from(going, after)
            if free is not None:
                yield max(expires, free), "expire", "", rule.id
        for step in rule.transitions:
            moves = self._moves(version, step, version.last_modified)
            if moves is not None:
                yield moves, "move", step.storage_class, rule.id

    def _noncurrent(
        self, stack: VersionStack, version: Version, rule: LifecycleRule, after: datetime
    ) -> Iterator[tuple[datetime, Act, str, str]]:
        successor = stack.successor(version.version_id)
        if successor is None:
            return
        replaced_at = successor.last_modified
        free = self._free_from(version, after)
        if rule.noncurrent_expiration is not None and free is not None:
            expires = days_later(replaced_at, rule.noncurrent_expiration.noncurrent_days)
            if expires is not None:
                yield max(expires, free), "remove", "", rule.id
        if isinstance(version, ObjectVersion):
            for step in rule.noncurrent_transitions:
                moves = self._moves(version, step, replaced_at)
                if moves is not None:
                    yield moves, "move", step.storage_class, rule.id

    def _free_from(self, version: Version | None, after: datetime) -> datetime | None:
        """From when on a version may be removed; None while a legal hold is on it."""
        kept = protection.of_version(self.bucket, version, after)
        if kept is None:
            return after
        return None if kept.until is None else kept.until - TICK

    def _moves(
        self, version: ObjectVersion, step: Transition | NoncurrentVersionTransition, since: datetime
    ) -> datetime | None:
        """From when on a version may be moved as a transition has it; None if never."""
        if not _can_move(version, step.storage_class):
            return None
        if step.is_access_time:
            return self._moves_by_access(version, step)
        if isinstance(step, Transition) and step.created_before_date is not None:
            return step.created_before_date - TICK if since < step.created_before_date else None
        return None if step.days is None else days_later(since, step.days)

    def _moves_by_access(
        self, version: ObjectVersion, step: Transition | NoncurrentVersionTransition
    ) -> datetime | None:
        if version.size < SMALL and not step.allow_small_file:
            return None
        monitor = self.bucket.configuration(AccessMonitor)
        accessed = None if monitor is None else monitor.last_access(version)
        return None if accessed is None or step.days is None else days_later(accessed, step.days)

    def aborts(self, upload: Upload, after: datetime) -> datetime | None:
        """The run after `after` in which an upload is aborted; None if it is not."""
        runs = []
        for rule in self.rules.of_key(upload.key):
            if rule.abort is None:
                continue
            if rule.abort.days is not None:
                since = days_later(upload.initiated, rule.abort.days)
            else:
                since = _dated(rule.abort.created_before_date, upload.initiated)
            if since is not None:
                runs.append(next_run(max(since, after), self.hour))
        return min(runs, default=None)

    def returns_to_standard(self, key: str, version: ObjectVersion) -> bool:
        """Whether reading a version that was moved away brings it back to Standard."""
        return version.storage_class != "Standard" and any(
            step.is_access_time and step.return_to_standard and step.storage_class == version.storage_class
            for rule in self.rules.matching(key, version)
            for step in rule.moves
        )


def next_run(after: datetime, hour: int) -> datetime:
    """The first run after a moment."""
    run = after.replace(hour=hour, minute=0, second=0, microsecond=0)
    if run > after:
        return run
    return later(run, DAY)


def days_later(moment: datetime, days: int) -> datetime | None:
    """Some days later; None beyond the end of the calendar."""
    return moment + timedelta(days=days) if days < (NEVER - moment).days else None


def expiry_base(rule: LifecycleRule, version: ObjectVersion) -> datetime | None:
    """The moment after which the first run deletes the current version as a rule has it; None if none does."""
    expiration = rule.expiration
    if expiration is None:
        return None
    if expiration.days is not None:
        return days_later(version.last_modified, expiration.days)
    if expiration.date is not None:
        return max(expiration.date, EVER + TICK) - TICK
    return _dated(expiration.created_before_date, version.last_modified)


def _dated(date: datetime | None, modified: datetime) -> datetime | None:
    """The moment before a date where it counts for what was modified then: earlier than the date."""
    return date - TICK if date is not None and modified < date else None


def _can_move(version: ObjectVersion, storage_class: str) -> bool:
    """Whether there is a way to a class: only to colder ones, never for links, not to the coldest while appendable."""
    if STORAGE_CLASSES.index(storage_class) <= STORAGE_CLASSES.index(version.storage_class):
        return False
    if version.kind == "Symlink":
        return False
    return not (version.kind == "Appendable" and not version.is_sealed and storage_class in COLDEST)


def _precedence(step: Step) -> tuple[datetime, bool, int]:
    rank = STORAGE_CLASSES.index(step.storage_class) if step.storage_class else 0
    return step.at, step.act == "move", -rank
