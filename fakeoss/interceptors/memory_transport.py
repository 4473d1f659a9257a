"""An asyncio transport whose other end is a fake in the same process.

It needs nothing of the loop but `call_soon`, so it works under a frozen clock and on any loop.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from errno import ECONNRESET
from typing import Any, Protocol

from fakeoss import activation
from fakeoss.faults import Refused, Reset, Slow, Timeout
from fakeoss.interceptors.connection import Connection
from fakeoss.interceptors.framing import Close, Output


class Strikes(Protocol):
    """How a client library's own protocol object is made to fail the way its network layer would fail it."""

    def read_timeout(self) -> float | None:
        """Seconds that the client waits for bytes, or None."""

    def time_out(self) -> None:
        """The client's read timeout strikes."""

    def refuse(self) -> None:
        """The connection turns out to have been refused."""


class MemoryTransport(asyncio.Transport):
    """The client's end: what it writes is answered at once, and delivered one piece a turn of the loop."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, protocol: asyncio.Protocol, connection: Connection, strikes: Strikes
    ) -> None:
        """The caller tells `protocol` of the connection made."""
        super().__init__({"peername": ("127.0.0.1", 443), "sockname": ("127.0.0.1", 0)})
        self._loop = loop
        self._protocol: asyncio.BaseProtocol = protocol
        self._connection = connection
        self._strikes = strikes
        self._generation = activation.generation()
        self._outbox: deque[Output] = deque()
        self._reading = True
        self._scheduled = False
        self._closing = False
        self._lost = False
        self._slow: Slow | None = None

    # What the client does

    def write(self, data: bytes | bytearray | memoryview[Any]) -> None:
        """Take what the client sends; a complete request is answered before this returns."""
        if self.is_closing():
            return
        try:
            self._outbox += self._connection.receive(data)
        except Exception as defect:  # noqa: BLE001 - raised here it would be lost in the client's writer task
            self._closing = True
            self._loop.call_soon(self._lose, defect)
        self._schedule(turns=2)

    def writelines(self, list_of_data: Iterable[bytes | bytearray | memoryview[Any]]) -> None:
        """Take several pieces, each as it is."""
        for data in list_of_data:
            self.write(data)

    def write_eof(self) -> None:
        """Nothing to do: a request ends by its own framing."""

    def can_write_eof(self) -> bool:
        """As a TCP transport can."""
        return True

    def get_write_buffer_size(self) -> int:
        """Always 0: nothing written ever waits."""
        return 0

    def is_closing(self) -> bool:
        """Also true once the activation that made this transport is over, so that pools drop it."""
        return self._closing or self._generation != activation.generation()

    def close(self) -> None:
        """Close; the protocol is told on the loop's next turn."""
        if not self._closing and not self._loop.is_closed():
            self._closing = True
            self._loop.call_soon(self._lose, None)

    def abort(self) -> None:
        """As `close`: nothing is left to be flushed."""
        self.close()

    def pause_reading(self) -> None:
        """Deliver nothing until `resume_reading`."""
        self._reading = False

    def resume_reading(self) -> None:
        """Go on delivering."""
        self._reading = True
        self._schedule()

    def is_reading(self) -> bool:
        """Whether outputs are being delivered."""
        return self._reading and not self._closing

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """Deliver to another protocol from now on."""
        self._protocol = protocol

    def get_protocol(self) -> asyncio.BaseProtocol:
        """The protocol delivered to."""
        return self._protocol

    # What the client sees

    def _schedule(self, turns: int = 1) -> None:
        """Deliver the next output in one turn of the loop, or in two after a request.

        No network answers so soon that the client is still sending, and aiohttp's bookkeeping leans on that.
        """
        if self._outbox and self._reading and not self._scheduled and not self._closing:
            self._scheduled = True
            if turns == 1:
                self._loop.call_soon(self._deliver)
            else:
                self._loop.call_soon(self._loop.call_soon, self._deliver)

    def _deliver(self) -> None:
        """Deliver one output; a mark always has a turn of its own, after the client has seen the bytes before it."""
        self._scheduled = False
        if self._closing or not self._reading or not self._outbox:
            return
        output = self._outbox.popleft()
        if isinstance(output, bytes | memoryview):
            self._deliver_piece(output)
            self._schedule()
        elif isinstance(output, Slow):
            self._slow = output
            self._schedule()
        else:
            self._loop.call_soon(self._strike, output)

    def _deliver_piece(self, piece: bytes | memoryview[Any]) -> None:
        limit = self._strikes.read_timeout() if self._slow is not None else None
        if self._slow is not None and limit is not None and len(piece) / self._slow.bytes_per_second > limit:
            self._outbox.clear()
            self._strikes.time_out()
        elif isinstance(self._protocol, asyncio.Protocol):
            self._protocol.data_received(bytes(piece))
        if not self._outbox:
            self._slow = None

    def _strike(self, mark: Refused | Reset | Timeout | Close) -> None:
        if self._closing:
            return
        if isinstance(mark, Timeout):
            self._strikes.time_out()
        elif isinstance(mark, Refused):
            self._strikes.refuse()
        elif isinstance(mark, Reset):
            self._lose(ConnectionResetError(ECONNRESET, "Connection reset by peer"))
        elif self._connection.idle:
            self._lose(None)

    def _lose(self, error: Exception | None) -> None:
        if self._lost:
            return
        self._lost = self._closing = True
        self._outbox.clear()
        self._connection.close()
        self._protocol.connection_lost(error)
