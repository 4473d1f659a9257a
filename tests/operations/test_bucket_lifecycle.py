"""Lifecycle rules as they are set, read and deleted."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta, timezone

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
from oss2.models import BucketLifecycle, LifecycleExpiration
from oss2.models import LifecycleRule as OldRule

import fakeoss
from tests.conftest import BUCKET
from tests.operations.comeback import plain
from tests.operations.conftest import Refused, ServiceError
from tests.operations.ruling import expiring, get, put, rule


def test_a_rule_without_an_id_gets_one(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    put(client, rule("a/", expiration=expiring(1)), rule("b/", id="mine", expiration=expiring(1)))
    made, mine = get(client)
    assert (str(uuid.UUID(made.id)), mine.id) == (made.id, "mine")


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
    assert plain(rule.transitions) == [plain(step)]
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
