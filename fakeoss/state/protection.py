"""What keeps a version from being deleted or changed: the one place that all who would do so ask.

Three things do: the bucket's retention policy, the version's own retention, and a legal hold on it. Each
refuses as FileImmutable (for the latter two assumption A122). Delete markers are never kept (assumption A125),
a write that only puts a new version on top of an old one harms nothing, and ACL and tags are not content
(assumption A123).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from fakeoss import errors
from fakeoss.state import worm
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.object_worm import GOVERNANCE
from fakeoss.state.objects import NULL, ObjectVersion, Version


@dataclass(frozen=True, slots=True)
class Protection:
    """Why a version must stay; `until` is None for a hold that lasts until it is lifted.

    A policy that is not locked keeps versions until it lapses at the latest, as long as nobody locks it.

    `can_be_bypassed` tells of retention in governance mode, which yields to those who may bypass it.
    """

    reason: str
    until: datetime | None
    can_be_bypassed: bool = False

    def refusal(self, key: str) -> errors.OSSError:
        """FileImmutable, with the reason for whoever has to find out."""
        end = "until it is lifted" if self.until is None else f"until {self.until:%Y-%m-%d %H:%M:%S} UTC"
        return errors.FileImmutable(Key=key).because(f"{key} is kept by {self.reason} {end}")


def of_version(bucket: Bucket, version: Version | None, now: datetime) -> Protection | None:
    """What keeps this version at `now`, the strongest if there are several; None where it is free."""
    if not isinstance(version, ObjectVersion):
        return None
    if version.legal_hold is None and version.retention is None and not bucket.configurations:
        return None
    return next(_protections(bucket, version, now), None)


def _protections(bucket: Bucket, version: ObjectVersion, now: datetime) -> Iterator[Protection]:
    """What keeps a version, that which nobody can bypass first."""
    if version.legal_hold:
        yield Protection(f"a legal hold on version {version.version_id}", None)
    policy = worm.policy(bucket, now)
    if policy is not None and now < (until := policy.keeps_until(version.last_modified)):
        reason = f"the bucket's retention policy {policy.worm_id} ({policy.state}, {policy.days} days)"
        yield Protection(reason, until if policy.is_locked else min(until, policy.lapses_at))
    retention = version.retention
    if retention is not None and retention.holds(now):
        reason = f"the {retention.mode} retention of version {version.version_id}"
        yield Protection(reason, retention.until, can_be_bypassed=retention.mode == GOVERNANCE)


def replaced(bucket: Bucket, key: str) -> Version | None:
    """The version that goes when the key is written, or deleted without a version id; None while Enabled."""
    return None if bucket.versioning == "Enabled" else bucket.objects.get(key, NULL)


def of_overwriting(bucket: Bucket, key: str, now: datetime) -> Protection | None:
    """What keeps the key from being written."""
    return of_version(bucket, replaced(bucket, key), now)


def of_deletion(bucket: Bucket, key: str, version_id: str | None, now: datetime) -> Protection | None:
    """What keeps a version, or the key if no id is given, from being deleted."""
    going = replaced(bucket, key) if version_id is None else bucket.objects.get(key, version_id)
    return of_version(bucket, going, now)


def check_overwrite(bucket: Bucket, key: str, now: datetime) -> None:
    """Raise FileImmutable where writing the key would do away with a version that must stay."""
    _refuse(of_overwriting(bucket, key, now), key)


def check_delete(bucket: Bucket, key: str, version_id: str | None, now: datetime, *, bypass: bool = False) -> None:
    """Raise FileImmutable where the deletion would do away with a version that must stay.

    `bypass` disregards retention in governance mode; whether the caller may is not judged here.
    """
    _refuse(of_deletion(bucket, key, version_id, now), key, bypass=bypass)


def check_append(bucket: Bucket, key: str, now: datetime) -> None:
    """Raise FileImmutable where an append would change, or do away with, a version that must stay.

    It changes the current object in its place. Where there is none it writes a new one, whose id is
    `null` whatever the bucket's versioning, and which takes the place of an older one of that id.
    """
    current = bucket.objects.current(key)
    going = current if isinstance(current, ObjectVersion) else bucket.objects.get(key, NULL)
    _refuse(of_version(bucket, going, now), key)


def _refuse(found: Protection | None, key: str, *, bypass: bool = False) -> None:
    if found is not None and not (bypass and found.can_be_bypassed):
        raise found.refusal(key)
