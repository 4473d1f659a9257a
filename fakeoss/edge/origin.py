"""Where callers come from, as somebody says."""

from __future__ import annotations

import ipaddress
from dataclasses import replace

from fakeoss.edge.caller import Caller
from fakeoss.state.configurations.https_config import TLS_VERSIONS


def moved(caller: Caller, *, ip: str | None = None, vpc: str | None = None, tls: str | None = None) -> Caller:
    """The caller with another address, VPC or TLS version (`1.2` or `TLSv1.2`); None leaves as it is.

    Raises ValueError for what is no address, or no version of TLS that OSS knows.
    """
    if ip is not None:
        ipaddress.ip_address(ip)
    version = None if tls is None else f"TLSv{tls.removeprefix('TLSv')}"
    if version is not None and version not in TLS_VERSIONS:
        raise ValueError(f"{tls!r} is none of the versions of TLS that OSS knows: {', '.join(TLS_VERSIONS)}")
    return replace(caller, ip=ip or caller.ip, vpc=vpc or caller.vpc, tls=version or caller.tls)
