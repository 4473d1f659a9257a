"""The retention policy of a bucket (WORM): begun, locked, extended, lapsed, and what it keeps until when.

Sources: reference 7.2; documentation of InitiateBucketWorm and of error codes 0027-00000002 to 0027-00000009.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from fakeoss import errors
from fakeoss.clock import later
from fakeoss.counting import counted
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.object_worm import ObjectWorm

LOCK_WINDOW: Final = timedelta(hours=24)
"""How long a policy is in force that nobody locks."""

SHORTEST: Final = 1
LONGEST: Final = 25_550
"""Bounds of a retention period in days: one day to 70 years."""


@dataclass(frozen=True, slots=True)
class BucketWorm:
    """A policy that keeps every object of a bucket for `days` days after its last modification."""

    worm_id: str
    days: int
    created: datetime
    is_locked: bool = False

    @property
    def state(self) -> str:
        """`InProgress` until it is locked, then `Locked`."""
        return "Locked" if self.is_locked else "InProgress"

    @property
    def lapses_at(self) -> datetime:
        """When the policy ends unless it is locked before."""
        return later(self.created, LOCK_WINDOW)

    def is_in_force(self, now: datetime) -> bool:
        """Whether the policy counts: locked, or not yet a day old."""
        return self.is_locked or now < self.lapses_at

    def keeps_until(self, last_modified: datetime) -> datetime:
        """The first moment at which an object modified last at `last_modified` is free."""
        return later(last_modified, timedelta(days=self.days))


def policy(bucket: Bucket, now: datetime) -> BucketWorm | None:
    """The bucket's policy, None where there is none in force (assumption A121: a lapsed one is as none)."""
    found = bucket.configuration(BucketWorm)
    return found if found is not None and found.is_in_force(now) else None


def require_policy(bucket: Bucket, now: datetime, worm_id: str | None = None) -> BucketWorm:
    """The policy in force, of this id if one is given; raises NoSuchWORMConfiguration."""
    found = policy(bucket, now)
    if found is None:
        raise errors.NoSuchWORMConfiguration(BucketName=bucket.name)
    if worm_id is not None and found.worm_id != worm_id:
        raise errors.NoSuchWORMId(BucketName=bucket.name, WormId=worm_id)
    return found


def initiate(bucket: Bucket, worm_id: str, days: int, now: datetime) -> Bucket:
    """The bucket with a new, unlocked policy.

    Raises WORMConfigurationLocked over a locked policy, InvalidWORMConfiguration over one in progress
    (assumption A120) and for a period out of bounds, InvalidRequest while versioning is suspended (decision:
    today's service allows it on or off) and beside retention of single objects.
    """
    _check_period(days)
    existing = policy(bucket, now)
    if existing is not None:
        raise _standing_in_the_way(existing)
    if bucket.versioning == "Suspended":
        raise errors.RetentionWithVersioning(BucketName=bucket.name).because("versioning is suspended")
    if bucket.configuration(ObjectWorm) is not None:
        raise errors.BucketRetentionBesideObjectRetention(BucketName=bucket.name)
    return bucket.with_configuration(BucketWorm(worm_id, days, now))


def _standing_in_the_way(existing: BucketWorm) -> errors.OSSError:
    if existing.is_locked:
        return errors.WORMConfigurationLocked()
    lapses = f"{existing.lapses_at:%Y-%m-%d %H:%M:%S}"
    return errors.InvalidWORMConfiguration().because(
        f"policy {existing.worm_id} is in progress until {lapses} UTC: lock it or abort it"
    )


def abort(bucket: Bucket, now: datetime) -> Bucket:
    """The bucket without its unlocked policy; raises NoSuchWORMConfiguration, WORMConfigurationLocked."""
    if require_policy(bucket, now).is_locked:
        raise errors.WORMConfigurationLocked()
    return bucket.without_configuration(BucketWorm)


def complete(bucket: Bucket, worm_id: str, now: datetime) -> Bucket:
    """The bucket with its policy locked for good; raises NoSuchWORMConfiguration, WORMConfigurationLocked."""
    found = require_policy(bucket, now, worm_id)
    if found.is_locked:
        raise errors.WORMConfigurationLocked()
    return bucket.with_configuration(replace(found, is_locked=True))


def extend(bucket: Bucket, worm_id: str, days: int, now: datetime) -> Bucket:
    """The bucket with its locked policy lengthened.

    Raises NoSuchWORMConfiguration, and InvalidWORMConfiguration for a policy that is not locked, a period
    that is not longer than the present one and one out of bounds.
    """
    _check_period(days)
    found = require_policy(bucket, now, worm_id)
    if not found.is_locked:
        raise errors.InvalidWORMConfiguration().because(f"policy {worm_id} is not locked")
    if days <= found.days:
        raise errors.InvalidWORMConfiguration().because(
            f"policy {worm_id} keeps objects for {counted(found.days, 'day')}, which can only grow"
        )
    return bucket.with_configuration(replace(found, days=days))


def _check_period(days: int) -> None:
    if not SHORTEST <= days <= LONGEST:
        raise errors.InvalidWORMConfiguration().because(f"the period must be {SHORTEST} to {LONGEST} days, not {days}")
