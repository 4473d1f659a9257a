"""Lifecycle rules as they are set, read and deleted."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oss2.models import BucketLifecycle, LifecycleExpiration, StorageTransition
from oss2.models import LifecycleRule as OldRule

import fakeoss
from tests.conftest import BUCKET
from tests.operations.conftest import Refused, ServiceError
from tests.operations.ruling import expiring, get, put, rule

CLASSES = ("IA", "Archive", "ColdArchive", "DeepColdArchive")

texts = st.text("abcXYZ 0-9_:/中文", max_size=12)
instants = st.dates(date(2000, 1, 1), date(2100, 1, 1)).map(
    lambda day: datetime(day.year, day.month, day.day, tzinfo=timezone.utc)
)


@st.composite
def rules(draw: st.DrawFn, place: int) -> oss_v2.LifecycleRule:
    """A rule that stands on its own: prefixes of two rules have nothing in common."""
    prefix = f"{place}/{draw(texts)}"
    by_days = draw(st.booleans())
    names = draw(st.lists(st.sampled_from(CLASSES), max_size=3, unique=True))
    ranked = sorted(names, key=CLASSES.index)
    times = sorted(draw(st.sets(st.integers(1, 4000), min_size=9, max_size=9)))
    exclusions = draw(
        st.lists(
            st.builds(
                oss_v2.LifecycleRuleNot,
                prefix=texts.map(lambda text: f"{prefix}/{text}"),
                tag=st.one_of(st.none(), st.builds(oss_v2.Tag, key=st.just("only in not"), value=texts)),
            ),
            max_size=2,
        )
    )
    least = draw(st.one_of(st.none(), st.integers(0, 1 << 30)))
    most = None if least is not None else draw(st.one_of(st.none(), st.integers(1, 5 << 40)))
    has_filter = bool(exclusions) or least is not None or most is not None
    moment = draw(instants)
    return oss_v2.LifecycleRule(
        id=draw(st.one_of(st.none(), st.just(f"rule {place}"))),
        prefix=prefix,
        status=draw(st.sampled_from(("Enabled", "Disabled"))),
        tags=draw(
            st.one_of(
                st.none(), st.lists(st.builds(oss_v2.Tag, key=texts.filter(bool), value=texts), min_size=1, max_size=3)
            )
        ),
        filter=oss_v2.LifecycleRuleFilter(
            object_size_greater_than=least, object_size_less_than=most, nots=exclusions or None
        )
        if has_filter
        else None,
        transitions=[
            oss_v2.LifecycleRuleTransition(days=days, storage_class=name)
            if by_days
            else oss_v2.LifecycleRuleTransition(created_before_date=moment, storage_class=name)
            for name, days in zip(ranked, times, strict=False)
        ]
        or None,
        expiration=oss_v2.LifecycleRuleExpiration(days=times[-1])
        if by_days
        else oss_v2.LifecycleRuleExpiration(created_before_date=moment),
        noncurrent_version_transitions=[
            oss_v2.NoncurrentVersionTransition(noncurrent_days=days, storage_class=name)
            for name, days in zip(ranked, times, strict=False)
        ]
        or None,
        noncurrent_version_expiration=draw(
            st.one_of(st.none(), st.just(oss_v2.NoncurrentVersionExpiration(noncurrent_days=times[-1])))
        ),
        abort_multipart_upload=None
        if exclusions
        else draw(st.one_of(st.none(), st.just(oss_v2.LifecycleRuleAbortMultipartUpload(days=times[0])))),
    )


configurations = st.integers(1, 3).flatmap(lambda count: st.tuples(*(rules(place) for place in range(count))))


def shown(value: Any) -> Any:
    """A model of SDK v2 as plain data; what is None or empty says nothing."""
    if isinstance(value, list | tuple):
        return [shown(each) for each in value]
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc)
    if hasattr(value, "_attribute_map"):
        pairs = ((name, shown(getattr(value, name))) for name in value._attribute_map)
        return {name: found for name, found in pairs if found not in (None, [], "")}
    return value


@settings(max_examples=40, deadline=None)
@given(configurations)
def test_sdk_v2_reads_what_it_set(given_rules: tuple[oss_v2.LifecycleRule, ...]) -> None:
    with fakeoss.mock_oss() as oss:
        oss.create_bucket(BUCKET)
        client = oss.client()
        client.put_bucket_lifecycle(
            oss_v2.PutBucketLifecycleRequest(
                bucket=BUCKET, lifecycle_configuration=oss_v2.LifecycleConfiguration(rules=list(given_rules))
            )
        )
        result = client.get_bucket_lifecycle(oss_v2.GetBucketLifecycleRequest(bucket=BUCKET))
        found = result.lifecycle_configuration.rules
        assert all(rule.id for rule in found)
        for rule, put in zip(found, given_rules, strict=True):
            rule.id = put.id
        assert shown(found) == shown(given_rules)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(1, 5000), min_size=3, max_size=3, unique=True).map(sorted),
    st.sampled_from(("Enabled", "Disabled")),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)
def test_oss2_reads_what_it_set(times: list[int], status: str, day: date) -> None:
    with fakeoss.mock_oss() as oss:
        oss.create_bucket(BUCKET)
        bucket = oss.oss2_bucket(BUCKET)
        by_days = OldRule(
            "by days",
            "前缀/",
            status=status,
            expiration=LifecycleExpiration(days=times[2]),
            storage_transitions=[
                StorageTransition(days=times[0], storage_class="IA"),
                StorageTransition(days=times[1], storage_class="Archive"),
            ],
        )
        by_date = OldRule("by date", "other/", status=status, expiration=LifecycleExpiration(created_before_date=day))
        bucket.put_bucket_lifecycle(BucketLifecycle([by_days, by_date]))
        first, second = bucket.get_bucket_lifecycle().rules
        assert (first.id, first.prefix, first.status) == ("by days", "前缀/", status)
        assert [step.days for step in first.storage_transitions] == times[:2]
        assert first.expiration.days == times[2]
        assert second.expiration.created_before_date == day


def test_rules_by_access_time_come_back_with_the_time_at_which_tracking_began(
    oss: fakeoss.FakeOSS, client: oss_v2.Client
) -> None:
    oss.create_bucket(BUCKET)
    client.put_bucket_access_monitor(
        oss_v2.PutBucketAccessMonitorRequest(
            bucket=BUCKET, access_monitor_configuration=oss_v2.AccessMonitorConfiguration(status="Enabled")
        )
    )
    step = oss_v2.LifecycleRuleTransition(
        days=30, storage_class="IA", is_access_time=True, return_to_std_when_visit=True, allow_small_file=False
    )
    put(client, oss_v2.LifecycleRule(prefix="a", status="Enabled", transitions=[step]))
    (rule,) = get(client)
    assert shown(rule.transitions) == [shown(step)]
    assert abs(rule.atime_base - datetime.now(timezone.utc).timestamp()) < 60


def test_without_rules_reading_is_refused_and_deleting_is_fine(bucket: oss2.Bucket, refused: Refused) -> None:
    error = refused(404, "NoSuchLifecycle", "GET", "/?lifecycle")
    assert (error["Message"], error["BucketName"]) == ("No Row found in Lifecycle Table.", BUCKET)
    bucket.put_bucket_lifecycle(BucketLifecycle([OldRule("id", "a", expiration=LifecycleExpiration(days=1))]))
    assert bucket.delete_bucket_lifecycle().status == 204
    assert bucket.delete_bucket_lifecycle().status == 204
    with pytest.raises(oss2.exceptions.NoSuchLifecycle):
        bucket.get_bucket_lifecycle()


def test_a_second_setting_replaces_the_first(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    put(client, rule("a/", expiration=expiring(1)), rule("b/", expiration=expiring(1)))
    put(client, rule("c/", expiration=expiring(2)))
    assert [each.prefix for each in get(client)] == ["c/"]


def test_a_thousand_rules_are_taken_and_one_more_is_not(
    bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError
) -> None:
    many = [rule(f"{place:04}/", expiration=expiring(1)) for place in range(1001)]
    put(client, *many[:1000])
    assert len(get(client)) == 1000
    assert service_error(put, client, *many).code == "MalformedXML"


def test_days_beyond_the_calendar_never_come(oss: fakeoss.FakeOSS, bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    bucket.put_object("a/1", b"x")
    put(client, rule(expiration=expiring(2_000_000_000)))
    oss.clock.advance(days=365)
    assert "x-oss-expiration" not in bucket.head_object("a/1").headers
    assert timedelta(days=1) < oss.clock.now() - oss.bucket(BUCKET).head("a/1").last_modified
