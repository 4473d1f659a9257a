"""Assumption A245: an access point without a policy answers 404 NoSuchAccessPointPolicy.

Operations: GetAccessPointPolicy.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.policies import delete_access_point, make_access_point


def test_there_is_none(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    make_access_point(assumption_client, assumption_bucket)
    request = oss_v2.GetAccessPointPolicyRequest(assumption_bucket, access_point_name="fakeoss-ap")
    try:
        assert refusal(assumption_client.get_access_point_policy, request) == (404, "NoSuchAccessPointPolicy")
    finally:
        delete_access_point(assumption_client, assumption_bucket)
