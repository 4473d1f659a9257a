"""Assumption A174: a strict quota counts at once, and what is replaced counts until it is gone.

Operations: PutBucketStorageQuota, PutObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import pytest

from tests.assumptions.conftest import Refusal


@pytest.mark.parametrize("key", ["new", "a"])
def test_what_does_not_fit_is_refused(
    assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal, key: str
) -> None:
    quota = oss_v2.QuotaConfiguration(storage_quota=1500, mode="Strict")
    assumption_client.put_bucket_storage_quota(oss_v2.PutBucketStorageQuotaRequest(assumption_bucket, quota))
    assumption_client.put_object(oss_v2.PutObjectRequest(assumption_bucket, "a", body=b"x" * 1000))
    request = oss_v2.PutObjectRequest(assumption_bucket, key, body=b"x" * 1000)
    assert refusal(assumption_client.put_object, request)[0] == 403
