"""Lifecycle rules as they are set, read, deleted and refused."""

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
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused, ServiceError

RULE = (
    b"<LifecycleConfiguration><Rule><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule>"
    b"</LifecycleConfiguration>"
)
CLASSES = ("IA", "Archive", "ColdArchive", "DeepColdArchive")

texts = st.text("abcXYZ 0-9_:/中文", max_size=12)
instants = st.dates(date(2000, 1, 1), date(2100, 1, 1)).map(
    lambda day: datetime(day.year, day.month, day.day, tzinfo=timezone.utc)
)


DATE = datetime(2020, 1, 1, tzinfo=timezone.utc)


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


def put(client: oss_v2.Client, *given_rules: oss_v2.LifecycleRule, **options: Any) -> None:
    client.put_bucket_lifecycle(
        oss_v2.PutBucketLifecycleRequest(
            bucket=BUCKET, lifecycle_configuration=oss_v2.LifecycleConfiguration(rules=list(given_rules)), **options
        )
    )


def get(client: oss_v2.Client) -> list[oss_v2.LifecycleRule]:
    result = client.get_bucket_lifecycle(oss_v2.GetBucketLifecycleRequest(bucket=BUCKET))
    found: list[oss_v2.LifecycleRule] = result.lifecycle_configuration.rules
    return found


def rule(prefix: str = "a/", **actions: Any) -> oss_v2.LifecycleRule:
    return oss_v2.LifecycleRule(prefix=prefix, status="Enabled", **actions)


def expiring(days: int) -> oss_v2.LifecycleRuleExpiration:
    return oss_v2.LifecycleRuleExpiration(days=days)


def moving(days: int, storage_class: str) -> oss_v2.LifecycleRuleTransition:
    return oss_v2.LifecycleRuleTransition(days=days, storage_class=storage_class)


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


OVERLAPPING = {
    "Expiration": {"expiration": expiring(30)},
    "Transition": {"transitions": [moving(30, "IA")]},
    "NoncurrentVersionExpiration": {
        "noncurrent_version_expiration": oss_v2.NoncurrentVersionExpiration(noncurrent_days=30)
    },
    "NoncurrentVersionTransition": {
        "noncurrent_version_transitions": [oss_v2.NoncurrentVersionTransition(noncurrent_days=30, storage_class="IA")]
    },
}


@pytest.mark.parametrize("action", OVERLAPPING)
@pytest.mark.parametrize("prefixes", [("a/", "a/b"), ("", "a/"), ("a/", "a/")])
def test_rules_that_take_one_action_on_the_same_objects_need_permission(
    bucket: oss2.Bucket,
    client: oss_v2.Client,
    service_error: ServiceError,
    action: str,
    prefixes: tuple[str, str],
) -> None:
    both = [rule(prefix, **OVERLAPPING[action]) for prefix in prefixes]
    error = service_error(put, client, *both)
    assert (error.status_code, error.code) == (400, "InvalidRequest")
    assert error.message == f"Overlap for same action type {action}"
    put(client, *both, allow_same_action_overlap="true")
    assert len(get(client)) == 2


