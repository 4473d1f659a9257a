"""Assumption A257: through a domain of one's own or the accelerate endpoint, V4 signatures name the bucket's region.

Operations: GetObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import pytest

import fakeoss
from tests.assumptions.conftest import Refusal
from tests.assumptions.policies import get, put


def test_another_region_is_refused(
    assumption_fake: fakeoss.FakeOSS | None, assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal
) -> None:
    if assumption_fake is None:
        pytest.skip("the service takes up to half an hour to switch acceleration on")
    put(assumption_client, assumption_bucket)
    configuration = oss_v2.TransferAccelerationConfiguration(enabled=True)
    assumption_client.put_bucket_transfer_acceleration(
        oss_v2.PutBucketTransferAccelerationRequest(assumption_bucket, configuration)
    )
    asking = oss_v2.config.load_default()
    asking.credentials_provider = oss_v2.credentials.StaticCredentialsProvider(*assumption_fake.credentials)
    asking.region, asking.endpoint = assumption_fake.settings.region, "https://oss-accelerate.aliyuncs.com"
    assert oss_v2.Client(asking).get_object(get(assumption_bucket)).body.content == b"content"
    asking.region = "us-west-1"
    assert refusal(oss_v2.Client(asking).get_object, get(assumption_bucket)) == (400, "InvalidArgument")
