"""GET `?objectMeta` tells the length of an object and brings nothing of it, as the service has it.

aiooss2 and the first releases of oss2 ask so, and read no body.
"""

from __future__ import annotations

import asyncio
import http.client
from collections.abc import Callable

import aiohttp
import httpx
import pytest
import requests
import urllib3

import fakeoss

CONTENT = b"content"
HOST = "example-bucket.oss-cn-hangzhou.aliyuncs.com"
URL = f"http://{HOST}/key?objectMeta"


@pytest.fixture
def oss() -> fakeoss.FakeOSS:
    fake = fakeoss.FakeOSS()
    fake.create_bucket("example-bucket", acl="public-read", objects={"key": CONTENT, "empty": b""})
    return fake


def by_requests() -> str:
    with requests.get(URL, stream=True, timeout=5) as response:
        return response.headers["Content-Length"]


def by_urllib3() -> str:
    with urllib3.PoolManager() as pool:
        return pool.request("GET", URL, preload_content=False, timeout=5).headers["Content-Length"]


def by_http_client() -> str:
    connection = http.client.HTTPConnection(HOST, timeout=5)
    connection.request("GET", "/key?objectMeta")
    length = connection.getresponse().getheader("Content-Length")
    connection.close()
    return str(length)


def by_httpx() -> str:
    with httpx.stream("GET", URL, timeout=5) as response:
        return response.headers["Content-Length"]


def by_aiohttp() -> str:
    async def asked() -> str:
        async with aiohttp.ClientSession() as session, session.get(URL) as response:
            return response.headers["Content-Length"]

    return asyncio.run(asked())


@pytest.mark.parametrize("ask", [by_requests, by_urllib3, by_http_client, by_httpx, by_aiohttp])
def test_every_client_is_told_the_length(oss: fakeoss.FakeOSS, ask: Callable[[], str]) -> None:
    with fakeoss.mock_oss(oss):
        assert ask() == str(len(CONTENT))
    assert [(seen.operation, seen.status, seen.fault) for seen in oss.requests] == [("GetObjectMeta", 200, None)]


def test_who_reads_on_finds_the_connection_closed(oss: fakeoss.FakeOSS) -> None:
    with fakeoss.mock_oss(oss), pytest.raises(httpx.RemoteProtocolError, match="received 0 bytes, expected 7"):
        httpx.get(URL, timeout=5)


def test_nothing_is_withheld_of_nothing(oss: fakeoss.FakeOSS) -> None:
    with fakeoss.mock_oss(oss):
        empty = requests.get(f"http://{HOST}/empty?objectMeta", timeout=5)
    assert (empty.headers["Content-Length"], empty.headers["Connection"]) == ("0", "keep-alive")


def test_a_server_closes_the_connection_and_serves_the_next(oss: fakeoss.FakeOSS) -> None:
    with oss.serve() as server:
        for _ in range(2):
            connection = http.client.HTTPConnection(server.endpoint, timeout=5)
            connection.request("GET", "/key?objectMeta", headers={"Host": HOST})
            response = connection.getresponse()
            assert response.headers["Content-Length"] == str(len(CONTENT))
            with pytest.raises(http.client.IncompleteRead):
                response.read()
            connection.close()
