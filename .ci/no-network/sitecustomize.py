"""Found by every Python process through PYTHONPATH: connections and look-ups beyond this machine are refused."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

LOCAL_NAMES = {None, "", b"", "localhost", "localhost.localdomain", socket.gethostname()}

_connect, _connect_ex, _getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo


def local(host: Any) -> bool:
    """Whether `host` is this machine."""
    if host in LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def refuse_beyond(connection: socket.socket, address: Any) -> None:
    """Raise as a machine without network would."""
    if connection.family in (socket.AF_INET, socket.AF_INET6) and not local(address[0]):
        raise OSError(101, f"Network is unreachable (cut for CI): {address}")


def connect(self: socket.socket, address: Any) -> None:
    """As socket.connect, for this machine only."""
    refuse_beyond(self, address)
    _connect(self, address)


def connect_ex(self: socket.socket, address: Any) -> int:
    """As socket.connect_ex, for this machine only."""
    refuse_beyond(self, address)
    return _connect_ex(self, address)


def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
    """As socket.getaddrinfo, for this machine only."""
    if not local(host):
        raise socket.gaierror(socket.EAI_AGAIN, f"Temporary failure in name resolution (cut for CI): {host!r}")
    return _getaddrinfo(host, *args, **kwargs)


socket.socket.connect = connect  # type: ignore[method-assign] # that is the purpose of this file
socket.socket.connect_ex = connect_ex  # type: ignore[method-assign] # as above
socket.getaddrinfo = getaddrinfo
