"""The server as its clients see it: http.client, curl and raw sockets."""

from __future__ import annotations

import hashlib
import http.client
import os
import shutil
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fakeoss.interceptors.server import Server
from tests.interceptors.support_async import BIG, Double


@pytest.fixture
def double() -> Double:
    return Double()


@pytest.fixture
def server(double: Double) -> Iterator[Server]:
    with Server(double) as running:
        yield running


@pytest.fixture
def client(server: Server) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection(server.endpoint, timeout=20)
    yield connection
    connection.close()


def raw(server: Server, *pieces: bytes) -> bytes:
    """Everything the server answers to the pieces until it closes."""
    host, _, port = server.endpoint.rpartition(":")
    with socket.create_connection((host, int(port)), timeout=20) as sock:
        for piece in pieces:
            sock.sendall(piece)
        sock.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: sock.recv(65_536), b""))


def test_it_listens_on_loopback_at_a_free_port(server: Server) -> None:
    host, _, port = server.endpoint.partition(":")
    assert host == "127.0.0.1"
    assert int(port) > 0
    assert server.url == f"http://{server.endpoint}"
    with urllib.request.urlopen(f"{server.url}/k") as response:
        assert response.status == 200


def test_two_servers_at_once_and_one_after_the_other(double: Double) -> None:
    with Server(double) as one, Server(double) as two:
        assert one.endpoint != two.endpoint
    again = Server(double, port=int(one.endpoint.rpartition(":")[2]))
    for _ in range(2):
        with again as running, urllib.request.urlopen(f"{running.url}/k") as response:
            assert response.status == 200


def test_a_port_that_is_taken_is_an_error_at_once(server: Server, double: Double) -> None:
    with pytest.raises(OSError, match="ddress already in use"):
        Server(double, port=int(server.endpoint.rpartition(":")[2])).start()


def test_a_running_server_cannot_be_started_again(server: Server) -> None:
    with pytest.raises(RuntimeError, match="running"):
        server.start()


def test_it_may_listen_on_ipv6(double: Double) -> None:
    if not socket.has_ipv6 or not Path("/proc/net/if_inet6").exists():
        pytest.skip("no IPv6 here")
    with Server(double, "::1") as running, urllib.request.urlopen(f"{running.url}/k") as response:
        assert running.endpoint.startswith("[::1]:")
        assert response.status == 200


