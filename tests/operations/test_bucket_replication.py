"""Replication rules as they are set, read, deleted and refused."""

from __future__ import annotations

from typing import Any

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from fakeoss.data.regions import regions
from fakeoss.wire.message import Headers, Request
from tests.conftest import Raw
from tests.operations.conftest import Refused, ServiceError
from tests.operations.replicating import FAR, NEAR, replicate, request, state_of

NAMED = (
    "<ReplicationConfiguration><Rule><ID>{}</ID><Destination><Bucket>far-bucket</Bucket>"
    "<Location>oss-cn-beijing</Location></Destination></Rule></ReplicationConfiguration>"
)


@pytest.fixture
def near(oss: fakeoss.FakeOSS) -> oss2.Bucket:
    """A bucket in Hangzhou; another one stands in Beijing."""
    oss.create_bucket(NEAR)
    oss.create_bucket(FAR, region="cn-beijing")
    return oss.oss2_bucket(NEAR)


def test_the_header_tells_the_id_in_utf_8(near: oss2.Bucket, raw: Raw) -> None:
    reply = raw("POST", "/?replication&comp=add", body=NAMED.format("规则").encode(), bucket=NEAR)
    assert reply.status == 200
    assert (reply.header("x-oss-replication-rule-id") or "").encode("latin-1").decode() == "规则"


def test_progress_tells_the_rule_and_no_figures_before_it_works(oss: fakeoss.FakeOSS, near: oss2.Bucket) -> None:
    identifier = replicate(oss, transfer_type="oss_acc", prefix_set=oss_v2.ReplicationPrefixSet(prefixs=["a/"]))
    progress = near.get_bucket_replication_progress(identifier).progress
    assert (progress.rule_id, progress.status, progress.prefix_list) == (identifier, "starting", ["a/"])
    assert (progress.historical_object_progress, progress.new_object_progress) == (0, None)


def test_locations_are_the_other_regions(oss: fakeoss.FakeOSS, near: oss2.Bucket) -> None:
    found = near.get_bucket_replication_location()
    assert "oss-cn-beijing" in found.location_list
    assert "oss-cn-hangzhou" not in found.location_list
    links = {each.location: each.transfer_type for each in found.location_transfer_type_list}
    assert links["oss-us-west-1"] == "oss_acc"
    assert "oss-cn-beijing" not in links
    result = oss.client().get_bucket_replication_location(oss_v2.GetBucketReplicationLocationRequest(bucket=NEAR))
    assert "oss-cn-beijing" in result.replication_location.locationrtc_constraint.locations


def test_the_accelerated_link_is_taken_within_one_region(oss: fakeoss.FakeOSS, near: oss2.Bucket) -> None:
    oss.create_bucket("same-region")
    replicate(oss, "same-region", "oss-cn-hangzhou", transfer_type="oss_acc")
    assert [rule.target_transfer_type for rule in near.get_bucket_replication().rule_list] == ["oss_acc"]


def test_the_usual_link_is_not_told_and_the_accelerated_one_is_switched_on(
    oss: fakeoss.FakeOSS, near: oss2.Bucket
) -> None:
    far = oss.oss2_bucket(FAR, "cn-beijing")
    oss.create_bucket("another-far", region="cn-beijing")
    replicate(oss, "another-far", "oss-cn-beijing", transfer_type="internal")
    usual = oss.client().get_bucket_replication(oss_v2.GetBucketReplicationRequest(bucket=NEAR))
    assert usual.replication_configuration.rules[0].destination.transfer_type is None
    with pytest.raises(oss2.exceptions.NoSuchTransferAccelerationConfiguration):
        far.get_bucket_transfer_acceleration()
    replicate(oss, transfer_type="oss_acc")
    assert [rule.target_transfer_type for rule in near.get_bucket_replication().rule_list] == [None, "oss_acc"]
    assert far.get_bucket_transfer_acceleration().enabled == "true"


def test_one_rule_may_lead_to_each_of_several_buckets(oss: fakeoss.FakeOSS, near: oss2.Bucket) -> None:
    oss.create_bucket("same-region")
    replicate(oss)
    replicate(oss, "same-region", "oss-cn-hangzhou")
    found = near.get_bucket_replication().rule_list
    assert {rule.target_bucket_name for rule in found} == {FAR, "same-region"}


