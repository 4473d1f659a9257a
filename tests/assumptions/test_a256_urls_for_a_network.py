"""Assumption A256: a URL for a network is signed over its first address, which the URL need not name.

Operations: GetObject.
"""

from __future__ import annotations

from datetime import timedelta

import alibabacloud_oss_v2 as oss_v2
import pytest
import requests

import fakeoss
from tests.assumptions.policies import get, put


def test_the_network_is_signed_and_not_sent(
    assumption_fake: fakeoss.FakeOSS | None, assumption_client: oss_v2.Client, assumption_bucket: str
) -> None:
    if assumption_fake is None:
        pytest.skip("the address that the service sees of this machine would have to be known")
    put(assumption_client, assumption_bucket)
    request = get(assumption_bucket)
    request.parameters = {"x-oss-ac-source-ip": "10.1.0.0", "x-oss-ac-subnet-mask": "16"}
    url = assumption_client.presign(request, expires=timedelta(minutes=1)).url
    for sent in (url, url.replace("x-oss-ac-source-ip=10.1.0.0&", "")):
        with assumption_fake.calling_from(ip="10.1.2.3"):
            assert requests.get(sent).content == b"content"
        with assumption_fake.calling_from(ip="10.2.2.3"):
            assert requests.get(sent).status_code == 403
