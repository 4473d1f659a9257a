"""Assumption A215: every column of an inventory is quoted, and times are written like `2024-05-01T12:00:00.000Z`.

Operations: PutBucketInventory.
"""

from __future__ import annotations

import re

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Wait
from tests.assumptions.scheduling import DAY, inventory, text
from tests.assumptions.words import put


def test_one_row(
    assumption_client: oss_v2.Client, assumption_bucket: str, assumption_owner_uid: str, assumption_wait: Wait
) -> None:
    put(assumption_client, assumption_bucket)
    inventory(assumption_client, assumption_bucket, assumption_owner_uid, ["Size", "LastModifiedDate"])
    assumption_wait(DAY)
    row = rf'"{assumption_bucket}","a","7","\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z"'
    assert re.fullmatch(row, text(assumption_client, assumption_bucket).rstrip())
