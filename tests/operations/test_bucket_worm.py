"""Retention policies of buckets: begun, aborted, locked, lengthened, lapsed, and what they keep."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from tests.conftest import BUCKET
from tests.operations.conftest import Refused, ServiceError, Untouched
from tests.operations.versions import at, enable, ids, set_versioning, suspend

INITIATE = "<InitiateWormConfiguration><RetentionPeriodInDays>{}</RetentionPeriodInDays></InitiateWormConfiguration>"


def lock(bucket: oss2.Bucket, days: int = 2) -> str:
    """A locked policy of the bucket; its id."""
    worm_id: str = bucket.init_bucket_worm(days).worm_id
    bucket.complete_bucket_worm(worm_id)
    return worm_id


# The policy itself


def test_a_policy_goes_through_its_life(bucket: oss2.Bucket) -> None:
    worm_id = bucket.init_bucket_worm(1).worm_id
    begun = bucket.get_bucket_worm()
    assert (begun.worm_id, begun.state, begun.retention_period_days) == (worm_id, "InProgress", 1)
    bucket.complete_bucket_worm(worm_id)
    assert bucket.get_bucket_worm().state == "Locked"
    bucket.extend_bucket_worm(worm_id, 2)
    assert bucket.get_bucket_worm().retention_period_days == 2


def test_sdk_v2_sees_the_same(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    begun = client.initiate_bucket_worm(
        oss_v2.InitiateBucketWormRequest(
            bucket=BUCKET, initiate_worm_configuration=oss_v2.InitiateWormConfiguration(retention_period_in_days=3)
        )
    )
    found = client.get_bucket_worm(oss_v2.GetBucketWormRequest(bucket=BUCKET)).worm_configuration
    assert (found.worm_id, found.state, found.retention_period_in_days) == (begun.worm_id, "InProgress", 3)
    client.complete_bucket_worm(oss_v2.CompleteBucketWormRequest(bucket=BUCKET, worm_id=begun.worm_id))
    client.extend_bucket_worm(
        oss_v2.ExtendBucketWormRequest(
            bucket=BUCKET,
            worm_id=begun.worm_id,
            extend_worm_configuration=oss_v2.ExtendWormConfiguration(retention_period_in_days=4),
        )
    )
    found = client.get_bucket_worm(oss_v2.GetBucketWormRequest(bucket=BUCKET)).worm_configuration
    assert (found.state, found.retention_period_in_days) == ("Locked", 4)


def test_a_policy_tells_when_it_began_and_when_it_lapses(
    bucket: oss2.Bucket, client: oss_v2.Client, oss: fakeoss.FakeOSS
) -> None:
    oss.clock.travel_to(datetime(2021, 1, 19, 8, 34, 39, 500_000, timezone.utc))
    worm_id = bucket.init_bucket_worm(1).worm_id
    request = oss_v2.GetBucketWormRequest(bucket=BUCKET)
    found = client.get_bucket_worm(request).worm_configuration
    assert found.creation_date == "2021-01-19T08:34:39.000Z"
    assert found.expiration_date == "2021-01-20T08:34:39.000Z"
    bucket.complete_bucket_worm(worm_id)
    found = client.get_bucket_worm(request).worm_configuration
    assert (found.creation_date, found.expiration_date) == ("2021-01-19T08:34:39.000Z", None)


def test_an_unlocked_policy_is_aborted_and_begun_again(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    first = bucket.init_bucket_worm(1).worm_id
    assert client.abort_bucket_worm(oss_v2.AbortBucketWormRequest(bucket=BUCKET)).status_code == 204
    with pytest.raises(oss2.exceptions.NoSuchWORMConfiguration):
        bucket.get_bucket_worm()
    assert bucket.init_bucket_worm(1).worm_id != first


def test_a_locked_policy_is_neither_aborted_nor_begun_anew(bucket: oss2.Bucket, untouched: Untouched) -> None:
    worm_id = lock(bucket)
    with untouched():
        for call in (
            bucket.abort_bucket_worm,
            lambda: bucket.init_bucket_worm(3),
            lambda: bucket.complete_bucket_worm(worm_id),
        ):
            with pytest.raises(oss2.exceptions.WORMConfigurationLocked):
                call()


def test_a_policy_in_progress_is_neither_begun_anew_nor_lengthened(bucket: oss2.Bucket, untouched: Untouched) -> None:
    worm_id = bucket.init_bucket_worm(1).worm_id
    with untouched():
        with pytest.raises(oss2.exceptions.InvalidWORMConfiguration):
            bucket.init_bucket_worm(2)
        with pytest.raises(oss2.exceptions.InvalidWORMConfiguration):
            bucket.extend_bucket_worm(worm_id, 2)


@pytest.mark.parametrize("days", [1, 2])
def test_a_locked_policy_never_gets_shorter(bucket: oss2.Bucket, untouched: Untouched, days: int) -> None:
    worm_id = lock(bucket, 2)
    with untouched(), pytest.raises(oss2.exceptions.InvalidWORMConfiguration):
        bucket.extend_bucket_worm(worm_id, days)


def test_without_a_policy_there_is_nothing_to_do(bucket: oss2.Bucket, untouched: Untouched) -> None:
    with untouched():
        for call in (
            bucket.get_bucket_worm,
            bucket.abort_bucket_worm,
            lambda: bucket.complete_bucket_worm("0" * 32),
            lambda: bucket.extend_bucket_worm("0" * 32, 2),
        ):
            with pytest.raises(oss2.exceptions.NoSuchWORMConfiguration):
                call()


def test_another_policys_id_is_not_found(
    bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError
) -> None:
    bucket.init_bucket_worm(1)
    request = oss_v2.CompleteBucketWormRequest(bucket=BUCKET, worm_id="1666E2CFB2B3418")
    error = service_error(client.complete_bucket_worm, request)
    assert (error.status_code, error.code) == (404, "NoSuchWORMConfiguration")
    assert error.message == "The specified WORM ID does not exist."


@pytest.mark.parametrize("days", ["0", "-32", "25551", "99999999999", "1.5", "x", ""])
def test_a_period_out_of_bounds_is_an_invalid_configuration(bucket: oss2.Bucket, refused: Refused, days: str) -> None:
    refused(400, "InvalidWORMConfiguration", "POST", "/?worm", body=INITIATE.format(days).encode())


@pytest.mark.parametrize("days", [1, 25550])
def test_the_bounds_themselves_are_taken(bucket: oss2.Bucket, days: int) -> None:
    bucket.init_bucket_worm(days)
    assert bucket.get_bucket_worm().retention_period_days == days


@pytest.mark.parametrize(
    "body", ["", "x", "<InitiateWormConfiguration/>", "<a><RetentionPeriodInDays>1</RetentionPeriodInDays></a>"]
)
def test_a_document_without_a_period_is_malformed(bucket: oss2.Bucket, refused: Refused, body: str) -> None:
    refused(400, "MalformedXML", "POST", "/?worm", body=body.encode())


# Beside versioning


def test_versioning_may_be_on_or_off_but_not_suspended(bucket: oss2.Bucket, untouched: Untouched) -> None:
    suspend(bucket)
    with untouched(), pytest.raises(oss2.exceptions.InvalidRequest):
        bucket.init_bucket_worm(1)
    enable(bucket)
    bucket.init_bucket_worm(1)
    with untouched(), pytest.raises(oss2.exceptions.InvalidRequest):
        suspend(bucket)
    bucket.abort_bucket_worm()
    suspend(bucket)


def test_a_policy_does_not_keep_versioning_from_being_enabled(bucket: oss2.Bucket) -> None:
    lock(bucket)
    set_versioning(bucket, "Enabled")
    assert bucket.get_bucket_versioning().status == "Enabled"


def test_with_versioning_new_versions_and_markers_come_but_no_version_goes(
    bucket: oss2.Bucket, untouched: Untouched
) -> None:
    bucket.put_object("a", b"before")
    enable(bucket)
    lock(bucket)
    second = bucket.put_object("a", b"after").versionid
    marker = bucket.delete_object("a").versionid
    assert ids(bucket, "a") == [marker, second, "null"]
    for version_id in (second, "null"):
        with untouched(), pytest.raises(oss2.exceptions.ServerError, match="FileImmutable"):
            bucket.delete_object("a", params=at(version_id))
    bucket.delete_object("a", params=at(marker))
    assert bucket.get_object("a").read() == b"after"


# What a policy keeps


def test_objects_are_kept_from_being_changed_or_deleted(
    bucket: oss2.Bucket, untouched: Untouched, oss: fakeoss.FakeOSS
) -> None:
    bucket.put_object("a", b"old")
    bucket.append_object("log", 0, b"old")
    bucket.put_object("other", b"old")
    worm_id = lock(bucket)
    deeds: list[Callable[[], object]] = [
        lambda: bucket.put_object("a", b"new"),
        lambda: bucket.delete_object("a"),
        lambda: bucket.delete_object("a", params=at("null")),
        lambda: bucket.batch_delete_objects(["missing", "a"]),
        lambda: bucket.append_object("log", 3, b"more"),
        lambda: bucket.copy_object(BUCKET, "other", "a"),
        lambda: bucket.copy_object(BUCKET, "a", "a", headers={"x-oss-metadata-directive": "REPLACE"}),
        lambda: bucket.put_symlink("other", "a"),
    ]
    for deed in deeds:
        with untouched(), pytest.raises(oss2.exceptions.ServerError) as caught:
            deed()
        assert (caught.value.status, caught.value.code) == (409, "FileImmutable")
        why = oss.requests[-1].why
        assert why is not None
        assert worm_id in why


def test_completing_an_upload_over_a_kept_object_is_refused(bucket: oss2.Bucket, untouched: Untouched) -> None:
    bucket.put_object("a", b"old")
    upload_id = bucket.init_multipart_upload("a").upload_id
    part = oss2.models.PartInfo(1, bucket.upload_part("a", upload_id, 1, b"new").etag)
    lock(bucket)
    with untouched(), pytest.raises(oss2.exceptions.ServerError, match="FileImmutable"):
        bucket.complete_multipart_upload("a", upload_id, [part])
    assert bucket.get_object("a").read() == b"old"


def test_new_objects_come_and_what_is_beside_the_content_changes(bucket: oss2.Bucket) -> None:
    bucket.put_object("a", b"old")
    lock(bucket)
    bucket.put_object("b", b"new")
    bucket.put_object_acl("a", "private")
    bucket.delete_object_tagging("a")
    assert bucket.delete_object("missing").status == 204
    with pytest.raises(oss2.exceptions.BucketNotEmpty):
        bucket.delete_bucket()


def test_an_empty_bucket_goes_with_its_locked_policy(bucket: oss2.Bucket) -> None:
    lock(bucket)
    bucket.delete_bucket()


def test_a_policy_in_progress_keeps_objects_until_it_lapses(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    bucket.put_object("a", b"")
    worm_id = bucket.init_bucket_worm(3).worm_id
    oss.clock.advance(hours=23, minutes=59)
    with pytest.raises(oss2.exceptions.ServerError, match="FileImmutable"):
        bucket.delete_object("a")
    oss.clock.advance(minutes=2)
    with pytest.raises(oss2.exceptions.NoSuchWORMConfiguration):
        bucket.get_bucket_worm()
    with pytest.raises(oss2.exceptions.NoSuchWORMConfiguration):
        bucket.complete_bucket_worm(worm_id)
    bucket.delete_object("a")
    assert bucket.init_bucket_worm(1).worm_id != worm_id


def test_each_object_is_kept_from_its_own_last_modification(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    bucket.put_object("early", b"")
    worm_id = lock(bucket, 2)
    oss.clock.advance(days=1)
    bucket.put_object("late", b"")
    oss.clock.advance(days=1, minutes=1)
    bucket.delete_object("early")
    with pytest.raises(oss2.exceptions.ServerError, match="FileImmutable"):
        bucket.delete_object("late")
    bucket.extend_bucket_worm(worm_id, 30)
    oss.clock.advance(days=28)
    with pytest.raises(oss2.exceptions.ServerError, match="FileImmutable"):
        bucket.put_object("late", b"")
    oss.clock.advance(days=1)
    bucket.put_object("late", b"new")
    assert bucket.get_bucket_worm().state == "Locked"
