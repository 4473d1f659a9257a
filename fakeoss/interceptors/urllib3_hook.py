"""The hook for urllib3's own connection classes: they connect https before a request is begun."""

from __future__ import annotations

import ssl
from typing import Any

import urllib3.connection
from urllib3.util.ssl_ import resolve_cert_reqs

from fakeoss.interceptors.patch import Function, Patch, PatchingHook
from fakeoss.interceptors.wire_hook import Wire


class Urllib3Hook(PatchingHook):
    """Catches `connect`; the requests themselves are `WireHook`'s."""

    def __init__(self) -> None:
        """Prepare the patches."""
        self._wire = Wire()
        owners = (urllib3.connection.HTTPConnection, urllib3.connection.HTTPSConnection)
        super().__init__(*(Patch(owner, "connect", self._connecting) for owner in owners))

    def uninstall(self) -> None:
        """Take the patches off."""
        super().uninstall()
        self._wire.renew()

    def _connecting(self, connect: Function) -> Function:
        def connected(connection: Any) -> Any:
            if not self._wire.aim(connection):
                return connect(connection)
            _seem_verified(connection)
            return None

        return connected


def _seem_verified(connection: Any) -> None:
    """Set what the pool looks at: certificates count as verified where the client asks for that."""
    if isinstance(connection, urllib3.connection.HTTPSConnection):
        required = resolve_cert_reqs(connection.cert_reqs) == ssl.CERT_REQUIRED
        connection.is_verified = required or bool(connection.assert_fingerprint)
