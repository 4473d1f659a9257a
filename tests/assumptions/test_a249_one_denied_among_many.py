"""Assumption A249: one key that may not be deleted refuses the whole DeleteMultipleObjects, and nothing is deleted.

Operations: DeleteMultipleObjects.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Person, Refusal
from tests.assumptions.policies import put, put_policy, statement


def test_all_or_nothing(
    assumption_client: oss_v2.Client, assumption_bucket: str, assumption_stranger: Person, refusal: Refusal
) -> None:
    for key in ("a", "kept"):
        put(assumption_client, assumption_bucket, key)
    allowing = statement("Allow", "oss:DeleteObject", assumption_bucket, Principal=[assumption_stranger.uid])
    denying = {**allowing, "Effect": "Deny", "Resource": [f"acs:oss:*:*:{assumption_bucket}/kept"]}
    put_policy(assumption_client, assumption_bucket, allowing, denying)
    request = oss_v2.DeleteMultipleObjectsRequest(
        assumption_bucket, objects=[oss_v2.DeleteObject(key="a"), oss_v2.DeleteObject(key="kept")]
    )
    assert refusal(assumption_stranger.client.delete_multiple_objects, request) == (403, "AccessDenied")
    listed = assumption_client.list_objects_v2(oss_v2.ListObjectsV2Request(assumption_bucket)).contents
    assert [found.key for found in listed] == ["a", "kept"]
