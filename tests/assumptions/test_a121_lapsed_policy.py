"""Assumption A121: a retention policy that lapsed unlocked is as none.

Operations: GetBucketWorm, AbortBucketWorm, CompleteBucketWorm, ExtendBucketWorm.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal, Wait
from tests.assumptions.words import initiate


def test_a_lapsed_policy_is_not_found(
    assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal, assumption_wait: Wait
) -> None:
    initiate(assumption_client, assumption_bucket, 1)
    assumption_wait(24 * 3600 + 1)
    request = oss_v2.GetBucketWormRequest(bucket=assumption_bucket)
    assert refusal(assumption_client.get_bucket_worm, request) == (404, "NoSuchWORMConfiguration")
