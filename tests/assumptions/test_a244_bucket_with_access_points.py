"""Assumption A244: a bucket that has access points is not deleted: 409 BucketNotEmpty.

Operations: DeleteBucket.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.policies import delete_access_point, make_access_point


def test_access_points_keep_a_bucket(
    assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal
) -> None:
    make_access_point(assumption_client, assumption_bucket)
    request = oss_v2.DeleteBucketRequest(assumption_bucket)
    try:
        assert refusal(assumption_client.delete_bucket, request) == (409, "BucketNotEmpty")
    finally:
        delete_access_point(assumption_client, assumption_bucket)
