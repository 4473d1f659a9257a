"""Assumption A140: compliance does not become governance: 409 FileImmutable, as the other way round.

Operations: PutObjectRetention.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal, Wait
from tests.assumptions.words import put, retain, retention, switch_on


def test_the_mode_stays(
    assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal, assumption_wait: Wait
) -> None:
    switch_on(assumption_client, assumption_bucket)
    put(assumption_client, assumption_bucket)
    retain(assumption_client, assumption_bucket, seconds=5)
    request = retention(assumption_bucket, 6, "GOVERNANCE")
    assert refusal(assumption_client.put_object_retention, request) == (409, "FileImmutable")
    assumption_wait(6)
