"""The fake behind a real port, for other processes and languages: `Server`.

The same connection object as in the hooks, on asyncio's own server in a thread of its own. Callbacks only:
an asyncio timer would stand still under a frozen clock.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Protocol

from fakeoss.errors import request as rows
from fakeoss.errors.base import OSSError
from fakeoss.interceptors.connection import Connection, refusal
from fakeoss.interceptors.request_reader import LIMITS, Limits
from fakeoss.interceptors.server_client import ServerClient
from fakeoss.wire.message import Reply, Request

log = logging.getLogger("fakeoss.server")

_PATIENCE = 5.0
"""Seconds that `stop` leaves clients to take the replies under way."""


class Answering(Protocol):
    """What the server serves."""

    def handle(self, request: Request) -> Reply:
        """Answer one request; what it raises is logged and answered with a 500."""


class Server:
    """A fake behind a TCP port, loopback by default; also a context manager.

    Wire faults break the real socket: `Reset` resets it, `Truncated` closes it early, `Timeout` says nothing
    more, `Slow` is paced. The connection exists by the time a request is read, so `Refused` resets it as well.
    """

    def __init__(
        self,
        service: Answering,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        connections: int = 1_000,
        limits: Limits = LIMITS,
        refuse: Callable[[OSSError], Reply] = refusal,
        report: Callable[[Exception], None] | None = None,
    ) -> None:
        """Nothing is opened before `start`.

        Args:
            service: answers the requests, one at a time.
            host: the address to listen on; other machines reach only what is not loopback.
            port: 0 takes a free one.
            connections: how many may be open; beyond it the longest idle one makes room, or the new one goes.
            limits: sizes beyond which a request is refused.
            refuse: answers what is not a request.
            report: told of defects of the service, besides the log.
        """
        self._service = service
        self._host = host
        self._port = port
        self._most = connections
        self._limits = limits
        self._refuse = refuse
        self._report = report
        self._clients: dict[ServerClient, None] = {}
        self._stopping = False
        self._ready = threading.Event()
        self._empty = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._listener: asyncio.Server | None = None
        self._address = (host, port)

    @property
    def endpoint(self) -> str:
        """Host and port as SDKs take an endpoint: `127.0.0.1:49152`."""
        host, port = self._address
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    @property
    def url(self) -> str:
        """The endpoint as a URL: `http://127.0.0.1:49152`."""
        return f"http://{self.endpoint}"

    @property
    def open_connections(self) -> int:
        """How many connections are open now."""
        return len(self._clients)

    def start(self) -> Server:
        """Listen. Raises OSError where the port cannot be had, RuntimeError where the server runs already."""
        if self._thread is not None:
            raise RuntimeError("the server is running")
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        listening = socket.create_server((self._host, self._port), family=family, backlog=256)
        self._address = listening.getsockname()[:2]
        self._loop = asyncio.SelectorEventLoop()  # whatever loop the user's policy would make
        self._ready.clear()
        self._empty.clear()
        self._stopping = False
        self._thread = threading.Thread(
            target=self._run, args=(self._loop, listening), name="fakeoss-server", daemon=True
        )
        self._thread.start()
        self._ready.wait()
        return self

    def stop(self) -> None:
        """Stop listening, let replies under way finish, close every connection; harmless when not running."""
        if self._thread is None or self._loop is None:
            return
        self._loop.call_soon_threadsafe(self._finish)
        self._empty.wait(_PATIENCE)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop = self._thread = None

    def __enter__(self) -> Server:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    # In the server's thread

    def _run(self, loop: asyncio.AbstractEventLoop, listening: socket.socket) -> None:
        asyncio.set_event_loop(loop)
        try:
            self._listener = loop.run_until_complete(loop.create_server(self._welcome, sock=listening))
        finally:
            self._ready.set()
        loop.run_forever()
        while accepting := asyncio.all_tasks(loop):
            loop.run_until_complete(asyncio.wait(accepting))
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        for client in tuple(self._clients):
            client.abort()
        loop.call_soon(loop.stop)
        loop.run_forever()
        loop.close()

    def _finish(self) -> None:
        self._stopping = True
        if self._listener is not None and self._loop is not None:
            # Accept no more, but close only when what was accepted is in: asyncio forgets it otherwise.
            for listening in self._listener.sockets:
                self._loop.remove_reader(listening.fileno())
        for client in tuple(self._clients):
            client.finish()
        self._closed_one()

    def _closed_one(self) -> None:
        if self._stopping and not self._clients:
            self._empty.set()

    def _welcome(self) -> ServerClient:
        connection = Connection(
            self._service.handle,
            scheme="http",
            host=self.endpoint,
            source="server",
            refuse=self._refuse,
            defect=self._answer_defect,
            limits=self._limits,
        )
        return ServerClient(connection, self._came, self._went)

    def _came(self, client: ServerClient) -> None:
        """Take the client in, or make room for it, or turn it away."""
        if self._stopping:
            client.abort()
            return
        if len(self._clients) >= self._most:
            idle = next((other for other in self._clients if other.idle), client)
            idle.abort()
            self._clients.pop(idle, None)
            if idle is client:
                return
        self._clients[client] = None

    def _went(self, client: ServerClient) -> None:
        self._clients.pop(client, None)
        self._closed_one()

    def _answer_defect(self, defect: Exception) -> Reply:
        log.error("a defect of the fake, answered with a 500", exc_info=defect)
        if self._report is not None:
            self._report(defect)
        return refusal(rows.InternalError())
