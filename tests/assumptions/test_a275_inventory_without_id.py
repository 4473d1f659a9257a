"""Assumption A275: a request to delete an inventory that names none is invalid.

Operations: DeleteBucketInventory.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal


def test_an_empty_id(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    request = oss_v2.DeleteBucketInventoryRequest(assumption_bucket, inventory_id="")
    assert refusal(assumption_client.delete_bucket_inventory, request) == (400, "InvalidRequest")
