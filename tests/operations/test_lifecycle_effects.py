"""What lifecycle rules do while time passes, as clients see it."""

from __future__ import annotations

from typing import Any

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
from oss2.models import AbortMultipartUpload, BucketLifecycle, LifecycleExpiration, StorageTransition
from oss2.models import LifecycleRule as OldRule

import fakeoss
from fakeoss.wire.message import Reply
from tests.conftest import BUCKET, Raw
from tests.moments import utc

NOON = utc(2024, 1, 1, 12)


@pytest.fixture
def january(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> oss2.Bucket:
    """The bucket at noon on the first of January 2024."""
    oss.clock.travel_to(NOON)
    return bucket


def set_rules(oss: fakeoss.FakeOSS, *rules: oss_v2.LifecycleRule, **options: Any) -> None:
    oss.client().put_bucket_lifecycle(
        oss_v2.PutBucketLifecycleRequest(
            bucket=BUCKET, lifecycle_configuration=oss_v2.LifecycleConfiguration(rules=list(rules)), **options
        )
    )


def rule(prefix: str = "", **said: Any) -> oss_v2.LifecycleRule:
    return oss_v2.LifecycleRule(prefix=prefix, status="Enabled", **said)


def expiring(days: int) -> oss_v2.LifecycleRuleExpiration:
    return oss_v2.LifecycleRuleExpiration(days=days)


def moving(days: int, storage_class: str, **said: Any) -> oss_v2.LifecycleRuleTransition:
    return oss_v2.LifecycleRuleTransition(days=days, storage_class=storage_class, **said)


def class_of(oss: fakeoss.FakeOSS, key: str) -> str:
    return oss.bucket(BUCKET).head(key).storage_class


def test_thirty_days_of_logs(oss: fakeoss.FakeOSS, january: oss2.Bucket) -> None:
    january.put_bucket_lifecycle(
        BucketLifecycle(
            [
                OldRule(
                    "logs",
                    "logs/",
                    storage_transitions=[StorageTransition(days=10, storage_class="IA")],
                    expiration=LifecycleExpiration(days=30),
                )
            ]
        )
    )
    january.put_object("logs/one", b"1")
    january.put_object("kept", b"2")
    oss.clock.advance(days=10)
    assert class_of(oss, "logs/one") == "Standard"  # ten days have passed, the run after them has not come
    oss.clock.advance(days=1)
    assert january.head_object("logs/one").headers["x-oss-storage-class"] == "IA"
    oss.clock.travel_to(utc(2024, 1, 31, 23, 59, 59))
    assert january.get_object("logs/one").read() == b"1"
    oss.clock.travel_to(utc(2024, 2, 1))
    assert [each.key for each in oss2.ObjectIterator(january)] == ["kept"]
    assert january.put_object("logs/one", b"again").status == 200


@pytest.mark.parametrize("look", ["get", "head", "list", "view", "put"])
def test_what_has_expired_is_gone_whoever_looks_first(
    oss: fakeoss.FakeOSS, january: oss2.Bucket, raw: Raw, look: str
) -> None:
    january.put_object("a", b"1")
    set_rules(oss, rule(expiration=expiring(1)))
    oss.clock.advance(days=2)
    if look == "view":
        assert oss.bucket(BUCKET).keys() == []
        return
    if look == "list":
        assert january.list_objects().object_list == []
        return
    replies: dict[str, Reply] = {
        "get": raw("GET", "/a"),
        "head": raw("HEAD", "/a"),
        "put": raw("PUT", "/a", {"x-oss-forbid-overwrite": "true"}, b"2"),
    }
    assert replies[look].status == {"get": 404, "head": 404, "put": 200}[look]


def test_the_hour_of_the_runs_is_a_setting() -> None:
    with fakeoss.mock_oss(lifecycle_hour=6) as oss:
        oss.clock.travel_to(NOON)
        oss.create_bucket(BUCKET, objects={"a": "1"})
        set_rules(oss, rule(expiration=expiring(1)))
        oss.clock.travel_to(utc(2024, 1, 3, 5, 59))
        assert oss.bucket(BUCKET).keys() == ["a"]
        oss.clock.travel_to(utc(2024, 1, 3, 6))
        assert oss.bucket(BUCKET).keys() == []


@pytest.mark.parametrize(("hour", "last_day"), [(7, 20), (9, 21)])
def test_the_service_s_own_example_of_one_day(
    oss: fakeoss.FakeOSS, bucket: oss2.Bucket, hour: int, last_day: int
) -> None:
    """The documentation's: 8 o'clock in Beijing is midnight in UTC."""
    oss.clock.travel_to(utc(2020, 7, 19, 12))
    set_rules(oss, rule(expiration=expiring(1)))
    oss.clock.travel_to(utc(2020, 7, 19 if hour < 8 else 20, (hour - 8) % 24))
    bucket.put_object("a", b"1")
    oss.clock.travel_to(utc(2020, 7, last_day, 23, 59))
    assert oss.bucket(BUCKET).keys() == ["a"]
    oss.clock.advance(minutes=1)
    assert oss.bucket(BUCKET).keys() == []


def test_objects_are_told_what_will_delete_them(oss: fakeoss.FakeOSS, january: oss2.Bucket) -> None:
    set_rules(
        oss,
        rule(id="slow one", expiration=expiring(30)),
        rule("a", id="quick", tags=[oss_v2.Tag(key="k", value="v")], expiration=expiring(3)),
        allow_same_action_overlap="true",
    )
    slow = 'expiry-date="Thu, 01 Feb 2024 00:00:00 GMT", rule-id="slow%20one"'
    assert january.put_object("a", b"1").headers["x-oss-expiration"] == slow
    assert january.get_object("a").headers["x-oss-expiration"] == slow
    january.put_object("a", b"1", headers={"x-oss-tagging": "k=v"})
    quick = january.head_object("a").headers["x-oss-expiration"]
    assert quick == 'expiry-date="Fri, 05 Jan 2024 00:00:00 GMT", rule-id="quick"'


def test_dates_end_what_was_written_before_them(oss: fakeoss.FakeOSS, january: oss2.Bucket) -> None:
    january.put_object("early", b"1")
    set_rules(oss, rule(expiration=oss_v2.LifecycleRuleExpiration(created_before_date=utc(2024, 1, 10))))
    oss.clock.travel_to(utc(2024, 1, 9, 23))
    assert "early" in oss.bucket(BUCKET)
    oss.clock.travel_to(utc(2024, 1, 10))
    january.put_object("late", b"1")
    assert oss.bucket(BUCKET).keys() == ["late"]
    oss.clock.advance(days=400)
    assert oss.bucket(BUCKET).keys() == ["late"]


@pytest.mark.parametrize("year", [1, 9999])
def test_the_old_form_of_a_date_may_lie_at_either_end_of_the_calendar(
    oss: fakeoss.FakeOSS, january: oss2.Bucket, raw: Raw, year: int
) -> None:
    january.put_object("a", b"1")
    said = f"<Status>Enabled</Status><Expiration><Date>{year:04}-01-01T00:00:00.000Z</Date></Expiration>"
    body = f"<LifecycleConfiguration><Rule>{said}</Rule></LifecycleConfiguration>".encode()
    assert raw("PUT", "/?lifecycle", {}, body).status == 200
    oss.clock.advance(days=1)
    assert january.object_exists("a") is (year == 9999)


def test_sizes_tags_and_exclusions_decide(oss: fakeoss.FakeOSS, january: oss2.Bucket) -> None:
    set_rules(
        oss,
        rule(
            tags=[oss_v2.Tag(key="temporary", value="yes")],
            filter=oss_v2.LifecycleRuleFilter(
                object_size_greater_than=2, nots=[oss_v2.LifecycleRuleNot(prefix="keep/")]
            ),
            expiration=expiring(1),
        ),
    )
    tagged = {"x-oss-tagging": "temporary=yes&other=1"}
    for key, data, headers in [
        ("gone", b"123", tagged),
        ("small", b"12", tagged),
        ("untagged", b"123", {}),
        ("keep/this", b"123", tagged),
    ]:
        january.put_object(key, data, headers=headers)
    oss.clock.advance(days=3)
    assert oss.bucket(BUCKET).keys() == ["keep/this", "small", "untagged"]


def test_of_deleting_and_moving_on_one_day_deleting_wins_and_of_two_moves_the_colder(
    oss: fakeoss.FakeOSS, january: oss2.Bucket
) -> None:
    january.put_object("abc/both", b"1")
    january.put_object("moved", b"1")
    oss.clock.advance(days=100)
    set_rules(
        oss,
        rule("abc", expiration=expiring(20)),
        rule("abc", transitions=[moving(20, "Archive")]),
        rule("moved", transitions=[moving(20, "IA"), moving(30, "Archive")]),
        allow_same_action_overlap="true",
    )
    oss.clock.advance(days=1)
    assert oss.bucket(BUCKET).keys() == ["moved"]
    assert class_of(oss, "moved") == "Archive"


def test_nothing_moves_to_a_warmer_class(oss: fakeoss.FakeOSS, january: oss2.Bucket) -> None:
    january.put_object("a", b"1", headers={"x-oss-storage-class": "Archive"})
    set_rules(oss, rule(transitions=[moving(1, "IA")]))
    oss.clock.advance(days=30)
    assert class_of(oss, "a") == "Archive"


def test_links_never_move_and_appendable_objects_not_to_the_coldest_classes(
    oss: fakeoss.FakeOSS, january: oss2.Bucket
) -> None:
    january.put_object("target", b"1")
    january.put_symlink("target", "link")
    january.append_object("log", 0, b"1")
    set_rules(oss, rule(transitions=[moving(1, "IA"), moving(3, "ColdArchive")]))
    oss.clock.advance(days=10)
    assert {key: class_of(oss, key) for key in ("target", "link", "log")} == {
        "target": "ColdArchive",
        "link": "Standard",
        "log": "IA",
    }
    assert oss.bucket(BUCKET).head("target").transitioned_at is not None


def test_a_move_leaves_the_modification_time_so_that_the_next_days_count_from_the_writing(
    oss: fakeoss.FakeOSS, january: oss2.Bucket
) -> None:
    january.put_object("a", b"1")
    before = january.head_object("a").headers["Last-Modified"]
    set_rules(oss, rule(transitions=[moving(5, "IA"), moving(8, "Archive")], expiration=expiring(12)))
    seen = []
    for _ in range(15):
        oss.clock.advance(days=1)
        view = oss.bucket(BUCKET)
        seen.append(view.head("a").storage_class if "a" in view else "gone")
        if "a" in view:
            assert january.head_object("a").headers["Last-Modified"] == before
    assert seen == ["Standard"] * 5 + ["IA"] * 3 + ["Archive"] * 4 + ["gone"] * 3


def test_versions_are_hidden_first_and_go_when_they_have_been_replaced_long_enough(oss: fakeoss.FakeOSS) -> None:
    oss.clock.travel_to(NOON)
    oss.create_bucket(BUCKET, versioning=True, objects={"a": "1"})
    set_rules(
        oss,
        rule(
            expiration=expiring(2),
            noncurrent_version_transitions=[oss_v2.NoncurrentVersionTransition(noncurrent_days=2, storage_class="IA")],
            noncurrent_version_expiration=oss_v2.NoncurrentVersionExpiration(noncurrent_days=5),
        ),
        rule(
            expiration=oss_v2.LifecycleRuleExpiration(expired_object_delete_marker=True),
        ),
        allow_same_action_overlap="true",
    )
    view = oss.bucket(BUCKET)
    told = []
    for _ in range(12):
        oss.clock.advance(days=1)
        told.append([getattr(version, "storage_class", "marker") for version in view.versions("a")])
    hidden = ["marker", "Standard"]
    assert told == [
        ["Standard"],
        ["Standard"],
        hidden,  # the run on the 4th, after two whole days
        hidden,
        hidden,
        ["marker", "IA"],
        ["marker", "IA"],
        ["marker", "IA"],
        ["marker"],
        [],  # a marker that hides nothing goes in the next run
        [],
        [],
    ]


def test_a_delete_marker_stays_while_it_hides_something(oss: fakeoss.FakeOSS) -> None:
    oss.clock.travel_to(NOON)
    oss.create_bucket(BUCKET, versioning=True, objects={"hidden": "1"})
    bucket = oss.oss2_bucket(BUCKET)
    bucket.delete_object("hidden")
    bucket.delete_object("never was")
    set_rules(oss, rule(expiration=oss_v2.LifecycleRuleExpiration(expired_object_delete_marker=True)))
    oss.clock.advance(days=2)
    assert len(oss.bucket(BUCKET).versions("hidden")) == 2
    assert oss.bucket(BUCKET).versions("never was") == []


def test_markers_of_the_runs_are_dated_and_numbered_as_any_other(oss: fakeoss.FakeOSS) -> None:
    oss.clock.travel_to(NOON)
    oss.create_bucket(BUCKET, versioning=True, objects={"a": "1", "b": "2"})
    set_rules(oss, rule(expiration=expiring(1)))
    oss.clock.advance(days=300)
    listed = oss.oss2_bucket(BUCKET).list_object_versions()
    assert [marker.key for marker in listed.delete_marker] == ["a", "b"]
    assert len({marker.versionid for marker in listed.delete_marker}) == 2
    first = oss.bucket(BUCKET).versions("a")[0]
    assert first.last_modified == utc(2024, 1, 3)


def test_uploads_left_behind_are_aborted(oss: fakeoss.FakeOSS, january: oss2.Bucket) -> None:
    january.put_bucket_lifecycle(
        BucketLifecycle([OldRule("id", "big/", abort_multipart_upload=AbortMultipartUpload(days=3))])
    )
    for key in ("big/1", "other"):
        january.upload_part(key, january.init_multipart_upload(key).upload_id, 1, b"part")
    oss.clock.advance(days=5)
    assert [upload.key for upload in oss.bucket(BUCKET).uploads()] == ["other"]


def test_a_disabled_rule_does_nothing_and_a_deleted_one_stops(oss: fakeoss.FakeOSS, january: oss2.Bucket) -> None:
    january.put_object("a", b"1")
    set_rules(oss, oss_v2.LifecycleRule(prefix="", status="Disabled", expiration=expiring(1)))
    oss.clock.advance(days=5)
    assert "a" in oss.bucket(BUCKET)
    set_rules(oss, rule(expiration=expiring(1)))
    january.delete_bucket_lifecycle()
    oss.clock.advance(days=5)
    assert "a" in oss.bucket(BUCKET)


def test_retention_of_the_bucket_holds_back_deletion_until_it_ends(oss: fakeoss.FakeOSS, january: oss2.Bucket) -> None:
    january.put_object("a", b"1")
    january.complete_bucket_worm(january.init_bucket_worm(20).worm_id)
    set_rules(oss, rule(transitions=[moving(1, "IA")], expiration=expiring(5)))
    oss.clock.travel_to(utc(2024, 1, 21, 23))
    assert class_of(oss, "a") == "IA"
    oss.clock.travel_to(utc(2024, 1, 22))
    assert "a" not in oss.bucket(BUCKET)


def test_a_legal_hold_keeps_a_replaced_version_until_it_is_lifted(oss: fakeoss.FakeOSS, raw: Raw) -> None:
    oss.clock.travel_to(NOON)
    oss.create_bucket(BUCKET, versioning=True)
    assert raw(
        "PUT",
        "/?objectWorm",
        body=b"<ObjectWormConfiguration><ObjectWormEnabled>Enabled</ObjectWormEnabled></ObjectWormConfiguration>",
    ).status in (200, 204)
    oss.put(BUCKET, "a", b"1")
    held = oss.bucket(BUCKET).head("a").version_id
    lift = b"<LegalHold><Status>%s</Status></LegalHold>"
    assert raw("PUT", f"/a?legalHold&versionId={held}", body=lift % b"ON").status in (200, 204)
    oss.put(BUCKET, "a", b"2")
    set_rules(oss, rule(noncurrent_version_expiration=oss_v2.NoncurrentVersionExpiration(noncurrent_days=1)))
    oss.clock.advance(days=30)
    assert len(oss.bucket(BUCKET).versions("a")) == 2
    assert raw("PUT", f"/a?legalHold&versionId={held}", body=lift % b"OFF").status in (200, 204)
    oss.clock.advance(days=1)
    assert len(oss.bucket(BUCKET).versions("a")) == 1


def test_what_is_not_read_moves_and_comes_back_when_it_is(oss: fakeoss.FakeOSS, january: oss2.Bucket) -> None:
    oss.client().put_bucket_access_monitor(
        oss_v2.PutBucketAccessMonitorRequest(
            bucket=BUCKET, access_monitor_configuration=oss_v2.AccessMonitorConfiguration(status="Enabled")
        )
    )
    for key in ("read", "unread"):
        january.put_object(key, b"x" * 70_000)
    january.put_object("small", b"x")
    january.put_object("stays/a", b"x" * 70_000)
    set_rules(
        oss,
        rule("", transitions=[moving(10, "IA", is_access_time=True, return_to_std_when_visit=True)]),
    )
    oss.clock.advance(days=8)
    january.get_object("read").read()
    oss.clock.advance(days=4)
    assert {key: class_of(oss, key) for key in ("read", "unread", "small")} == {
        "read": "Standard",
        "unread": "IA",
        "small": "Standard",
    }
    january.get_object("unread").read()
    assert class_of(oss, "unread") == "Standard"


def test_what_was_done_stays_done_when_time_goes_back(oss: fakeoss.FakeOSS, january: oss2.Bucket) -> None:
    january.put_object("a", b"1")
    set_rules(oss, rule(expiration=expiring(1)))
    oss.clock.advance(days=10)
    assert oss.bucket(BUCKET).keys() == []
    oss.clock.travel_to(NOON)
    assert oss.bucket(BUCKET).keys() == []


def test_a_snapshot_brings_back_what_was_and_what_was_to_come(oss: fakeoss.FakeOSS, january: oss2.Bucket) -> None:
    january.put_object("a", b"1")
    set_rules(oss, rule(expiration=expiring(1)))
    before = oss.snapshot()
    oss.clock.advance(days=10)
    assert oss.bucket(BUCKET).keys() == []
    oss.clock.travel_to(NOON)
    oss.restore(before)
    assert oss.bucket(BUCKET).keys() == ["a"]
    oss.clock.advance(days=2)
    assert oss.bucket(BUCKET).keys() == []


def test_a_bucket_made_anew_inherits_nothing(oss: fakeoss.FakeOSS, january: oss2.Bucket) -> None:
    january.put_object("a", b"1")
    set_rules(oss, rule(expiration=expiring(1)))
    january.delete_object("a")
    january.delete_bucket()
    oss.create_bucket(BUCKET, objects={"a": "1"})
    oss.clock.advance(days=10)
    assert oss.bucket(BUCKET).keys() == ["a"]


def test_what_was_fetched_after_its_request_expires_as_well(oss: fakeoss.FakeOSS, january: oss2.Bucket) -> None:
    oss.put(BUCKET, "source", b"1")
    set_rules(oss, rule("fetched", expiration=expiring(3)))
    url = january.sign_url("GET", "source", 60)
    january.put_async_fetch_task(oss2.models.AsyncFetchTaskConfiguration(url, "fetched"))
    assert oss.bucket(BUCKET).keys() == ["fetched", "source"]
    oss.clock.advance(days=5)
    assert oss.bucket(BUCKET).keys() == ["source"]
