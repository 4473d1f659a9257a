"""Lifecycle rules that are refused, alone or beside others."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from tests.conftest import BUCKET
from tests.operations.conftest import Refused, ServiceError
from tests.operations.ruling import expiring, get, moving, put, rule

RULE = (
    b"<LifecycleConfiguration><Rule><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule>"
    b"</LifecycleConfiguration>"
)
DATE = datetime(2020, 1, 1, tzinfo=timezone.utc)


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


def test_beside_the_rules_there_is_nothing(bucket: oss2.Bucket, refused: Refused) -> None:
    body = RULE.replace(b"</LifecycleConfiguration>", b"<UnknownNode>abc</UnknownNode></LifecycleConfiguration>")
    error = refused(400, "MalformedXML", "PUT", "/?lifecycle", {}, body)
    assert error["EC"] == "0014-00000015"


def test_access_time_needs_access_tracking(
    bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError
) -> None:
    step = oss_v2.LifecycleRuleTransition(
        days=1, storage_class="IA", is_access_time=True, return_to_std_when_visit=False
    )
    assert service_error(put, client, rule(transitions=[step])).code == "MalformedXML"


def test_a_bucket_of_a_colder_class_takes_no_moves_to_warmer_ones(
    oss: fakeoss.FakeOSS, client: oss_v2.Client, service_error: ServiceError
) -> None:
    oss.create_bucket(BUCKET, storage_class="Archive")
    assert service_error(put, client, rule(transitions=[moving(1, "IA")])).message == "Invalid StorageClass"
    for storage_class in ("Archive", "ColdArchive"):
        put(client, rule(transitions=[moving(1, storage_class)]))


def test_objects_return_to_standard_from_ia_only(
    bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError
) -> None:
    bucket.put_bucket_access_monitor("Enabled")

    def visited(storage_class: str) -> oss_v2.LifecycleRule:
        step = oss_v2.LifecycleRuleTransition(
            days=200, storage_class=storage_class, is_access_time=True, return_to_std_when_visit=True
        )
        return rule(transitions=[step])

    put(client, visited("IA"))
    error = service_error(put, client, visited("Archive"))
    assert (error.code, error.ec) == ("MalformedXML", "0014-00000053")


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


def test_the_permission_to_overlap_is_true_or_false(bucket: oss2.Bucket, refused: Refused) -> None:
    error = refused(400, "InvalidArgument", "PUT", "/?lifecycle", {"x-oss-allow-same-action-overlap": "perhaps"}, RULE)
    assert error["ArgumentName"] == "x-oss-allow-same-action-overlap"
