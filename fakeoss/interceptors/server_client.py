"""One client of the server: bytes between a socket and a `Connection`, with backpressure both ways."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import sys
import threading
from collections import deque
from collections.abc import Callable

from fakeoss.faults import Refused, Reset, Slow
from fakeoss.interceptors.connection import FEED, Connection
from fakeoss.interceptors.framing import Close, Mark, Output

_IGNORED = 64 << 20
"""Bytes of a refused request read and dropped, so that the client sees the refusal before it sees a reset."""

_HEADS = 4_096
"""Bytes, besides those of a body, that are read before replies are written: each request may ask for gigabytes."""

_RESETTING = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
"""A linger time of zero: closing resets."""

_PACES = 10
"""Slices a second of a `Slow` reply."""


class ServerClient(asyncio.BufferedProtocol):
    """A client from its connection to its end."""

    def __init__(
        self, connection: Connection, came: Callable[[ServerClient], None], went: Callable[[ServerClient], None]
    ) -> None:
        """`came` is told when the connection is made, `went` when it is over."""
        self._connection = connection
        self._came = came
        self._went = went
        self._buffer = memoryview(bytearray(FEED))
        self._unread = self._buffer[:0]
        self._outbox: deque[Output] = deque()
        self._blocked = False
        self._finishing = False
        self._ignored = 0
        self._slow: Slow | None = None
        self._timer: threading.Timer | None = None

    @property
    def idle(self) -> bool:
        """Whether nothing is under way in either direction."""
        return self._connection.idle and not self._unread and not self._outbox and self._timer is None

    def finish(self) -> None:
        """Close after the replies under way."""
        self._finishing = True
        if not self._outbox:
            self._transport.close()

    def abort(self) -> None:
        """Close at once."""
        self._transport.abort()

    # Callbacks of asyncio

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client has come."""
        if not isinstance(transport, asyncio.Transport):
            raise TypeError("the server needs a stream transport")
        self._transport = transport
        transport.set_write_buffer_limits(high=0)
        self._came(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone: forget what is half read and half written."""
        self._connection.close()
        self._outbox.clear()
        self._unread = self._unread[:0]
        if self._timer is not None:
            self._timer.cancel()
        self._went(self)

    def get_buffer(self, sizehint: int) -> memoryview:
        """Where the next bytes go."""
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        """Bytes have come."""
        if self._connection.closed:
            self._ignored += nbytes
            if self._ignored > _IGNORED:
                self.abort()
            return
        self._unread = self._buffer[:nbytes]
        self._take()

    def _take(self) -> None:
        """Answer what has come, a few pipelined requests at a time, none while replies wait or the client is gone."""
        while self._unread and not self._outbox and not self._transport.is_closing():
            size = min(max(_HEADS, self._connection.body_left), FEED)
            piece, self._unread = self._unread[:size], self._unread[size:]
            self._outbox += self._connection.receive(piece)
            if self._outbox:
                self._pump()

    def eof_received(self) -> bool:
        """The client sends no more; what it still has to read keeps the connection open."""
        self._finishing = True
        return bool(self._outbox)

    def pause_writing(self) -> None:
        """The socket takes no more."""
        self._blocked = True

    def resume_writing(self) -> None:
        """The socket has taken everything.

        asyncio is in the middle of its own writing here: a connection that ended now would be lost twice, so what is
        left to do waits for the loop's next turn.
        """
        self._blocked = False
        asyncio.get_running_loop().call_soon(self._go_on)

    # Writing

    def _pump(self) -> None:
        """Write what the socket takes; requests that follow wait until all of it is written."""
        while self._outbox and not self._blocked and self._timer is None and not self._transport.is_closing():
            output = self._outbox.popleft()
            if isinstance(output, Slow):
                self._slow = output
            elif not isinstance(output, bytes | memoryview):
                self._strike(output)
            elif self._slow is not None:
                self._write_slowly(output, self._slow)
            else:
                self._transport.write(output)
        if self._outbox or self._timer is not None:
            self._transport.pause_reading()
        else:
            self._written()

    def _written(self) -> None:
        self._slow = None
        if self._finishing:
            self._transport.close()
        elif not self._transport.is_closing():
            self._transport.resume_reading()

    def _write_slowly(self, piece: bytes | memoryview, slow: Slow) -> None:
        """Write a slice, and the rest when its time has come; a thread's timer runs whatever the clock says."""
        size = max(1, slow.bytes_per_second // _PACES)
        self._transport.write(piece[:size])
        if len(piece) > size:
            self._outbox.appendleft(piece[size:])
        delay = min(size, len(piece)) / slow.bytes_per_second
        self._timer = threading.Timer(delay, self._wake, (asyncio.get_running_loop(),))
        self._timer.daemon = True
        self._timer.start()

    def _wake(self, loop: asyncio.AbstractEventLoop) -> None:
        """In the timer's thread; the server may have stopped meanwhile."""
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(self._go_on_in_time)

    def _go_on_in_time(self) -> None:
        self._timer = None
        self._go_on()

    def _go_on(self) -> None:
        if not self._transport.is_closing():
            self._pump()
            self._take()

    def _strike(self, mark: Mark) -> None:
        """End the connection as the mark says; a `Timeout` is silence until the client gives up."""
        if isinstance(mark, Reset | Refused):
            sock = self._transport.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESETTING)
            self._transport.abort()
        elif isinstance(mark, Close) and self._connection.idle:
            self._transport.close()
        elif isinstance(mark, Close):
            self._transport.write_eof()
