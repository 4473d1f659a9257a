"""uvloop looks up and connects in compiled code, of which Python's audit events do not tell: the guard before it.

Clients are served by the hooks of their libraries in whatever loop; this stops who goes past those.
"""

from __future__ import annotations

from typing import Any

import uvloop

from fakeoss.interceptors.patch import Function, Patch, PatchingHook
from fakeoss.interceptors.resolver import check, check_address


class UvloopHook(PatchingHook):
    """Refuses what the resolver's hook refuses of other loops; their `SealedError` comes when it is awaited."""

    def __init__(self) -> None:
        """Prepare the patches."""
        super().__init__(
            Patch(uvloop.Loop, "getaddrinfo", _looking_up),
            Patch(uvloop.Loop, "create_connection", _creating),
            Patch(uvloop.Loop, "sock_connect", _connecting),
        )


def _looking_up(getaddrinfo: Function) -> Function:
    async def guarded(loop: Any, host: Any, port: Any, **options: Any) -> Any:
        check(host, port)
        return await getaddrinfo(loop, host, port, **options)

    return guarded


def _creating(create_connection: Function) -> Function:
    async def guarded(loop: Any, factory: Any, host: Any = None, port: Any = None, **options: Any) -> Any:
        check(host, port)
        return await create_connection(loop, factory, host, port, **options)

    return guarded


def _connecting(sock_connect: Function) -> Function:
    async def guarded(loop: Any, sock: Any, address: Any) -> Any:
        check_address(address)
        return await sock_connect(loop, sock, address)

    return guarded
