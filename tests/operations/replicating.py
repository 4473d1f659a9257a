"""Replication rules made by SDK v2."""

from __future__ import annotations

from typing import Any

import alibabacloud_oss_v2 as oss_v2

import fakeoss

NEAR = "near-bucket"
FAR = "far-bucket"


def request(
    bucket: str = FAR, location: str = "oss-cn-beijing", *, source: str = NEAR, **said: Any
) -> oss_v2.PutBucketReplicationRequest:
    """A request for one rule; `said` are further fields of the SDK's rule."""
    link = said.pop("transfer_type", None)
    destination = oss_v2.ReplicationDestination(bucket=bucket, location=location, transfer_type=link)
    rule = oss_v2.ReplicationRule(destination=destination, **said)
    return oss_v2.PutBucketReplicationRequest(
        bucket=source, replication_configuration=oss_v2.ReplicationConfiguration(rules=[rule])
    )


def replicate(
    oss: fakeoss.FakeOSS,
    bucket: str = FAR,
    location: str = "oss-cn-beijing",
    *,
    source: str = NEAR,
    region: str | None = None,
    **said: Any,
) -> str:
    """Make a rule; gives its id."""
    result = oss.client(region).put_bucket_replication(request(bucket, location, source=source, **said))
    identifier: str = result.headers["x-oss-replication-rule-id"]
    return identifier


def state_of(oss: fakeoss.FakeOSS) -> str:
    """The state of the one rule that leaves the near bucket."""
    (rule,) = oss.oss2_bucket(NEAR).get_bucket_replication().rule_list
    state: str = rule.status
    return state
