"""The vendor's async client (alibabacloud_oss_v2.aio) under the hook and against a loopback server."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractContextManager
from typing import Any

import alibabacloud_oss_v2 as oss
import alibabacloud_oss_v2.aio as oss_aio
import pytest

from fakeoss.faults import Corrupt, Fault, Refused, Reset, Timeout, Truncated
from tests.interceptors.support_async import BIG, Double, faked, real

pytestmark = pytest.mark.filterwarnings("ignore:Sending a large body directly:ResourceWarning")

Where = Callable[[Double], AbstractContextManager[str]]
Case = Callable[[oss_aio.AsyncClient], Awaitable[Any]]


def client_of(url: str, **options: Any) -> oss_aio.AsyncClient:
    """A client of the double, path-style so that both addresses give the same targets; it retries at once."""
    config = oss.config.load_default()
    config.credentials_provider = oss.credentials.StaticCredentialsProvider("id", "secret")
    config.region = "cn-hangzhou"
    config.endpoint = url.replace("bucket.", "")
    config.use_path_style = True
    config.retryer = oss.retry.StandardRetryer(backoff_delayer=oss.retry.FixedDelayBackoff(0))
    for name, value in options.items():
        setattr(config, name, value)
    return oss_aio.AsyncClient(config)


async def _blocks() -> AsyncIterator[bytes]:
    for number in range(5):
        yield b"%d" % number * 1_000


def _file() -> io.BytesIO:
    file = io.BytesIO(BIG)
    file.seek(5)
    return file


BODIES: dict[str, tuple[Callable[[], Any], bytes]] = {
    "bytes": (lambda: b"\0\xff bytes", b"\0\xff bytes"),
    "text": (lambda: "text \u4e2d", "text \u4e2d".encode()),
    "empty": (lambda: b"", b""),
    "nothing": (lambda: None, b""),
    "file from the middle": (_file, BIG[5:]),
    "blocks": (_blocks, b"".join(b"%d" % number * 1_000 for number in range(5))),
    "16 MiB": (lambda: BIG, BIG),
}
KEYS = ["k", "a/b", "//a//", "a%2fb", "a b+c", "\u4e2d\u6587", "a?b#c", "a&b=c", "~!*'()"]


async def put(client: oss_aio.AsyncClient, key: str, body: Any) -> tuple[Any, ...]:
    given = oss.PutObjectRequest(bucket="bucket", key=key, body=body, metadata={"a": "b", "C": "d"})
    result = await client.put_object(given)
    return result.status_code, result.status, result.etag


async def get(client: oss_aio.AsyncClient, key: str, **options: Any) -> tuple[Any, ...]:
    result = await client.get_object(oss.GetObjectRequest(bucket="bucket", key=key, **options))
    assert result.body is not None
    async with result.body as body:
        blocks = [block async for block in await body.iter_bytes(block_size=65_536)]
    return result.status_code, result.content_length, sorted((result.headers or {}).items()), b"".join(blocks)


def outcome(case: Case, where: Where, *faults: Fault | None, **options: Any) -> tuple[Any, list[tuple[str, str]]]:
    """What the user got, or the error's type, and the requests that the service saw."""
    double = Double(*faults)

    async def run(url: str) -> Any:
        async with client_of(url, **options) as client:
            try:
                return await case(client)
            except oss.exceptions.BaseError as error:
                return type(error), type(error.__cause__)

    with where(double) as url:
        return asyncio.run(run(url)), [(request.method, request.target) for request in double.seen]


@pytest.mark.parametrize("kind", BODIES)
@pytest.mark.parametrize("where", [faked, real])
def test_bodies_of_every_kind_arrive_and_come_back(kind: str, where: Where) -> None:
    made, expected = BODIES[kind]

    async def case(client: oss_aio.AsyncClient) -> Any:
        return (await put(client, "k", made()))[:2], (await get(client, "k"))[3]

    (status, came_back), _ = outcome(case, where)
    assert status == (200, "OK")
    assert came_back == expected


@pytest.mark.parametrize("key", KEYS)
def test_keys_arrive_as_they_do_at_a_server(key: str) -> None:
    async def case(client: oss_aio.AsyncClient) -> Any:
        return await put(client, key, b"data"), await get(client, key), await get(client, key, range_header="bytes=1-2")

    assert outcome(case, faked) == outcome(case, real)


@pytest.mark.parametrize("status", [204, 304, 403, 404, 412])
@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE"])
def test_statuses_are_told_as_at_a_server(method: str, status: int) -> None:
    async def case(client: oss_aio.AsyncClient) -> Any:
        given = oss.OperationInput(op_name="Any", method=method, bucket="status", key=str(status))
        try:
            result = await client.invoke_operation(given)
        except oss.exceptions.OperationError as error:
            cause = error.unwrap()
            return type(cause), getattr(cause, "status_code", None), getattr(cause, "code", None)
        return result.status_code, sorted(result.headers.items())

    assert outcome(case, faked) == outcome(case, real)


DOWNLOAD_FAULTS: list[list[Fault]] = [
    [Timeout()],
    [Reset()],
    [Reset()] * 9,
    [Truncated(100_000)],
    [Reset(100_000)],
    [Timeout(100_000)],
    [Corrupt(7)],
]


def patience(faults: list[Fault]) -> dict[str, Any]:
    """A timeout short where the real socket has to wait for it, and out of a busy machine's reach where not."""
    return {"readwrite_timeout": 1 if any(isinstance(fault, Timeout) for fault in faults) else 60}


@pytest.mark.parametrize("faults", DOWNLOAD_FAULTS)
def test_broken_downloads_end_as_they_do_on_a_socket(faults: list[Fault]) -> None:
    async def case(client: oss_aio.AsyncClient) -> Any:
        await put(client, "k", BIG)
        return await get(client, "k")

    options = patience(faults)
    assert outcome(case, faked, None, *faults, **options) == outcome(case, real, None, *faults, **options)


@pytest.mark.parametrize("faults", [[Timeout()], [Reset()], [Reset()] * 9, [Truncated()]])
def test_broken_uploads_end_as_they_do_on_a_socket(faults: list[Fault]) -> None:
    async def case(client: oss_aio.AsyncClient) -> Any:
        return await put(client, "k", b"data")

    options = patience(faults)
    assert outcome(case, faked, *faults, **options) == outcome(case, real, *faults, **options)


@pytest.mark.parametrize("method", ["put", "get"])
def test_a_refusal_is_retried_by_the_client_alone(method: str) -> None:
    async def case(client: oss_aio.AsyncClient) -> Any:
        return (await put(client, "k", b"data") if method == "put" else await get(client, "k"))[0]

    result, seen = outcome(case, faked, Refused(), Refused(), None)
    assert result == 200
    assert len(seen) == 3


def test_a_download_cut_short_is_resumed_to_the_last_byte() -> None:
    async def case(client: oss_aio.AsyncClient) -> Any:
        await put(client, "k", BIG)
        return await get(client, "k")

    (_, _, _, data), seen = outcome(case, faked, None, Truncated(5_000_000), Reset(1_000_000))
    assert data == BIG
    assert [method for method, _ in seen] == ["PUT", "GET", "GET", "GET"]
