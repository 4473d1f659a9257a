"""Assumption A135: access tracking cannot be disabled while lifecycle rules go by it: InvalidRequest.

Operations: PutBucketAccessMonitor.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.words import tracking


def test_tracking_stays_on(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    assumption_client.put_bucket_access_monitor(tracking(assumption_bucket, "Enabled"))
    step = oss_v2.LifecycleRuleTransition(
        days=30, storage_class="IA", is_access_time=True, return_to_std_when_visit=True
    )
    rule = oss_v2.LifecycleRule(id="a", prefix="a/", status="Enabled", transitions=[step])
    assumption_client.put_bucket_lifecycle(
        oss_v2.PutBucketLifecycleRequest(
            bucket=assumption_bucket, lifecycle_configuration=oss_v2.LifecycleConfiguration(rules=[rule])
        )
    )
    disabled = tracking(assumption_bucket, "Disabled")
    assert refusal(assumption_client.put_bucket_access_monitor, disabled) == (400, "InvalidRequest")
