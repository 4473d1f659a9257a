"""Assumption A116: where 304 and 412 are both due, the answer is 412.

Operations: GetObject, HeadObject, GetObjectMeta.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.words import put


def test_412_comes_first(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    put(assumption_client, assumption_bucket)
    head = assumption_client.head_object(oss_v2.HeadObjectRequest(assumption_bucket, "a"))
    request = oss_v2.GetObjectRequest(assumption_bucket, "a", if_match='"other"', if_none_match=head.etag)
    assert refusal(assumption_client.get_object, request) == (412, "PreconditionFailed")
