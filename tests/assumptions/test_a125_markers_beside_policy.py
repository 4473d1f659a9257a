"""Assumption A125: delete markers come and go whatever the retention policy.

Operations: DeleteObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.words import initiate, put, versioning


def test_a_marker_is_made_and_deleted(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    assumption_client.put_bucket_versioning(versioning(assumption_bucket, "Enabled"))
    put(assumption_client, assumption_bucket)
    initiate(assumption_client, assumption_bucket, 1)
    marker = assumption_client.delete_object(oss_v2.DeleteObjectRequest(assumption_bucket, "a"))
    assert marker.delete_marker is True
    request = oss_v2.DeleteObjectRequest(assumption_bucket, "a", version_id=marker.version_id)
    assert assumption_client.delete_object(request).status_code == 204
    assumption_client.abort_bucket_worm(oss_v2.AbortBucketWormRequest(bucket=assumption_bucket))
