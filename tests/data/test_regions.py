"""The regions file: ids, endpoints and their way back."""

from __future__ import annotations

import re

import pytest

from fakeoss.data.regions import Region, region_of_endpoint, regions

ALL = [pytest.param(region, id=region.id) for region in regions().values()]


@pytest.mark.parametrize("region", ALL)
def test_endpoints_are_hosts_of_oss_and_lead_back_to_their_region(region: Region) -> None:
    hosts = [host for host in (region.internet, region.internal, region.dualstack, *region.further) if host]
    assert all(re.fullmatch(r"[a-z0-9.-]+\.aliyuncs\.com", host) for host in hosts)
    assert {region_of_endpoint()[host] for host in hosts} == {region.id}


@pytest.mark.parametrize("region", ALL)
def test_only_internal_endpoints_are_called_internal(region: Region) -> None:
    assert "-internal" not in region.internet
    assert region.internal is None or region.internal.endswith("-internal.aliyuncs.com")


def test_the_regions_clients_ask_for_are_there() -> None:
    # oss2's and SDK v2's suites look for these two; finance and government names differ from the ids.
    assert {"cn-hangzhou", "cn-chengdu", "cn-hangzhou-finance", "cn-north-2-gov-1"} <= regions().keys()
    assert len(regions()) >= 30
    assert regions()["cn-hangzhou"].internet == "oss-cn-hangzhou.aliyuncs.com"
    assert regions()["cn-hangzhou-finance"].internet == "oss-cn-hzfinance.aliyuncs.com"
