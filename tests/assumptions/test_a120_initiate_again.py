"""Assumption A120: a retention policy in progress is not replaced by beginning another.

Operations: InitiateBucketWorm.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.words import initiate, initiate_request


def test_initiating_over_a_policy_in_progress_is_invalid(
    assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal
) -> None:
    initiate(assumption_client, assumption_bucket, 1)
    again = initiate_request(assumption_bucket, 2)
    assert refusal(assumption_client.initiate_bucket_worm, again) == (400, "InvalidWORMConfiguration")
    assumption_client.abort_bucket_worm(oss_v2.AbortBucketWormRequest(bucket=assumption_bucket))
