"""Sessions older and younger than the fake, loops in threads, defects, and what leaves the process."""

from __future__ import annotations

import asyncio
import gc
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import aiohttp
import freezegun
import pytest
from aiohttp.abc import AbstractResolver

from fakeoss import activation
from fakeoss.interceptors.memory_transport import MemoryTransport
from fakeoss.interceptors.server import Server
from tests.interceptors.support_async import HOST, Double, faked


async def status_of(session: aiohttp.ClientSession, url: str) -> int:
    async with session.get(url) as response:
        await response.read()
        return response.status


class ToLoopback(AbstractResolver):
    """Resolves every name to a server on this machine, as DNS would the real service's."""

    def __init__(self, server: Server) -> None:
        self._port = int(server.endpoint.rpartition(":")[2])

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[Any]:
        return [{"hostname": host, "host": "127.0.0.1", "port": self._port, "family": 2, "proto": 0, "flags": 0}]

    async def close(self) -> None:
        """Nothing to close."""


def test_pooled_connections_never_cross_between_the_service_and_the_fake() -> None:
    outside, inside = Double(), Double()

    async def run(server: Server) -> None:
        connector = aiohttp.TCPConnector(resolver=ToLoopback(server))
        async with aiohttp.ClientSession(connector=connector) as session:
            await status_of(session, f"http://{HOST}/1")
            with faked(inside):
                await status_of(session, f"http://{HOST}/2")
                await status_of(session, f"http://{HOST}/3")
            await status_of(session, f"http://{HOST}/4")
            with faked(inside):
                await status_of(session, f"http://{HOST}/5")

    with Server(outside) as server:
        asyncio.run(run(server))
    assert [request.target for request in outside.seen] == ["/1", "/4"]
    assert [request.target for request in inside.seen] == ["/2", "/3", "/5"]


def test_the_newest_fake_answers_on_a_pooled_connection() -> None:
    outer, inner = Double(), Double()

    async def run() -> None:
        async with aiohttp.ClientSession() as session:
            with faked(outer) as url:
                await status_of(session, f"{url}/1")
                with faked(inner):
                    await status_of(session, f"{url}/2")
                await status_of(session, f"{url}/3")

    asyncio.run(run())
    assert [request.target for request in outer.seen] == ["/1", "/3"]
    assert [request.target for request in inner.seen] == ["/2"]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_client_may_be_closed_after_the_fake_has_ended(scheme: str) -> None:
    async def run() -> None:
        session = aiohttp.ClientSession()
        with faked(Double(), scheme) as url:
            await status_of(session, f"{url}/k")
            half_read = await session.get(f"{url}/big")
        half_read.close()
        await asyncio.wait_for(session.close(), 10)

    asyncio.run(run())


def test_a_reply_may_be_read_after_the_fake_has_ended() -> None:
    async def run() -> int:
        async with aiohttp.ClientSession() as session:
            with faked(Double()) as url:
                response = await session.get(f"{url}/big")
            return len(await response.read())

    assert asyncio.run(run()) == 16 << 20


def test_a_connection_half_used_when_the_fake_ends_breaks() -> None:
    async def run() -> None:
        started = asyncio.Event()

        async def body() -> object:
            yield b"one"
            started.set()
            await asyncio.sleep(0.01)
            yield b"two"

        async with aiohttp.ClientSession() as session:
            with faked(Double()) as url:
                put = asyncio.create_task(session.put(f"{url}/k", data=body()))
                await started.wait()
            with pytest.raises(aiohttp.ClientError):
                await put

    asyncio.run(run())


