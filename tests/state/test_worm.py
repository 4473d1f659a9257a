"""Retention policies as values: their periods, their window, what they keep."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeoss import errors
from fakeoss.state import worm
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.object_worm import DefaultRetention, ObjectWorm
from fakeoss.state.objects import Retention
from fakeoss.state.worm import BucketWorm
from tests.state.naive import START

DAY = timedelta(days=1)
BUCKET = Bucket("b", "1", "cn-hangzhou", START)


def test_a_policy_is_in_force_for_a_day_unless_it_is_locked() -> None:
    policy = BucketWorm("w", 3, START)
    assert [policy.is_in_force(START + moment) for moment in (timedelta(0), DAY - timedelta(microseconds=1), DAY)] == [
        True,
        True,
        False,
    ]
    assert BucketWorm("w", 3, START, is_locked=True).is_in_force(START + 99 * DAY)
    assert (policy.state, BucketWorm("w", 3, START, is_locked=True).state) == ("InProgress", "Locked")


@given(st.integers(worm.SHORTEST, worm.LONGEST), st.datetimes(datetime(2000, 1, 1), datetime(2500, 1, 1)))  # noqa: DTZ001  # made aware below
def test_an_object_is_kept_whole_days_from_its_last_modification(days: int, modified: datetime) -> None:
    modified = modified.replace(tzinfo=START.tzinfo)
    assert BucketWorm("w", days, START).keeps_until(modified) - modified == days * DAY


@pytest.mark.parametrize("days", [worm.SHORTEST - 1, worm.LONGEST + 1, -5])
def test_periods_out_of_bounds_are_refused(days: int) -> None:
    with pytest.raises(errors.OSSError) as caught:
        worm.initiate(BUCKET, "w", days, START)
    assert caught.value.row == errors.InvalidWORMConfiguration
    locked = worm.complete(worm.initiate(BUCKET, "w", 1, START), "w", START)
    with pytest.raises(errors.OSSError) as caught:
        worm.extend(locked, "w", days, START)
    assert caught.value.row == errors.InvalidWORMConfiguration


def test_a_lapsed_policy_is_as_none() -> None:
    bucket = worm.initiate(BUCKET, "w", 1, START)
    assert worm.policy(bucket, START) == BucketWorm("w", 1, START)
    assert worm.policy(bucket, START + DAY) is None
    assert worm.policy(worm.initiate(bucket, "x", 2, START + DAY), START + DAY) == BucketWorm("x", 2, START + DAY)


def test_every_refusal_of_a_policy_says_why() -> None:
    bucket = worm.initiate(BUCKET, "w", 1, START)
    with pytest.raises(errors.OSSError) as caught:
        worm.initiate(bucket, "x", 1, START)
    assert caught.value.why == "policy w is in progress until 2024-01-02 00:00:00 UTC: lock it or abort it"
    with pytest.raises(errors.OSSError) as caught:
        worm.extend(bucket, "w", 2, START)
    assert caught.value.why == "policy w is not locked"


def test_object_retention_is_in_the_way_of_a_policy() -> None:
    bucket = BUCKET.with_configuration(ObjectWorm(enabled="Enabled"))
    with pytest.raises(errors.OSSError) as caught:
        worm.initiate(bucket, "w", 1, START)
    assert caught.value.row == errors.BucketRetentionBesideObjectRetention


@pytest.mark.parametrize(
    ("default", "days"),
    [(DefaultRetention(mode="COMPLIANCE", days=2), 2), (DefaultRetention(mode="GOVERNANCE", years=3), 1095)],
)
def test_default_retention_begins_when_the_object_is_written(default: DefaultRetention, days: int) -> None:
    assert default.begun(START) == Retention(default.mode, START + days * DAY)
