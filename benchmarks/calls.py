"""The cost of single calls: `python -m benchmarks.calls`.

oss2 and SDK v2 put, get and head 1 KiB and read a page of 1,000 keys, through the fake and with a canned
answer in its place; the difference is the fake's own share. A second table tells where it goes: some of it is spent
in the fake, the rest is the client's, which finds the processor's caches used by somebody else.
"""

from __future__ import annotations

import gc
from functools import partial

import alibabacloud_oss_v2 as oss_v2
import oss2
from requests.adapters import HTTPAdapter

import fakeoss
from benchmarks.floor import canned
from benchmarks.timing import Work, clocked, per_call, ratio, table, us
from fakeoss.wire.message import Headers, Reply, Request

BUCKET = "benchmark-bucket"
DATA = bytes(range(256)) * 4
PAGE = 1000


def operations(bucket: oss2.Bucket, client: oss_v2.Client) -> dict[str, tuple[str, Work]]:
    """Every measured call by its name, with the HTTP method it makes."""
    put = oss_v2.PutObjectRequest
    get = oss_v2.GetObjectRequest
    head = oss_v2.HeadObjectRequest
    page = oss_v2.ListObjectsV2Request
    return {
        "oss2 put 1 KiB": ("PUT", partial(bucket.put_object, "key", DATA)),
        "oss2 get 1 KiB": ("GET", partial(_read, bucket)),
        "oss2 head": ("HEAD", partial(bucket.head_object, "key")),
        "oss2 delete": ("DELETE", partial(bucket.delete_object, "none")),
        "oss2 page of 1,000": ("LIST", partial(bucket.list_objects_v2, max_keys=PAGE)),
        "SDK v2 put 1 KiB": ("PUT", partial(client.put_object, put(bucket=BUCKET, key="key", body=DATA))),
        "SDK v2 get 1 KiB": ("GET", partial(_read_v2, client, get(bucket=BUCKET, key="key"))),
        "SDK v2 head": ("HEAD", partial(client.head_object, head(bucket=BUCKET, key="key"))),
        "SDK v2 page of 1,000": ("LIST", partial(client.list_objects_v2, page(bucket=BUCKET, max_keys=PAGE))),
    }


def _read(bucket: oss2.Bucket) -> bytes:
    data: bytes = bucket.get_object("key").read()
    return data


def _read_v2(client: oss_v2.Client, request: oss_v2.GetObjectRequest) -> bytes:
    data: bytes = client.get_object(request).body.read()
    return data


def replies(oss: fakeoss.FakeOSS) -> dict[str, Reply]:
    """The fake's own answers, to be canned."""
    host = f"{BUCKET}.oss-cn-hangzhou.aliyuncs.com"
    signed = Headers([("Authorization", "OSS any:c2ln"), ("Date", oss2.http_date()), ("Content-Length", "1024")])
    put_headers = Headers([*signed, ("Content-Type", "application/octet-stream")])
    list_target = f"/?list-type=2&max-keys={PAGE}&encoding-type=url"
    return {
        "PUT": oss.handle(Request("PUT", "https", host, "/key", put_headers, (DATA,))),
        "GET": oss.handle(Request("GET", "https", host, "/key", signed)),
        "HEAD": oss.handle(Request("HEAD", "https", host, "/key", signed)),
        "DELETE": oss.handle(Request("DELETE", "https", host, "/none", signed)),
        "LIST": oss.handle(Request("GET", "https", host, list_target, signed)),
    }


def repeated(work: Work, times: int) -> Work:
    """The call so many times."""

    def call() -> object:
        for _ in range(times):
            work()
        return None

    return call


def in_the_place_of(work: Work, reply: Reply, method: str, times: int) -> Work:
    """The same with a canned answer; putting that in place is part of nobody's call, so it is done once."""

    def call() -> object:
        with canned({method: reply}):
            return repeated(work, times)()

    return call


def spent(call: Work, reply: Reply, method: str, *, rounds: int = 15, calls: int = 60) -> tuple[float, float]:
    """Microseconds of a call between handing a request over and having its answer, and of them in `handle`.

    What the canned answer takes is taken off the former; each is the least of the rounds.
    """
    least = {"fake": float("inf"), "floor": float("inf"), "handle": float("inf")}

    def note(name: str, taken: list[float]) -> None:
        least[name] = min(least[name], sum(taken) / len(taken))

    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            with clocked(HTTPAdapter, "send") as taken:
                repeated(call, calls)()
            note("fake", taken)
            with canned({method: reply}), clocked(HTTPAdapter, "send") as taken:
                repeated(call, calls)()
            note("floor", taken)
            with clocked(fakeoss.FakeOSS, "handle") as taken:
                repeated(call, calls)()
            note("handle", taken)
    finally:
        gc.enable()
    return least["fake"] - least["floor"], least["handle"]


def main() -> None:
    """Measure and print."""
    with fakeoss.mock_oss() as oss:
        oss.create_bucket(BUCKET, objects={f"page/{number:05}": DATA for number in range(PAGE)})
        oss.put(BUCKET, "key", DATA)
        answers = replies(oss)
        work = operations(oss.oss2_bucket(BUCKET), oss.client())
        rows, places = [], []
        for name, (kind, call) in work.items():
            method = "GET" if kind == "LIST" else kind
            calls = 3 if kind == "LIST" else 60
            floor = in_the_place_of(call, answers[kind], method, calls)
            found = per_call({"fake": repeated(call, calls), "floor": floor}, calls=1)
            fake, least = found["fake"] / calls, found["floor"] / calls
            rows.append((name, us(fake), us(least), us(fake - least), ratio(fake, least)))
            within, handle = spent(call, answers[kind], method, calls=calls)
            places.append((name, us(fake - least), us(within), us(handle), us(fake - least - within)))
    table(
        "Calls through the fake, and the same client with a canned answer",
        ("call", "fake", "floor", "fake's share", "ratio"),
        rows,
    )
    table(
        "Where the fake's share goes",
        ("call", "fake's share", "spent in the fake", "of it in handle", "the client's slowing down"),
        places,
    )


if __name__ == "__main__":
    main()
