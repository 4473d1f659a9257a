"""No order of writes, deletions, appends and days loses, resurrects or unprotects a version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Literal

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fakeoss import errors
from fakeoss.state import protection, worm
from fakeoss.state.bucket import Bucket
from fakeoss.state.listing import list_objects, list_versions
from fakeoss.state.objects import ObjectVersion, Retention
from tests.budget import examples
from tests.state.naive import START, PlainVersions, a_marker, an_object
from tests.state.test_key_index import Histories

KEYS = st.sampled_from(["a", "b", "c"])
MODES = st.sampled_from(["GOVERNANCE", "COMPLIANCE"])
DAYS = st.integers(1, 4)
WAITS = st.sampled_from([1, 5, 6, 12, 24, 48])
"""Hours that often add up to whole days, so that what ends is looked at in the very moment in which it does."""


# Preconditions have names: Hypothesis 6.100 reads a lambda's source again at each step, which takes minutes.


def has_versions(machine: Keeping) -> bool:
    return bool(machine.model.keys)


def has_objects(machine: Keeping) -> bool:
    return bool(machine.model.objects())


def has_policy(machine: Keeping) -> bool:
    return machine.policy is not None


class Keeping(RuleBasedStateMachine):
    """A bucket against plain lists and plain dates; every refusal and every success has to be foretold."""

    def __init__(self) -> None:
        super().__init__()
        self.bucket = Bucket("b", "1", "cn-hangzhou", START)
        self.model = PlainVersions()
        self.now = START
        self.sequence = 0
        # The policy once more: id, days, beginning, locked.
        self.policy: tuple[str, int, datetime, bool] | None = None

    # The rules of keeping, a second time

    def policy_days(self) -> int | None:
        if self.policy is None:
            return None
        _, days, began, locked = self.policy
        return days if locked or self.now - began < timedelta(days=1) else None

    def is_kept(self, version: object, *, bypass: bool = False) -> bool:
        if not isinstance(version, ObjectVersion):
            return False
        days = self.policy_days()
        by_policy = days is not None and self.now - version.last_modified < timedelta(days=days)
        retention = version.retention
        by_retention = retention is not None and self.now < retention.until
        if retention is not None and retention.mode == "GOVERNANCE" and bypass:
            by_retention = False
        return bool(version.legal_hold) or by_policy or by_retention

    def null_version(self, key: str) -> object:
        return next((version for version in self.model.keys.get(key, []) if version.version_id == "null"), None)

    def expect(self, refused: bool, row: errors.Row, deed: Callable[[], None]) -> bool:
        """Do it, or see it refused; whether it was done."""
        if not refused:
            deed()
            return True
        with pytest.raises(errors.OSSError) as caught:
            deed()
        assert caught.value.row == row
        return False

    def next_id(self) -> str:
        """The id the service would give, by the rule written down here a second time."""
        self.sequence += 1
        return f"v{self.sequence}" if self.model.status == "Enabled" else "null"

    def next_version(self, size: int) -> ObjectVersion:
        version_id = self.next_id()
        return replace(an_object(version_id, bytes(size), sequence=self.sequence), last_modified=self.now)

    # What users do

    @initialize(status=st.sampled_from([None, "Enabled", "Suspended"]))
    def begin(self, status: str | None) -> None:
        self.bucket = replace(self.bucket, versioning=status)
        self.model.status = status

    @rule(status=st.sampled_from(["Enabled", "Suspended"]))
    def set_versioning(self, status: Literal["Enabled", "Suspended"]) -> None:
        if status == "Suspended" and self.policy_days() is not None:
            return
        self.bucket = replace(self.bucket, versioning=status)
        self.model.status = status

    @rule(key=KEYS, size=st.integers(0, 2))
    def put(self, key: str, size: int) -> None:
        going = None if self.model.status == "Enabled" else self.null_version(key)
        check = partial(protection.check_overwrite, self.bucket, key, self.now)
        if self.expect(self.is_kept(going), errors.FileImmutable, check):
            version = self.next_version(size)
            self.bucket = self.bucket.with_objects(self.bucket.objects.put(key, version), self.now)
            self.model.add(key, version)

    @rule(key=KEYS)
    def append(self, key: str) -> None:
        """Appendable objects grow in their place; new ones are `null` whatever the bucket's versioning."""
        current = next(iter(self.model.keys.get(key, [])), None)
        going = current if isinstance(current, ObjectVersion) else self.null_version(key)
        check = partial(protection.check_append, self.bucket, key, self.now)
        if not self.expect(self.is_kept(going), errors.FileImmutable, check):
            return
        version = replace(self.next_version(1), version_id="null", kind="Appendable")
        if isinstance(current, ObjectVersion):
            changed = replace(version, version_id=current.version_id, retention=current.retention)
            self.bucket = self.bucket.with_objects(self.bucket.objects.replace(key, changed), self.now)
            self.model.replace(key, changed)
        else:
            self.bucket = self.bucket.with_objects(self.bucket.objects.put(key, version), self.now)
            versions = self.model.keys.setdefault(key, [])
            versions[:] = [version, *(old for old in versions if old.version_id != "null")]

    @rule(key=KEYS, bypass=st.booleans())
    def delete(self, key: str, bypass: bool) -> None:
        going = None if self.model.status == "Enabled" else self.null_version(key)
        check = partial(protection.check_delete, self.bucket, key, None, self.now, bypass=bypass)
        if self.expect(self.is_kept(going, bypass=bypass), errors.FileImmutable, check):
            version_id = self.next_id()
            marker = a_marker(version_id, self.sequence)
            objects = self.bucket.objects.delete(key, self.bucket.versioning, marker)
            self.bucket = self.bucket.with_objects(objects, self.now)
            self.model.delete(key, marker)

    @precondition(has_versions)
    @rule(data=st.data(), bypass=st.booleans())
    def delete_version(self, data: st.DataObject, bypass: bool) -> None:
        key, version_id = data.draw(st.sampled_from(self.model.versions()))
        going = next(version for version in self.model.keys[key] if version.version_id == version_id)
        check = partial(protection.check_delete, self.bucket, key, version_id, self.now, bypass=bypass)
        if self.expect(self.is_kept(going, bypass=bypass), errors.FileImmutable, check):
            self.bucket = self.bucket.with_objects(self.bucket.objects.remove(key, version_id), self.now)
            self.model.remove(key, version_id)

    @precondition(has_objects)
    @rule(data=st.data(), mode=MODES, hours=st.integers(1, 72), hold=st.sampled_from([None, True, False]))
    def keep(self, data: st.DataObject, mode: str, hours: int, hold: bool | None) -> None:
        key, version_id = data.draw(st.sampled_from(self.model.objects()))
        version = next(version for version in self.model.keys[key] if version.version_id == version_id)
        assert isinstance(version, ObjectVersion)
        until = self.now + timedelta(hours=hours)
        if version.retention is not None:
            until = max(until, version.retention.until)
        changed = replace(version, retention=Retention(mode, until), legal_hold=hold)
        self.bucket = replace(self.bucket, objects=self.bucket.objects.replace(key, changed))
        self.model.replace(key, changed)

    @rule(days=DAYS)
    def initiate(self, days: int) -> None:
        def deed() -> None:
            self.bucket = worm.initiate(self.bucket, f"w{self.sequence}", days, self.now)

        if self.model.status == "Suspended" and self.policy_days() is None:
            self.expect(True, errors.RetentionWithVersioning, deed)
            return
        locked = self.policy is not None and self.policy[3]
        row = errors.WORMConfigurationLocked if locked else errors.InvalidWORMConfiguration
        if self.expect(self.policy_days() is not None, row, deed):
            self.policy = (f"w{self.sequence}", days, self.now, False)

    @rule()
    def abort(self) -> None:
        def deed() -> None:
            self.bucket = worm.abort(self.bucket, self.now)

        if self.policy_days() is None:
            self.expect(True, errors.NoSuchWORMConfiguration, deed)
        elif self.policy is not None and self.expect(self.policy[3], errors.WORMConfigurationLocked, deed):
            self.policy = None

    @precondition(has_policy)
    @rule()
    def complete(self) -> None:
        assert self.policy is not None
        worm_id, days, began, locked = self.policy

        def deed() -> None:
            self.bucket = worm.complete(self.bucket, worm_id, self.now)

        gone = self.policy_days() is None
        row = errors.NoSuchWORMConfiguration if gone else errors.WORMConfigurationLocked
        if self.expect(gone or locked, row, deed):
            self.policy = (worm_id, days, began, True)

    @precondition(has_policy)
    @rule(days=DAYS)
    def extend(self, days: int) -> None:
        assert self.policy is not None
        worm_id, present, began, locked = self.policy

        def deed() -> None:
            self.bucket = worm.extend(self.bucket, worm_id, days, self.now)

        gone = self.policy_days() is None
        row = errors.NoSuchWORMConfiguration if gone else errors.InvalidWORMConfiguration
        if self.expect(gone or not locked or days <= present, row, deed):
            self.policy = (worm_id, days, began, True)

    @rule(hours=WAITS)
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    # What must hold

    @invariant()
    def versions_are_the_same(self) -> None:
        content = [(key, list(versions)) for key, versions in sorted(self.model.keys.items())]
        assert [(key, list(stack)) for key, stack in self.bucket.objects.items()] == content

    @invariant()
    def listings_are_the_same(self) -> None:
        shown = [
            (entry.key, entry.version.version_id) for entry in list_objects(self.bucket.objects, limit=100).entries
        ]
        assert shown == self.model.objects()
        page = list_versions(self.bucket.objects, limit=1000)
        assert [(entry.key, entry.version.version_id) for entry in page.entries] == self.model.versions()

    @invariant()
    def protections_are_the_same(self) -> None:
        for versions in self.model.keys.values():
            for version in versions:
                found = protection.of_version(self.bucket, version, self.now)
                assert (found is not None) == self.is_kept(version)
                assert (found is not None and not found.can_be_bypassed) == self.is_kept(version, bypass=True)
                assert found is None or found.until is None or found.until > self.now


LONG = settings(max_examples=examples(500), stateful_step_count=50, deadline=None)
"""Both machines together stay well below a minute."""

TestKeeping = Keeping.TestCase
TestKeeping.settings = LONG


class LongHistories(Histories):
    """The index against plain lists, with snapshots, as long as the machine above."""


TestLongHistories = LongHistories.TestCase
TestLongHistories.settings = LONG