@pytest.mark.parametrize(
    ("bucket", "location", "said", "code"),
    [
        (NEAR, "oss-cn-hangzhou", {}, "InvalidTargetBucket"),
        ("no-such-bucket", "oss-cn-beijing", {}, "InvalidTargetBucket"),
        ("of-another", "oss-cn-beijing", {}, "InvalidTargetBucket"),
        (FAR, "oss-cn-shanghai", {}, "InvalidTargetLocation"),
        (FAR, "oss-cn-atlantis", {}, "BadReplicationLocation"),
        (FAR, "cn-beijing", {}, "BadReplicationLocation"),
        ("versioned-bucket", "oss-cn-beijing", {}, "InvalidBucketStatus"),
        (FAR, "oss-cn-beijing", {"transfer_type": "pigeon"}, "InvalidArgument"),
        (FAR, "oss-cn-beijing", {"transfer_type": ""}, "MissingArgument"),
        (
            "same-region",
            "oss-cn-hangzhou",
            {"rtc": oss_v2.ReplicationTimeControl(status="enabled")},
            "ReplicationLocationNotSupportRtc",
        ),
        (FAR, "oss-cn-beijing", {"rtc": oss_v2.ReplicationTimeControl(status="enabling")}, "MalformedXML"),
        (FAR, "oss-cn-beijing", {"action": "MOVE"}, "InvalidArgument"),
        (FAR, "oss-cn-beijing", {"historical_object_replication": "open"}, "InvalidArgument"),
        (
            FAR,
            "oss-cn-beijing",
            {"prefix_set": oss_v2.ReplicationPrefixSet(prefixs=["source", "source/video"])},
            "InvalidArgument",
        ),
        (
            FAR,
            "oss-cn-beijing",
            {"prefix_set": oss_v2.ReplicationPrefixSet(prefixs=[str(place) for place in range(10, 21)])},
            "TooManyPrefixes",
        ),
        (FAR, "oss-cn-beijing", {"prefix_set": oss_v2.ReplicationPrefixSet(prefixs=["p" * 1024])}, "InvalidArgument"),
        (
            FAR,
            "oss-cn-beijing",
            {
                "sync_role": "role",
                "source_selection_criteria": oss_v2.ReplicationSourceSelectionCriteria(
                    sse_kms_encrypted_objects=oss_v2.SseKmsEncryptedObjects(status="Enabled")
                ),
            },
            "InvalidArgument",
        ),
    ],
)
def test_what_a_rule_must_not_be(
    oss: fakeoss.FakeOSS,
    near: oss2.Bucket,
    service_error: ServiceError,
    bucket: str,
    location: str,
    said: dict[str, Any],
    code: str,
) -> None:
    oss.create_bucket("same-region")
    oss.create_bucket("versioned-bucket", region="cn-beijing", versioning=True)
    oss.add_credentials("other", "secret", account="1" * 16)
    oss.create_bucket("of-another", region="cn-beijing", account="1" * 16)
    error = service_error(oss.client().put_bucket_replication, request(bucket, location, **said))
    assert (error.status_code, error.code) == (400, code)


def test_a_second_rule_to_the_same_bucket_is_refused(
    oss: fakeoss.FakeOSS, near: oss2.Bucket, service_error: ServiceError
) -> None:
    replicate(oss, id="one")
    error = service_error(oss.client().put_bucket_replication, request(id="two"))
    assert (error.status_code, error.code) == (400, "BucketReplicationAlreadyExist")


def test_a_bucket_has_a_hundred_rules_at_most(
    oss: fakeoss.FakeOSS, near: oss2.Bucket, service_error: ServiceError
) -> None:
    with fakeoss.mock_oss(buckets_per_region=200) as roomy:
        roomy.create_bucket(NEAR)
        for place in range(101):
            roomy.create_bucket(f"target-{place}", region="cn-beijing")
        for place in range(100):
            replicate(roomy, f"target-{place}")
        with pytest.raises(oss_v2.exceptions.OperationError, match="TooManyOutgoingReplication"):
            replicate(roomy, "target-100")


def test_a_hundred_rules_at_most_point_at_a_bucket() -> None:
    with fakeoss.mock_oss(buckets_per_region=200) as roomy:
        roomy.create_bucket(FAR, region="cn-beijing")
        for place in range(101):
            roomy.create_bucket(f"source-{place}")
        for place in range(100):
            replicate(roomy, source=f"source-{place}")
        with pytest.raises(oss_v2.exceptions.OperationError, match="TooManyIncomingReplication"):
            replicate(roomy, source="source-100")


def test_time_control_is_not_for_one_region(
    oss: fakeoss.FakeOSS, near: oss2.Bucket, service_error: ServiceError
) -> None:
    oss.create_bucket("same-region")
    rule_id = replicate(oss, "same-region", "oss-cn-hangzhou")
    on = oss_v2.RtcConfiguration(rtc=oss_v2.ReplicationTimeControl(status="enabled"), id=rule_id)
    error = service_error(oss.client().put_bucket_rtc, oss_v2.PutBucketRtcRequest(NEAR, on))
    assert (error.status_code, error.code) == (400, "ReplicationLocationNotSupportRtc")


def test_from_a_region_that_is_not_public_nothing_is_replicated(
    oss: fakeoss.FakeOSS, near: oss2.Bucket, service_error: ServiceError
) -> None:
    apart = next(region.id for region in regions().values() if region.kind != "public")
    oss.create_bucket("apart-bucket", region=apart)
    error = service_error(oss.client(apart).put_bucket_replication, request(source="apart-bucket"))
    assert (error.status_code, error.code) == (400, "NoReplicationLocation")


