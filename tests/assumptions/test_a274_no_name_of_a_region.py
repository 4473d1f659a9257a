"""Assumption A274: what cannot be the name of a region is an invalid argument, what could be one is a missing region.

Operations: DescribeRegions.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal


def test_characters_of_no_region(assumption_client: oss_v2.Client, refusal: Refusal) -> None:
    for name, expected in (("oss_cn/hangzhou", (400, "InvalidArgument")), ("oss-cn-atlantis", (404, "NoSuchRegion"))):
        assert refusal(assumption_client.describe_regions, oss_v2.DescribeRegionsRequest(regions=name)) == expected
