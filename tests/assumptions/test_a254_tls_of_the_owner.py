"""Assumption A254: the TLS versions of a bucket hold for the account that owns it as well.

Operations: PutBucketHttpsConfig.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import pytest

import fakeoss
from tests.assumptions.conftest import Refusal


def test_the_owner_is_refused_too(
    assumption_fake: fakeoss.FakeOSS | None, assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal
) -> None:
    if assumption_fake is None:
        pytest.skip("a client with an old version of TLS would be needed")
    tls = oss_v2.TLS(enable=True, tls_versions=["TLSv1.2", "TLSv1.3"])
    assumption_client.put_bucket_https_config(
        oss_v2.PutBucketHttpsConfigRequest(assumption_bucket, oss_v2.HttpsConfiguration(tls=tls))
    )
    with assumption_fake.calling_from(tls="1.1"):
        request = oss_v2.GetBucketInfoRequest(assumption_bucket)
        assert refusal(assumption_client.get_bucket_info, request) == (403, "AccessDenied")
