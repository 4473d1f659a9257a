"""Signed URLs that can be used from one network or one VPC only (docs: Add signatures to URLs; 0002-00000601, 225).

The URL tells how many bits of the caller's address count; what these bits are is signed but stands in no URL, so that
from elsewhere the signature does not match. Whether the request came through a proxy (`x-oss-ac-forward-allow`) cannot
be seen here.
"""

from __future__ import annotations

import ipaddress
from dataclasses import replace

from fakeoss import errors
from fakeoss.edge.signature.claim import Claim

MASK, SOURCE, VPC = "x-oss-ac-subnet-mask", "x-oss-ac-source-ip", "x-oss-ac-vpc-id"


def restricted(claim: Claim, ip: str, vpc: str | None) -> Claim:
    """The claim of a signed URL, where it gives a mask with the caller's network in the place of any it names.

    Raises InvalidSubnetMask, and SignedForAnotherVpc where the URL names a VPC that is not the caller's (A256).
    """
    names = dict(claim.query)
    if not (MASK in names or VPC in names):
        return claim
    if VPC in names and names[VPC] != vpc:
        raise errors.SignedForAnotherVpc().because(
            f"the URL was signed for use from {names[VPC]}, the request came from {vpc}"
        )
    if MASK not in names:
        return claim
    rest = [pair for pair in claim.query if pair[0] != SOURCE]
    return replace(claim, query=(*rest, (SOURCE, network_of(ip, names[MASK]))))


def network_of(ip: str, mask: str) -> str:
    """The first address of the network of an address; raises InvalidSubnetMask."""
    address = ipaddress.ip_address(ip)
    address = getattr(address, "ipv4_mapped", None) or address
    if not (mask.isascii() and mask.isdigit() and len(mask) <= 3 and int(mask) <= address.max_prefixlen):
        raise errors.InvalidSubnetMask(ArgumentName=MASK, ArgumentValue=mask).because(
            f"{MASK} is {mask!r}; it takes the number of bits of an address that count, such as 24"
        )
    return str(ipaddress.ip_network(f"{address}/{mask}", strict=False).network_address)
