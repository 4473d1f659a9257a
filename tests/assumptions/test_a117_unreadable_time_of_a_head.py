"""Assumption A117: a time that cannot be read is no condition, for HEAD as for GET.

Operations: HeadObject, GetObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import pytest

from tests.assumptions.words import put


@pytest.mark.parametrize("name", ["if_modified_since", "if_unmodified_since"])
def test_it_proceeds(assumption_client: oss_v2.Client, assumption_bucket: str, name: str) -> None:
    put(assumption_client, assumption_bucket)
    request = oss_v2.HeadObjectRequest(assumption_bucket, "a", **{name: "yesterday"})
    assert assumption_client.head_object(request).status_code == 200
