"""Assumption A218: a transition by access time leaves objects below 64 KB alone unless told otherwise.

Operations: PutBucketLifecycle.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Wait
from tests.assumptions.scheduling import DAY, lifecycle
from tests.assumptions.words import tracking


def test_a_small_one_and_a_large_one(
    assumption_client: oss_v2.Client, assumption_bucket: str, assumption_wait: Wait
) -> None:
    assumption_client.put_bucket_access_monitor(tracking(assumption_bucket, "Enabled"))
    step = oss_v2.LifecycleRuleTransition(
        days=1, storage_class="IA", is_access_time=True, return_to_std_when_visit=False
    )
    rule = oss_v2.LifecycleRule(id="a", prefix="", status="Enabled", transitions=[step])
    assumption_client.put_bucket_lifecycle(lifecycle(assumption_bucket, rule))
    for key, size in (("small", 1000), ("large", 100_000)):
        assumption_client.put_object(oss_v2.PutObjectRequest(assumption_bucket, key, body=bytes(size)))
    assumption_wait(3 * DAY)
    request = oss_v2.ListObjectsV2Request(bucket=assumption_bucket)
    found = {each.key: each.storage_class for each in assumption_client.list_objects_v2(request).contents}
    assert found == {"small": "Standard", "large": "IA"}
