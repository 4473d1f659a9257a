"""Broken exchanges on the real socket, and clients that break them themselves."""

from __future__ import annotations

import gc
import http.client
import socket
import threading
import time
from collections.abc import Callable

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


def eventually(condition: Callable[[], bool]) -> None:
    for _ in range(500):
        if condition():
            return
        time.sleep(0.01)
    pytest.fail("it did not come about within 5 seconds")


@pytest.mark.parametrize(
    ("fault", "size", "end"),
    [
        (Reset(), None, ConnectionResetError),
        (Refused(), None, ConnectionResetError),
        (Reset(0), 0, ConnectionResetError),
        (Reset(100_000), 100_000, ConnectionResetError),
        (Truncated(0), 0, None),
        (Truncated(5_000_000), 5_000_000, None),
        (Timeout(), None, TimeoutError),
        (Timeout(100_000), 100_000, TimeoutError),
    ],
)
def test_faults_break_the_socket(fault: Fault, size: int | None, end: type[Exception] | None) -> None:
    with Server(Double(fault)) as server, connect(server, timeout=0.3) as sock:
        sock.sendall(GET_BIG)
        came, ended = read_until_it_ends(sock)
    head, _, body = came.partition(b"\r\n\r\n")
    assert ended is end
    assert (body == BIG[:size] and b"Content-Length: 16777216" in head) if size is not None else came == b""


def test_corrupt_flips_a_byte() -> None:
    with Server(Double(Corrupt(3))) as server:
        connection = http.client.HTTPConnection(server.endpoint, timeout=20)
        connection.request("GET", "/big")
        body = connection.getresponse().read()
        connection.close()
    assert body[:5] == bytes([0, 1, 2, 3 ^ 0xFF, 4])
    assert body[4:] == BIG[4:]


def test_slow_is_paced_and_the_connection_lives_on() -> None:
    class Short(Double):
        def handle(self, request: Request) -> Reply:
            return Reply(200, (), (b"x" * 1_000,), super().handle(request).fault)

    with Server(Short(Slow(4_000))) as server:
        connection = http.client.HTTPConnection(server.endpoint, timeout=20)
        times = []
        for _ in range(2):
            began = time.monotonic()
            connection.request("GET", "/k")
            assert connection.getresponse().read() == b"x" * 1_000
            times.append(time.monotonic() - began)
        connection.close()
    assert times[0] > 0.15
    assert times[1] < times[0]


@pytest.mark.parametrize("fault", [Slow(1_000), Timeout(), None])
def test_stopping_does_not_wait_for_a_client_that_does_not_read(
    fault: Fault | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fakeoss.interceptors.server._PATIENCE", 0.2)
    threads = threading.active_count()
    server = Server(Double(fault)).start()
    with connect(server) as sock:
        sock.sendall(GET_BIG)
        eventually(lambda: server.open_connections == 1)
        began = time.monotonic()
        server.stop()
        assert time.monotonic() - began < 30
    eventually(lambda: threading.active_count() == threads)


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
        assert len(double.seen) < 5_000


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
            sock.sendall(b"PUT /k HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\n")
        time.sleep(0.1)
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
