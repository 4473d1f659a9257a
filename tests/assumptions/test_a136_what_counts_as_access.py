"""Assumption A136: GetObject counts as an access, HeadObject does not.

Operations: GetObject, HeadObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Wait
from tests.assumptions.words import put, tracking


def test_a_head_is_no_access(assumption_client: oss_v2.Client, assumption_bucket: str, assumption_wait: Wait) -> None:
    put(assumption_client, assumption_bucket)
    assumption_client.put_bucket_access_monitor(tracking(assumption_bucket, "Enabled"))
    meta = oss_v2.GetObjectMetaRequest(bucket=assumption_bucket, key="a")
    before = assumption_client.get_object_meta(meta).last_access_time
    assumption_wait(5)
    assumption_client.head_object(oss_v2.HeadObjectRequest(bucket=assumption_bucket, key="a"))
    assert assumption_client.get_object_meta(meta).last_access_time == before
    assumption_client.get_object(oss_v2.GetObjectRequest(bucket=assumption_bucket, key="a"))
    assert assumption_client.get_object_meta(meta).last_access_time != before
