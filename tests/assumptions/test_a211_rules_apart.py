"""Assumption A211: lifecycle rules whose tags or sizes no object can have both do not overlap.

Operations: PutBucketLifecycle.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.scheduling import lifecycle


def test_other_values_and_sizes(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    days = oss_v2.LifecycleRuleExpiration(days=30)
    for apart in (
        [{"tags": [oss_v2.Tag(key="kind", value=value)]} for value in ("a", "b")],
        [
            {"filter": oss_v2.LifecycleRuleFilter(object_size_less_than=1000)},
            {"filter": oss_v2.LifecycleRuleFilter(object_size_greater_than=1000)},
        ],
    ):
        rules = [oss_v2.LifecycleRule(prefix="a/", status="Enabled", expiration=days, **said) for said in apart]
        answer = assumption_client.put_bucket_lifecycle(lifecycle(assumption_bucket, *rules))
        assert answer.status_code == 200
