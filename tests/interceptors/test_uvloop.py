"""Clients in uvloop's loops: served by the same hooks, and guarded although uvloop looks up and connects by itself."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import aiohttp
import alibabacloud_oss_v2 as oss_v2
import httpx
import pytest
from alibabacloud_oss_v2 import aio

import fakeoss
from fakeoss.activation import SealedError
from fakeoss.interceptors import Adapter
from tests.interceptors.loopback import loopback
from tests.interceptors.support import RESOLVER, active
from tests.interceptors.support_async import HOST, Double
from tests.interceptors.test_resolver import Sealed
from tests.interceptors.test_wire_lifetimes import real_answer

uvloop = pytest.importorskip("uvloop")

GUARDS = (RESOLVER, Adapter("uvloop", "uvloop_hook", "UvloopHook"))
URL = f"https://{HOST}/key"


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """What the coroutine gives in a loop of uvloop's."""
    return uvloop.run(work)


async def by_sdk(oss: fakeoss.FakeOSS) -> bytes:
    config = oss_v2.config.load_default()
    config.credentials_provider = oss_v2.credentials.StaticCredentialsProvider(*oss.credentials)
    config.region = oss.settings.region
    client = aio.AsyncClient(config)
    try:
        await client.put_object(oss_v2.PutObjectRequest(bucket="bucket", key="key", body=b"content"))
        answer = await client.get_object(oss_v2.GetObjectRequest(bucket="bucket", key="key"))
        return bytes(await answer.body.read())
    finally:
        await client.close()


async def by_aiohttp(oss: fakeoss.FakeOSS) -> bytes:
    async with aiohttp.ClientSession() as session:
        await session.put(URL, data=b"content")
        async with session.get(URL) as answer:
            return await answer.read()


async def by_httpx(oss: fakeoss.FakeOSS) -> bytes:
    async with httpx.AsyncClient() as client:
        await client.put(URL, content=b"content")
        return (await client.get(URL)).content


@pytest.mark.parametrize("client", [by_sdk, by_aiohttp, by_httpx])
def test_every_asynchronous_client_is_served(client: Callable[[fakeoss.FakeOSS], Coroutine[Any, Any, bytes]]) -> None:
    with fakeoss.mock_oss() as oss:
        oss.create_bucket("bucket", acl="public-read-write")
        assert run(client(oss)) == b"content"
        assert oss.bucket("bucket").read("key") == b"content"


async def look_up(host: str, port: int) -> Any:
    return await asyncio.get_running_loop().getaddrinfo(host, port)


async def open_connection(host: str, port: int) -> None:
    _, writer = await asyncio.open_connection(host, port)
    writer.close()


async def connect(host: str, port: int) -> None:
    with socket.socket() as sock:
        sock.setblocking(False)
        await asyncio.get_running_loop().sock_connect(sock, (host, port))


ways = pytest.mark.parametrize("way", [look_up, open_connection, connect])
Way = Callable[[str, int], Coroutine[Any, Any, Any]]


@ways
def test_what_goes_past_the_hooks_is_refused(way: Way) -> None:
    with active(Double(), GUARDS), pytest.raises(SealedError, match=rf"'tests' looked up '{HOST}' for https"):
        run(way(HOST, 443))


@ways
def test_a_sealed_process_reaches_this_machine_alone(way: Way) -> None:
    with loopback(real_answer) as url, active(Sealed(), GUARDS):
        run(way("127.0.0.1", int(url.rpartition(":")[2])))
        with pytest.raises(SealedError, match="sealed=True"):
            run(way("192.0.2.1", 443))


@pytest.mark.parametrize("library", [aiohttp, httpx])
def test_so_do_its_clients(library: Any) -> None:
    async def ask() -> None:
        client = aiohttp.ClientSession() if library is aiohttp else httpx.AsyncClient()
        async with client:
            asked: Awaitable[Any] = client.get("https://api.example.com/")
            await asked

    with fakeoss.mock_oss(sealed=True), pytest.raises((aiohttp.ClientError, httpx.ConnectError), match="sealed=True"):
        run(ask())


@ways
def test_the_guard_ends_with_the_fake(way: Way) -> None:
    with loopback(real_answer) as url:
        with active(Sealed(), GUARDS):
            pass
        run(way("localhost", int(url.rpartition(":")[2])))
    assert uvloop.Loop.getaddrinfo is uvloop.loop.Loop.getaddrinfo
