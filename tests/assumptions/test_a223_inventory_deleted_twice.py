"""Assumption A223: deleting an inventory that is not there is fine.

Operations: DeleteBucketInventory.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2


def test_no_such_inventory(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    request = oss_v2.DeleteBucketInventoryRequest(assumption_bucket, inventory_id="none")
    assert assumption_client.delete_bucket_inventory(request).status_code == 204
