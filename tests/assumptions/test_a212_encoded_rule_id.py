"""Assumption A212: the id of a rule is percent-encoded in `x-oss-expiration`.

Operations: PutObject, HeadObject, GetObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.scheduling import lifecycle


def test_a_rule_with_a_blank(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    days = oss_v2.LifecycleRuleExpiration(days=30)
    rule = oss_v2.LifecycleRule(id="old things", prefix="", status="Enabled", expiration=days)
    assumption_client.put_bucket_lifecycle(lifecycle(assumption_bucket, rule))
    answer = assumption_client.put_object(oss_v2.PutObjectRequest(assumption_bucket, "a", body=b"1"))
    assert answer.headers["x-oss-expiration"].endswith('rule-id="old%20things"')
