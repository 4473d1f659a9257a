"""Assumption A114: a version-id-marker without a key-marker is 400 InvalidArgument.

Operations: ListObjectVersions.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.words import put, versioning


def test_it_is_refused(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    assumption_client.put_bucket_versioning(versioning(assumption_bucket, "Enabled"))
    version_id = put(assumption_client, assumption_bucket)
    request = oss_v2.ListObjectVersionsRequest(bucket=assumption_bucket, version_id_marker=version_id)
    assert refusal(assumption_client.list_object_versions, request) == (400, "InvalidArgument")