@pytest.mark.parametrize(
    ("target", "body", "code"),
    [
        ("/?replication&comp=add", b"<ReplicationConfiguration/>", "NoReplicationRule"),
        ("/?replication&comp=add", b"<Rule/>", "MalformedXML"),
        ("/?replication&comp=add", b"<ReplicationConfiguration><Rule/></ReplicationConfiguration>", "MalformedXML"),
        ("/?replication&comp=add", NAMED.format("a&#10;b").encode(), "InvalidArgument"),
        ("/?replication&comp=delete", b"<ReplicationRules/>", "NoReplicationRule"),
        (
            "/?replication&comp=delete",
            b"<ReplicationRules><ID>1</ID><ID>2</ID></ReplicationRules>",
            "TooManyReplicationRules",
        ),
        ("/?replication&comp=delete", b"no xml", "MalformedXML"),
    ],
)
def test_documents_that_say_too_little_or_too_much(
    oss: fakeoss.FakeOSS, near: oss2.Bucket, refused: Refused, target: str, body: bytes, code: str
) -> None:
    refused(400, code, "POST", target, body=body, bucket=NEAR)


def test_two_rules_in_one_request_are_too_many(oss: fakeoss.FakeOSS, near: oss2.Bucket, refused: Refused) -> None:
    rule = b"<Rule><Destination><Bucket>far-bucket</Bucket><Location>oss-cn-beijing</Location></Destination></Rule>"
    body = b"<ReplicationConfiguration>" + rule * 2 + b"</ReplicationConfiguration>"
    refused(400, "TooManyReplicationRules", "POST", "/?replication&comp=add", body=body, bucket=NEAR)


def test_progress_is_told_of_one_rule_at_a_time(oss: fakeoss.FakeOSS, near: oss2.Bucket, refused: Refused) -> None:
    replicate(oss, id="one")
    refused(400, "TooManyReplicationRules", "GET", "/?replicationProgress&rule-id=one&rule-id=two", bucket=NEAR)


def test_what_is_not_there_cannot_be_read(oss: fakeoss.FakeOSS, near: oss2.Bucket, refused: Refused) -> None:
    refused(404, "NoSuchReplicationConfiguration", "GET", "/?replication", bucket=NEAR)
    refused(404, "NoSuchReplicationConfiguration", "GET", "/?replicationProgress", bucket=NEAR)
    refused(404, "NoSuchReplicationRule", "GET", "/?replicationProgress&rule-id=x", bucket=NEAR)
    body = b"<ReplicationRule><RTC><Status>enabled</Status></RTC><ID>x</ID></ReplicationRule>"
    refused(404, "NoSuchReplicationRule", "PUT", "/?rtc", body=body, bucket=NEAR)
    without_id = b"<ReplicationRule><RTC><Status>enabled</Status></RTC></ReplicationRule>"
    assert refused(400, "MalformedXML", "PUT", "/?rtc", body=without_id, bucket=NEAR)["EC"] == "0031-00000015"


def test_deleting_is_fine_without_rules_and_twice_but_not_for_unknown_ones(
    oss: fakeoss.FakeOSS, near: oss2.Bucket
) -> None:
    assert near.delete_bucket_replication("any").status == 200
    identifier = replicate(oss)
    with pytest.raises(oss2.exceptions.NoSuchReplicationRule):
        near.delete_bucket_replication("unknown")
    assert near.delete_bucket_replication(identifier).status == 200
    assert state_of(oss) == "closing"
    assert near.delete_bucket_replication(identifier).status == 204


def test_versioning_and_acceleration_stay_while_replication_needs_them(
    oss: fakeoss.FakeOSS, near: oss2.Bucket, service_error: ServiceError
) -> None:
    replicate(oss, transfer_type="oss_acc")
    for name, region in ((NEAR, "cn-hangzhou"), (FAR, "cn-beijing")):
        error = service_error(
            oss.client(region).put_bucket_versioning,
            oss_v2.PutBucketVersioningRequest(
                bucket=name, versioning_configuration=oss_v2.VersioningConfiguration(status="Enabled")
            ),
        )
        assert error.code == "InvalidBucketStatus"
    off = oss_v2.PutBucketTransferAccelerationRequest(
        bucket=FAR, transfer_acceleration_configuration=oss_v2.TransferAccelerationConfiguration(enabled=False)
    )
    error = service_error(oss.client("cn-beijing").put_bucket_transfer_acceleration, off)
    assert (error.status_code, error.code) == (409, "TransferAccAlreadyInUse")


def test_only_the_owner_may_replicate(oss: fakeoss.FakeOSS, near: oss2.Bucket) -> None:
    request_ = Request("GET", "https", f"{NEAR}.oss-cn-hangzhou.aliyuncs.com", "/?replication", Headers(()), ())
    assert oss.handle(request_).status == 403
