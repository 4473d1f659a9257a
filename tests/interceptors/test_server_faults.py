"""Broken exchanges on the real socket, and clients that break them themselves."""

from __future__ import annotations

import gc
import http.client
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import freezegun
import pytest

from fakeoss.faults import Corrupt, Fault, Refused, Reset, Slow, Timeout, Truncated
from fakeoss.interceptors.request_reader import Limits
from fakeoss.interceptors.server import Server
from fakeoss.interceptors.server_client import ServerClient
from fakeoss.wire.message import Reply, Request
from tests.interceptors.support_async import BIG, Double

GET_BIG = b"GET /big HTTP/1.1\r\nHost: h\r\n\r\n"


def connect(server: Server, timeout: float = 20) -> socket.socket:
    host, _, port = server.endpoint.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=timeout)


def read_until_it_ends(sock: socket.socket) -> tuple[bytes, type[Exception] | None]:
    """What came, and how it ended: None for an orderly end."""
    came = b""
    while True:
        try:
            block = sock.recv(1 << 20)
        except OSError as error:
            return came, type(error)
        if not block:
            return came, None
        came += block


def send_for_ever(sock: socket.socket, data: bytes) -> None:
    for _ in range(100_000):
        sock.send(data)


def read_exactly(sock: socket.socket, size: int) -> bytes:
    """The next `size` bytes, which have to come."""
    with sock.makefile("rb", buffering=0) as stream:
        came = b""
        while len(came) < size:
            block = stream.read(size - len(came))
            assert block, "the connection ended too early"
            came += block
        return came


def eventually(condition: Callable[[], bool]) -> None:
    """Wait for what another thread is about to do; the patience only tells a hang from a busy machine."""
    for _ in range(6_000):
        if condition():
            return
        time.sleep(0.01)
    pytest.fail("it did not come about within a minute")


@pytest.mark.parametrize(
    ("fault", "size", "end"),
    [
        (Reset(), None, ConnectionResetError),
        (Refused(), None, ConnectionResetError),
        (Reset(0), 0, ConnectionResetError),
        (Reset(100_000), 100_000, ConnectionResetError),
        (Truncated(0), 0, None),
        (Truncated(5_000_000), 5_000_000, None),
    ],
)
def test_faults_break_the_socket(fault: Fault, size: int | None, end: type[Exception] | None) -> None:
    with Server(Double(fault)) as server, connect(server) as sock:
        sock.sendall(GET_BIG)
        came, ended = read_until_it_ends(sock)
    head, _, body = came.partition(b"\r\n\r\n")
    assert ended is end
    assert (body == BIG[:size] and b"Content-Length: 16777216" in head) if size is not None else came == b""


@pytest.mark.parametrize(("fault", "size"), [(Timeout(), None), (Timeout(0), 0), (Timeout(100_000), 100_000)])
def test_a_timeout_is_silence(fault: Fault, size: int | None) -> None:
    double = Double(fault, None)
    with Server(double) as server, connect(server) as sock:
        sock.sendall(GET_BIG)
        if size is None:
            eventually(lambda: len(double.seen) == 1)
        else:
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                head += read_exactly(sock, 1)
            assert b"Content-Length: 16777216" in head
            assert read_exactly(sock, size) == BIG[:size]
        sock.settimeout(0.2)
        assert read_until_it_ends(sock) == (b"", TimeoutError)


def test_corrupt_flips_a_byte() -> None:
    with Server(Double(Corrupt(3))) as server:
        connection = http.client.HTTPConnection(server.endpoint, timeout=20)
        connection.request("GET", "/big")
        body = connection.getresponse().read()
        connection.close()
    assert body[:5] == bytes([0, 1, 2, 3 ^ 0xFF, 4])
    assert body[4:] == BIG[4:]


class PromptTimer(threading.Timer):
    """Strikes at once, and notes how long it should have waited."""

    waited: list[float]

    def __init__(self, interval: float, *args: Any) -> None:
        self.waited.append(interval)
        super().__init__(0, *args)


