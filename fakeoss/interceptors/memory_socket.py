"""A socket that ends in this process: what `http.client` and urllib3 get instead of a connection to OSS.

It speaks bytes with the client's own machinery, which therefore does its own serialising, parsing, timeouts and
errors. Nothing here waits: a timeout that a fault asks for strikes at once.
"""

from __future__ import annotations

import io
import os
import socket
import sys
from collections import deque
from collections.abc import Callable
from errno import EBADF, ECONNRESET
from http.client import HTTPConnection
from typing import TYPE_CHECKING, cast
from weakref import finalize, ref

from fakeoss import activation
from fakeoss.faults import Refused, Reset, Slow, Timeout
from fakeoss.interceptors import handover
from fakeoss.interceptors.connection import Connection
from fakeoss.interceptors.framing import Close, Output
from fakeoss.wire.message import BLOCK, Reply, Request

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

PATIENCE = 60.0
"""Seconds that the service waits for the rest of a body (assumption A277)."""

Pending = bytes | memoryview | Slow | Close | Refused | Exception


class Descriptors:
    """Two real descriptors for `select` and `poll`: one always readable, one never. Opened on first use."""

    def __init__(self) -> None:
        """Open nothing yet."""
        self._opened: tuple[int, int] | None = None

    @property
    def readable(self) -> int:
        """A descriptor with something to read, for ever."""
        return self._both()[0]

    @property
    def silent(self) -> int:
        """A descriptor with nothing to read, for ever."""
        return self._both()[1]

    def _both(self) -> tuple[int, int]:
        if self._opened is None:
            ended, silent = _pair(), _pair()
            ended[1]()
            finalize(self, _close_all, ended[2], silent[1], silent[2])
            self._opened = ended[0], silent[0]
        return self._opened


def _close_all(*closers: Callable[[], None]) -> None:
    for close in closers:
        close()


def _pair() -> tuple[int, Callable[[], None], Callable[[], None]]:
    """A descriptor to watch, a function that closes its peer, and one that closes the descriptor."""
    if sys.platform == "win32":  # select takes nothing but sockets there
        here, there = socket.socketpair()
        return here.fileno(), there.close, here.close
    reading, writing = os.pipe()
    return reading, lambda: os.close(writing), lambda: os.close(reading)


