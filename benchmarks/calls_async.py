"""The cost of single calls of a client of coroutines: `python -m benchmarks.calls_async`.

SDK v2 over aiohttp, through the fake and with a canned answer in the fake's place. The way in, a transport in
memory, is in both: the difference is what the fake itself takes, from the request to the reply.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

import alibabacloud_oss_v2 as oss_v2
from alibabacloud_oss_v2 import aio

import fakeoss
from benchmarks.calls import BUCKET, DATA, PAGE, replies
from benchmarks.carriers import configured
from benchmarks.timing import per_call, ratio, table, us
from fakeoss import activation
from fakeoss.interceptors import INTERCEPTORS
from fakeoss.wire.message import Reply, Request

ENDPOINT = "https://oss-cn-hangzhou.aliyuncs.com"


class Canned(fakeoss.FakeOSS):
    """Answers every request with the reply of its kind, made beforehand."""

    def __init__(self, answers: Mapping[str, Reply]) -> None:
        """`answers` by HTTP method, and for `LIST`."""
        super().__init__()
        self._answers = answers

    def handle(self, request: Request) -> Reply:
        """The reply of the request's kind."""
        return self._answers["LIST" if "list-type" in request.target else request.method]


@contextmanager
def active(service: fakeoss.FakeOSS) -> Iterator[None]:
    """A service in the way of aiohttp."""
    token = activation.start(service, INTERCEPTORS)
    try:
        yield
    finally:
        activation.stop(token)


async def _read(client: aio.AsyncClient) -> bytes:
    result = await client.get_object(oss_v2.GetObjectRequest(BUCKET, "key"))
    async with result.body as stream:
        data: bytes = await stream.read()
        return data


def operations(client: aio.AsyncClient) -> dict[str, Any]:
    """Every measured call by its name: what makes the coroutine."""
    return {
        "put 1 KiB": lambda: client.put_object(oss_v2.PutObjectRequest(BUCKET, "key", body=DATA)),
        "get 1 KiB": partial(_read, client),
        "head": lambda: client.head_object(oss_v2.HeadObjectRequest(BUCKET, "key")),
        "delete": lambda: client.delete_object(oss_v2.DeleteObjectRequest(BUCKET, "none")),
        "page of 1,000": lambda: client.list_objects_v2(oss_v2.ListObjectsV2Request(BUCKET, max_keys=PAGE)),
    }


def main() -> None:
    """Measure and print."""
    oss = fakeoss.FakeOSS()
    oss.create_bucket(BUCKET, objects={f"page/{number:05}": DATA for number in range(PAGE)})
    oss.put(BUCKET, "key", DATA)
    canned = Canned(replies(oss))
    loop = asyncio.new_event_loop()

    def run(service: fakeoss.FakeOSS, make: Any) -> object:
        coroutine: Coroutine[Any, Any, object] = make()
        with active(service):
            return loop.run_until_complete(coroutine)

    client = aio.AsyncClient(configured(ENDPOINT, oss.credentials))
    rows = []
    for name, make in operations(client).items():
        work = {"fake": partial(run, oss, make), "floor": partial(run, canned, make)}
        found = per_call(work, calls=3 if "page" in name else 60)
        share = found["fake"] - found["floor"]
        rows.append((name, us(found["fake"]), us(found["floor"]), us(share), ratio(found["fake"], found["floor"])))
    loop.run_until_complete(client.close())
    loop.close()
    table(
        "Calls of SDK v2 for coroutines through the fake, and with a canned answer",
        ("call", "fake", "floor", "difference", "ratio"),
        rows,
    )


if __name__ == "__main__":
    main()
