"""The hosts of a region as answers name them."""

from __future__ import annotations

from fakeoss.data.regions import regions
from fakeoss.operations.call import Call


def public_regions() -> tuple[str, ...]:
    """The ids of all public regions."""
    return tuple(region.id for region in regions().values() if region.kind == "public")


def endpoints(call: Call, region: str) -> tuple[str, str]:
    """The public and the internal host of a region; one nobody knows is spelt as all others are.

    Who asks at an address of the settings', such as a server's, is told that address, at which all regions are.
    """
    if call.address.of_settings:
        return call.address.endpoint, call.address.endpoint
    known = regions().get(region)
    public = f"oss-{region}.aliyuncs.com" if known is None else known.internet
    internal = f"oss-{region}-internal.aliyuncs.com" if known is None or known.internal is None else known.internal
    return public, internal
