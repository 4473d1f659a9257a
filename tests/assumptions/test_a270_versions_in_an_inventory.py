"""Assumption A270: all versions count towards the objects from which on a bucket is too large for an inventory.

Operations: PutBucketInventory.
"""

from __future__ import annotations

import pytest

import fakeoss
from tests.assumptions.conftest import Refusal, is_real
from tests.assumptions.scheduling import inventory
from tests.assumptions.words import put, versioning
from tests.conftest import BUCKET


def test_two_versions_of_one_key(refusal: Refusal) -> None:
    if is_real():
        pytest.skip("nobody has ten thousand million objects for this")
    with fakeoss.mock_oss(daily_inventory_objects=2) as oss:
        oss.create_bucket(BUCKET)
        client = oss.client()
        client.put_bucket_versioning(versioning(BUCKET, "Enabled"))
        put(client, BUCKET)
        put(client, BUCKET)
        found = refusal(lambda fields: inventory(client, BUCKET, "1234567890123456", fields), ["Size"])
        assert found == (400, "DailyInventoryExceedLimit")
