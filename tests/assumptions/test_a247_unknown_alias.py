"""Assumption A247: a name that ends like an alias and is none answers 404 NoSuchBucket.

Operations: CreateAccessPoint.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.policies import get


def test_no_access_point_has_it(assumption_client: oss_v2.Client, refusal: Refusal) -> None:
    alias = "ap-99-0123456789abcdef0123456789abcdef01-ossalias"
    assert refusal(assumption_client.get_object, get(alias)) == (404, "NoSuchBucket")