def test_slow_is_paced_and_the_connection_lives_on(monkeypatch: pytest.MonkeyPatch) -> None:
    class Short(Double):
        def handle(self, request: Request) -> Reply:
            return Reply(200, (), (b"x" * 1_000,), super().handle(request).fault)

    monkeypatch.setattr(PromptTimer, "waited", [], raising=False)
    monkeypatch.setattr("fakeoss.interceptors.server_client.threading.Timer", PromptTimer)
    with Server(Short(Slow(4_000))) as server:
        connection = http.client.HTTPConnection(server.endpoint, timeout=20)
        connection.request("GET", "/k")
        assert connection.getresponse().read() == b"x" * 1_000
        connection.request("GET", "/k")
        assert connection.getresponse().read() == b"x" * 1_000
        connection.close()
    assert max(PromptTimer.waited) == pytest.approx(0.1)
    assert sum(PromptTimer.waited) == pytest.approx(0.25)


@pytest.mark.parametrize("fault", [Slow(1_000), Timeout(), None])
def test_stopping_does_not_wait_for_a_client_that_does_not_read(
    fault: Fault | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fakeoss.interceptors.server._PATIENCE", 0)
    threads = set(threading.enumerate())
    double = Double(fault)
    server = Server(double).start()
    with connect(server) as sock:
        sock.sendall(GET_BIG)
        eventually(lambda: len(double.seen) == 1)
        stopping = threading.Thread(target=server.stop, daemon=True)
        stopping.start()
        stopping.join(60)
        assert not stopping.is_alive(), "stop() waits for the client"
        came, _ = read_until_it_ends(sock)
    assert len(came) < len(BIG)
    eventually(lambda: set(threading.enumerate()) <= threads)


def test_stopping_lets_a_reply_under_way_finish() -> None:
    server = Server(Double()).start()
    with connect(server) as sock:
        sock.sendall(GET_BIG)
        came = sock.recv(1_000)
        stopping = threading.Thread(target=server.stop)
        stopping.start()
        rest, end = read_until_it_ends(sock)
        stopping.join()
    assert (came + rest).endswith(BIG)
    assert end is None
    server.stop()


@pytest.mark.parametrize("leaves", ["at the end", "in the middle"])
def test_asyncio_has_nothing_to_complain_of_when_a_connection_ends(
    leaves: str, caplog: pytest.LogCaptureFixture
) -> None:
    with Server(Double()) as server, connect(server) as sock:
        sock.sendall(GET_BIG.replace(b"Host", b"Connection: close\r\nHost"))
        if leaves == "in the middle":
            read_exactly(sock, 1_000_000)
        else:
            assert read_until_it_ends(sock)[0].endswith(BIG)
        sock.close()
        eventually(lambda: server.open_connections == 0)
    assert caplog.records == []


def test_stopping_closes_idle_connections_and_the_port() -> None:
    server = Server(Double()).start()
    with connect(server) as sock:
        sock.sendall(b"GET /k HTTP/1.1\r\nHost: h\r\n\r\n")
        sock.recv(1_000)
        server.stop()
        assert sock.recv(1_000) == b""
    with pytest.raises(ConnectionRefusedError):
        connect(server)


def half_read() -> int:
    """How many connections of the server are alive, with whatever they hold."""
    gc.collect()
    return sum(isinstance(thing, ServerClient) for thing in gc.get_objects())


@pytest.mark.parametrize(
    "start",
    [
        b"PUT /k HTTP/1.1\r\nHost: h\r\nContent-Length: 100000000\r\n\r\n" + bytes(1 << 20),
        b"PUT /k HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n100000\r\n" + bytes(1 << 20),
        b"GET / HTTP/1.1\r\nHo",
        b"",
    ],
)
@pytest.mark.parametrize("how", ["closed", "reset"])
def test_cut_requests_leave_nothing_behind(start: bytes, how: str) -> None:
    double = Double()
    with Server(double) as server:
        for _ in range(20):
            sock = connect(server)
            sock.sendall(start)
            if how == "reset":
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            sock.close()
        with connect(server) as last:
            last.sendall(b"GET /last HTTP/1.1\r\nHost: h\r\n\r\n")
            last.recv(1_000)
        eventually(lambda: server.open_connections == 0)
        assert half_read() == 0
    assert [request.target for request in double.seen] == ["/last"]


def test_a_client_that_leaves_in_the_middle_of_a_download_is_forgotten() -> None:
    with Server(Double()) as server:
        for _ in range(5):
            with connect(server) as sock:
                sock.sendall(GET_BIG)
                sock.recv(10)
        eventually(lambda: server.open_connections == 0)


def test_a_client_that_asks_much_and_reads_nothing_is_made_to_wait() -> None:
    double = Double()
    with Server(double) as server, connect(server) as sock:
        sock.setblocking(False)
        with pytest.raises(BlockingIOError):
            send_for_ever(sock, GET_BIG * 1_000)
        time.sleep(0.1)
        assert len(double.seen) < 200


def test_of_many_requests_a_few_are_answered_at_a_time_wherever_they_are_cut() -> None:
    taken = [0]
    ahead: list[int] = []

    class Counting(Double):
        def handle(self, request: Request) -> Reply:
            self.seen.append(request)
            ahead.append(len(self.seen) - taken[0])
            return Reply(200, (), (BIG[: 1 << 18],))

    size = (1 << 18) + len(b"HTTP/1.1 200 OK\r\nContent-Length: 262144\r\n\r\n")
    with Server(Counting()) as server, connect(server) as sock:
        sock.sendall(GET_BIG * 1_000)
        for _ in range(400):
            assert read_exactly(sock, size).startswith(b"HTTP/1.1 200 OK")
            taken[0] += 1
    assert len(ahead) > 400
    assert max(ahead) < 300


def test_a_client_that_has_left_is_answered_no_more(caplog: pytest.LogCaptureFixture) -> None:
    gone = threading.Event()

    class Late(Double):
        def handle(self, request: Request) -> Reply:
            gone.wait(60)
            return super().handle(request)

    double = Late()
    with Server(double) as server:
        sock = connect(server)
        sock.sendall(GET_BIG * 1_000)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        sock.close()
        gone.set()
        eventually(lambda: bool(double.seen) and server.open_connections == 0)
    assert len(double.seen) < 200
    assert caplog.records == []  # asyncio complains of what is written to a lost connection


def test_beyond_the_limit_idle_connections_make_room() -> None:
    with Server(Double(), connections=3) as server:
        idle = [connect(server) for _ in range(3)]
        for sock in idle:
            sock.sendall(b"GET /k HTTP/1.1\r\nHost: h\r\n\r\n")
            sock.recv(1_000)
        with connect(server) as new:
            new.sendall(b"GET /k HTTP/1.1\r\nHost: h\r\n\r\n")
            assert new.recv(1_000).startswith(b"HTTP/1.1 200 OK")
            assert server.open_connections == 3
            assert read_until_it_ends(idle[0])[0] == b""
        for sock in idle:
            sock.close()


def test_beyond_the_limit_of_busy_connections_new_ones_are_turned_away() -> None:
    with Server(Double(), connections=2) as server:
        busy = [connect(server) for _ in range(2)]
        for sock in busy:
            sock.sendall(b"PUT /k HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
            assert sock.recv(1_000).startswith(b"HTTP/1.1 100 Continue")
        with connect(server) as new:
            assert read_until_it_ends(new)[0] == b""
        for sock in busy:
            sock.sendall(b"abc")
            assert sock.recv(1_000).startswith(b"HTTP/1.1 200 OK")
            sock.close()


def test_a_refused_upload_is_read_on_so_that_the_client_sees_why() -> None:
    with Server(Double(), limits=Limits(body=1_000)) as server:
        connection = http.client.HTTPConnection(server.endpoint, timeout=20)
        connection.request("PUT", "/k", body=BIG)
        response = connection.getresponse()
        assert response.status == 400
        assert b"<Code>EntityTooLarge</Code>" in response.read()
        connection.close()
        eventually(lambda: server.open_connections == 0)


def test_a_refused_upload_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fakeoss.interceptors.server_client._IGNORED", 1 << 20)
    with Server(Double(), limits=Limits(body=1_000)) as server, connect(server) as sock:
        sock.sendall(b"PUT /k HTTP/1.1\r\nHost: h\r\nContent-Length: 100000000\r\n\r\n")
        with pytest.raises(ConnectionError):
            send_for_ever(sock, bytes(1 << 20))
        eventually(lambda: server.open_connections == 0)


def test_a_frozen_clock_stops_nothing() -> None:
    with freezegun.freeze_time("2024-02-29"), Server(Double(None, Slow(100_000_000))) as server:
        connection = http.client.HTTPConnection(server.endpoint, timeout=20)
        for _ in range(2):
            connection.request("GET", "/big")
            assert connection.getresponse().read() == BIG
        connection.close()