def test_aborts_may_never_overlap(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    both = [
        rule(prefix, abort_multipart_upload=oss_v2.LifecycleRuleAbortMultipartUpload(days=3)) for prefix in ("", "a")
    ]
    with pytest.raises(oss_v2.exceptions.OperationError, match="Overlap for same action type AbortMultipartUpload"):
        put(client, *both, allow_same_action_overlap="true")


def test_rules_whose_tags_exclude_each_other_do_not_overlap(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    put(
        client,
        rule(tags=[oss_v2.Tag(key="team", value="red")], expiration=expiring(10)),
        rule(tags=[oss_v2.Tag(key="team", value="blue")], expiration=expiring(20)),
    )
    assert len(get(client)) == 2


def test_rules_on_nested_prefixes_must_not_contradict_each_other(
    bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError
) -> None:
    error = service_error(
        put,
        client,
        rule("test", transitions=[moving(120, "IA")]),
        rule("test/log/cache", expiration=expiring(30)),
    )
    assert (error.code, error.ec) == ("InvalidArgument", "0014-00000082")


@pytest.mark.parametrize(
    ("actions", "code", "message"),
    [
        ({"transitions": [moving(20, "IA"), moving(12, "Archive")]}, "InvalidArgument", "Days in the Transition"),
        ({"transitions": [moving(20, "Archive"), moving(20, "ColdArchive")]}, "InvalidArgument", "Days in the Tran"),
        ({"transitions": [moving(20, "Standard")]}, "InvalidArgument", "Invalid StorageClass"),
        ({"transitions": [moving(20, "Frozen")]}, "InvalidArgument", "Invalid StorageClass"),
        ({"transitions": [moving(20, "IA")], "expiration": expiring(20)}, "InvalidArgument", "Days in the Expiration"),
        ({"expiration": expiring(0)}, "InvalidArgument", ""),
        (
            {
                "transitions": [moving(20, "IA")],
                "expiration": oss_v2.LifecycleRuleExpiration(
                    created_before_date=datetime(2020, 1, 1, tzinfo=timezone.utc)
                ),
            },
            "InvalidRequest",
            "",
        ),
        ({"expiration": oss_v2.LifecycleRuleExpiration(days=1, expired_object_delete_marker=True)}, "MalformedXML", ""),
        ({"expiration": oss_v2.LifecycleRuleExpiration(expired_object_delete_marker=False)}, "MalformedXML", ""),
        ({"expiration": oss_v2.LifecycleRuleExpiration()}, "MalformedXML", ""),
        ({}, "MalformedXML", ""),
        ({"tags": [oss_v2.Tag(key="%&", value="x")], "expiration": expiring(1)}, "InvalidArgument", ""),
        ({"tags": [oss_v2.Tag(key="x", value=")%")], "expiration": expiring(1)}, "InvalidArgument", ""),
        ({"id": "i" * 256, "expiration": expiring(1)}, "InvalidArgument", ""),
        (
            {"transitions": [oss_v2.LifecycleRuleTransition(days=1, storage_class="IA", is_access_time=True)]},
            "MalformedXML",
            "",
        ),
        (
            {
                "transitions": [
                    oss_v2.LifecycleRuleTransition(days=1, storage_class="IA", return_to_std_when_visit=True)
                ]
            },
            "MalformedXML",
            "",
        ),
        (
            {
                "filter": oss_v2.LifecycleRuleFilter(nots=[oss_v2.LifecycleRuleNot(prefix="a/")]),
                "expiration": expiring(1),
            },
            "InvalidArgument",
            "",
        ),
        (
            {
                "filter": oss_v2.LifecycleRuleFilter(nots=[oss_v2.LifecycleRuleNot(prefix="b/")]),
                "expiration": expiring(1),
            },
            "InvalidArgument",
            "",
        ),
        (
            {
                "filter": oss_v2.LifecycleRuleFilter(nots=[oss_v2.LifecycleRuleNot(prefix="a/b")]),
                "abort_multipart_upload": oss_v2.LifecycleRuleAbortMultipartUpload(days=1),
            },
            "MalformedXML",
            "",
        ),
        (
            {
                "filter": oss_v2.LifecycleRuleFilter(object_size_greater_than=9, object_size_less_than=9),
                "expiration": expiring(1),
            },
            "InvalidArgument",
            "",
        ),
        (
            {
                "filter": oss_v2.LifecycleRuleFilter(object_size_greater_than=1, object_size_less_than=9),
                "expiration": oss_v2.LifecycleRuleExpiration(expired_object_delete_marker=True),
            },
            "MalformedXML",
            "",
        ),
        (
            {
                "transitions": [
                    oss_v2.LifecycleRuleTransition(
                        created_before_date=DATE,
                        storage_class="IA",
                        is_access_time=True,
                        return_to_std_when_visit=False,
                    )
                ]
            },
            "MalformedXML",
            "",
        ),
        (
            {
                "transitions": [
                    oss_v2.LifecycleRuleTransition(days=1, created_before_date=DATE, storage_class="IA"),
                ]
            },
            "MalformedXML",
            "",
        ),
        ({"abort_multipart_upload": oss_v2.LifecycleRuleAbortMultipartUpload()}, "MalformedXML", ""),
        (
            {
                "filter": oss_v2.LifecycleRuleFilter(object_size_greater_than=9),
                "transitions": [
                    oss_v2.LifecycleRuleTransition(
                        days=1,
                        storage_class="IA",
                        is_access_time=True,
                        return_to_std_when_visit=False,
                        allow_small_file=True,
                    )
                ],
            },
            "MalformedXML",
            "",
        ),
        (
            {"filter": oss_v2.LifecycleRuleFilter(nots=[oss_v2.LifecycleRuleNot()]), "expiration": expiring(1)},
            "MalformedXML",
            "",
        ),
        (
            {
                "tags": [oss_v2.Tag(key="kind", value="a")],
                "filter": oss_v2.LifecycleRuleFilter(
                    nots=[oss_v2.LifecycleRuleNot(prefix="a/b", tag=oss_v2.Tag(key="kind", value="b"))]
                ),
                "expiration": expiring(1),
            },
            "InvalidArgument",
            "",
        ),
    ],
)
def test_what_a_rule_must_not_say(
    bucket: oss2.Bucket,
    client: oss_v2.Client,
    service_error: ServiceError,
    actions: dict[str, Any],
    code: str,
    message: str,
) -> None:
    error = service_error(put, client, rule(**actions))
    assert (error.status_code, error.code) == (400, code)
    assert error.message.startswith(message)


def test_access_time_needs_access_tracking(
    bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError
) -> None:
    step = oss_v2.LifecycleRuleTransition(
        days=1, storage_class="IA", is_access_time=True, return_to_std_when_visit=False
    )
    assert service_error(put, client, rule(transitions=[step])).code == "MalformedXML"


def test_a_bucket_of_a_colder_class_takes_only_moves_to_colder_ones(
    oss: fakeoss.FakeOSS, client: oss_v2.Client, service_error: ServiceError
) -> None:
    oss.create_bucket(BUCKET, storage_class="IA")
    assert service_error(put, client, rule(transitions=[moving(1, "IA")])).message == "Invalid StorageClass"
    put(client, rule(transitions=[moving(1, "Archive")]))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no xml",
        b"<Other/>",
        b"<LifecycleConfiguration/>",
        RULE.replace(b"<Status>Enabled</Status>", b""),
        RULE.replace(b"Enabled", b"On"),
        RULE.replace(b"<Days>1", b"<Days>one"),
    ],
)
def test_what_is_no_configuration_is_malformed(bucket: oss2.Bucket, refused: Refused, body: bytes) -> None:
    refused(400, "MalformedXML", "PUT", "/?lifecycle", body=body)


