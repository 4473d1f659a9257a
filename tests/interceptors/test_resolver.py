"""Look-ups that would take a request out of the process are refused, with the caller's name and the cure."""

from __future__ import annotations

import _socket  # what nobody has patched, as whoever imported it by name has
import asyncio
import socket
from collections.abc import Callable
from typing import Any

import pytest
import requests
import urllib3

from fakeoss.activation import SealedError
from tests.interceptors.loopback import loopback
from tests.interceptors.support import CARRIER, RESOLVER, active
from tests.interceptors.support_async import HOST, Double
from tests.interceptors.test_wire_lifetimes import real_answer

ONLY_RESOLVER = (RESOLVER,)


class Sealed(Double):
    sealed = True


@pytest.mark.parametrize("port", [443, 80, 8080, None, "https", "443"])
@pytest.mark.parametrize("host", [HOST, HOST.upper(), HOST.encode()])
def test_a_look_up_of_an_oss_host_is_refused(host: Any, port: Any) -> None:
    with active(Double(), ONLY_RESOLVER), pytest.raises(SealedError) as refused:
        socket.getaddrinfo(host, port)
    assert refused.value.host.lower() == HOST
    assert "oss_server" in str(refused.value)


@pytest.mark.parametrize("look_up", [socket.gethostbyname, socket.gethostbyname_ex])
def test_older_ways_to_look_up_a_host_are_refused_too(look_up: Callable[[str], Any]) -> None:
    with active(Double(), ONLY_RESOLVER):
        now: Callable[[Any], Any] = getattr(socket, look_up.__name__)
        with pytest.raises(SealedError, match=rf"'tests' looked up '{HOST}', an OSS host"):
            now(HOST)
        with pytest.raises(SealedError):
            now(HOST.encode())
        assert now("127.0.0.1")
    assert getattr(socket, look_up.__name__) is look_up


@pytest.mark.parametrize(
    "look_up",
    [lambda host: _socket.getaddrinfo(host, 443), _socket.gethostbyname, _socket.gethostbyname_ex],
    ids=["getaddrinfo", "gethostbyname", "gethostbyname_ex"],
)
def test_functions_imported_by_name_before_the_fake_began_are_refused_too(look_up: Callable[[Any], Any]) -> None:
    with active(Double(), ONLY_RESOLVER):
        for host in (HOST, HOST.encode()):
            with pytest.raises(SealedError, match=rf"'tests' looked up '{HOST}'.*an OSS host"):
                look_up(host)
        assert look_up("127.0.0.1")
    with active(Sealed(), ONLY_RESOLVER), pytest.raises(SealedError, match="sealed=True"):
        look_up("10.0.0.1")
    assert look_up("10.0.0.1")


@pytest.mark.parametrize("connect", [_socket.socket.connect, _socket.socket.connect_ex])
def test_a_socket_that_connects_without_a_look_up_is_refused_too(connect: Callable[..., Any]) -> None:
    with loopback(real_answer) as url, active(Sealed(), ONLY_RESOLVER), socket.socket() as sock:
        with pytest.raises(SealedError, match="sealed=True"):
            connect(sock, ("10.0.0.1", 443))
        assert connect(sock, ("127.0.0.1", int(url.rpartition(":")[2]))) in (None, 0)


def test_a_socket_of_another_family_is_left_alone() -> None:
    here, there = socket.socketpair()
    with (
        here,
        there,
        active(Sealed(), ONLY_RESOLVER),
        socket.socket(here.family) as sock,
        pytest.raises(FileNotFoundError),
    ):
        sock.connect("/no/such/socket")


def test_the_refusal_names_the_library_that_asked() -> None:
    with active(Double(), ONLY_RESOLVER):
        with pytest.raises(SealedError, match=rf"'tests' looked up '{HOST}' for https://{HOST}/"):
            socket.create_connection((HOST, 443))
        with pytest.raises(urllib3.exceptions.NewConnectionError, match="'urllib3' looked up"):
            urllib3.PoolManager(retries=False).request("GET", f"http://{HOST}/")
        with pytest.raises(requests.ConnectionError, match="oss_server"):
            requests.get(f"http://{HOST}/")


def test_a_client_in_an_event_loop_is_refused_too() -> None:
    async def connect() -> None:
        await asyncio.open_connection(HOST, 443)

    with active(Double(), ONLY_RESOLVER), pytest.raises(SealedError, match=HOST):
        asyncio.run(connect())


def test_an_endpoint_that_the_fake_serves_by_port_is_refused_at_that_port_alone() -> None:
    class Endpoint(Double):
        def claims(self, scheme: str, host: str) -> bool:
            return (scheme, host) == ("http", "[::1]:9000")

    with active(Endpoint(), ONLY_RESOLVER):
        with pytest.raises(SealedError, match="::1"):
            socket.getaddrinfo("::1", 9000)
        assert socket.getaddrinfo("127.0.0.1", 9001)


def test_other_hosts_are_looked_up_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def remember(*args: Any, **kwargs: Any) -> list[Any]:
        asked.append((args, kwargs))
        return []

    monkeypatch.setattr(socket, "getaddrinfo", remember)
    with active(Double(), ONLY_RESOLVER):
        socket.getaddrinfo("example.com", 443, 0, socket.SOCK_STREAM)
        socket.getaddrinfo(host="example.com", port=80, type=1)
        socket.getaddrinfo(None, 80)
    assert asked == [
        (("example.com", 443, 0, socket.SOCK_STREAM), {}),
        (("example.com", 80), {"type": 1}),
        ((None, 80), {}),
    ]


@pytest.mark.parametrize("host", ["example.com", "10.0.0.1", "2001:db8::1", "oss.example", "localhost.example.com"])
def test_a_sealed_process_reaches_nothing_but_this_machine(host: str) -> None:
    with active(Sealed(), ONLY_RESOLVER), pytest.raises(SealedError, match="sealed=True"):
        socket.getaddrinfo(host, 443)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "::1", "0.0.0.0", None])  # noqa: S104 # looked up only
def test_a_sealed_process_reaches_this_machine(host: str | None) -> None:
    with active(Sealed(), ONLY_RESOLVER):
        assert socket.getaddrinfo(host, 80)


def test_this_machine_goes_by_its_own_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args: args)
    monkeypatch.setattr(socket, "gethostname", lambda: "Workstation")
    with active(Sealed(), ONLY_RESOLVER):
        for host in ("workstation", "app.localhost", "LOCALHOST."):
            found: Any = socket.getaddrinfo(host, 80)
            assert found == (host, 80)


def test_the_newest_fake_decides_whether_the_process_is_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args: args)
    with active(Sealed(), ONLY_RESOLVER):
        with active(Double(), ONLY_RESOLVER):
            assert socket.getaddrinfo("example.com", 80)
        with pytest.raises(SealedError):
            socket.getaddrinfo("example.com", 80)
    assert socket.getaddrinfo("example.com", 80)


def test_sealed_requests_go_to_the_fake_and_to_this_machine_only() -> None:
    with loopback(real_answer) as url, active(Sealed(), CARRIER):
        assert requests.get(f"https://{HOST}/empty").status_code == 200
        assert requests.get(url).text == "real"
        with pytest.raises(requests.ConnectionError, match="sealed=True"):
            requests.get("https://example.com/")
