"""Assumption A251: a signed URL that has expired says so even where the bucket does not exist.

Operations: every one.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

import alibabacloud_oss_v2 as oss_v2
import requests

from tests.assumptions.conftest import Wait
from tests.assumptions.policies import get


def test_expiry_is_told_first(assumption_client: oss_v2.Client, assumption_wait: Wait) -> None:
    missing = f"fakeoss-assumption-{uuid.uuid4().hex[:12]}"
    signed = assumption_client.presign(get(missing), expires=timedelta(seconds=4))
    assert "<Code>NoSuchBucket</Code>" in requests.get(signed.url, headers=signed.signed_headers, timeout=60).text
    assumption_wait(6)
    late = requests.get(signed.url, headers=signed.signed_headers, timeout=60)
    assert (late.status_code, "Request has expired." in late.text) == (403, True)
