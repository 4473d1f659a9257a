"""The yardstick: a service behind a real port, its HTTP read by h11 and not by the fake's own parser."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import h11

from fakeoss.faults import Refused, Reset, Slow, Timeout, Truncated
from fakeoss.wire.message import Headers, Reply, Request

Handle = Callable[[Request], Reply]

PATIENCE = 3.0
"""Seconds that a `Timeout` holds its connection; clients under test give up earlier."""


class Loopback:
    """A thread a connection; `connections` counts those that were accepted."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.connections = 0

    def __enter__(self) -> Loopback:
        self._run(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for each in self._open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)

    def _run(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(client)
            self._run(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        rest = b""
        with client, suppress(OSError, h11.RemoteProtocolError):
            while True:
                request, rest = _read(client, rest)
                if request is None or not self._deliver(client, request):
                    return

    def _deliver(self, client: socket.socket, request: Request) -> bool:
        """Send the answer; False where the connection ends with it."""
        reply = self._handle(request)
        fault = reply.fault
        if isinstance(fault, Reset | Timeout) and fault.after_bytes is None:
            return self._break(client, fault)
        body = reply.data() if request.method != "HEAD" else b""
        if isinstance(fault, Reset | Timeout | Truncated):
            client.sendall(_head(reply, request.method) + body[: fault.after_bytes])
            return self._break(client, fault)
        assert not isinstance(fault, Refused | Slow), "not to be had from a server"
        ending = (request.headers.get("Connection") or "").lower() == "close"
        client.sendall(_head(reply, request.method, ending) + _framed(reply, body))
        return not ending

    def _break(self, client: socket.socket, fault: Reset | Timeout | Truncated) -> bool:
        if isinstance(fault, Timeout):
            self._over.wait(PATIENCE)
        if isinstance(fault, Reset):
            time.sleep(0.05)  # a reset overtakes what the client has not read yet
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False


def _read(client: socket.socket, rest: bytes) -> tuple[Request | None, bytes]:
    """The next request and what came after it; None at the end."""
    parser = h11.Connection(h11.SERVER, max_incomplete_event_size=1 << 20)
    parser.receive_data(rest) if rest else None
    head: h11.Request | None = None
    body: list[bytes] = []
    while True:
        event = parser.next_event()
        if event is h11.NEED_DATA:
            if parser.they_are_waiting_for_100_continue:
                client.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
                parser.send(h11.InformationalResponse(status_code=100, headers=[]))
            parser.receive_data(client.recv(65_536))
        elif isinstance(event, h11.Request):
            head = event
        elif isinstance(event, h11.Data):
            body.append(bytes(event.data))
        elif isinstance(event, h11.EndOfMessage) and head is not None:
            return _neutral(head, b"".join(body)), parser.trailing_data[0]
        else:
            return None, b""


def _neutral(head: h11.Request, body: bytes) -> Request:
    pairs = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in head.headers.raw_items()]
    headers = Headers(pairs)
    target = head.target.decode("latin-1")
    return Request(
        head.method.decode(), "http", headers.get("Host") or "", target, headers, (body,) if body else (), "real"
    )


def _head(reply: Reply, method: str, ending: bool = False) -> bytes:
    lines = [f"HTTP/1.1 {reply.status} {reply.reason}", *[f"{name}: {value}" for name, value in reply.headers]]
    bare = method == "HEAD" or reply.status in (204, 304)
    if not (bare or reply.header("Transfer-Encoding") or reply.header("Content-Length")):
        lines.append(f"Content-Length: {reply.size}")
    if ending:
        lines.append("Connection: close")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _framed(reply: Reply, body: bytes) -> bytes:
    if not reply.header("Transfer-Encoding"):
        return body
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in reply.body) + b"0\r\n\r\n"


@contextmanager
def loopback(handle: Handle) -> Iterator[str]:
    """The URL at which `handle` answers."""
    with Loopback(handle) as server:
        yield server.url


def closed_port() -> str:
    """A URL where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"
