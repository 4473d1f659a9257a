"""Assumption A138: an ongoing restore can be hastened, and slowed down with 409 RestoreAlreadyInProgress only.

Operations: RestoreObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.words import put, restore


def test_the_priority_only_rises(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    put(assumption_client, assumption_bucket, storage_class="ColdArchive")
    begun = assumption_client.restore_object(restore(assumption_bucket, "Standard"))
    assert (begun.status_code, begun.restore_priority) == (202, "Standard")
    slower = restore(assumption_bucket, "Bulk")
    assert refusal(assumption_client.restore_object, slower) == (409, "RestoreAlreadyInProgress")
    hastened = assumption_client.restore_object(restore(assumption_bucket, "Expedited"))
    assert (hastened.status_code, hastened.restore_priority) == (202, "Expedited")
