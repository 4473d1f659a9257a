"""Assumption A126: one kept object among many to be deleted refuses the whole request.

Operations: DeleteMultipleObjects.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.words import initiate, put


def test_nothing_is_deleted(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    put(assumption_client, assumption_bucket)
    initiate(assumption_client, assumption_bucket, 1)
    objects = [oss_v2.DeleteObject(key="missing"), oss_v2.DeleteObject(key="a")]
    request = oss_v2.DeleteMultipleObjectsRequest(bucket=assumption_bucket, objects=objects)
    assert refusal(assumption_client.delete_multiple_objects, request) == (409, "FileImmutable")
    assumption_client.abort_bucket_worm(oss_v2.AbortBucketWormRequest(bucket=assumption_bucket))
