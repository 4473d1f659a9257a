"""Assumption A294: PutObject with If-None-Match, as with the other conditions, is 400 NotImplemented.

Operations: PutObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal


def test_it_is_refused(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    request = oss_v2.PutObjectRequest(assumption_bucket, "a", body=b"123", headers={"If-None-Match": "*"})
    assert refusal(assumption_client.put_object, request) == (400, "NotImplemented")
