"""Threads and event-loop tasks over one fake: what each caller saw fits one order of events for every key."""

from __future__ import annotations

import asyncio
import os
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import alibabacloud_oss_v2 as oss_v2
import alibabacloud_oss_v2.aio as oss_v2_aio
import oss2

import fakeoss

SECONDS = float(os.environ.get("FAKEOSS_LOAD", "1"))
"""How long each test keeps its callers busy; `FAKEOSS_LOAD=60` for the long run."""

THREADS, TASKS = 32, 200
BUCKET = "load-bucket"
KEYS = [f"key-{number}" for number in range(40)]

Event = tuple[float, float, str, bytes | None]
"""When a call began and ended, what it did (`put`, `delete`, `get`), and the content it wrote or saw."""


class History:
    """What happened to each key, as its callers saw it."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.events: dict[str, list[Event]] = {key: [] for key in KEYS}

    def note(self, key: str, kind: str, call: Callable[[], bytes | None]) -> None:
        """Make a call and note it."""
        start = time.perf_counter()
        content = call()
        self.events[key].append((start, time.perf_counter(), kind, content))

    def check(self) -> None:
        """Every read saw a write that had begun, and that no later one had replaced before the read began."""
        for key, events in self.events.items():
            writes = [event for event in events if event[2] != "get"]
            for start, end, kind, seen in events:
                if kind == "get":
                    assert _is_explained(start, end, seen, writes), (key, seen)


def _is_explained(start: float, end: float, seen: bytes | None, writes: list[Event]) -> bool:
    """Whether some write of what was seen may have been the last one at a moment within the read."""
    candidates = [write for write in writes if write[3] == seen and write[0] <= end]
    if seen is None and not any(write[1] < start for write in writes):
        return True
    return any(not any(other[0] > write[1] and other[1] < start for other in writes) for write in candidates)


def test_threads_see_one_order_of_events_for_every_key() -> None:
    history = History()
    with fakeoss.mock_oss() as oss:
        oss.create_bucket(BUCKET)
        deadline = time.monotonic() + SECONDS
        with ThreadPoolExecutor(THREADS) as pool:
            for work in [pool.submit(_busy, oss, number, deadline, history) for number in range(THREADS)]:
                work.result()
        made = sum(len(events) for events in history.events.values())
        assert oss.requests.count() == made
        assert made > THREADS
    history.check()


def _busy(oss: fakeoss.FakeOSS, number: int, deadline: float, history: History) -> None:
    chance = random.Random(number)  # noqa: S311 # which call comes next is no secret
    bucket = oss.oss2_bucket(BUCKET)
    count = 0
    while time.monotonic() < deadline:
        key, count = chance.choice(KEYS), count + 1
        kind = chance.choice(["put", "get", "get", "delete"])
        content = f"{number}/{count}".encode()
        calls: dict[str, Callable[[], bytes | None]] = {
            "put": partial(_put, bucket, key, content),
            "get": partial(_get, bucket, key),
            "delete": partial(_delete, bucket, key),
        }
        history.note(key, kind, calls[kind])


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


def test_tasks_lose_nothing() -> None:
    with fakeoss.mock_oss() as oss:
        view = oss.create_bucket(BUCKET)
        written = asyncio.run(_tasks(oss))
        assert {key: view.read(key) for key in view} == written
        assert oss.requests.count("PutObject") == oss.requests.count()


async def _tasks(oss: fakeoss.FakeOSS) -> dict[str, bytes]:
    config = oss_v2.config.load_default()
    config.credentials_provider = oss_v2.credentials.StaticCredentialsProvider(*oss.credentials)
    config.region = "cn-hangzhou"
    written: dict[str, bytes] = {}
    deadline = time.monotonic() + SECONDS

    async def write(client: oss_v2_aio.AsyncClient, number: int) -> None:
        count = 0
        while count == 0 or time.monotonic() < deadline:
            count += 1
            key, content = f"{number}/{count % 5}", f"{number}-{count}".encode()
            await client.put_object(oss_v2.PutObjectRequest(bucket=BUCKET, key=key, body=content))
            written[key] = content

    client = oss_v2_aio.AsyncClient(config)
    try:
        await asyncio.gather(*(write(client, number) for number in range(TASKS)))
    finally:
        await client.close()
    return written


def test_parts_uploaded_at_once_all_count() -> None:
    size = 100 * 1024
    with fakeoss.mock_oss() as oss:
        view = oss.create_bucket(BUCKET)
        bucket = oss.oss2_bucket(BUCKET)
        upload_id = bucket.init_multipart_upload("big").upload_id
        barrier = threading.Barrier(THREADS)

        def upload(number: int) -> oss2.models.PartInfo:
            barrier.wait()
            result = oss.oss2_bucket(BUCKET).upload_part("big", upload_id, number, bytes([number]) * size)
            return oss2.models.PartInfo(number, result.etag)

        with ThreadPoolExecutor(THREADS) as pool:
            parts = list(pool.map(upload, range(1, THREADS + 1)))
        bucket.complete_multipart_upload("big", upload_id, parts)
        assert view.read("big") == b"".join(bytes([number]) * size for number in range(1, THREADS + 1))
        assert view.uploads() == []
