"""Assumption A132: CleanRestoredObject is not supported for objects of class Archive.

Operations: CleanRestoredObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.words import put


def test_an_archive_has_nothing_to_clean(
    assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal
) -> None:
    put(assumption_client, assumption_bucket, storage_class="Archive")
    request = oss_v2.CleanRestoredObjectRequest(bucket=assumption_bucket, key="a")
    assert refusal(assumption_client.clean_restored_object, request) == (400, "OperationNotSupported")
