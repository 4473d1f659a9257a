"""Assumption A119: with the standard range behavior the last 0 bytes are 416 InvalidRange.

Operations: GetObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.words import put


def test_it_is_refused(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    put(assumption_client, assumption_bucket)
    request = oss_v2.GetObjectRequest(assumption_bucket, "a", range_header="bytes=-0", range_behavior="standard")
    assert refusal(assumption_client.get_object, request) == (416, "InvalidRange")
