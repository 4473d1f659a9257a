"""The hook beneath every synchronous client: connections of `http.client` and urllib3 that end in this process.

A request is aimed where it starts (`putrequest`): there the full URL is known even when a proxy stands between,
a connection that was pooled before the activation comes by, and so does a subclass with a `connect` of its own.
`connect` is caught as well, since urllib3 connects https early and anybody may call it.
"""

from __future__ import annotations

import os
import sys
from errno import ECONNREFUSED
from http.client import HTTPS_PORT, HTTPConnection, HTTPSConnection
from typing import Any, cast
from urllib.parse import urlsplit

from fakeoss import activation
from fakeoss.interceptors.memory_socket import Descriptors, MemorySocket
from fakeoss.interceptors.patch import Function, Patch, PatchingHook


class Wire:
    """Gives connections their in-memory sockets, and takes them away where they do not belong."""

    def __init__(self) -> None:
        """Open nothing yet."""
        self._descriptors = Descriptors()

    def renew(self) -> None:
        """Leave the descriptors to the sockets that are still around."""
        self._descriptors = Descriptors()

    def aim(self, connection: HTTPConnection, url: str = "") -> bool:
        """Put an in-memory socket into `connection` if a request for `url` is the fake's; else take ours out.

        `url` is a request target; in absolute form, as for a forwarding proxy, it names the authority itself.
        Gives whether the fake answers.
        """
        scheme, host = _destination(connection, url)
        present = cast("object", connection.sock)
        ours = isinstance(present, MemorySocket)
        if activation.for_authority(scheme, host) is None:
            if ours:
                connection.sock = None  # not close(): it would wipe the response options urllib3 keeps
            return False
        if isinstance(present, MemorySocket) and present.serves(scheme, host):
            return True
        if connection.sock is not None:
            connection.sock.close()
        connection.sock = cast(Any, self._socket(connection, scheme, host))
        if getattr(connection, "proxy", None) is not None:
            cast(Any, connection)._has_connected_to_proxy = True  # else urllib3 blames the proxy for later errors
        return True

    def _socket(self, connection: HTTPConnection, scheme: str, host: str) -> MemorySocket:
        made = MemorySocket(
            connection,
            scheme=scheme,
            host=host,
            source=_source(connection),
            descriptors=self._descriptors,
            refused=_refused,
        )
        timeout = connection.timeout
        made.settimeout(timeout if isinstance(timeout, int | float) else None)
        return made


def _destination(connection: HTTPConnection, url: str) -> tuple[str, str]:
    """Scheme and authority that a request is meant for, whatever proxy stands between."""
    if url.startswith(("http://", "https://")):
        split = urlsplit(url)
        return split.scheme, split.netloc.rpartition("@")[2]
    default = connection.default_port
    scheme = "https" if default == HTTPS_PORT else "http"
    host, port = _tunnelled(connection) or (connection.host, connection.port)
    if ":" in host:
        host = f"[{host}]"
    return scheme, host if port in (None, default) else f"{host}:{port}"


def _tunnelled(connection: HTTPConnection) -> tuple[str, int | None] | None:
    host: str | None = getattr(connection, "_tunnel_host", None)
    return None if host is None else (host, getattr(connection, "_tunnel_port", None))


def _refused(connection: HTTPConnection) -> Exception:
    """What connecting to a closed port raises: the system's error, or urllib3's around it."""
    error = ConnectionRefusedError(ECONNREFUSED, os.strerror(ECONNREFUSED))
    urllib3 = sys.modules.get("urllib3.connection")
    if urllib3 is None or not isinstance(connection, urllib3.HTTPConnection):
        return error
    wrapped: Exception = urllib3.NewConnectionError(connection, f"Failed to establish a new connection: {error}")
    wrapped.__cause__ = error
    return wrapped


def _source(connection: HTTPConnection) -> str:
    module = type(connection).__module__
    return module if module.startswith("http.") else module.partition(".")[0]


class WireHook(PatchingHook):
    """Serves `http.client`, and through it urllib.request, urllib3 and boto3."""

    def __init__(self) -> None:
        """Prepare the patches."""
        self._wire = Wire()
        super().__init__(
            Patch(HTTPConnection, "putrequest", self._aiming),
            Patch(HTTPConnection, "connect", self._connecting),
            Patch(HTTPSConnection, "connect", self._connecting),
        )

    def uninstall(self) -> None:
        """Take the patches off."""
        super().uninstall()
        self._wire.renew()

    def _aiming(self, putrequest: Function) -> Function:
        def aimed(connection: HTTPConnection, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
            self._wire.aim(connection, url)
            return putrequest(connection, method, url, *args, **kwargs)

        return aimed

    def _connecting(self, connect: Function) -> Function:
        def connected(connection: HTTPConnection) -> Any:
            return None if self._wire.aim(connection) else connect(connection)

        return connected
