"""Assumption A175: overwrite protection means nothing where versioning was ever set.

Operations: PutBucketOverwriteConfig.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import pytest


@pytest.mark.parametrize("status", ["Enabled", "Suspended"])
def test_nothing_is_kept(assumption_client: oss_v2.Client, assumption_bucket: str, status: str) -> None:
    for step in ("Enabled", status):
        versioning = oss_v2.VersioningConfiguration(status=step)
        assumption_client.put_bucket_versioning(oss_v2.PutBucketVersioningRequest(assumption_bucket, versioning))
    rules = oss_v2.OverwriteConfiguration(rules=[oss_v2.OverwriteRule(id="all", action="forbid")])
    assumption_client.put_bucket_overwrite_config(oss_v2.PutBucketOverwriteConfigRequest(assumption_bucket, rules))
    for _ in range(2):
        result = assumption_client.put_object(oss_v2.PutObjectRequest(assumption_bucket, "a", body=b"a"))
        assert result.status_code == 200
