"""Faults reach an httpx user as httpx's own exceptions, the same as from a loopback server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import httpx
import pytest

from fakeoss.faults import Fault, Refused, Reset, Slow, Timeout, Truncated
from tests.interceptors.support_async import BIG, HOUR, OF_DOWNLOADS, Double, faked, patience, real

Where = Callable[[Double], AbstractContextManager[str]]


def sync_outcome(where: Where, method: str, path: str, fault: Fault) -> Any:
    double = Double(fault)
    with where(double) as url, httpx.Client(timeout=patience(fault), trust_env=False) as client:
        try:
            response = client.request(method, f"{url}{path}", content=b"body" if method == "PUT" else None)
            return response.status_code, response.content
        except httpx.HTTPError as error:
            return type(error), str(error), len(double.seen)


def async_outcome(where: Where, method: str, path: str, fault: Fault) -> Any:
    double = Double(fault)

    async def run(url: str) -> Any:
        async with httpx.AsyncClient(timeout=patience(fault), trust_env=False) as client:
            try:
                response = await client.request(method, f"{url}{path}", content=b"body" if method == "PUT" else None)
                return response.status_code, response.content
            except httpx.HTTPError as error:
                return type(error), len(double.seen)

    with where(double) as url:
        return asyncio.run(run(url))


@pytest.mark.parametrize("path", ["/big", "/chunked"])
@pytest.mark.parametrize("fault", OF_DOWNLOADS)
def test_a_download_breaks_as_it_does_on_a_socket(fault: Fault, path: str) -> None:
    assert sync_outcome(faked, "GET", path, fault) == sync_outcome(real, "GET", path, fault)
    assert async_outcome(faked, "GET", path, fault) == async_outcome(real, "GET", path, fault)


@pytest.mark.parametrize("fault", [Reset(), Timeout(), Truncated(5), Reset(5)])
@pytest.mark.parametrize(("method", "path"), [("PUT", "/k"), ("HEAD", "/k"), ("DELETE", "/status/204")])
def test_other_calls_break_as_they_do_on_a_socket(fault: Fault, method: str, path: str) -> None:
    assert sync_outcome(faked, method, path, fault) == sync_outcome(real, method, path, fault)
    assert async_outcome(faked, method, path, fault) == async_outcome(real, method, path, fault)


def test_refused_is_a_connect_error() -> None:
    assert sync_outcome(faked, "GET", "/k", Refused()) == (httpx.ConnectError, "[Errno 111] Connection refused", 1)
    assert async_outcome(faked, "PUT", "/k", Refused()) == (httpx.ConnectError, 1)


@pytest.mark.parametrize("fault", [Timeout(), Timeout(100_000), Slow(10)])
def test_a_timeout_strikes_without_being_waited_for(fault: Fault) -> None:
    with faked(Double(fault)) as url, pytest.raises(httpx.ReadTimeout) as failure:
        httpx.get(f"{url}/big", timeout=HOUR)
    assert failure.value.request.url.path == "/big"


def test_slow_is_of_no_consequence_without_a_timeout() -> None:
    with faked(Double(Slow(1))) as url:
        assert httpx.get(f"{url}/big", timeout=None).content == BIG
