"""Assumption A100: an object copied onto itself without a storage class keeps its own.

Operations: CopyObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.words import put


def test_it_stays(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    put(assumption_client, assumption_bucket, "IA")
    request = oss_v2.CopyObjectRequest(
        assumption_bucket, "a", source_key="a", metadata_directive="REPLACE", metadata={"k": "v"}
    )
    assumption_client.copy_object(request)
    head = assumption_client.head_object(oss_v2.HeadObjectRequest(assumption_bucket, "a"))
    assert (head.storage_class, head.metadata) == ("IA", {"k": "v"})
