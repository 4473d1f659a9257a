"""Assumption A122: deleting a version under object retention answers 409 FileImmutable.

Operations: DeleteObject, DeleteMultipleObjects.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal, Wait
from tests.assumptions.words import put, retain, switch_on


def test_a_retained_version_is_immutable(
    assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal, assumption_wait: Wait
) -> None:
    switch_on(assumption_client, assumption_bucket)
    version_id = put(assumption_client, assumption_bucket)
    retain(assumption_client, assumption_bucket, seconds=5)
    request = oss_v2.DeleteObjectRequest(assumption_bucket, "a", version_id=version_id)
    assert refusal(assumption_client.delete_object, request) == (409, "FileImmutable")
    assumption_wait(6)
