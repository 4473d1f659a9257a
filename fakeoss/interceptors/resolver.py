"""The last line: a look-up of an OSS host means that a client went past every hook, so it is refused by name.

The functions of `socket` are patched, so that a resolver of the user's own below them is not asked either. Whoever
imported them by name before is heard by an audit hook, as is a socket that connects without a look-up. Clients that
resolve names and connect in native code are out of reach altogether.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from fakeoss import activation
from fakeoss.activation import SealedError
from fakeoss.interceptors.patch import Function, Patch, PatchingHook

_SCHEMES = {443: "https", 80: "http", "https": "https", "http": "http"}
_OURSELVES = frozenset(sys.stdlib_module_names) | {"fakeoss"}
_CURE = (
    "requests, urllib3, urllib.request, http.client, boto3, aiohttp and httpx are answered inside this process; "
    "native clients (pycurl, opendal, obstore, pyarrow, polars) and other programs are not. "
    "Let those talk to the fake's own HTTP server: the oss_server fixture, or `python -m fakeoss serve`."
)


class ResolverHook(PatchingHook):
    """Refuses look-ups and connections that would take a request out of the process."""

    def __init__(self) -> None:
        """Prepare the patches, and begin to listen: the interpreter lets no audit hook go."""
        self._on = False
        sys.addaudithook(self._hear)
        alone = (Patch(socket, name, _guarding_alone) for name in ("gethostbyname", "gethostbyname_ex"))
        super().__init__(Patch(socket, "getaddrinfo", _guarding), *alone)

    def install(self) -> None:
        """Put the patches on, and heed what is heard."""
        self._on = True
        super().install()

    def uninstall(self) -> None:
        """Take the patches off, and heed nothing any more."""
        self._on = False
        super().uninstall()

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Judge what the interpreter is about to do; called for each of its audit events, so it must cost nothing."""
        if event in _HEARD and self._on:
            _HEARD[event](arguments)


def _guarding(getaddrinfo: Function) -> Function:
    def guarded(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        check(host, port)
        return getaddrinfo(host, port, *args, **kwargs)

    return guarded


def _guarding_alone(gethostbyname: Function) -> Function:
    def guarded(hostname: Any) -> Any:
        check(hostname, None)
        return gethostbyname(hostname)

    return guarded


def check(asked: Any, port: Any) -> None:
    """Raise SealedError for a host of the fake's, and in a sealed process for every other that is not local."""
    host = asked.decode("latin-1") if isinstance(asked, bytes | bytearray) else asked
    if not isinstance(host, str):
        return
    if _is_claimed(host, port):
        raise SealedError(
            f"{_caller()} looked up {_named(host, port)}, an OSS host, while a fake OSS is active: nothing may leave "
            f"the process, and this client did not come by any of its hooks. {_CURE}",
            host,
        )
    service = activation.top()
    if service is not None and service.sealed and not _is_local(host):
        raise SealedError(
            f"{_caller()} looked up {_named(host, port)} while a fake OSS with sealed=True is active: only OSS "
            "hosts, which the fake answers, and local ones may be reached. Mock that service too, or leave sealed out.",
            host,
        )


def check_address(address: Any) -> None:
    """As `check`, for what a socket connects to; addresses that are no pair of host and port are of this machine."""
    if isinstance(address, tuple) and len(address) > 1:
        check(address[0], address[1])


_HEARD: dict[str, Callable[[Any], None]] = {
    "socket.getaddrinfo": lambda arguments: check(arguments[0], arguments[1]),
    "socket.gethostbyname": lambda arguments: check(arguments[0], None),
    "socket.connect": lambda arguments: check_address(arguments[1]),
}
"""The audit events that tell of a look-up or a connection, and what judges their arguments."""


def _named(host: str, port: Any) -> str:
    """The host, and as much of the URL as a look-up tells."""
    name = f"[{host}]" if ":" in host else host
    if port in _SCHEMES:
        return f"{host!r} for {_SCHEMES[port]}://{name}/"
    return repr(host) if port is None else f"{host!r} for {name}:{port}"


def _is_claimed(host: str, port: Any) -> bool:
    scheme = _SCHEMES.get(port)
    name = f"[{host}]" if ":" in host else host
    if scheme is not None:
        return activation.for_authority(scheme, name) is not None
    authority = name if port is None else f"{name}:{port}"
    return any(activation.for_authority(scheme, authority) is not None for scheme in ("https", "http"))


def _is_local(host: str) -> bool:
    name = host.rstrip(".").lower()
    if name in ("", "localhost") or name.endswith(".localhost") or name == socket.gethostname().lower():
        return True
    try:
        address = ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _caller() -> str:
    """The top-level package of whoever asked; unknown where an event loop asks in a thread of its own."""
    frame = sys._getframe()
    while frame.f_back is not None:
        frame = frame.f_back
        package = str(frame.f_globals.get("__name__", "")).partition(".")[0]
        if package and package not in _OURSELVES:
            return f"{package!r}"
    return "a client"
