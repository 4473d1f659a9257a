"""Assumption A112: an object cannot be begun by an append in a class colder than Archive: 400 InvalidArgument.

Operations: AppendObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import pytest

from tests.assumptions.conftest import Refusal


@pytest.mark.parametrize("storage_class", ["ColdArchive", "DeepColdArchive"])
def test_it_is_refused(
    assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal, storage_class: str
) -> None:
    request = oss_v2.AppendObjectRequest(assumption_bucket, "a", position=0, body=b"x", storage_class=storage_class)
    assert refusal(assumption_client.append_object, request) == (400, "InvalidArgument")
