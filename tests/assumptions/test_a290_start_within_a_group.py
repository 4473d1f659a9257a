"""Assumption A290: a start within a common prefix hides it, though keys of it are to come.

Operations: ListObjects, ListObjectsV2.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2


def test_it_is_passed_whole(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    for key in ("a/b", "a/c", "d"):
        assumption_client.put_object(oss_v2.PutObjectRequest(assumption_bucket, key, body=b""))
    newer = assumption_client.list_objects_v2(
        oss_v2.ListObjectsV2Request(assumption_bucket, delimiter="/", start_after="a/b")
    )
    older = assumption_client.list_objects(oss_v2.ListObjectsRequest(assumption_bucket, delimiter="/", marker="a/b"))
    for found in (newer, older):
        assert ([each.key for each in found.contents], found.common_prefixes or []) == (["d"], [])
