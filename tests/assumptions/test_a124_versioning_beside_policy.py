"""Assumption A124: a retention policy keeps versioning from being suspended, not from being enabled.

Operations: PutBucketVersioning.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.words import initiate, versioning


def test_versioning_is_enabled_and_not_suspended(
    assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal
) -> None:
    initiate(assumption_client, assumption_bucket, 1)
    assumption_client.put_bucket_versioning(versioning(assumption_bucket, "Enabled"))
    suspended = versioning(assumption_bucket, "Suspended")
    assert refusal(assumption_client.put_bucket_versioning, suspended) == (400, "InvalidRequest")
    assumption_client.abort_bucket_worm(oss_v2.AbortBucketWormRequest(bucket=assumption_bucket))
