"""Assumption A277: the service waits a minute for the rest of a body before it says that the request timed out.

Operations: PutObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import pytest
import requests

import fakeoss
from tests.operations.documented.writes import Short


def test_a_client_that_waits_longer(
    assumption_fake: fakeoss.FakeOSS | None, assumption_client: oss_v2.Client, assumption_bucket: str
) -> None:
    if assumption_fake is None:
        pytest.skip("the real service would take a minute")
    url = assumption_client.presign(oss_v2.PutObjectRequest(assumption_bucket, "a")).url
    with pytest.raises(requests.exceptions.ReadTimeout):
        requests.put(url, data=Short(), timeout=60)
    answer = requests.put(url, data=Short(), timeout=61)
    assert (answer.status_code, "<Code>RequestTimeout</Code>" in answer.text) == (400, True)
