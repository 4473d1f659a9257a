"""Assumption A246: a name that an access point of the region has already: 409 AccessPointAlreadyExists.

Operations: CreateAccessPoint.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.policies import delete_access_point, make_access_point


def test_the_name_is_taken(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    make_access_point(assumption_client, assumption_bucket)
    configuration = oss_v2.CreateAccessPointConfiguration(access_point_name="fakeoss-ap", network_origin="internet")
    request = oss_v2.CreateAccessPointRequest(assumption_bucket, configuration)
    try:
        assert refusal(assumption_client.create_access_point, request) == (409, "AccessPointAlreadyExists")
    finally:
        delete_access_point(assumption_client, assumption_bucket)