class MemorySocket:
    """The client's end of a connection to one authority; the other end is the fake that is active at the time."""

    def __init__(
        self,
        owner: HTTPConnection,
        *,
        scheme: str,
        host: str,
        source: str,
        descriptors: Descriptors,
        refused: Callable[[HTTPConnection], Exception],
    ) -> None:
        """Connect.

        Args:
            owner: the connection object of `http.client` or urllib3 that will use the socket.
            scheme: `http` or `https`: what the client believes it speaks.
            host: the authority it connected to.
            source: the client's name, for `Request.source`.
            descriptors: stand in for the socket's own in `select`.
            refused: makes what the owner raises where a connection is refused.
        """
        self._owner = ref(owner)
        self._scheme = scheme
        self._host = host
        self._descriptors = descriptors
        self._refused = refused
        self._generation = activation.generation()
        self._connection = Connection(self._answer, scheme=scheme, host=host, source=source)
        self._pending: deque[Pending] = deque()
        self._slow: Slow | None = None
        self._timeout: float | None = None
        self._closed = False
        self._readers = 0

    def _answer(self, request: Request) -> Reply:
        service = activation.for_authority(self._scheme, self._host)
        if service is None:
            raise _reset()
        offered = handover.take()
        return activation.answer(service, request) if offered is None else offered

    @property
    def is_stale(self) -> bool:
        """Whether the activation that it was made in is over, so that it has to look dropped."""
        return self._generation != activation.generation()

    def serves(self, scheme: str, host: str) -> bool:
        """Whether it was made for this authority and in this activation."""
        return (self._scheme, self._host) == (scheme, host) and not self.is_stale

    # Sending

    def sendall(self, data: ReadableBuffer, flags: int = 0) -> None:
        """Take what the client sends; a request that is complete is answered before this returns.

        Raises what a refused connection raises. What the fake itself raises is kept for `recv_into`, because
        `http.client` takes a TypeError here for a body of another kind.
        """
        with memoryview(data) as view:
            if self._closed:
                raise OSError(EBADF, os.strerror(EBADF))
            if self.is_stale:
                self._send_on(view)
                return
            if not self._pending:
                self._slow = None
            try:
                self._queue(self._connection.receive(view.cast("B")))
            except Exception as defect:  # noqa: BLE001 - raised where the client reads
                self._pending.append(defect)
        if self._pending and isinstance(self._pending[-1], Refused):
            raise self._refusal()

    def send(self, data: ReadableBuffer, flags: int = 0) -> int:
        """As `sendall`; gives the number of bytes."""
        self.sendall(data, flags)
        return memoryview(data).nbytes

    def _send_on(self, data: memoryview) -> None:
        """Do what a new connection would do: nobody is active any more, so the client gets a real one."""
        owner = self._owner()
        if owner is None or owner.sock is not cast("socket.socket", self) or not self._connection.idle:
            raise _reset()
        owner.sock = None
        owner.send(data)

    def _queue(self, outputs: list[Output]) -> None:
        for output in outputs:
            if isinstance(output, Reset):
                self._pending.append(_reset())
            elif isinstance(output, Timeout):
                self._pending.append(_timed_out())
            else:
                self._pending.append(output)

    # Receiving

    def recv_into(self, buffer: WriteableBuffer, nbytes: int = 0, flags: int = 0) -> int:
        """Fill `buffer` with what is there; 0 at the end of the stream, and the fault where one strikes."""
        with memoryview(buffer).cast("B") as room:
            wanted = nbytes or len(room)
            filled = 0
            while filled < wanted and self._pending:
                piece = self._pending[0]
                if not isinstance(piece, bytes | memoryview):
                    if filled or not self._passes(piece):
                        break
                    continue
                if self._slow is not None:
                    self._outlast(self._slow, len(piece))
                count = min(len(piece), wanted - filled)
                room[filled : filled + count] = piece[:count]
                filled += count
                self._drop(piece, count)
            if filled or self._pending or self._has_ended:
                return filled
        if not self._outlasts_service:
            raise _timed_out()  # a server that waits for more of the request says nothing
        self._queue(self._connection.give_up())
        return self.recv_into(buffer, nbytes, flags)

    @property
    def _outlasts_service(self) -> bool:
        """Whether the service is the first to lose patience: within a body, with a client that waits longer."""
        return self._connection.within_body and (self._timeout is None or self._timeout > PATIENCE)

    def recv(self, size: int, flags: int = 0) -> bytes:
        """As `recv_into`, with new bytes."""
        room = bytearray(size)
        return bytes(room[: self.recv_into(room)])

    def _passes(self, mark: Slow | Close | Refused | Exception) -> bool:
        """Heed a mark at the front of the queue; False where the stream ends there."""
        if isinstance(mark, Slow):
            self._slow = mark
            self._pending.popleft()
            return True
        if isinstance(mark, Close):
            return False
        raise self._refusal() if isinstance(mark, Refused) else mark

    def _refusal(self) -> Exception:
        owner = self._owner()
        return _reset() if owner is None else self._refused(owner)

    def _outlast(self, slow: Slow, size: int) -> None:
        """Strike where the next block would take longer than the client waits; never wait for it."""
        if self._timeout is not None and min(size, BLOCK) > slow.bytes_per_second * self._timeout:
            self._pending.clear()
            self._pending.append(_timed_out())
            self._connection.close()
            raise _timed_out()

    def _drop(self, piece: bytes | memoryview, count: int) -> None:
        if count == len(piece):
            self._pending.popleft()
        else:
            self._pending[0] = memoryview(piece)[count:]

    @property
    def _has_ended(self) -> bool:
        return self._closed or self._connection.closed or self.is_stale

    def makefile(self, mode: str = "rb", buffering: int = -1) -> io.BufferedReader | socket.SocketIO:
        """A reader, as `http.client` asks for, not buffered for 0; the stream lives on in it after `close`."""
        if mode not in ("r", "rb"):
            raise ValueError(f"an in-memory socket is only read as a file, not {mode!r}")
        self._readers += 1
        raw = socket.SocketIO(cast("socket.socket", self), "r")
        if buffering == 0:
            return raw
        return io.BufferedReader(raw, io.DEFAULT_BUFFER_SIZE if buffering < 0 else buffering)

    # The rest of what clients ask of a socket

    def fileno(self) -> int:
        """A real descriptor: readable where a reply, or the end, can be read; for use at once only."""
        return self._descriptors.readable if self._pending or self._has_ended else self._descriptors.silent

    def settimeout(self, timeout: float | None) -> None:
        """Remember how long the client would wait for a block."""
        self._timeout = timeout

    def gettimeout(self) -> float | None:
        """Seconds, or None."""
        return self._timeout

    def setsockopt(self, *option: object) -> None:
        """There is nothing to set."""

    def shutdown(self, how: int) -> None:
        """Nothing is read or sent after this."""
        self._pending.clear()
        self._connection.close()

    def close(self) -> None:
        """Close; a response that is still being read keeps the stream."""
        self._closed = True
        if not self._readers:
            self.shutdown(socket.SHUT_RDWR)

    def _decref_socketios(self) -> None:
        """Count a reader less; `socket.SocketIO` calls it when it is closed."""
        self._readers -= 1


def _reset() -> Exception:
    return ConnectionResetError(ECONNRESET, os.strerror(ECONNRESET))


def _timed_out() -> Exception:
    return TimeoutError("timed out")
