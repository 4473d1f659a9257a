"""Assumption A115: a page of no keys is 400 InvalidArgument.

Operations: ListObjects, ListObjectsV2, ListObjectVersions.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal


def test_it_is_refused(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    request = oss_v2.ListObjectsV2Request(assumption_bucket, max_keys=0)
    assert refusal(assumption_client.list_objects_v2, request) == (400, "InvalidArgument")
