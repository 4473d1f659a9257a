"""Assumption A109: an object begun by an append in a versioned bucket hides older versions under the id `null`.

Operations: AppendObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.words import put, versioning


def test_it_is_the_null_version(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    assumption_client.put_bucket_versioning(versioning(assumption_bucket, "Enabled"))
    version_id = put(assumption_client, assumption_bucket)
    assumption_client.delete_object(oss_v2.DeleteObjectRequest(assumption_bucket, "a"))
    append = oss_v2.AppendObjectRequest(assumption_bucket, "a", position=0, body=b"one")
    assert assumption_client.append_object(append).version_id == "null"
    page = assumption_client.list_object_versions(oss_v2.ListObjectVersionsRequest(bucket=assumption_bucket))
    found = [(entry.version_id, entry.is_latest) for entry in page.version or []]
    assert found == [("null", True), (version_id, False)]
