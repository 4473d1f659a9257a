"""What keeps a version, and which of several reasons is told; the rules by all orders are the state machine's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from fakeoss import errors
from fakeoss.state import protection, worm
from fakeoss.state.bucket import Bucket
from fakeoss.state.objects import ObjectVersion, Retention
from tests.state.naive import START, a_marker, an_object

HOUR = timedelta(hours=1)
FREE = Bucket("b", "1", "cn-hangzhou", START)
POLICY = worm.initiate(FREE, "w", 1, START)
GOVERNED = replace(an_object("v"), retention=Retention("GOVERNANCE", START + HOUR), last_modified=START)
COMPLIANT = replace(GOVERNED, retention=Retention("COMPLIANCE", START + HOUR))
HELD = replace(GOVERNED, legal_hold=True)


@pytest.mark.parametrize(
    ("bucket", "version", "reason", "bypass"),
    [
        (FREE, GOVERNED, "a is kept by the GOVERNANCE retention of version v until 2024-01-01 01:00:00 UTC", True),
        (FREE, COMPLIANT, "a is kept by the COMPLIANCE retention of version v until 2024-01-01 01:00:00 UTC", False),
        (FREE, HELD, "a is kept by a legal hold on version v until it is lifted", False),
        (
            POLICY,
            GOVERNED,
            "a is kept by the bucket's retention policy w (InProgress, 1 days) until 2024-01-02 00:00:00 UTC",
            False,
        ),
    ],
)
def test_the_reason_told_is_the_one_that_nobody_can_bypass(
    bucket: Bucket, version: ObjectVersion, reason: str, bypass: bool
) -> None:
    found = protection.of_version(bucket, version, START)
    assert found is not None
    refusal = found.refusal("a")
    assert (refusal.row, refusal.why, found.can_be_bypassed) == (errors.FileImmutable, reason, bypass)


def test_protection_ends_at_its_moment() -> None:
    assert protection.of_version(FREE, COMPLIANT, START + HOUR - timedelta(microseconds=1)) is not None
    assert protection.of_version(FREE, COMPLIANT, START + HOUR) is None
    assert protection.of_version(FREE, HELD, START + 1000 * HOUR) is not None
    assert protection.of_version(FREE, replace(HELD, legal_hold=False), START + HOUR) is None


def test_a_policy_that_is_not_locked_keeps_until_it_lapses() -> None:
    bucket = worm.initiate(FREE, "w", 9, START)
    found = protection.of_version(bucket, replace(an_object(), last_modified=START), START + HOUR)
    assert found is not None
    assert found.until == START + 24 * HOUR
    found = protection.of_version(worm.complete(bucket, "w", START), replace(an_object(), last_modified=START), START)
    assert found is not None
    assert found.until == START + 9 * 24 * HOUR


def test_markers_and_nothing_are_never_kept() -> None:
    assert protection.of_version(POLICY, a_marker(), START) is None
    assert protection.of_version(POLICY, None, START) is None


@pytest.mark.parametrize(("versioning", "goes"), [(None, True), ("Suspended", True), ("Enabled", False)])
def test_a_write_does_away_with_the_null_version_unless_versioning_is_enabled(
    versioning: str | None, goes: bool
) -> None:
    kept = replace(COMPLIANT, version_id="null")
    bucket = replace(FREE, versioning=versioning, objects=FREE.objects.put("a", kept).put("a", a_marker("m")))
    assert (protection.of_overwriting(bucket, "a", START) is not None) == goes
    assert (protection.of_deletion(bucket, "a", None, START) is not None) == goes
    assert protection.of_deletion(bucket, "a", "null", START) is not None
    assert protection.of_deletion(bucket, "a", "m", START) is None
    with pytest.raises(errors.OSSError, match="FileImmutable"):
        protection.check_append(bucket, "a", START)


def test_bypassing_helps_against_governance_alone() -> None:
    for version, refused in ((GOVERNED, False), (COMPLIANT, True), (HELD, True)):
        bucket = replace(FREE, objects=FREE.objects.put("a", version))
        if refused:
            with pytest.raises(errors.OSSError, match="FileImmutable"):
                protection.check_delete(bucket, "a", "v", START, bypass=True)
        else:
            protection.check_delete(bucket, "a", "v", START, bypass=True)
        with pytest.raises(errors.OSSError, match="FileImmutable"):
            protection.check_delete(bucket, "a", "v", START)
