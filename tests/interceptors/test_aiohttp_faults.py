"""Faults reach an aiohttp user as a broken network's would: the same exceptions as from a loopback server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import aiohttp
import pytest

from fakeoss.faults import Fault, Refused, Reset, Slow, Timeout, Truncated
from tests.interceptors.support_async import BIG, HOUR, OF_DOWNLOADS, Double, faked, patience, real

Outcome = tuple[Any, int]


def outcome(
    where: Callable[[Double], AbstractContextManager[str]], path: str, *faults: Fault | None, method: str = "GET"
) -> Outcome:
    """What a user's one call gave, and how many requests the service saw."""
    double = Double(*faults)
    timeout = aiohttp.ClientTimeout(total=None, sock_read=patience(*faults))

    async def run(url: str) -> Any:
        async with aiohttp.ClientSession(timeout=timeout) as session:
            try:
                async with session.request(
                    method, f"{url}{path}", data=b"body" if method == "PUT" else None
                ) as response:
                    try:
                        return response.status, await response.read()
                    except (aiohttp.ClientError, asyncio.TimeoutError) as error:
                        return response.status, type(error)
            except (aiohttp.ClientError, asyncio.TimeoutError) as error:
                return type(error)

    with where(double) as url:
        return asyncio.run(run(url)), len(double.seen)


@pytest.mark.parametrize("path", ["/big", "/chunked"])
@pytest.mark.parametrize("fault", OF_DOWNLOADS)
def test_a_download_breaks_as_it_does_on_a_socket(fault: Fault, path: str) -> None:
    assert outcome(faked, path, fault) == outcome(real, path, fault)


@pytest.mark.parametrize("fault", [Reset(), Timeout(), Truncated(), Reset(5)])
def test_an_upload_breaks_as_it_does_on_a_socket(fault: Fault) -> None:
    assert outcome(faked, "/k", fault, method="PUT") == outcome(real, "/k", fault, method="PUT")


def test_repeated_resets_of_an_idempotent_call_are_counted_as_on_a_socket() -> None:
    faults = [Reset()] * 9
    assert outcome(faked, "/k", *faults) == outcome(real, "/k", *faults)


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_refused_is_a_connector_error_and_asked_once(method: str) -> None:
    assert outcome(faked, "/k", Refused(), method=method) == (aiohttp.ClientConnectorError, 1)


def test_the_next_call_after_a_refusal_is_served() -> None:
    double = Double(Refused(), None)

    async def run(url: str) -> int:
        async with aiohttp.ClientSession() as session:
            with pytest.raises(aiohttp.ClientConnectorError, match="Connection refused"):
                await session.get(f"{url}/k")
            async with session.get(f"{url}/k") as response:
                return response.status

    with faked(double) as url:
        assert asyncio.run(run(url)) == 200


@pytest.mark.parametrize("fault", [Timeout(), Timeout(100_000), Slow(10)])
def test_a_timeout_strikes_without_being_waited_for(fault: Fault) -> None:
    async def run(url: str) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(sock_read=HOUR)) as session:
            with pytest.raises(asyncio.TimeoutError):
                async with session.get(f"{url}/big") as response:
                    await response.read()

    with faked(Double(fault)) as url:
        asyncio.run(run(url))


def test_a_timeout_strikes_a_client_that_set_none() -> None:
    async def run(url: str) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as session:
            with pytest.raises(asyncio.TimeoutError):
                await session.get(f"{url}/k")

    with faked(Double(Timeout())) as url:
        asyncio.run(run(url))


def test_slow_is_of_no_consequence_without_a_timeout_and_ends_with_its_reply() -> None:
    async def run(url: str) -> tuple[bytes, bytes]:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as session:
            async with session.get(f"{url}/big") as response:
                slow = await response.read()
            session._timeout = aiohttp.ClientTimeout(sock_read=0.5)
            async with session.get(f"{url}/big") as response:
                return slow, await response.read()

    with faked(Double(Slow(1), None)) as url:
        assert asyncio.run(run(url)) == (BIG, BIG)


def test_a_reader_sees_the_bytes_before_the_break() -> None:
    async def run(url: str) -> int:
        async with aiohttp.ClientSession() as session:
            count = 0
            async with session.get(f"{url}/big") as response:
                try:
                    async for block in response.content.iter_any():
                        count += len(block)
                except aiohttp.ClientPayloadError:
                    return count
            pytest.fail("the download was not broken")

    with faked(Double(Reset(200_000))) as url:
        assert asyncio.run(run(url)) == 200_000
