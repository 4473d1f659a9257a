"""Connections that outlive an activation, or were there before it."""

from __future__ import annotations

import gc
import http.client
import os
import select
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import urllib3

from fakeoss.activation import SealedError
from fakeoss.wire.message import Reply, Request
from tests.interceptors.loopback import Loopback
from tests.interceptors.support import CARRIER, WIRE, Hooks, active, both_carriers
from tests.interceptors.support_async import BIG, HOST, Double

Get = Callable[[], bytes]


def real_answer(request: Request) -> Reply:
    return Reply(200, (("Content-Length", "4"),), (b"real",))


class Claiming(Double):
    """Claims the authority of a real server, and answers `fake`."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.authority = urlsplit(url).netloc

    def claims(self, scheme: str, host: str) -> bool:
        return host == self.authority

    def handle(self, request: Request) -> Reply:
        self.seen.append(request)
        return Reply(200, (("Content-Length", "4"),), (b"fake",))


@contextmanager
def kept_by_http_client(url: str) -> Iterator[Get]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)

    def get() -> bytes:
        connection.request("GET", "/a")
        return connection.getresponse().read()

    yield get
    connection.close()


@contextmanager
def kept_by_urllib3(url: str) -> Iterator[Get]:
    with urllib3.PoolManager(retries=False, timeout=5) as pool:
        yield lambda: pool.request("GET", f"{url}/a").data


@contextmanager
def kept_by_requests(url: str) -> Iterator[Get]:
    with requests.Session() as session:
        yield lambda: session.get(f"{url}/a", timeout=5).content


KEPT = pytest.mark.parametrize("kept", [kept_by_http_client, kept_by_urllib3, kept_by_requests])


@both_carriers
@KEPT
def test_a_connection_kept_from_before_is_served_by_the_fake_and_afterwards_by_the_network(
    hooks: Hooks, kept: Any
) -> None:
    with Loopback(real_answer) as real, kept(real.url) as get:
        assert get() == b"real"
        with active(Claiming(real.url), hooks) as double:
            assert [get(), get()] == [b"fake", b"fake"]
            assert len(double.seen) == 2
        assert [get(), get()] == [b"real", b"real"]
        assert real.connections <= 2


@both_carriers
@KEPT
def test_a_connection_made_under_a_fake_goes_to_the_network_afterwards(hooks: Hooks, kept: Any) -> None:
    with Loopback(real_answer) as real, kept(real.url) as get:
        for _ in range(2):
            with active(Claiming(real.url), hooks):
                assert [get(), get()] == [b"fake", b"fake"]
            assert get() == b"real"


@both_carriers
@KEPT
def test_a_connection_made_under_a_fake_is_answered_by_the_newest(hooks: Hooks, kept: Any) -> None:
    with Loopback(real_answer) as real, kept(real.url) as get, active(Claiming(real.url), hooks) as outer:
        get()
        with active(Claiming(real.url), hooks) as inner:
            get()
            with active(Double(), hooks):
                assert get() == b"real", "the innermost does not claim this host and hides the others"
            get()
        get()
        assert (len(outer.seen), len(inner.seen)) == (2, 2)


def test_a_reply_begun_under_a_fake_is_read_to_its_end_afterwards() -> None:
    with active(Double(), WIRE):
        kept = requests.get(f"https://{HOST}/big", stream=True)
        connection = http.client.HTTPSConnection(HOST, timeout=5)
        connection.request("GET", "/big")
        response = connection.getresponse()
        assert response.read(10) == BIG[:10]
    assert kept.content == BIG
    assert response.read() == BIG[10:]
    connection.close()


def test_a_request_that_is_half_sent_when_the_fake_leaves_meets_a_reset() -> None:
    connection = http.client.HTTPSConnection(HOST, timeout=5)
    with active(Double(), WIRE):
        connection.putrequest("PUT", "/a")
        connection.putheader("Content-Length", "10")
        connection.endheaders(b"12345")
    with pytest.raises(ConnectionResetError):
        connection.send(b"67890")
    connection.close()


def test_an_unfinished_request_reads_as_a_timeout_and_not_for_ever() -> None:
    with active(Double(), WIRE):
        connection = http.client.HTTPSConnection(HOST, timeout=5)
        connection.putrequest("PUT", "/a")
        connection.putheader("Content-Length", "10")
        connection.endheaders(b"12345")
        with pytest.raises(TimeoutError):
            connection.getresponse()
        connection.close()


def test_a_closed_socket_refuses_to_send() -> None:
    with active(Double(), WIRE):
        connection = http.client.HTTPConnection(HOST)
        connection.connect()
        sock: Any = connection.sock
        sock.settimeout(2)
        assert sock.gettimeout() == 2
        connection.close()
        with pytest.raises(OSError, match="Bad file descriptor"):
            sock.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert sock.recv(10) == b""


def test_select_tells_when_a_reply_can_be_read() -> None:
    def readable() -> bool:
        return bool(select.select([sock], [], [], 0)[0])

    with active(Double(), WIRE):
        connection = http.client.HTTPConnection(HOST)
        connection.connect()
        sock: Any = connection.sock
        assert not readable()
        assert sock.send(b"GET /empty HTTP/1.1\r\nHost: a\r\n\r\n") == 32
        assert readable()
        assert sock.recv(9) == b"HTTP/1.1 "
        assert sock.recv(10_000).endswith(b"\r\n\r\n")
        assert not readable()
    assert readable(), "to a pool it looks dropped"
    connection.close()


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="counts descriptors where the system lists them")
def test_activations_leave_no_descriptors_behind() -> None:
    def opened() -> int:
        gc.collect()
        return len(os.listdir("/proc/self/fd"))

    def use() -> None:
        with urllib3.PoolManager(retries=False) as pool, active(Double(), WIRE):
            for _ in range(3):
                pool.request("GET", f"https://{HOST}/empty")

    use()
    before = opened()
    for _ in range(10):
        use()
    assert opened() <= before


@both_carriers
def test_twenty_threads_share_a_session_and_a_pool(hooks: Hooks) -> None:
    with active(Double(), hooks), requests.Session() as session, urllib3.PoolManager(retries=False) as pool:

        def work(number: int) -> None:
            for turn in range(20):
                url = f"https://{HOST}/{number}/{turn}"
                session.put(url, data=b"%d" % number)
                assert pool.request("GET", url).data == b"%d" % number

        with ThreadPoolExecutor(20) as threads:
            list(threads.map(work, range(20)))


class OwnConnect(http.client.HTTPConnection):
    """A connection class that opens its socket itself, as SOCKS libraries do."""

    def connect(self) -> None:
        self.sock = socket.create_connection((self.host, self.port))


def test_a_connection_class_with_its_own_connect_is_served() -> None:
    with active(Double(), WIRE):
        connection = OwnConnect(HOST)
        connection.request("GET", "/empty")
        assert connection.getresponse().status == 200
        connection.close()
        with pytest.raises(SealedError, match=HOST):
            connection.connect()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
@both_carriers
def test_a_forked_child_is_served_by_its_copy(hooks: Hooks) -> None:
    with active(Double(), hooks) as double, requests.Session() as session:
        session.put(f"https://{HOST}/a", data=b"before")
        child = os.fork()
        if child == 0:
            served = session.get(f"https://{HOST}/a").content == b"before"
            os._exit(0 if served and len(double.seen) == 2 else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert len(double.seen) == 1


PROXIES = ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY"]


@both_carriers
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_proxies_of_the_environment_do_not_come_between(
    hooks: Hooks, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import urllib.request

    for name in PROXIES:
        monkeypatch.setenv(name, "http://user:pass@127.0.0.1:9")
    url = f"{scheme}://{HOST}/empty?q=%2F"
    with active(Double(), hooks) as double:
        assert requests.get(url).status_code == 200
        with urllib.request.build_opener().open(url) as response:
            assert response.status == 200
        with urllib3.ProxyManager("http://127.0.0.1:9", retries=False) as pool:
            assert [pool.request("GET", url).status for _ in range(2)] == [200, 200]
    assert {(seen.host, seen.target) for seen in double.seen} == {(HOST, "/empty?q=%2F")}


class Only(Double):
    """Claims one host."""

    def __init__(self, host: str) -> None:
        super().__init__()
        self.host = host

    def claims(self, scheme: str, host: str) -> bool:
        return host == self.host


def test_a_connection_to_a_forwarding_proxy_is_aimed_at_each_request() -> None:
    def get(host: str) -> int:
        connection.request("GET", f"http://{host}/empty")
        response = connection.getresponse()
        response.read()
        return response.status

    connection = http.client.HTTPConnection("127.0.0.1", 9, timeout=5)
    with active(Only("a.example"), WIRE) as outer:
        assert get("a.example") == 200
        with active(Only("b.example"), WIRE) as inner:
            assert get("b.example") == 200
            with pytest.raises(ConnectionRefusedError):
                get("a.example")
            connection.close()
        assert get("a.example") == 200
    with active(Only("a.example"), WIRE):
        assert get("a.example") == 200
    assert (len(outer.seen), len(inner.seen)) == (2, 1)
    connection.close()


@both_carriers
def test_an_endpoint_of_ipv6_is_served(hooks: Hooks) -> None:
    with active(Only("[::1]:9000"), hooks):
        assert requests.get("http://[::1]:9000/empty").status_code == 200
        connection = http.client.HTTPConnection("::1", 9000, timeout=5)
        connection.request("GET", "/empty")
        assert connection.getresponse().status == 200
        connection.close()


def test_a_request_that_is_half_sent_when_another_fake_takes_over_meets_a_reset() -> None:
    connection = http.client.HTTPConnection("a.example", timeout=5)
    with active(Only("a.example"), WIRE):
        connection.putrequest("PUT", "/a")
        connection.putheader("Content-Length", "10")
        connection.endheaders(b"12345")
        with active(Only("b.example"), WIRE):
            connection.send(b"67890")
            with pytest.raises(ConnectionResetError):
                connection.getresponse()


def test_a_response_is_shut_down_by_hand() -> None:
    with active(Double(), WIRE):
        connection = http.client.HTTPConnection(HOST, timeout=5)
        connection.request("GET", "/big")
        response = connection.getresponse()
        sock: Any = connection.sock
        sock.shutdown(socket.SHUT_RD)
        with pytest.raises(http.client.IncompleteRead):
            response.read()
        connection.close()


def test_a_memory_socket_is_read_as_a_file_and_not_written() -> None:
    with active(Double(), WIRE):
        connection = http.client.HTTPConnection(HOST, timeout=5)
        connection.connect()
        sock: Any = connection.sock
        with pytest.raises(ValueError, match="only read"):
            sock.makefile("wb")
        connection.close()


def test_a_session_made_before_the_activation_is_served() -> None:
    with requests.Session() as session:
        with active(Double(), CARRIER):
            assert session.get(f"https://{HOST}/empty").status_code == 200
        with active(Double(), CARRIER):
            assert session.get(f"https://{HOST}/empty").status_code == 200


def test_unverified_https_warns_as_on_the_wire() -> None:
    with (
        active(Double(), WIRE),
        urllib3.PoolManager(cert_reqs="CERT_NONE", retries=False) as pool,
        pytest.warns(urllib3.exceptions.InsecureRequestWarning),
    ):
        assert pool.request("GET", f"https://{HOST}/empty").status == 200
