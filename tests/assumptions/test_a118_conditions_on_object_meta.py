"""Assumption A118: GetObjectMeta heeds the four conditions as HeadObject does.

Operations: GetObjectMeta.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.words import put


def test_a_failed_one_is_412(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    put(assumption_client, assumption_bucket)
    request = oss_v2.GetObjectMetaRequest(assumption_bucket, "a")
    request.headers = {"If-Match": '"other"'}
    assert refusal(assumption_client.get_object_meta, request) == (412, "PreconditionFailed")
