"""What each way into the fake costs beside a loopback server: `python -m benchmarks.carriers`.

The same client, once in this process and once at `oss.serve()` in a process of its own, in turns; then what
that server manages by itself, asked by plain sockets.
"""

from __future__ import annotations

import asyncio
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

import aiohttp
import alibabacloud_oss_v2 as oss_v2
import httpx
import oss2
import requests
import urllib3
from alibabacloud_oss_v2 import aio

import fakeoss
from benchmarks.timing import Work, per_call, ratio, table
from fakeoss import activation
from fakeoss.interceptors import INTERCEPTORS

BUCKET = "benchmark-bucket"
DATA = bytes(range(256)) * 4
HERE = "http://oss-cn-hangzhou.aliyuncs.com"
ALLOWED = 1.15
"""Times loopback's cost that a carrier may take: 15 % for noise."""

Credentials = tuple[str, str]
Opened = tuple[Work, Callable[[], object]]
"""A call, and what closes its client."""


@contextmanager
def server_process() -> Iterator[tuple[str, Credentials]]:
    """The URL and the key of `python -m fakeoss serve`."""
    command = [sys.executable, "-m", "fakeoss", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = "".join(process.stdout.readline() for _ in range(4))
        found = re.search(r"at (\S+)\naccess key id +(\S+)\naccess key secret +(\S+)\n", told)
        assert found is not None, told
        try:
            yield found[1], (found[2], found[3])
        finally:
            process.terminate()


def signed(endpoint: str, credentials: Credentials, method: str = "GET", key: str = "key", **headers: str) -> str:
    """A presigned URL."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return str(oss2.Bucket(oss2.Auth(*credentials), endpoint, BUCKET).sign_url(method, key, 3600, headers=given))


def by_oss2(endpoint: str, credentials: Credentials, *, put: bool = False) -> Opened:
    """oss2 gets or puts 1 KiB."""
    session = oss2.Session()
    bucket = oss2.Bucket(oss2.Auth(*credentials), endpoint, BUCKET, session=session)
    work = partial(bucket.put_object, "key", DATA) if put else lambda: bucket.get_object("key").read()
    return work, session.session.close


def configured(endpoint: str, credentials: Credentials) -> Any:
    """A configuration of SDK v2."""
    config = oss_v2.config.load_default()
    config.credentials_provider = oss_v2.credentials.StaticCredentialsProvider(*credentials)
    config.region, config.endpoint = "cn-hangzhou", endpoint
    return config


def by_sdk_v2(endpoint: str, credentials: Credentials) -> Opened:
    """SDK v2 gets 1 KiB."""
    client = oss_v2.Client(configured(endpoint, credentials))
    request = oss_v2.GetObjectRequest(bucket=BUCKET, key="key")
    return lambda: client.get_object(request).body.content, lambda: None


def by_requests(endpoint: str, credentials: Credentials) -> Opened:
    """`requests` gets 1 KiB."""
    session, url = requests.Session(), signed(endpoint, credentials)
    session.trust_env = False
    return lambda: session.get(url).content, session.close


def by_urllib3(endpoint: str, credentials: Credentials) -> Opened:
    """urllib3 gets 1 KiB."""
    pool, url = urllib3.PoolManager(), signed(endpoint, credentials)
    return lambda: pool.request("GET", url).data, pool.clear


def by_httpx(endpoint: str, credentials: Credentials) -> Opened:
    """A client of httpx gets 1 KiB."""
    client, url = httpx.Client(trust_env=False), signed(endpoint, credentials)
    return lambda: client.get(url).content, client.close


def by_aiohttp(endpoint: str, credentials: Credentials) -> Opened:
    """A session of aiohttp gets 1 KiB."""
    loop, url = asyncio.new_event_loop(), signed(endpoint, credentials)

    async def opened() -> aiohttp.ClientSession:
        return aiohttp.ClientSession()

    async def get() -> bytes:
        async with session.get(url) as answer:
            return await answer.read()

    session = loop.run_until_complete(opened())
    return lambda: loop.run_until_complete(get()), lambda: loop.run_until_complete(session.close())


def by_sdk_v2_async(endpoint: str, credentials: Credentials) -> Opened:
    """SDK v2's asynchronous client gets 1 KiB."""
    loop = asyncio.new_event_loop()
    request = oss_v2.GetObjectRequest(bucket=BUCKET, key="key")

    async def opened() -> aio.AsyncClient:
        return aio.AsyncClient(configured(endpoint, credentials))

    async def get() -> bytes:
        answer = await client.get_object(request)
        body: bytes = await answer.body.read()
        return body

    client = loop.run_until_complete(opened())
    return lambda: loop.run_until_complete(get()), lambda: loop.run_until_complete(client.close())


CLIENTS: dict[str, tuple[str, Callable[[str, Credentials], Opened]]] = {
    "requests": ("responses", by_requests),
    "oss2 get": ("responses", by_oss2),
    "oss2 put": ("responses", partial(by_oss2, put=True)),
    "SDK v2 get": ("responses", by_sdk_v2),
    "urllib3": ("wire hook", by_urllib3),
    "httpx": ("httpx hook", by_httpx),
    "aiohttp": ("aiohttp hook", by_aiohttp),
    "SDK v2 async get": ("aiohttp hook", by_sdk_v2_async),
}
"""Name to carrier and maker; those on `responses` are measured on the wire hook too."""


def switched(call: Work, oss: fakeoss.FakeOSS, needs: tuple[str, ...]) -> Work:
    """The call with the fake in the way, by every adapter but those for `needs`."""
    adapters = tuple(adapter for adapter in INTERCEPTORS if adapter.needs not in needs)

    def work() -> object:
        token = activation.start(oss, adapters)
        try:
            for _ in range(CALLS):
                call()
        finally:
            activation.stop(token)
        return None

    return work


def repeated(call: Work) -> Work:
    """The call as often as `switched` makes it."""

    def work() -> object:
        for _ in range(CALLS):
            call()
        return None

    return work


CALLS = 60
"""Calls an activation: switching on and off is not what is measured."""


def carriers(url: str, credentials: Credentials) -> list[tuple[str, ...]]:
    """The rows of the first table."""
    oss = fakeoss.FakeOSS()
    oss.create_bucket(BUCKET, objects={"key": DATA})
    rows: list[tuple[str, ...]] = []
    for name, (carrier, maker) in CLIENTS.items():
        with ExitStack() as stack:
            candidates: dict[str, Work] = {}
            real, close = maker(url, credentials)
            stack.callback(close)
            candidates["loopback"] = repeated(real)
            ways = {carrier: (), "wire hook": ("requests",)} if carrier == "responses" else {carrier: ()}
            for way, without in ways.items():
                call, close = maker(HERE, oss.credentials)
                stack.callback(close)
                candidates[way] = switched(call, oss, without)
            found = per_call(candidates, rounds=15, calls=1, clock=time.perf_counter)
        base = found.pop("loopback") / CALLS
        for way, cost in found.items():
            times = cost / CALLS / base
            verdict = "yes" if times <= ALLOWED else "NO"
            rows.append((name, way, f"{cost / CALLS:,.0f} us", f"{base:,.0f} us", ratio(times, 1), verdict))
    return rows


def ask(address: tuple[str, int], request: bytes, count: int) -> None:
    """`count` requests, one after the other, on one connection; every answer is read whole."""
    with socket.create_connection(address) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(count):
            connection.sendall(request)
            head, _, body = connection.recv(65_536).partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), head
            while len(body) < len(DATA):
                body += connection.recv(65_536)


