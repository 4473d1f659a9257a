"""No request to OSS leaves the process: it is served, or refused with who asked, for what, and the cure."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from typing import Any

import pytest
import requests
import urllib3

from fakeoss.activation import SealedError
from tests.clients.client import Client
from tests.clients.matrix import CLIENTS
from tests.clients.places import BUCKET, HOST, Place, active

OBJECT = f"{BUCKET}.{HOST}"


def test_a_look_up_of_an_oss_host_is_refused_by_name() -> None:
    with active(), pytest.raises(SealedError) as refusal:
        socket.create_connection((OBJECT, 443))
    for part in (OBJECT, "tests", "pycurl", "opendal", "obstore", "pyarrow", "polars", "oss_server", "fakeoss serve"):
        assert part in str(refusal.value)


def test_an_event_loop_looks_up_no_oss_host_either() -> None:
    async def ask() -> None:
        await asyncio.get_running_loop().create_connection(asyncio.Protocol, OBJECT, 443)

    with active(), pytest.raises(SealedError, match="an OSS host"):
        asyncio.run(ask())


def unknown_names(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Make every name unknown; gives those that were looked up."""
    asked: list[str] = []

    def getaddrinfo(host: str, *_args: Any, **_options: Any) -> Any:
        asked.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "nothing of that name")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def test_the_refusal_ends_with_the_fake(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = unknown_names(monkeypatch)
    with active(), pytest.raises(SealedError):
        socket.getaddrinfo(OBJECT, 443)
    assert asked == []
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo(OBJECT, 443)
    assert asked == [OBJECT]


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.name) for kind in CLIENTS])
def test_a_sealed_fake_serves_every_client(kind: type[Client]) -> None:
    if kind.missing():
        pytest.skip(kind.missing())
    with active(sealed=True) as oss:
        oss.put(BUCKET, "key", b"a\n1\n")
        client = kind(Place(oss))
        assert client.get("key").body == b"a\n1\n"
        client.close()


def test_a_sealed_fake_refuses_other_hosts_and_leaves_local_ones(httpserver: Any) -> None:
    httpserver.expect_request("/local").respond_with_data("local")
    with active(sealed=True):
        with pytest.raises(requests.ConnectionError, match="sealed=True"):
            requests.get("https://api.example.com/")
        assert requests.get(httpserver.url_for("/local")).text == "local"


def test_without_seal_other_hosts_are_looked_up_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = unknown_names(monkeypatch)
    with active(), pytest.raises(requests.ConnectionError):
        requests.get("https://api.example.com/")
    assert asked == ["api.example.com"]


def test_a_proxy_that_forwards_https_is_refused_where_it_is_not_local() -> None:
    with (
        active(sealed=True),
        urllib3.ProxyManager("https://proxy.example.com", retries=False) as pool,
        pytest.raises(urllib3.exceptions.HTTPError, match="sealed=True"),
    ):
        pool.request("GET", f"http://{OBJECT}/key")


def test_another_program_is_out_of_reach() -> None:
    program = "import fakeoss, sys; from fakeoss import activation; sys.exit(activation.top() is not None)"
    with active():
        assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