@pytest.mark.parametrize(
    ("time", "code"),
    [
        (b"<CreatedBeforeDate>2020-01-01T01:00:00.000Z</CreatedBeforeDate>", "InvalidArgument"),
        (b"<CreatedBeforeDate>yesterday</CreatedBeforeDate>", "MalformedXML"),
    ],
)
def test_dates_are_midnights(bucket: oss2.Bucket, refused: Refused, time: bytes, code: str) -> None:
    body = (
        b"<LifecycleConfiguration><Rule><Prefix/><Status>Enabled</Status><Expiration>"
        + time
        + b"</Expiration></Rule></LifecycleConfiguration>"
    )
    refused(400, code, "PUT", "/?lifecycle", body=body)


def test_two_rules_need_two_ids(bucket: oss2.Bucket, refused: Refused) -> None:
    one = b"<Rule><ID>i</ID><Prefix>%s</Prefix><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule>"
    body = b"<LifecycleConfiguration>" + one % b"a" + one % b"b" + b"</LifecycleConfiguration>"
    error = refused(400, "InvalidArgument", "PUT", "/?lifecycle", body=body)
    assert (error["ArgumentName"], error["ArgumentValue"]) == ("ID", "i")


def test_a_wrong_digest_changes_nothing(bucket: oss2.Bucket, refused: Refused, raw: Raw) -> None:
    refused(400, "InvalidDigest", "PUT", "/?lifecycle", {"Content-MD5": "1B2M2Y8AsgTpgAmY7PhCfg=="}, RULE)
    assert raw("PUT", "/?lifecycle", body=RULE).status == 200


def test_the_permission_to_overlap_is_true_or_false(bucket: oss2.Bucket, refused: Refused) -> None:
    error = refused(400, "InvalidArgument", "PUT", "/?lifecycle", {"x-oss-allow-same-action-overlap": "perhaps"}, RULE)
    assert error["ArgumentName"] == "x-oss-allow-same-action-overlap"


def test_days_beyond_the_calendar_never_come(oss: fakeoss.FakeOSS, bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    bucket.put_object("a/1", b"x")
    put(client, rule(expiration=expiring(2_000_000_000)))
    oss.clock.advance(days=365)
    assert "x-oss-expiration" not in bucket.head_object("a/1").headers
    assert timedelta(days=1) < oss.clock.now() - oss.bucket(BUCKET).head("a/1").last_modified
