"""What is refused to those who want a bucket replicated."""

from __future__ import annotations

from typing import Any

import alibabacloud_oss_v2 as oss_v2
import oss2

from tests.operations.documented.case import Ask, Case
from tests.operations.documented.estate import AFAR, APART, BARE, BUSY, FAST, FINANCE, FULL, RULE, STRANGE
from tests.operations.documented.world import VERSIONED
from tests.operations.replicating import request

BEIJING, HANGZHOU = "oss-cn-beijing", "oss-cn-hangzhou"


def _rule(target: str, location: str, *, source: str = BARE, region: str | None = None) -> tuple[Ask, Ask]:
    """A rule as oss2 and SDK v2 make it."""
    made = oss2.models.ReplicationRule(target_bucket_name=target, target_bucket_location=location)
    return (
        lambda w: w.of(source, region).put_bucket_replication(made),
        lambda w: request(target, location, source=source),
    )


def _put(code: str, target: str, location: str, *, source: str = BARE, region: str | None = None) -> Case:
    return Case(
        "PutBucketReplication", 400, code, *_rule(target, location, source=source, region=region), region=region
    )


def _rules(*rules: Any) -> oss_v2.PutBucketReplicationRequest:
    return oss_v2.PutBucketReplicationRequest(BARE, oss_v2.ReplicationConfiguration(rules=list(rules)))


_SOME = tuple(f"prefix-{number:02}" for number in range(11))
_TO_FAR = oss_v2.ReplicationDestination(bucket=AFAR, location=BEIJING)

PUT = (
    _put("InvalidTargetBucket", BARE, HANGZHOU),
    _put("InvalidTargetBucket", STRANGE, HANGZHOU),
    _put("InvalidTargetLocation", AFAR, "oss-cn-shanghai"),
    _put("BadReplicationLocation", AFAR, "oss-cn-atlantis"),
    _put("BucketReplicationAlreadyExist", FAST, HANGZHOU, source=BUSY),
    _put("NoReplicationLocation", AFAR, BEIJING, source=APART, region=FINANCE),
    _put("InvalidBucketStatus", VERSIONED, HANGZHOU),
    _put("TooManyOutgoingReplication", AFAR, BEIJING, source=FULL),
    _put("TooManyIncomingReplication", FULL, HANGZHOU),
    Case(
        "PutBucketReplication",
        400,
        "TooManyReplicationRules",
        None,
        lambda w: _rules(*[oss_v2.ReplicationRule(destination=_TO_FAR)] * 2),
    ),
    Case("PutBucketReplication", 400, "NoReplicationRule", None, lambda w: _rules()),
    Case(
        "PutBucketReplication",
        400,
        "MissingArgument",
        None,
        lambda w: request(AFAR, BEIJING, source=BARE, transfer_type=""),
    ),
    Case(
        "PutBucketReplication",
        400,
        "InvalidArgument",
        lambda w: w.of(BARE).put_bucket_replication(oss2.models.ReplicationRule(None, AFAR, BEIJING, "pigeon")),
        lambda w: request(AFAR, BEIJING, source=BARE, transfer_type="pigeon"),
    ),
    Case(
        "PutBucketReplication",
        400,
        "TooManyPrefixes",
        lambda w: w.of(BARE).put_bucket_replication(
            oss2.models.ReplicationRule(None, AFAR, BEIJING, prefix_list=list(_SOME))
        ),
        lambda w: request(AFAR, BEIJING, source=BARE, prefix_set=oss_v2.ReplicationPrefixSet(prefixs=list(_SOME))),
    ),
)


def _tagged(count: int) -> oss_v2.OperationInput:
    """A rule by so many tags, of which the SDKs' models know nothing."""
    tags = "".join(f"<UserTagging><Key>k{number}</Key><Value/></UserTagging>" for number in range(count))
    body = (
        f"<ReplicationConfiguration><Rule><UserTaggings><FilterType>OR</FilterType>{tags}</UserTaggings><Destination>"
        f"<Bucket>{AFAR}</Bucket><Location>{BEIJING}</Location></Destination></Rule></ReplicationConfiguration>"
    )
    parameters = {"replication": "", "comp": "add"}
    return oss_v2.OperationInput("PutBucketReplication", "POST", parameters=parameters, body=body, bucket=BARE)


TAGS = (Case("PutBucketReplication", 400, "TooManyFilterObjectTags", None, lambda w: _tagged(11)),)

READ = (
    Case(
        "GetBucketReplication",
        404,
        "NoSuchReplicationConfiguration",
        lambda w: w.of(BARE).get_bucket_replication(),
        lambda w: oss_v2.GetBucketReplicationRequest(BARE),
    ),
    Case(
        "GetBucketReplicationProgress",
        404,
        "NoSuchReplicationConfiguration",
        None,
        lambda w: oss_v2.OperationInput(
            "GetBucketReplicationProgress", "GET", parameters={"replicationProgress": ""}, bucket=BARE
        ),
    ),
    Case(
        "GetBucketReplicationProgress",
        404,
        "NoSuchReplicationRule",
        lambda w: w.of(BUSY).get_bucket_replication_progress("unknown"),
        lambda w: oss_v2.GetBucketReplicationProgressRequest(BUSY, "unknown"),
    ),
    Case("GetBucketReplicationProgress", 400, "TooManyReplicationRules", None, None),
)

CHANGE = (
    Case(
        "DeleteBucketReplication",
        404,
        "NoSuchReplicationRule",
        lambda w: w.of(BUSY).delete_bucket_replication("unknown"),
        lambda w: oss_v2.DeleteBucketReplicationRequest(BUSY, oss_v2.ReplicationRules(ids=["unknown"])),
    ),
    Case(
        "DeleteBucketReplication",
        400,
        "TooManyReplicationRules",
        None,
        lambda w: oss_v2.DeleteBucketReplicationRequest(BUSY, oss_v2.ReplicationRules(ids=[RULE, "two"])),
    ),
    Case(
        "PutBucketRtc",
        400,
        "ReplicationLocationNotSupportRtc",
        None,
        lambda w: oss_v2.PutBucketRtcRequest(
            BUSY, oss_v2.RtcConfiguration(rtc=oss_v2.ReplicationTimeControl(status="enabled"), id=RULE)
        ),
    ),
)

CASES = PUT + TAGS + READ + CHANGE
