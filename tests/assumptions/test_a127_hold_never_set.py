"""Assumption A127: a legal hold that was never set reads as OFF.

Operations: GetObjectLegalHold.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.words import put, switch_on


def test_a_hold_is_off_by_default(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    switch_on(assumption_client, assumption_bucket)
    put(assumption_client, assumption_bucket)
    request = oss_v2.GetObjectLegalHoldRequest(bucket=assumption_bucket, key="a")
    assert assumption_client.get_object_legal_hold(request).legal_hold.status == "OFF"
