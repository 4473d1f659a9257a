"""The user's own freezegun moves whatever in the fake has an end."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import alibabacloud_oss_v2 as oss_v2
import freezegun
import oss2
import pytest
import time_machine

import fakeoss
from tests.operations.documented.estate import inventory
from tests.operations.replicating import replicate
from tests.operations.versions import at, enable

BEGIN = "2024-02-28 12:00:00"
BUCKET = "walk-bucket"


def refusal(call: object, *arguments: object, **options: object) -> str | None:
    """The code of the refusal, or None where the call succeeds."""
    assert callable(call)
    try:
        call(*arguments, **options)
    except oss2.exceptions.ServerError as error:
        code: str = error.code
        return code
    return None


def test_a_walk_through_everything_that_ends() -> None:
    with freezegun.freeze_time(BEGIN) as time, fakeoss.mock_oss() as oss:
        oss.create_bucket(BUCKET, objects={"a": b"content"})
        bucket = oss.oss2_bucket(BUCKET)

        # A policy that nobody locks lapses after 24 hours.
        bucket.init_bucket_worm(3)
        time.tick(timedelta(hours=23, minutes=59, seconds=59))
        assert refusal(bucket.delete_object, "a") == "FileImmutable"
        time.tick(timedelta(seconds=1))
        assert refusal(bucket.get_bucket_worm) == "NoSuchWORMConfiguration"
        assert refusal(bucket.put_object, "a", b"changed") is None

        # A locked one keeps each object for its days, counted from the last modification, 29 February included.
        worm_id = bucket.init_bucket_worm(1).worm_id
        bucket.complete_bucket_worm(worm_id)
        bucket.extend_bucket_worm(worm_id, 2)
        time.tick(timedelta(days=2, seconds=-1))
        assert refusal(bucket.put_object, "a", b"again") == "FileImmutable"
        assert refusal(bucket.delete_object, "a") == "FileImmutable"
        time.tick(timedelta(seconds=1))
        assert oss.clock.now().isoformat() == "2024-03-02T12:00:00+00:00"
        assert refusal(bucket.delete_object, "a") is None
        assert bucket.get_bucket_worm().state == "Locked"


def test_a_walk_through_five_seconds_of_object_retention() -> None:
    with freezegun.freeze_time(BEGIN) as time, fakeoss.mock_oss() as oss:
        oss.create_bucket(BUCKET, versioning="Enabled")
        bucket, client = oss.oss2_bucket(BUCKET), oss.client()
        client.put_bucket_object_worm_configuration(
            oss_v2.PutBucketObjectWormConfigurationRequest(
                bucket=BUCKET, object_worm_configuration=oss_v2.ObjectWormConfiguration(object_worm_enabled="Enabled")
            )
        )
        version_id = bucket.put_object("a", b"").versionid
        client.put_object_retention(
            oss_v2.PutObjectRetentionRequest(
                bucket=BUCKET,
                key="a",
                retention=oss_v2.Retention(mode="COMPLIANCE", retain_until_date="2024-02-28T12:00:05.000Z"),
            )
        )
        for _ in range(5):
            assert refusal(bucket.delete_object, "a", params=at(version_id)) == "FileImmutable"
            time.tick(timedelta(seconds=1))
        assert refusal(bucket.delete_object, "a", params=at(version_id)) is None


def test_a_walk_from_restore_to_frozen_again() -> None:
    with freezegun.freeze_time(BEGIN) as time, fakeoss.mock_oss() as oss:
        oss.create_bucket(BUCKET, storage_class="ColdArchive", objects={"a": b"content"})
        bucket = oss.oss2_bucket(BUCKET)
        assert refusal(bucket.get_object, "a") == "InvalidObjectState"
        request = oss2.models.RestoreConfiguration(3, oss2.models.RestoreJobParameters("Expedited"))
        assert bucket.restore_object("a", input=request).status == 202
        time.tick(timedelta(hours=1, seconds=-1))
        assert refusal(bucket.get_object, "a") == "InvalidObjectState"
        assert refusal(bucket.restore_object, "a") == "RestoreAlreadyInProgress"
        time.tick(timedelta(seconds=1))
        assert bucket.get_object("a").read() == b"content"
        assert bucket.restore_object("a", input=request).status == 200
        time.tick(timedelta(days=6, seconds=-1))
        assert bucket.get_object("a").read() == b"content"
        time.tick(timedelta(seconds=1))
        assert refusal(bucket.get_object, "a") == "InvalidObjectState"
        assert "x-oss-restore" not in bucket.head_object("a").headers
        assert bucket.restore_object("a").status == 202


@pytest.mark.parametrize("steps", [1, 24])
def test_going_back_in_time_brings_protection_back(steps: int) -> None:
    with freezegun.freeze_time(BEGIN) as time, fakeoss.mock_oss() as oss:
        oss.create_bucket(BUCKET, objects={"a": b"content"})
        bucket = oss.oss2_bucket(BUCKET)
        enable(bucket)
        bucket.init_bucket_worm(1)
        for _ in range(steps):
            time.tick(timedelta(days=1) / steps)
        assert refusal(bucket.get_bucket_worm) == "NoSuchWORMConfiguration"
        time.move_to(BEGIN)
        assert refusal(bucket.delete_object, "a", params=at("null")) == "FileImmutable"


def test_time_machine_does_as_well() -> None:
    begin = datetime(2024, 2, 28, 12, tzinfo=timezone.utc)
    with time_machine.travel(begin, tick=False) as traveller, fakeoss.mock_oss() as oss:
        oss.create_bucket(BUCKET, objects={"a": b"content"})
        bucket = oss.oss2_bucket(BUCKET)
        bucket.init_bucket_worm(1)
        assert refusal(bucket.delete_object, "a") == "FileImmutable"
        traveller.shift(timedelta(days=1))
        assert refusal(bucket.delete_object, "a") is None


@pytest.mark.parametrize("moment", ["9999-12-31 23:59:59", "9999-12-31 00:00:00", "9999-12-01 12:00:00"])
def test_what_would_end_after_the_calendar_goes_on_to_its_end(moment: str) -> None:
    with freezegun.freeze_time(moment) as time, fakeoss.mock_oss() as oss:
        oss.create_bucket(BUCKET, objects={"a": b""})
        oss.create_bucket("lists-bucket")
        bucket = oss.oss2_bucket(BUCKET)
        bucket.put_bucket_logging(oss2.models.BucketLogging("lists-bucket", "log/"))
        for storage_class in ("Archive", "ColdArchive", "DeepColdArchive"):
            bucket.put_object(storage_class, b"x", headers={"x-oss-storage-class": storage_class})
            assert bucket.restore_object(storage_class).status == 202
        for name, frequency in (("daily", "Daily"), ("weekly", "Weekly"), ("monthly", "Monthly")):
            oss.client().put_bucket_inventory(inventory(BUCKET, name, frequency))
        replicate(oss, "lists-bucket", "oss-cn-hangzhou", source=BUCKET, id="one")
        bucket.create_bucket_data_redundancy_transition("ZRS")
        bucket.create_bucket_cname_token("www.example.com")
        kept = oss.create_bucket("kept-bucket", objects={"a": b""})
        worm = oss.oss2_bucket(kept.name).init_bucket_worm(25550)
        oss.oss2_bucket(kept.name).complete_bucket_worm(worm.worm_id)
        time.move_to("9999-12-31 23:59:59")
        assert refusal(oss.oss2_bucket(kept.name).delete_object, "a") == "FileImmutable"
        assert bucket.head_object("a").status == 200
    assert {entry.status for entry in oss.requests} <= {200, 202, 409}
