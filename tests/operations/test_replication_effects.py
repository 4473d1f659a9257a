"""Replication as clients of both buckets see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
from freezegun import freeze_time

import fakeoss
from tests.moments import utc
from tests.operations.replicating import FAR, NEAR, replicate, state_of


@pytest.fixture
def oss() -> Iterator[fakeoss.FakeOSS]:
    """A fake in which replication takes no time."""
    with fakeoss.mock_oss(replication_start=timedelta(0)) as fake:
        yield fake


@pytest.fixture
def near(oss: fakeoss.FakeOSS) -> oss2.Bucket:
    """A bucket in Hangzhou; another one stands in Beijing."""
    oss.create_bucket(NEAR)
    oss.create_bucket(FAR, region="cn-beijing")
    return oss.oss2_bucket(NEAR)


def versioned(oss: fakeoss.FakeOSS) -> oss2.Bucket:
    oss.create_bucket(NEAR, versioning=True)
    oss.create_bucket(FAR, region="cn-beijing", versioning=True)
    return oss.oss2_bucket(NEAR)


def test_what_is_written_arrives_with_all_that_belongs_to_it(oss: fakeoss.FakeOSS, near: oss2.Bucket) -> None:
    replicate(oss)
    near.put_object(
        "a.txt",
        b"hello",
        headers={
            "x-oss-meta-colour": "red",
            "Content-Type": "text/plain",
            "x-oss-tagging": "k=v",
            "x-oss-object-acl": "public-read",
        },
    )
    far = oss.oss2_bucket(FAR, "cn-beijing")
    read = far.get_object("a.txt")
    assert read.read() == b"hello"
    assert read.headers["x-oss-meta-colour"] == "red"
    assert read.headers["Last-Modified"] == near.head_object("a.txt").headers["Last-Modified"]
    assert far.get_object_tagging("a.txt").tag_set.tagging_rule == {"k": "v"}
    assert far.get_object_acl("a.txt").acl == "public-read"
    near.put_object("a.txt", b"hello again")
    assert far.get_object("a.txt").read() == b"hello again"


def test_changes_of_an_object_arrive_too(oss: fakeoss.FakeOSS, near: oss2.Bucket) -> None:
    replicate(oss)
    near.append_object("log", 0, b"one ")
    near.append_object("log", 4, b"two")
    near.put_object_acl("log", oss2.OBJECT_ACL_PUBLIC_READ)
    assert oss.bucket(FAR).read("log") == b"one two"
    assert oss.bucket(FAR).acl("log") == "public-read"


def test_history_arrives_when_the_rule_goes_to_work_unless_it_says_otherwise(
    oss: fakeoss.FakeOSS, near: oss2.Bucket
) -> None:
    near.put_object("old", b"1")
    oss.create_bucket("third-bucket", region="cn-shanghai")
    replicate(oss)
    replicate(oss, "third-bucket", "oss-cn-shanghai", historical_object_replication="disabled")
    near.put_object("new", b"2")
    assert oss.bucket(FAR).keys() == ["new", "old"]
    assert oss.bucket("third-bucket").keys() == ["new"]


def test_deletions_arrive_where_all_is_replicated_and_not_where_only_writes_are(
    oss: fakeoss.FakeOSS, near: oss2.Bucket
) -> None:
    oss.create_bucket("third-bucket", region="cn-shanghai")
    replicate(oss, action="ALL")
    replicate(oss, "third-bucket", "oss-cn-shanghai", action="PUT")
    near.put_object("a", b"1")
    near.delete_object("a")
    assert oss.bucket(FAR).keys() == []
    assert oss.bucket("third-bucket").keys() == ["a"]


def test_only_keys_with_a_prefix_are_replicated(oss: fakeoss.FakeOSS, near: oss2.Bucket) -> None:
    near.put_object("image/old", b"1")
    replicate(oss, prefix_set=oss_v2.ReplicationPrefixSet(prefixs=["image/", "video/"]))
    for key in ("image/a", "video/b", "text/c"):
        near.put_object(key, b"1")
    assert oss.bucket(FAR).keys() == ["image/a", "image/old", "video/b"]


def test_versions_keep_their_ids_and_their_order(oss: fakeoss.FakeOSS) -> None:
    near = versioned(oss)
    ids = [near.put_object("a", text).versionid for text in (b"1", b"2")]
    replicate(oss)
    ids.append(near.put_object("a", b"3").versionid)
    near.delete_object("a")
    mine, theirs = oss.bucket(NEAR).versions("a"), oss.bucket(FAR).versions("a")
    assert [version.version_id for version in theirs] == [version.version_id for version in mine]
    assert theirs[0].is_delete_marker
    assert [oss.bucket(FAR).read("a", identifier) for identifier in ids] == [b"1", b"2", b"3"]


@pytest.mark.parametrize(("action", "left"), [("ALL", 1), ("PUT", 2)])
def test_a_delete_marker_always_arrives_a_version_s_deletion_only_with_all(
    oss: fakeoss.FakeOSS, action: str, left: int
) -> None:
    near = versioned(oss)
    replicate(oss, action=action)
    identifier = near.put_object("a", b"1").versionid
    near.delete_object("a")
    near.delete_object("a", params={"versionId": identifier})
    assert len(oss.bucket(FAR).versions("a")) == left
    assert oss.bucket(FAR).versions("a")[0].is_delete_marker


KMS = {"x-oss-server-side-encryption": "KMS", "x-oss-server-side-encryption-key-id": "source-key"}


def test_objects_encrypted_by_kms_stay_unless_the_rule_takes_them_with_a_key_of_its_own(
    oss: fakeoss.FakeOSS, near: oss2.Bucket
) -> None:
    oss.create_bucket("third-bucket", region="cn-shanghai")
    replicate(oss)
    replicate(
        oss,
        "third-bucket",
        "oss-cn-shanghai",
        sync_role="replicator",
        source_selection_criteria=oss_v2.ReplicationSourceSelectionCriteria(
            sse_kms_encrypted_objects=oss_v2.SseKmsEncryptedObjects(status="Enabled")
        ),
        encryption_configuration=oss_v2.ReplicationEncryptionConfiguration(replica_kms_key_id="replica-key"),
    )
    near.put_object("secret", b"1", headers=KMS)
    near.put_object("usual", b"2", headers={"x-oss-server-side-encryption": "AES256"})
    assert oss.bucket(FAR).keys() == ["usual"]
    third = oss.oss2_bucket("third-bucket", "cn-shanghai")
    assert third.head_object("secret").headers["x-oss-server-side-encryption-key-id"] == "replica-key"
    assert third.head_object("usual").headers["x-oss-server-side-encryption"] == "AES256"


def test_the_coldest_objects_are_never_replicated(oss: fakeoss.FakeOSS, near: oss2.Bucket) -> None:
    replicate(oss)
    for name in ("Archive", "ColdArchive", "DeepColdArchive"):
        near.put_object(name, b"1", headers={"x-oss-storage-class": name})
    assert oss.bucket(FAR).keys() == ["Archive"]


def test_two_buckets_may_replicate_to_each_other_without_end(oss: fakeoss.FakeOSS, near: oss2.Bucket) -> None:
    replicate(oss)
    replicate(oss, NEAR, "oss-cn-hangzhou", source=FAR, region="cn-beijing")
    far = oss.oss2_bucket(FAR, "cn-beijing")
    near.put_object("from near", b"1")
    far.put_object("from far", b"2")
    far.put_object("from near", b"3")
    assert oss.bucket(NEAR).keys() == oss.bucket(FAR).keys() == ["from far", "from near"]
    assert oss.bucket(NEAR).read("from near") == b"3"
    near.delete_object("from far")
    assert oss.bucket(FAR).keys() == ["from near"]


def test_what_replication_brought_goes_no_further(oss: fakeoss.FakeOSS, near: oss2.Bucket) -> None:
    oss.create_bucket("third-bucket", region="cn-shanghai")
    near.put_object("first", b"1")
    replicate(oss)
    replicate(oss, "third-bucket", "oss-cn-shanghai", source=FAR, region="cn-beijing")
    near.put_object("second", b"1")
    oss.oss2_bucket(FAR, "cn-beijing").put_object("own", b"1")
    assert oss.bucket(FAR).keys() == ["first", "own", "second"]
    assert oss.bucket("third-bucket").keys() == ["own"]


def test_what_lifecycle_deletes_here_is_deleted_there(oss: fakeoss.FakeOSS, near: oss2.Bucket) -> None:
    oss.clock.travel_to(utc(2024, 1, 1, 12))
    replicate(oss)
    near.put_object("a", b"1")
    lifecycle = oss2.models.BucketLifecycle(
        [oss2.models.LifecycleRule("id", "", expiration=oss2.models.LifecycleExpiration(days=1))]
    )
    near.put_bucket_lifecycle(lifecycle)
    assert oss.bucket(FAR).keys() == ["a"]
    oss.clock.advance(days=2)
    assert oss.bucket(FAR).keys() == []


def test_lifecycle_of_the_destination_counts_from_the_source_s_write(oss: fakeoss.FakeOSS, near: oss2.Bucket) -> None:
    oss.clock.travel_to(utc(2024, 1, 1, 12))
    near.put_object("a", b"1")
    oss.clock.advance(days=20)
    replicate(oss, action="PUT")
    far = oss.oss2_bucket(FAR, "cn-beijing")
    far.put_bucket_lifecycle(
        oss2.models.BucketLifecycle(
            [oss2.models.LifecycleRule("id", "", expiration=oss2.models.LifecycleExpiration(days=30))]
        )
    )
    assert "01 Feb 2024" in far.head_object("a").headers["x-oss-expiration"]
    oss.clock.travel_to(utc(2024, 2, 1))
    assert (oss.bucket(NEAR).keys(), oss.bucket(FAR).keys()) == (["a"], [])


def test_retained_replicas_stay_as_they_are(oss: fakeoss.FakeOSS, near: oss2.Bucket) -> None:
    replicate(oss)
    near.put_object("a", b"1")
    far = oss.oss2_bucket(FAR, "cn-beijing")
    far.complete_bucket_worm(far.init_bucket_worm(10).worm_id)
    oss.clock.advance(seconds=2)
    near.put_object("a", b"2")
    near.delete_object("a")
    assert oss.bucket(FAR).read("a") == b"1"


def test_copies_and_multipart_objects_arrive_when_they_are_complete(oss: fakeoss.FakeOSS, near: oss2.Bucket) -> None:
    replicate(oss)
    upload = near.init_multipart_upload("big").upload_id
    part = oss2.models.PartInfo(1, near.upload_part("big", upload, 1, b"whole").etag)
    assert oss.bucket(FAR).keys() == []
    near.complete_multipart_upload("big", upload, [part])
    near.copy_object(NEAR, "big", "copy")
    assert oss.bucket(FAR).keys() == ["big", "copy"]
    assert oss.oss2_bucket(FAR, "cn-beijing").head_object("big").object_type == "Multipart"


def test_seeded_objects_are_replicated_as_any_other(oss: fakeoss.FakeOSS, near: oss2.Bucket) -> None:
    replicate(oss)
    oss.put(NEAR, "seeded", b"1")
    assert oss.bucket(FAR).keys() == ["seeded"]


def test_a_destination_that_is_gone_is_left_in_peace(oss: fakeoss.FakeOSS, near: oss2.Bucket) -> None:
    replicate(oss)
    oss.oss2_bucket(FAR, "cn-beijing").delete_bucket()
    assert near.put_object("a", b"1").status == 200


# Over time


def test_a_rule_starts_works_closes_and_is_gone() -> None:
    with fakeoss.mock_oss() as oss:
        oss.create_bucket(NEAR, objects={"before": "1"})
        oss.create_bucket(FAR, region="cn-beijing")
        rule_id = replicate(oss)
        near = oss.oss2_bucket(NEAR)
        near.put_object("meanwhile", b"2")
        assert (state_of(oss), oss.bucket(FAR).keys()) == ("starting", [])
        oss.clock.advance(minutes=2)
        assert (oss.bucket(FAR).keys(), state_of(oss)) == (["before", "meanwhile"], "doing")
        near.delete_bucket_replication(rule_id)
        near.put_object("after", b"3")
        assert (state_of(oss), "after" in oss.bucket(FAR)) == ("closing", False)
        oss.clock.advance(minutes=2)
        with pytest.raises(oss2.exceptions.ServerError, match="NoSuchReplicationConfiguration"):
            near.get_bucket_replication()
        assert oss.bucket(FAR).keys() == ["before", "meanwhile"]


def test_with_a_delay_changes_arrive_in_order_and_progress_tells_how_far_they_are() -> None:
    # The clock stands still between the journeys, so that a slow machine changes nothing.
    with freeze_time("2024-01-01 12:00"), fakeoss.mock_oss(replication_delay=timedelta(minutes=10)) as oss:
        oss.create_bucket(NEAR, objects={"old": "1"})
        oss.create_bucket(FAR, region="cn-beijing")
        rule_id = replicate(oss)
        oss.clock.travel_to(utc(2024, 1, 1, 12, 1, 1))
        assert progress_of(oss, rule_id)[0] == "0"
        near = oss.oss2_bucket(NEAR)
        near.put_object("new", b"1")
        near.put_object("brief", b"1")
        near.delete_object("brief")
        oss.clock.travel_to(utc(2024, 1, 1, 12, 11))
        assert oss.bucket(FAR).keys() == ["old"]
        assert progress_of(oss, rule_id) == ("1", "2024-01-01T12:01:01.000Z")
        oss.clock.advance(minutes=1)
        assert oss.bucket(FAR).keys() == ["new", "old"]


def progress_of(oss: fakeoss.FakeOSS, rule_id: str) -> tuple[str, str]:
    result = oss.client().get_bucket_replication_progress(
        oss_v2.GetBucketReplicationProgressRequest(bucket=NEAR, rule_id=rule_id)
    )
    progress: Any = result.replication_progress.rules[0].progress
    return progress.historical_object, progress.new_object


def test_time_control_is_on_its_way_until_the_rule_works_and_not_told_when_off() -> None:
    with fakeoss.mock_oss() as oss:
        oss.create_bucket(NEAR)
        oss.create_bucket(FAR, region="cn-beijing")
        rule_id = replicate(oss)
        client = oss.client()

        def switch(status: str) -> None:
            asked = oss_v2.RtcConfiguration(rtc=oss_v2.ReplicationTimeControl(status=status), id=rule_id)
            client.put_bucket_rtc(oss_v2.PutBucketRtcRequest(bucket=NEAR, rtc_configuration=asked))

        def rtc() -> str | None:
            result = client.get_bucket_replication(oss_v2.GetBucketReplicationRequest(bucket=NEAR))
            shown = result.replication_configuration.rules[0].rtc
            return None if shown is None else str(shown.status)

        assert rtc() is None
        switch("enabled")
        assert rtc() == "enabling"
        oss.clock.advance(minutes=2)
        assert rtc() == "enabled"
        switch("disabled")
        assert rtc() is None


def test_the_buckets_tell_that_they_are_replicated(oss: fakeoss.FakeOSS, near: oss2.Bucket) -> None:
    assert near.get_bucket_info().cross_region_replication == "Disabled"
    replicate(oss)
    assert near.get_bucket_info().cross_region_replication == "Enabled"
