"""Assumption A214: the bounds of an inventory's filter are included.

Operations: PutBucketInventory.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Wait
from tests.assumptions.scheduling import DAY, inventory, rows


def test_sizes_at_the_bounds(
    assumption_client: oss_v2.Client, assumption_bucket: str, assumption_owner_uid: str, assumption_wait: Wait
) -> None:
    for size in range(1, 6):
        request = oss_v2.PutObjectRequest(assumption_bucket, f"a{size}", body=b"1" * size)
        assumption_client.put_object(request)
    bounds = oss_v2.InventoryFilter(prefix="a", lower_size_bound=2, upper_size_bound=4)
    inventory(assumption_client, assumption_bucket, assumption_owner_uid, ["Size"], bounds)
    assumption_wait(DAY)
    assert [size for _, _, size in rows(assumption_client, assumption_bucket)] == ["2", "3", "4"]
