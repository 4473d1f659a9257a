"""Assumption A133: restoring a delete marker by its id is NoSuchKey.

Operations: RestoreObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.words import versioning


def test_a_marker_is_not_found(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    assumption_client.put_bucket_versioning(versioning(assumption_bucket, "Enabled"))
    marker = assumption_client.delete_object(oss_v2.DeleteObjectRequest(assumption_bucket, "a"))
    request = oss_v2.RestoreObjectRequest(bucket=assumption_bucket, key="a", version_id=marker.version_id)
    assert refusal(assumption_client.restore_object, request) == (404, "NoSuchKey")
