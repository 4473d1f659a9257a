"""aiohttp's requests to the fake: connectors get an in-memory transport instead of a TCP connection.

aiohttp does its own serialising, parsing, pooling, redirects, decompression, tracing and timeouts as ever.
Checked with aiohttp 3.8 to 3.14, whose `_create_connection(req, traces, timeout)` has not changed.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from errno import ECONNREFUSED
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp.client_proto import ResponseHandler

from fakeoss import activation
from fakeoss.activation import SealedError
from fakeoss.interceptors.connection import Connection
from fakeoss.interceptors.memory_transport import MemoryTransport
from fakeoss.interceptors.patch import Patch, PatchingHook
from fakeoss.wire.message import Reply, Request

if TYPE_CHECKING:
    from aiohttp.client_reqrep import ClientRequest
    from aiohttp.connector import Connection as Pooled

Traces = list[Any]
Connect = Callable[[aiohttp.BaseConnector, "ClientRequest", Traces, aiohttp.ClientTimeout], Awaitable["Pooled"]]
Create = Callable[[aiohttp.TCPConnector, "ClientRequest", Traces, aiohttp.ClientTimeout], Awaitable[ResponseHandler]]

_REMEMBERED = 64
_TRIES = 2


class AiohttpHook(PatchingHook):
    """Patches `TCPConnector._create_connection` and `BaseConnector.connect` while a fake is active.

    Connections made meanwhile look closed once the patches are off.
    """

    def __init__(self) -> None:
        """Not installed yet."""
        self._refusals = _Refusals()
        super().__init__(
            Patch(aiohttp.TCPConnector, "_create_connection", self._wrap_create),
            Patch(aiohttp.BaseConnector, "connect", self._wrap_connect),
        )

    def _wrap_create(self, create: Create) -> Create:
        async def _create_connection(
            connector: aiohttp.TCPConnector, req: ClientRequest, traces: Traces, timeout: aiohttp.ClientTimeout
        ) -> ResponseHandler:
            scheme, authority = _address(req)
            if activation.for_authority(scheme, authority) is None:
                return await create(connector, req, traces, timeout)
            return _connected(req, _AiohttpStrikes(req, traces, self._refusals))

        return _create_connection

    def _wrap_connect(self, connect: Connect) -> Connect:
        async def connect_to_the_right_kind(
            connector: aiohttp.BaseConnector, req: ClientRequest, traces: Traces, timeout: aiohttp.ClientTimeout
        ) -> Pooled:
            """As `connect`, without pooled connections to the real service for a faked host, or the reverse.

            Raises SealedError where the connector makes connections of its own: the second new one tells, since a
            fake may have started while the first was made.
            """
            if self._refusals.known(traces):
                raise _refused(req.connection_key)
            made = 0
            while made < _TRIES:
                made += not connector._conns.get(req.connection_key)
                pooled = await connect(connector, req, traces, timeout)
                transport = pooled.transport
                faked = isinstance(transport, MemoryTransport) and not transport.is_closing()
                if faked == (activation.for_authority(*_address(req)) is not None):
                    return pooled
                pooled.close()
            raise SealedError(
                f"'aiohttp' was to ask for {req.url} by a {type(connector).__name__}, whose connections no hook of a "
                "fake OSS reaches: use aiohttp's TCPConnector, or the fake's own HTTP server (the oss_server fixture)",
                req.url.host or "",
            )

        return connect_to_the_right_kind


def _address(req: ClientRequest) -> tuple[str, str]:
    """Scheme and authority that the request would connect to, were there no proxy."""
    url = req.url
    host = url.raw_host or ""
    host = f"[{host}]" if ":" in host else host
    return url.scheme, host if url.is_default_port() else f"{host}:{url.port}"


def _connected(req: ClientRequest, strikes: _AiohttpStrikes) -> ResponseHandler:
    loop = asyncio.get_running_loop()
    scheme, authority = _address(req)

    def handle(request: Request) -> Reply:
        service = activation.for_authority(scheme, authority)
        if service is None:
            raise ConnectionResetError("the fake that answered this connection is not active any more")
        return activation.answer(service, request)

    protocol = ResponseHandler(loop=loop)
    strikes.protocol = protocol
    connection = Connection(handle, scheme=scheme, host=authority, source="aiohttp")
    protocol.connection_made(MemoryTransport(loop, protocol, connection, strikes))
    return protocol


class _AiohttpStrikes:
    """Breaks an exchange the way aiohttp's own connector and timer would."""

    protocol: ResponseHandler

    def __init__(self, req: ClientRequest, traces: Traces, refusals: _Refusals) -> None:
        self._key = req.connection_key
        self._traces = traces
        self._refusals = refusals

    def read_timeout(self) -> float | None:
        """The request's `sock_read`."""
        return self.protocol._read_timeout

    def time_out(self) -> None:
        """What aiohttp's own timer calls when `sock_read` is over."""
        self.protocol._on_read_timeout()

    def refuse(self) -> None:
        """What aiohttp raises where the connection is refused."""
        self._refusals.remember(self._traces)
        self.protocol.set_exception(_refused(self._key))


def _refused(key: Any) -> Exception:
    return aiohttp.ClientConnectorError(key, ConnectionRefusedError(ECONNREFUSED, "Connection refused"))


class _Refusals:
    """Calls that were refused although they had already connected.

    aiohttp 3.10 and 3.11 repeat an idempotent request once after a connection error, but not after a refused
    connection. Each call has one list of traces for all its tries, by which the second one is known.
    """

    def __init__(self) -> None:
        self._told: deque[Traces] = deque(maxlen=_REMEMBERED)

    def remember(self, traces: Traces) -> None:
        """Keep the list itself, so that its identity stays its own."""
        self._told.append(traces)

    def known(self, traces: Traces) -> bool:
        """Whether this call was refused before."""
        return any(told is traces for told in tuple(self._told))
