"""Threads and event-loop tasks over one fake: what each caller saw fits one order of events for every key."""

from __future__ import annotations

import asyncio
import os
import random
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import alibabacloud_oss_v2 as oss_v2
import alibabacloud_oss_v2.aio as oss_v2_aio
import oss2

import fakeoss
from tests.load.histories import History

SECONDS = float(os.environ.get("FAKEOSS_LOAD", "1"))
"""How long each test keeps its callers busy; `FAKEOSS_LOAD=60` for the long run."""

THREADS, TASKS = 32, 200
BUCKET = "load-bucket"
KEYS = [f"key-{number}" for number in range(12)]
KINDS = ("put", "get", "get", "delete")


def test_threads_see_one_order_of_events_for_every_key() -> None:
    history = History()
    with fakeoss.mock_oss() as oss:
        oss.create_bucket(BUCKET)
        deadline = time.monotonic() + SECONDS
        with ThreadPoolExecutor(THREADS) as pool:
            for work in [pool.submit(_busy, oss, number, deadline, history) for number in range(THREADS)]:
                work.result()
        assert oss.requests.count() == len(history) >= THREADS
    assert history.unexplained() == []


def _busy(oss: fakeoss.FakeOSS, number: int, deadline: float, history: History) -> None:
    chance = random.Random(number)  # noqa: S311 # which call comes next is no secret
    bucket = oss.oss2_bucket(BUCKET)
    count = 0
    while count == 0 or time.monotonic() < deadline:
        key, kind, count = chance.choice(KEYS), chance.choice(KINDS), count + 1
        if kind == "put":
            history.note(key, partial(_put, bucket, key, f"{number}/{count}".encode()), writes=True)
        elif kind == "get":
            history.note(key, partial(_get, bucket, key), writes=False)
        else:
            history.note(key, partial(_delete, bucket, key), writes=True)


def _put(bucket: oss2.Bucket, key: str, content: bytes) -> bytes:
    bucket.put_object(key, content)
    return content


def _get(bucket: oss2.Bucket, key: str) -> bytes | None:
    try:
        content: bytes = bucket.get_object(key).read()
    except oss2.exceptions.NoSuchKey:
        return None
    return content


def _delete(bucket: oss2.Bucket, key: str) -> None:
    bucket.delete_object(key)


def test_tasks_see_one_order_of_events_for_every_key() -> None:
    history = History()
    with fakeoss.mock_oss() as oss:
        oss.create_bucket(BUCKET)
        asyncio.run(_tasks(oss, history))
        assert oss.requests.count() == len(history) >= TASKS
    assert history.unexplained() == []


async def _tasks(oss: fakeoss.FakeOSS, history: History) -> None:
    config = oss_v2.config.load_default()
    config.credentials_provider = oss_v2.credentials.StaticCredentialsProvider(*oss.credentials)
    config.region = "cn-hangzhou"
    client = oss_v2_aio.AsyncClient(config)
    deadline = time.monotonic() + SECONDS
    try:
        await asyncio.gather(*(_busy_task(client, number, deadline, history) for number in range(TASKS)))
    finally:
        await client.close()


async def _busy_task(client: oss_v2_aio.AsyncClient, number: int, deadline: float, history: History) -> None:
    chance = random.Random(number)  # noqa: S311 # which call comes next is no secret
    count = 0
    while count == 0 or time.monotonic() < deadline:
        key, kind, count = chance.choice(KEYS), chance.choice(KINDS), count + 1
        if kind == "put":
            content = f"{number}/{count}".encode()
            await history.note_awaited(key, partial(_put_awaited, client, key, content), writes=True)
        elif kind == "get":
            await history.note_awaited(key, partial(_get_awaited, client, key), writes=False)
        else:
            await history.note_awaited(key, partial(_delete_awaited, client, key), writes=True)


async def _put_awaited(client: oss_v2_aio.AsyncClient, key: str, content: bytes) -> bytes:
    await client.put_object(oss_v2.PutObjectRequest(bucket=BUCKET, key=key, body=content))
    return content


async def _get_awaited(client: oss_v2_aio.AsyncClient, key: str) -> bytes | None:
    try:
        result = await client.get_object(oss_v2.GetObjectRequest(bucket=BUCKET, key=key))
    except oss_v2.exceptions.OperationError as error:
        if "NoSuchKey" not in str(error):
            raise
        return None
    async with result.body as body:
        content: bytes = await body.read()
    return content


async def _delete_awaited(client: oss_v2_aio.AsyncClient, key: str) -> None:
    await client.delete_object(oss_v2.DeleteObjectRequest(bucket=BUCKET, key=key))
