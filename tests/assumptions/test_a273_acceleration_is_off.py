"""Assumption A273: the accelerate endpoint answers with a code of its own while acceleration is off.

Operations: GetObject.
"""

from __future__ import annotations

import os

import alibabacloud_oss_v2 as oss_v2

import fakeoss
from tests.assumptions.conftest import NAMES, Refusal
from tests.assumptions.policies import get, put


def test_an_object_through_it(
    assumption_fake: fakeoss.FakeOSS | None, assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal
) -> None:
    put(assumption_client, assumption_bucket)
    key = assumption_fake.credentials if assumption_fake else (os.environ[NAMES[0]], os.environ[NAMES[1]])
    asking = oss_v2.config.load_default()
    asking.credentials_provider = oss_v2.credentials.StaticCredentialsProvider(*key)
    asking.region = assumption_fake.settings.region if assumption_fake else os.environ[NAMES[2]]
    asking.endpoint = "https://oss-accelerate.aliyuncs.com"
    found = refusal(oss_v2.Client(asking).get_object, get(assumption_bucket))
    assert found == (403, "TransferAccelerationDisabled")