def test_the_service_sees_the_request_as_it_was_sent(server: Server, double: Double) -> None:
    answer = raw(server, b"GET //a%2f/../?x&y= HTTP/1.1\r\nHOST: b.example\r\nx_A: 1\r\nx-a: \xe4\r\nx-a: 3\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    (request,) = double.seen
    assert (request.scheme, request.host, request.target, request.source) == (
        "http",
        "b.example",
        "//a%2f/../?x&y=",
        "server",
    )
    assert list(request.headers) == [("HOST", "b.example"), ("x_A", "1"), ("x-a", "\xe4"), ("x-a", "3")]


def test_many_requests_on_one_connection(client: http.client.HTTPConnection, server: Server) -> None:
    for number in range(50):
        client.request("PUT", f"/{number}", body=b"x" * number)
        assert client.getresponse().read() == b""
        sock = client.sock
        client.request("GET", f"/{number}")
        assert client.getresponse().read() == b"x" * number
        assert client.sock is sock
    assert server.open_connections == 1


@pytest.mark.parametrize(("method", "path"), [("HEAD", "/k"), ("DELETE", "/status/204"), ("GET", "/status/304")])
def test_bodiless_replies_leave_the_connection_usable(
    client: http.client.HTTPConnection, method: str, path: str
) -> None:
    for _ in range(2):
        client.request(method, path)
        assert client.getresponse().read() == b""


def test_large_bodies_go_both_ways(client: http.client.HTTPConnection, double: Double) -> None:
    client.request("PUT", "/k", body=BIG)
    client.getresponse().read()
    assert b"".join(double.stored["/k"]) == BIG
    client.request("GET", "/big")
    assert client.getresponse().read() == BIG


def test_chunked_bodies_go_both_ways(client: http.client.HTTPConnection, double: Double) -> None:
    client.request("PUT", "/k", body=iter([b"a" * 70_000, b"b"]), encode_chunked=True)
    client.getresponse().read()
    assert b"".join(double.stored["/k"]) == b"a" * 70_000 + b"b"
    client.request("GET", "/chunked")
    assert client.getresponse().read() == b"a" * 100_000 + b"b" + b"c" * 65_536


def test_http_1_0_clients_are_served_and_closed(server: Server) -> None:
    answer = raw(server, b"GET /chunked HTTP/1.0\r\n\r\n")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"\r\nConnection: close" in head
    assert body == b"a" * 100_000 + b"b" + b"c" * 65_536


def test_pipelined_requests_are_answered_in_order(server: Server) -> None:
    one = b"GET /status/%d HTTP/1.1\r\nHost: h\r\n\r\n"
    answer = raw(server, one % 404 + one % 204, one % 403 + b"GET /big HTTP/1.1\r\nHost: h\r\n\r\n" + one % 412)
    places = [answer.index(b"HTTP/1.1 %d " % status) for status in (404, 204, 403, 200, 412)]
    assert places == sorted(places)
    assert BIG in answer


def test_continue_is_said_to_who_waits(server: Server) -> None:
    host, _, port = server.endpoint.partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as sock:
        sock.sendall(b"PUT /k HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
        assert sock.recv(1_000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        sock.sendall(b"abc")
        assert sock.recv(1_000).startswith(b"HTTP/1.1 200 OK\r\n")


def test_clients_in_many_threads(server: Server, double: Double) -> None:
    def work(number: int) -> int:
        connection = http.client.HTTPConnection(server.endpoint, timeout=20)
        for turn in range(20):
            connection.request("GET", f"/{number}/{turn}")
            connection.getresponse().read()
        connection.close()
        return number

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(8))) == list(range(8))
    assert len(double.seen) == 160


def test_a_defect_is_logged_and_answered_with_a_500(double: Double, caplog: pytest.LogCaptureFixture) -> None:
    told: list[Exception] = []
    with Server(double, report=told.append) as server:
        answer = raw(server, b"GET /defect HTTP/1.1\r\nHost: h\r\n\r\n")
        assert raw(server, b"GET /k HTTP/1.1\r\nHost: h\r\n\r\n").startswith(b"HTTP/1.1 200 OK")
    assert answer.startswith(b"HTTP/1.1 500 Internal Server Error\r\n")
    assert b"<Code>InternalError</Code>" in answer
    assert b"Traceback" not in answer
    assert [type(defect) for defect in told] == [KeyError]
    (record,) = caplog.records
    assert record.name == "fakeoss.server"
    assert record.exc_info is not None
    assert record.exc_info[0] is KeyError


# curl


def curl(*arguments: str) -> bytes:
    found = shutil.which("curl")
    if found is None:
        pytest.skip("curl is not installed")
    return subprocess.run([found, "-sS", "--noproxy", "*", *arguments], check=True, capture_output=True).stdout


def test_curl_puts_64_mib(server: Server, double: Double, tmp_path: Path) -> None:
    data = os.urandom(1 << 20) * 64
    (tmp_path / "file").write_bytes(data)
    curl("-T", str(tmp_path / "file"), f"{server.url}/k")
    (request,) = double.seen
    assert request.headers.get("Expect") is None or request.headers.get("Expect") == "100-continue"
    assert request.size == 64 << 20
    digest = hashlib.sha256()
    for segment in request.body:
        digest.update(segment)
    assert digest.digest() == hashlib.sha256(data).digest()


def test_curl_sends_chunks_after_waiting_for_leave(server: Server, double: Double, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(BIG)
    curl(
        "-T",
        str(tmp_path / "file"),
        "-H",
        "Transfer-Encoding: chunked",
        "-H",
        "Expect: 100-continue",
        f"{server.url}/k",
    )
    assert double.seen[0].headers.get("Content-Length") is None
    assert b"".join(double.stored["/k"]) == BIG


def test_curl_keeps_the_path_as_it_is(server: Server, double: Double) -> None:
    curl("--path-as-is", "-g", f"{server.url}/a/../b//./%2e?x=[1]&&y")
    assert double.seen[0].target == "/a/../b//./%2e?x=[1]&&y"


def test_curl_heads_and_reuses_its_connection(server: Server) -> None:
    url = f"{server.url}/k"
    seen = curl("-v", "--stderr", "-", "-I", url, url).decode()
    assert seen.count("HTTP/1.1 200 OK") >= 2
    assert "Re-using existing connection" in seen


def test_curl_offering_http2_is_served_as_http_1_1(server: Server, double: Double) -> None:
    if b"HTTP2" not in curl("--version"):
        pytest.skip("this curl knows no HTTP/2")
    curl("--http2", "-d", "body", f"{server.url}/k")
    assert double.seen[0].data() == b"body"
    assert double.seen[0].headers.get("Upgrade") == "h2c"
