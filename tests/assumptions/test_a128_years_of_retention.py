"""Assumption A128: a year of default retention is 365 days.

Operations: PutBucketObjectWormConfiguration.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.words import put, switch_on


def test_a_year_has_365_days(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    switch_on(assumption_client, assumption_bucket, mode="GOVERNANCE", years=4)
    version_id = put(assumption_client, assumption_bucket)
    head = assumption_client.head_object(oss_v2.HeadObjectRequest(bucket=assumption_bucket, key="a"))
    until = datetime.strptime(head.object_worm_retain_until_date, "%Y-%m-%dT%H:%M:%S.000Z").replace(tzinfo=timezone.utc)
    assert abs(until - head.last_modified - timedelta(days=4 * 365)) < timedelta(seconds=5)
    request = oss_v2.DeleteObjectRequest(
        assumption_bucket, "a", version_id=version_id, bypass_governance_retention=True
    )
    assumption_client.delete_object(request)
