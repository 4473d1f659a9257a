"""Assumption A104: sealing what is not appendable is 409 AppendSealedObjectNotAllowed.

Operations: SealAppendObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.words import put


def test_it_is_refused(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    put(assumption_client, assumption_bucket)
    request = oss_v2.SealAppendObjectRequest(assumption_bucket, "a", position=7)
    assert refusal(assumption_client.seal_append_object, request) == (409, "AppendSealedObjectNotAllowed")
