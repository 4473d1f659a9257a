"""Threads, event loops, child processes, and fakes that overlap."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
from alibabacloud_oss_v2 import aio

import fakeoss
from tests.clients.cases import DATA, LONG
from tests.clients.client import Client
from tests.clients.filesystems import AsyncOssfs
from tests.clients.matrix import CLIENTS
from tests.clients.places import BUCKET, HOST, Place, Watched, active
from tests.clients.sdks import configured

THREADS = 20
TURNS = 2
LOOPS = 4
FORK = "fork"
forking = pytest.mark.skipif(FORK not in multiprocessing.get_all_start_methods(), reason="this system does not fork")


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.name) for kind in CLIENTS])
def test_twenty_threads_each_with_a_client_of_its_own(kind: type[Client]) -> None:
    if kind.missing():
        pytest.skip(kind.missing())
    started = threading.Barrier(THREADS)

    def work(number: int) -> None:
        client = kind(Place(oss))
        started.wait(30)
        body = DATA.replace(b"kept", b"%d" % number)
        try:
            for turn in range(TURNS):
                key = f"{number}/{turn}"
                client.put(key, body.decode() if "put bytes" in kind.cannot else body)
                assert client.get(key).body == body
        finally:
            client.close()

    with active() as oss, ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(THREADS)))
        assert len(oss.bucket(BUCKET).keys()) == TURNS * THREADS


def test_twenty_threads_share_one_client_of_each_sdk() -> None:
    def work(number: int) -> None:
        bucket.put_object(f"a{number}", LONG)
        client.put_object(oss_v2.PutObjectRequest(bucket=BUCKET, key=f"b{number}", body=LONG))
        assert bucket.get_object(f"b{number}").read() == LONG

    with active() as oss, ThreadPoolExecutor(THREADS) as pool:
        bucket, client = oss.oss2_bucket(BUCKET), oss.client()
        list(pool.map(work, range(100)))
        assert len(oss.bucket(BUCKET).keys()) == 200


def test_four_loops_in_four_threads() -> None:
    async def work(loop: int) -> None:
        client = aio.AsyncClient(configured(Place(oss)))
        try:
            await asyncio.gather(*(put(client, f"{loop}/{number}") for number in range(10)))
        finally:
            await client.close()

    async def put(client: Any, key: str) -> None:
        await client.put_object(oss_v2.PutObjectRequest(bucket=BUCKET, key=key, body=LONG))
        answer = await client.get_object(oss_v2.GetObjectRequest(bucket=BUCKET, key=key))
        assert await answer.body.read() == LONG

    with active() as oss, ThreadPoolExecutor(LOOPS) as pool:
        list(pool.map(lambda loop: asyncio.run(work(loop)), range(LOOPS)))
        assert len(oss.bucket(BUCKET).keys()) == 10 * LOOPS


def test_the_loop_in_a_thread_of_fsspec() -> None:
    if AsyncOssfs.missing():
        pytest.skip(AsyncOssfs.missing())
    with active() as oss:
        client = AsyncOssfs(Place(oss))
        client.fs.pipe({f"{BUCKET}/{number}": LONG for number in range(10)})
        contents = client.fs.cat([f"{BUCKET}/{number}" for number in range(10)])
        assert list(contents.values()) == [LONG] * 10
        assert len(oss.bucket(BUCKET).keys()) == 10


def put_from_a_child(key: str) -> list[str]:
    """In a child of fork: put an object, and tell what the child then sees."""
    bucket = fakeoss.active().oss2_bucket(BUCKET)
    bucket.put_object(key, b"from the child")
    return [each.key for each in oss2.ObjectIterator(bucket)]


@forking
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_forked_child_goes_on_with_a_copy() -> None:
    with active() as oss:
        oss.put(BUCKET, "before", b"")
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context(FORK)) as pool:
            assert pool.submit(put_from_a_child, "child").result(60) == ["before", "child"]
        assert oss.bucket(BUCKET).keys() == ["before"]
        oss.oss2_bucket(BUCKET).put_object("after", b"")
        assert oss.bucket(BUCKET).keys() == ["after", "before"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_fork_in_the_middle_of_another_threads_request_gives_a_child_that_is_served() -> None:
    asked = threading.Event()

    def takes_its_time(_request: Any) -> bool:
        asked.set()
        time.sleep(0.2)
        return False

    with active() as oss:
        bucket = oss.oss2_bucket(BUCKET)
        oss.fail("GetBucketAcl", where=takes_its_time)
        other = threading.Thread(target=bucket.get_bucket_acl)
        other.start()
        asked.wait(60)
        child = os.fork()
        if child == 0:
            signal.alarm(30)  # ends the child if it waits for a thread that it does not have
            bucket.put_object("key", b"from the child")
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        other.join()
        bucket.put_object("other", b"from the parent")
        assert oss.bucket(BUCKET).keys() == ["other"]


def put_at_a_port(endpoint: str, key: str) -> int:
    """In any child: put an object through a real port."""
    bucket = oss2.Bucket(oss2.Auth("any", "key"), endpoint, BUCKET)
    bucket.put_object(key, f"{os.getpid()}")
    return os.getpid()


@pytest.mark.parametrize("method", [FORK, "spawn"])
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_children_share_a_fake_behind_a_port(method: str) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"this system does not {method}")
    oss = Watched()
    with oss.serve() as server:
        with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(method)) as pool:
            waiting = [pool.submit(put_at_a_port, server.url, f"child/{number}") for number in range(6)]
            processes = {each.result(60) for each in waiting}
        assert os.getpid() not in processes
        keys = oss.bucket(BUCKET).keys()
        assert keys == [f"child/{number}" for number in range(6)]
        assert {int(oss.bucket(BUCKET).read(key)) for key in keys} == processes


def answering() -> str:
    """The name of the only bucket of the fake that answers oss2."""
    service = oss2.Service(oss2.Auth("any", "key"), f"https://{HOST}")
    (bucket,) = [each.name for each in oss2.BucketIterator(service)]
    return str(bucket)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (0, 2, 1), (2, 0, 1), (1, 2, 0)])
def test_overlapping_fakes_end_in_any_order(order: tuple[int, ...]) -> None:
    switches = [fakeoss.mock_oss() for _ in range(3)]
    for number, switch in enumerate(switches):
        switch.start().create_bucket(f"bucket-{number}")
    left = [0, 1, 2]
    for number in order:
        assert answering() == f"bucket-{left[-1]}"
        switches[number].stop()
        left.remove(number)
    with pytest.raises(LookupError):
        fakeoss.active()


def test_fakes_overlapping_in_threads_leave_nothing_behind() -> None:
    originals = patched_names()

    def come_and_go(_number: int) -> None:
        with active() as oss:
            oss.oss2_bucket(BUCKET).put_object("key", DATA)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(come_and_go, range(100)))
    assert patched_names() == originals


def patched_names() -> list[Callable[..., Any]]:
    """What the hooks stand in for while a fake is active."""
    import http.client
    import socket

    import aiohttp
    import httpx
    import requests
    import responses
    import urllib3.connection

    return [
        socket.getaddrinfo,
        socket.gethostbyname,
        socket.gethostbyname_ex,
        http.client.HTTPConnection.putrequest,
        http.client.HTTPConnection.connect,
        urllib3.connection.HTTPConnection.connect,
        urllib3.connection.HTTPSConnection.connect,
        requests.adapters.HTTPAdapter.send,
        responses.RequestsMock._on_request,
        aiohttp.TCPConnector._create_connection,
        aiohttp.BaseConnector.connect,
        httpx.HTTPTransport.handle_request,
        httpx.AsyncHTTPTransport.handle_async_request,
    ]
