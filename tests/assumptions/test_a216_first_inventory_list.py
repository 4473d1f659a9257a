"""Assumption A216: the first list of a daily inventory comes with the next run, within a day.

Operations: PutBucketInventory.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Wait
from tests.assumptions.scheduling import DAY, inventory, lists
from tests.assumptions.words import put


def test_a_day_later(
    assumption_client: oss_v2.Client, assumption_bucket: str, assumption_owner_uid: str, assumption_wait: Wait
) -> None:
    put(assumption_client, assumption_bucket)
    inventory(assumption_client, assumption_bucket, assumption_owner_uid, ["Size"])
    assumption_wait(DAY)
    assert len(lists(assumption_client, assumption_bucket)) == 1
