"""Assumption A101: a copy without a storage class has its bucket's, not that of the source.

Operations: CopyObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.words import put


def test_it_is_standard(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    put(assumption_client, assumption_bucket, "IA")
    assumption_client.copy_object(oss_v2.CopyObjectRequest(assumption_bucket, "b", source_key="a"))
    head = assumption_client.head_object(oss_v2.HeadObjectRequest(assumption_bucket, "b"))
    assert head.storage_class == "Standard"
