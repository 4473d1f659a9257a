"""Assumption A129: retention that is over is still told.

Operations: HeadObject, GetObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Wait
from tests.assumptions.words import put, retain, switch_on


def test_the_date_is_told_after_it_has_passed(
    assumption_client: oss_v2.Client, assumption_bucket: str, assumption_wait: Wait
) -> None:
    switch_on(assumption_client, assumption_bucket)
    put(assumption_client, assumption_bucket)
    retain(assumption_client, assumption_bucket, seconds=2)
    assumption_wait(3)
    head = assumption_client.head_object(oss_v2.HeadObjectRequest(bucket=assumption_bucket, key="a"))
    assert head.object_worm_mode == "COMPLIANCE"
