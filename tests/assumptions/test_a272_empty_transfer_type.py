"""Assumption A272: a replication rule whose transfer type is empty names none, which is not the usual link.

Operations: PutBucketReplication.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.scheduling import location, replication


def test_an_empty_element(
    assumption_client: oss_v2.Client, assumption_bucket: str, assumption_second_bucket: str, refusal: Refusal
) -> None:
    region = location(assumption_client, assumption_bucket)
    request = replication(assumption_bucket, assumption_second_bucket, region)
    request.replication_configuration.rules[0].destination.transfer_type = ""
    assert refusal(assumption_client.put_bucket_replication, request) == (400, "MissingArgument")
