"""httpx under the hook behaves case by case as it does against a loopback server, sync and async."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import h11
import httpcore
import httpx
import pytest

from fakeoss.faults import Reset
from tests.interceptors.support_async import BIG, Double, faked, real

FAILURES = (httpx.HTTPError, h11.LocalProtocolError)
Where = Callable[[Double], AbstractContextManager[str]]
TIMEOUT = 20


def _file(position: int) -> io.BytesIO:
    file = io.BytesIO(b"0123456789" * 20_000)
    file.seek(position)
    return file


Call = dict[str, Any]
CASES: dict[str, Callable[[], Call]] = {
    "put bytes": lambda: {"method": "PUT", "content": b"\0\xff bytes"},
    "put text": lambda: {"method": "PUT", "content": "text \u4e2d"},
    "put empty": lambda: {"method": "PUT", "content": b""},
    "put nothing": lambda: {"method": "PUT"},
    "put big": lambda: {"method": "PUT", "content": BIG},
    "post form": lambda: {"method": "POST", "data": {"a": "1", "b": "\u4e2d"}},
    "post json": lambda: {"method": "POST", "json": {"a": [1]}},
    "range": lambda: {"headers": {"Range": "bytes=2-6"}},
    "own headers": lambda: {"headers": [("x-oss-meta-A", "1"), ("X-Oss-Meta-a", "2"), ("x-e", "")]},
    "utf-8 header": lambda: {"headers": {"x-oss-meta-a": "\u4e2d".encode()}},
    "delete": lambda: {"method": "DELETE"},
    "params": lambda: {"params": [("a", ""), ("a", "1"), ("b", "/ +"), ("acl", "")]},
    "follow": lambda: {"path": "/moved", "follow_redirects": True},
    "length too short": lambda: {"method": "PUT", "content": b"four", "headers": {"Content-Length": "3"}},
    "length too long": lambda: {"method": "PUT", "content": b"four", "headers": {"Content-Length": "5"}},
    "header with blanks": lambda: {"headers": {"x-a": " b "}},
    "header with a break": lambda: {"headers": {"x-a": "b\r\nc: d"}},
    "nameless header": lambda: {"headers": {"": "b"}},
    "foreign host": lambda: {"headers": {"Host": "other.example"}},
}
SYNC_CASES: dict[str, Callable[[], Call]] = {
    "put blocks": lambda: {"method": "PUT", "content": (b"%d" % number * 1_000 for number in range(5))},
    "put file": lambda: {"method": "PUT", "content": _file(0)},
    "put file from the middle": lambda: {"method": "PUT", "content": _file(5)},
}
for _status in (200, 203, 204, 206, 304, 403, 404, 412):
    CASES[f"status {_status}"] = partial(dict, path=f"/status/{_status}")
for _path in ("/k", "/status/404", "/status/304", "/chunked"):
    CASES[f"head {_path}"] = partial(dict, method="HEAD", path=_path)
for _path in ("/big", "/chunked", "/twice", "/empty", "/gzip", "/moved"):
    CASES[f"get {_path}"] = partial(dict, path=_path)
for _path in ("//a//b/", "/a%2Fb", "/%E4%B8%AD%20+", "/k?acl", "/k?a=&a=1&a&=2&b=%2F+", "/a%23b?x=%26", "/?"):
    CASES[f"target {_path}"] = partial(dict, path=_path)


def told(response: httpx.Response) -> tuple[Any, ...]:
    """All that a user can see of a reply."""
    return (
        response.status_code,
        response.reason_phrase,
        response.http_version,
        response.headers.raw,
        response.content,
        [earlier.status_code for earlier in response.history],
    )


def sync_outcome(name: str, where: Where) -> Any:
    double = Double()
    call = {"method": "GET", "path": "/k", **(CASES | SYNC_CASES)[name]()}
    with where(double) as url, httpx.Client(timeout=TIMEOUT, trust_env=False) as client:
        url += call.pop("path")
        try:
            seen = told(client.request(url=url, **call))
        except FAILURES as error:
            seen = (type(error), str(error))
    return seen, [request.data() for request in double.seen]


def async_outcome(name: str, where: Where) -> Any:
    double = Double()
    call = {"method": "GET", "path": "/k", **CASES[name]()}

    async def run(url: str) -> Any:
        async with httpx.AsyncClient(timeout=TIMEOUT, trust_env=False) as client:
            try:
                return told(await client.request(url=url, **call))
            except FAILURES as error:
                return type(error), str(error)

    with where(double) as url:
        url += call.pop("path")
        return asyncio.run(run(url)), [request.data() for request in double.seen]


@pytest.mark.parametrize("name", [*CASES, *SYNC_CASES])
def test_the_sync_client_sees_what_a_server_gives(name: str) -> None:
    assert sync_outcome(name, faked) == sync_outcome(name, real)


@pytest.mark.parametrize("name", CASES)
def test_the_async_client_sees_what_a_server_gives(name: str) -> None:
    assert async_outcome(name, faked) == async_outcome(name, real)


@pytest.mark.parametrize("where", [faked, real])
def test_replies_are_streamed(where: Where) -> None:
    with where(Double()) as url, httpx.Client(trust_env=False) as client:
        with client.stream("GET", f"{url}/big") as response:
            blocks = list(response.iter_raw())
        with client.stream("GET", f"{url}/gzip") as response:
            raw = b"".join(response.iter_raw())
        with client.stream("GET", f"{url}/big") as response:
            assert next(response.iter_bytes(10)) == BIG[:10]
    assert b"".join(blocks) == BIG
    assert len(blocks) > 100
    assert raw.startswith(b"\x1f\x8b")


def test_the_service_sees_scheme_host_and_raw_target() -> None:
    double = Double()
    with faked(double, "https") as url:
        httpx.get(f"{url}:443/a%2Fb?acl&x=%2F", headers={"x-A": "1"})
    (request,) = double.seen
    assert (request.method, request.scheme, request.source) == ("GET", "https", "httpx")
    assert request.host == "bucket.oss-cn-hangzhou.aliyuncs.com"
    assert request.target == "/a%2Fb?acl&x=%2F"
    assert ("x-A", "1") in request.headers.pairs


def test_an_async_body_is_taken_as_it_comes() -> None:
    async def body() -> AsyncIterator[bytes]:
        yield b"one "
        await asyncio.sleep(0)
        yield b"two"

    double = Double()

    async def run(url: str) -> None:
        async with httpx.AsyncClient() as client:
            await client.put(f"{url}/k", content=body())

    with faked(double) as url:
        asyncio.run(run(url))
    assert double.seen[0].data() == b"one two"
    assert double.seen[0].headers.get("Transfer-Encoding") == "chunked"


def test_a_client_serves_before_during_and_after_the_fake() -> None:
    outside, inside = Double(), Double()
    with httpx.Client(trust_env=False) as client, real(outside) as address:
        client.get(f"{address}/1")
        with faked(inside) as url:
            client.get(f"{url}/2")
            client.get(f"{address}/3")
        client.get(f"{address}/4")
    assert [request.target for request in outside.seen] == ["/1", "/3", "/4"]
    assert [request.target for request in inside.seen] == ["/2"]


def test_the_async_client_leaves_other_hosts_alone() -> None:
    outside, inside = Double(), Double()

    async def run(url: str) -> int:
        async with httpx.AsyncClient(trust_env=False) as client:
            return (await client.get(f"{url}/k")).status_code

    with real(outside) as url, faked(inside):
        assert asyncio.run(run(url)) == 200
    assert (len(outside.seen), len(inside.seen)) == (1, 0)


def test_a_defect_is_raised_and_reported() -> None:
    double = Double()
    with faked(double) as url, pytest.raises(KeyError, match="a defect of the fake"):
        httpx.get(f"{url}/defect")
    assert [type(defect) for defect in double.defects] == [KeyError]


def test_a_large_body_is_held_once() -> None:
    double = Double()
    with faked(double) as url:
        httpx.put(f"{url}/k", content=BIG)
    assert sum(map(len, double.stored["/k"])) == len(BIG)


def test_who_goes_past_the_transports_is_served_by_the_pools() -> None:
    async def run(url: str) -> Any:
        async with httpcore.AsyncConnectionPool() as pool:
            put = await pool.request("PUT", f"{url}/async", content=b"two", headers={"Content-Length": "3"})
            return put.status, (await pool.request("GET", f"{url}/async")).content

    double = Double()
    with faked(double) as url:
        with httpcore.ConnectionPool() as pool:
            assert (
                pool.request("PUT", f"{url}/a%2Fb?x=1", content=b"one", headers={"Content-Length": "3"}).status == 200
            )
            assert pool.request("GET", f"{url}/a%2Fb").content == b"one"
        assert asyncio.run(run(url)) == (200, b"two")
    assert double.seen[0].target == "/a%2Fb?x=1"


def test_the_pools_leave_other_hosts_alone() -> None:
    outside, inside = Double(), Double()
    with real(outside) as url, faked(inside), httpcore.ConnectionPool() as pool:
        assert pool.request("GET", f"{url}/k").status == 200
    assert (len(outside.seen), len(inside.seen)) == (1, 0)


def test_a_fault_reaches_who_goes_past_the_transports() -> None:
    with faked(Double(Reset())) as url, httpcore.ConnectionPool() as pool, pytest.raises(httpx.ReadError):
        pool.request("GET", f"{url}/k")
