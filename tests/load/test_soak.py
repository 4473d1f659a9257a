"""A long run of mixed requests through `handle`: memory stays flat."""

from __future__ import annotations

import os
import tracemalloc

import oss2

import fakeoss
from fakeoss.wire.message import Headers, Request

REQUESTS = int(os.environ.get("FAKEOSS_SOAK", "3000"))
"""How many requests; `FAKEOSS_SOAK=1000000` for the whole run."""

HOST = "soak-bucket.oss-cn-hangzhou.aliyuncs.com"
KEYS = 50
ROOM = 1 << 20
"""Bytes that may come on top between two measurements: caches, and what the interpreter keeps."""


def ask(oss: fakeoss.FakeOSS, number: int, date: str) -> int:
    """Make the `number`th request; gives its status."""
    method = ("PUT", "GET", "HEAD", "DELETE", "GET")[number % 5]
    target = "/?list-type=2&max-keys=10" if number % 5 == 4 else f"/key-{number % KEYS}"
    body = (bytes([number % 256]) * 256,) if method == "PUT" else ()
    headers = [("Authorization", "OSS any:c2ln"), ("Date", date), ("Content-Length", str(256 if body else 0))]
    return oss.handle(Request(method, "https", HOST, target, Headers(headers), body)).status


def test_memory_stays_flat() -> None:
    oss = fakeoss.FakeOSS(journal_length=500)
    oss.create_bucket("soak-bucket")

    def run(count: int) -> int:
        date = ""
        for number in range(count):
            if number % 1000 == 0:
                date = oss2.http_date()
            assert ask(oss, number, date) < 500
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        settled = run(min(REQUESTS // 3, 20_000))
        after = run(REQUESTS)
    finally:
        tracemalloc.stop()
    assert after - settled < ROOM
    assert oss.requests.count() == REQUESTS + min(REQUESTS // 3, 20_000)
