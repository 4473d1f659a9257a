"""Assumption A271: an account has at most 100 changes of redundancy, over all its buckets, finished ones included.

Operations: CreateBucketDataRedundancyTransition.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import pytest

import fakeoss
from tests.assumptions.conftest import Refusal


def change(bucket: str) -> oss_v2.CreateBucketDataRedundancyTransitionRequest:
    return oss_v2.CreateBucketDataRedundancyTransitionRequest(bucket, target_redundancy_type="ZRS")


def test_the_next_one(
    assumption_fake: fakeoss.FakeOSS | None, assumption_client: oss_v2.Client, refusal: Refusal
) -> None:
    if assumption_fake is None:
        pytest.skip("a hundred buckets would be changed for good")
    for number in range(100):
        assumption_fake.create_bucket(f"bucket-{number}")
        assumption_client.create_bucket_data_redundancy_transition(change(f"bucket-{number}"))
    assumption_fake.clock.advance(days=2)
    assumption_fake.create_bucket("bucket-in-beijing", region="cn-beijing")
    there = assumption_fake.client("cn-beijing")
    found = refusal(there.create_bucket_data_redundancy_transition, change("bucket-in-beijing"))
    assert found == (400, "BucketDataRedundancyTransitionTaskExceedLimit")
