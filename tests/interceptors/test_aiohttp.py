"""aiohttp under the hook behaves case by case as it does against a loopback server."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractContextManager
from typing import Any

import aiohttp
import pytest
from yarl import URL

from tests.interceptors.support_async import BIG, Double, faked, real

pytestmark = pytest.mark.filterwarnings("ignore:Sending a large body directly:ResourceWarning")

Case = Callable[[aiohttp.ClientSession, str], Awaitable[Any]]
CASES: dict[str, Case] = {}


def case(function: Case) -> Case:
    CASES[getattr(function, "__name__", "")] = function
    return function


async def told(response: aiohttp.ClientResponse) -> tuple[Any, ...]:
    """All that a user can see of a reply."""
    body = await response.read()
    version = (response.version.major, response.version.minor) if response.version else None
    return response.status, response.reason, version, response.raw_headers, body


async def _blocks() -> AsyncIterator[bytes]:
    for number in range(5):
        yield b"%d" % number * 1_000


def _file() -> io.BytesIO:
    file = io.BytesIO(b"0123456789" * 20_000)
    file.seek(5)
    return file


def _bodies(kind: str) -> Any:
    made: dict[str, Any] = {
        "bytes": b"\0\xff bytes",
        "text": "text \u4e2d",
        "empty": b"",
        "bytearray": bytearray(b"array"),
        "file": _file(),
        "blocks": _blocks(),
        "form": {"a": "1", "b": "\u4e2d"},
        "big": BIG,
    }
    return made[kind]


def _putting(kind: str) -> Case:
    async def put(session: aiohttp.ClientSession, url: str) -> Any:
        async with session.put(f"{url}/k", data=_bodies(kind)) as response:
            seen = await told(response)
        async with session.get(f"{url}/k") as response:
            return seen, await told(response)

    return put


CASES.update(
    {f"put {kind}": _putting(kind) for kind in ("bytes", "text", "empty", "bytearray", "file", "blocks", "big")}
)


def _getting(path: str, method: str = "GET", **options: Any) -> Case:
    async def get(session: aiohttp.ClientSession, url: str) -> Any:
        async with session.request(method, URL(f"{url}{path}", encoded=True), **options) as response:
            return await told(response)

    return get


CASES.update({f"status {status}": _getting(f"/status/{status}") for status in (200, 203, 204, 304, 403, 404, 412, 416)})
CASES.update({f"head {path}": _getting(path, "HEAD") for path in ("/k", "/status/404", "/status/304", "/chunked")})
CASES.update({f"get {path}": _getting(path) for path in ("/big", "/chunked", "/twice", "/empty", "/gzip", "/moved")})
CASES.update(
    {
        f"target {path}": _getting(path)
        for path in ("//a//b/", "/a%2Fb", "/%E4%B8%AD%20%2B+", "/k?acl", "/k?a=&a=1&a&=2&b=%2F+", "/a%23b?x=%26", "/?")
    }
)
CASES["range"] = _getting("/k", headers={"Range": "bytes=2-6"})
CASES["own headers"] = _getting("/k", headers=[("x-oss-meta-A", "1"), ("X-Oss-Meta-a", "\u4e2d"), ("x-e", "")])
CASES["form"] = _getting("/post", "POST", data={"a": "1", "b": "\u4e2d"})
CASES["json"] = _getting("/post", "POST", json={"a": [1]})
CASES["expect"] = _getting("/post", "POST", data=b"waited", expect100=True)
CASES["compressed"] = _getting("/post", "POST", data=b"squeezed" * 100, compress="deflate")
CASES["no redirect"] = _getting("/moved", allow_redirects=False)
CASES["delete"] = _getting("/k", "DELETE")


@case
async def many_on_one_connection(session: aiohttp.ClientSession, url: str) -> Any:
    return [await _getting(f"/{number}")(session, url) for number in range(5)]


@case
async def at_once(session: aiohttp.ClientSession, url: str) -> Any:
    return await asyncio.gather(*[_getting(f"/{number}")(session, url) for number in range(20)])


@case
async def read_in_parts(session: aiohttp.ClientSession, url: str) -> Any:
    async with session.get(f"{url}/big") as response:
        first = await response.content.readexactly(100_000)
        rest = b"".join([block async for block in response.content.iter_chunked(70_000)])
    return first + rest == BIG


@case
async def left_half_read(session: aiohttp.ClientSession, url: str) -> Any:
    async with session.get(f"{url}/big") as response:
        first = await response.content.readexactly(10)
    return first, await _getting("/k")(session, url)


@case
async def gzip_left_as_it_is(session: aiohttp.ClientSession, url: str) -> Any:
    async with aiohttp.ClientSession(auto_decompress=False) as verbatim:
        return await _getting("/gzip")(verbatim, url)


@case
async def raised_for_status(session: aiohttp.ClientSession, url: str) -> Any:
    async with session.get(f"{url}/status/403") as response:
        with pytest.raises(aiohttp.ClientResponseError) as failure:
            response.raise_for_status()
    return failure.value.status, failure.value.message


@case
async def traced(session: aiohttp.ClientSession, url: str) -> Any:
    events: list[str] = []
    trace = aiohttp.TraceConfig()
    for name in ("request_start", "request_end", "request_redirect", "connection_create_end", "connection_reuseconn"):

        async def note(*_: object, name: str = name) -> None:
            events.append(name)

        getattr(trace, f"on_{name}").append(note)
    async with aiohttp.ClientSession(trace_configs=[trace]) as followed:
        for path in ("/k", "/k", "/moved"):
            await _getting(path)(followed, url)
    return events


@case
async def one_connection_allowed(session: aiohttp.ClientSession, url: str) -> Any:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=1)) as narrow:
        return await asyncio.gather(*[_getting(f"/{number}")(narrow, url) for number in range(5)])


@case
async def connection_not_kept(session: aiohttp.ClientSession, url: str) -> Any:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True)) as closing:
        return [await _getting("/k")(closing, url) for _ in range(3)]


def outcome(name: str, where: Callable[[Double], AbstractContextManager[str]]) -> Any:
    async def run(url: str) -> Any:
        async with aiohttp.ClientSession() as session:
            return await CASES[name](session, url)

    with where(Double()) as url:
        return asyncio.run(run(url))


@pytest.mark.parametrize("name", CASES)
def test_the_hook_gives_what_a_server_gives(name: str) -> None:
    assert outcome(name, faked) == outcome(name, real)
