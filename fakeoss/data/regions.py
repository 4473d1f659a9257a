"""The regions of OSS and their endpoints (help page "Regions and endpoints")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from fakeoss.data import load


@dataclass(frozen=True, slots=True)
class Region:
    """One region: its id (`cn-hangzhou`) and the hosts that serve it.

    `internal` and `dualstack` are None where there is no such endpoint; `further` are older or
    network-specific names of the same region.
    """

    id: str
    kind: Literal["public", "regionless", "finance", "government"]
    internet: str
    internal: str | None
    accelerate: str
    dualstack: str | None
    further: tuple[str, ...]


def is_mainland(region: str) -> bool:
    """Whether a region, known or not, is one of the Chinese mainland, where domains need a filing."""
    return region.startswith("cn-") and region != "cn-hongkong"


@cache
def regions() -> Mapping[str, Region]:
    """Every region by id, in the order of the help page."""
    rows = (Region(**{**raw, "further": tuple(raw["further"])}) for raw in load("regions.json")["regions"])
    return MappingProxyType({row.id: row for row in rows})


@cache
def region_of_endpoint() -> Mapping[str, str]:
    """The region id by each host of each region, the common accelerate hosts left out."""
    found: dict[str, str] = {}
    for region in regions().values():
        for host in (region.internet, region.internal, region.dualstack, *region.further):
            if host is not None:
                found[host] = region.id
    return MappingProxyType(found)