def rate(address: tuple[str, int], request: bytes, connections: int, count: int = 2_000) -> float:
    """Requests a second, the best of five rounds."""
    best = 0.0
    for _ in range(5):
        threads = [
            threading.Thread(target=ask, args=(address, request, count // connections)) for _ in range(connections)
        ]
        start = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        best = max(best, count / (time.perf_counter() - start))
    return best


def throughput(url: str) -> float:
    """MiB/s of a put of 64 MiB on a presigned URL, the best of five."""
    body, best = bytes(64 << 20), 0.0
    with urllib3.PoolManager() as pool:
        for _ in range(5):
            start = time.perf_counter()
            answer = pool.request("PUT", url, body=body, headers={"Content-Type": "application/octet-stream"})
            best = max(best, 64 / (time.perf_counter() - start))
            assert answer.status == 200, answer.data
    return best


def server(url: str, credentials: Credentials) -> list[tuple[str, ...]]:
    """The rows of the second table."""
    host, _, port = url.removeprefix("http://").partition(":")
    target = signed(url, credentials).removeprefix(url)
    request = f"GET {target} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode()
    address = (host, int(port))
    put = signed(url, credentials, "PUT", "large", Content_Type="application/octet-stream")
    return [
        ("GET of 1 KiB, 1 connection", f"{rate(address, request, 1):,.0f} requests/s"),
        ("GET of 1 KiB, 8 connections", f"{rate(address, request, 8):,.0f} requests/s"),
        ("PUT of 64 MiB", f"{throughput(put):,.0f} MiB/s"),
    ]


def main() -> None:
    """Measure and print."""
    with server_process() as (url, credentials):
        bucket = oss2.Bucket(oss2.Auth(*credentials), url, BUCKET)
        bucket.create_bucket()
        bucket.put_object("key", DATA)
        table(
            "1 KiB by each carrier, and by the same client at a loopback server of another process",
            ("client", "carrier", "in process", "loopback", "ratio", f"within {ALLOWED}"),
            carriers(url, credentials),
        )
        table("The server", ("what", "rate"), server(url, credentials))


if __name__ == "__main__":
    main()