def test_https_needs_no_certificate_and_arrives_as_https() -> None:
    double = Double()

    async def run() -> None:
        async with aiohttp.ClientSession() as session:
            assert await status_of(session, f"https://{HOST}/k?acl") == 200

    with faked(double, "https"):
        asyncio.run(run())
    (request,) = double.seen
    assert (request.scheme, request.host, request.target, request.source) == ("https", HOST, "/k?acl", "aiohttp")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_is_not_needed(scheme: str) -> None:
    double = Double()

    async def run(url: str) -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{url}/k?acl", proxy="http://127.0.0.1:1") as response,
        ):
            assert response.status == 200

    with faked(double, scheme) as url:
        asyncio.run(run(url))
    (request,) = double.seen
    assert (request.scheme, request.host, request.target) == (scheme, HOST, "/k?acl")


def test_other_hosts_are_left_alone() -> None:
    outside, inside = Double(), Double()

    async def run(url: str) -> None:
        async with aiohttp.ClientSession() as session:
            await status_of(session, f"{url}/k")

    with Server(outside) as server, faked(inside):
        asyncio.run(run(server.url))
    assert (len(outside.seen), len(inside.seen)) == (1, 0)


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no such sockets")
def test_a_connector_with_connections_of_its_own_is_refused_by_name(tmp_path: Path) -> None:
    path = str(tmp_path / "socket")

    async def run() -> None:
        server = await asyncio.start_unix_server(lambda reader, writer: writer.close(), path)
        async with server, aiohttp.ClientSession(connector=aiohttp.UnixConnector(path)) as session:
            with pytest.raises(OSError, match=rf"https://{HOST}/k by a UnixConnector.*oss_server"):
                await status_of(session, f"https://{HOST}/k")

    with faked(Double()):
        asyncio.run(asyncio.wait_for(run(), 60))


def test_four_loops_in_four_threads() -> None:
    double = Double()

    async def run(url: str) -> list[int]:
        async with aiohttp.ClientSession() as session:
            return await asyncio.gather(*[status_of(session, f"{url}/{number}") for number in range(25)])

    with faked(double) as url, ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda _: asyncio.run(run(url)), range(4)))
    assert statuses == [[200] * 25] * 4
    assert len(double.seen) == 100


def test_a_defect_reaches_the_user_and_is_reported() -> None:
    double = Double()

    async def run(url: str) -> int:
        async with aiohttp.ClientSession() as session:
            with pytest.raises(KeyError, match="a defect of the fake"):
                await session.get(f"{url}/defect")
            with pytest.raises(KeyError, match="a defect of the fake"):
                await session.put(f"{url}/defect", data=b"some body")
            return await status_of(session, f"{url}/k")

    with faked(double) as url:
        assert asyncio.run(run(url)) == 200
    assert [type(defect) for defect in double.defects] == [KeyError, KeyError]


def test_a_head_too_large_is_refused_while_the_client_still_sends() -> None:
    async def body() -> object:
        for _ in range(100):
            yield b"b" * 1_000

    async def run(url: str) -> int:
        async with aiohttp.ClientSession() as session:
            headers = {f"x-oss-meta-{number}": "v" for number in range(1_001)}
            async with session.put(f"{url}/k", data=body(), headers=headers) as response:
                return response.status

    with faked(Double()) as url:
        assert asyncio.run(run(url)) == 400


def test_a_frozen_clock_stops_nothing() -> None:
    async def run(url: str) -> int:
        async with aiohttp.ClientSession() as session:
            assert await status_of(session, f"{url}/k") == 200
            return await status_of(session, f"{url}/big")

    with freezegun.freeze_time("2024-02-29"), faked(Double()) as url:
        assert asyncio.run(run(url)) == 200


def transports() -> int:
    gc.collect()
    return sum(isinstance(thing, MemoryTransport) for thing in gc.get_objects())


def test_nothing_stays_behind() -> None:
    async def run(url: str) -> None:
        async with aiohttp.ClientSession() as session:
            await asyncio.gather(*[status_of(session, f"{url}/big") for _ in range(3)])

    before = transports()
    with faked(Double()) as url:
        asyncio.run(run(url))
    assert transports() == before
    assert activation.top() is None
