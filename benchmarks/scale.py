"""What stays the same when a bucket grows: `python -m benchmarks.scale [KEYS ...]` (default 1,000 and 100,000).

Pages of 1,000 keys, pages of versions, the 10,000th version of one key, a fork and a snapshot, through `handle`
and without a client, so that nothing but the fake is timed. A million keys take 2 GB and some minutes to be put.
"""

from __future__ import annotations

import gc
import sys
import time
import tracemalloc
from functools import partial

import oss2

import fakeoss
from benchmarks.timing import per_call, ratio, table, us
from fakeoss.wire.message import Headers, Reply, Request

BUCKET = "scale-bucket"
HOST = f"{BUCKET}.oss-cn-hangzhou.aliyuncs.com"
BODY = bytes(range(256)) * 4
SIZES = (1_000, 100_000)
SCATTERED = (1_000, 100_000)
FOLDERS = 100


def ask(oss: fakeoss.FakeOSS, method: str, target: str, body: bytes = b"") -> Reply:
    """One request of a key nobody registered."""
    headers = [("Authorization", "OSS any:c2ln"), ("Date", oss2.http_date()), ("Content-Length", str(len(body)))]
    reply = oss.handle(Request(method, "https", HOST, target, Headers(headers), (body,) if body else ()))
    if reply.status >= 300:
        raise RuntimeError(reply.data())
    return reply


def filled(keys: int, *, versions: int = 1, scattered: bool = False) -> fakeoss.FakeOSS:
    """A fake with so many keys, each with so many versions, put in their order or `scattered`, each far from the next.

    What a page of scattered keys shows lies as far apart in the memory of this machine.
    """
    oss = fakeoss.FakeOSS(journal_length=10)
    oss.create_bucket(BUCKET, versioning=versions > 1)
    gc.disable()  # nothing of this ever goes, so the collector would look at all of it in vain, again and again
    try:
        for number in range(keys):
            for _ in range(versions):
                folder = number % FOLDERS if scattered else number * FOLDERS // keys
                ask(oss, "PUT", f"/folder-{folder:03}/{number:07}", body(number))
    finally:
        gc.enable()
    return oss


def body(number: int) -> bytes:
    """1 KiB of an object's own, as every client would send it."""
    return number.to_bytes(4, "big") * 256


def pages(title: str, fakes: dict[int, fakeoss.FakeOSS]) -> None:
    """Pages out of small and large buckets, by the number of their keys."""
    sizes = tuple(fakes)
    targets = {
        "page of 1,000": "/?list-type=2&max-keys=1000",
        "page of 1,000 under a prefix": "/?list-type=2&max-keys=1000&prefix=folder-",
        "folders by delimiter": "/?list-type=2&max-keys=1000&delimiter=/",
        "page of 1,000 versions": "/?versions&max-keys=1000",
    }
    rows = []
    for name, target in targets.items():
        found = per_call(
            {str(size): partial(ask, oss, "GET", target) for size, oss in fakes.items()}, rounds=15, calls=5
        )
        least = found[str(sizes[0])]
        rows.append((name, *(us(found[str(size)]) for size in sizes), ratio(found[str(sizes[-1])], least)))
    table(title, ("page", *(f"of {size:,}" for size in sizes), "largest : smallest"), rows)


def versions() -> None:
    """The first and the 10,000th version of one key, and a page of versions out of many."""
    few, many = filled(1, versions=2), filled(1, versions=10_000)
    put = {
        "2nd": partial(ask, few, "PUT", "/folder-000/0000000", BODY),
        "10,000th": partial(ask, many, "PUT", "/folder-000/0000000", BODY),
    }
    found = per_call(put, rounds=10, calls=50)
    rows = [("put a version", us(found["2nd"]), us(found["10,000th"]), ratio(found["10,000th"], found["2nd"]))]
    small, large = filled(500, versions=2), filled(50_000, versions=2)
    page = {name: partial(ask, oss, "GET", "/?versions&max-keys=1000") for name, oss in (("s", small), ("l", large))}
    found = per_call(page, rounds=10, calls=5)
    rows.append(
        ("page of 1,000 out of 1,000 and 100,000", us(found["s"]), us(found["l"]), ratio(found["l"], found["s"]))
    )
    table("Versions", ("call", "few", "many", "many : few"), rows)


def forks(full: fakeoss.FakeOSS, size: int) -> None:
    """Snapshot, restore and fork of a full fake, and how much memory an object takes."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    oss = filled(10_000)
    taken = (tracemalloc.get_traced_memory()[0] - before) / 10_000
    tracemalloc.stop()

    def fork() -> None:
        with full.fork():
            pass

    found = per_call(
        {
            "snapshot": full.snapshot,
            "snapshot of an empty fake": fakeoss.FakeOSS().snapshot,
            "snapshot and restore": lambda: full.restore(full.snapshot()),
            "fork and leave": fork,
        }
    )
    rows = [(f"{name}, {size:,} objects" if "empty" not in name else name, us(value)) for name, value in found.items()]
    rows.append(("memory of one object of 1 KiB in a bucket of 10,000, its body counted", f"{taken:,.0f} bytes"))
    table("Snapshots, forks and memory", ("what", "cost"), rows)
    oss.reset()


def big_bodies() -> None:
    """A 64 MiB object put in blocks: time and peak memory, then a range of it beside a small object."""
    oss = fakeoss.FakeOSS()
    oss.create_bucket(BUCKET)
    segments = tuple(bytes([number]) * (1 << 20) for number in range(64))
    headers = Headers(
        [("Authorization", "OSS any:c2ln"), ("Date", oss2.http_date()), ("Content-Length", str(64 << 20))]
    )
    tracemalloc.start()
    start = time.process_time()
    oss.handle(Request("PUT", "https", HOST, "/big", headers, segments))
    seconds = time.process_time() - start
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    ask(oss, "PUT", "/small", BODY)
    ranged = Headers(
        [("Authorization", "OSS any:c2ln"), ("Date", oss2.http_date()), ("Range", "bytes=40000000-40001023")]
    )
    copying = Headers(
        [("Authorization", "OSS any:c2ln"), ("Date", oss2.http_date()), ("x-oss-copy-source", f"/{BUCKET}/big")]
    )
    found = per_call(
        {
            "small": partial(ask, oss, "GET", "/small"),
            "range": lambda: oss.handle(Request("GET", "https", HOST, "/big", ranged)),
            "copy": lambda: oss.handle(Request("PUT", "https", HOST, "/copy", copying)),
        }
    )
    rows = [
        ("put 64 MiB", f"{64 / seconds:,.0f} MiB/s"),
        ("memory taken beside the 64 MiB that came in", f"{peak / (1 << 20):.2f} MiB"),
        ("get 1 KiB", us(found["small"])),
        ("get 1 KiB of the 64 MiB", f"{us(found['range'])} ({ratio(found['range'], found['small'])})"),
        ("copy 64 MiB", us(found["copy"])),
    ]
    table("Big bodies", ("what", "cost"), rows)


def main() -> None:
    """Measure and print."""
    sizes = tuple(int(text.replace(",", "")) for text in sys.argv[1:]) or SIZES
    fakes = {size: filled(size) for size in sizes}
    pages("Pages", fakes)
    pages("Pages of keys that were put in no order", {size: filled(size, scattered=True) for size in SCATTERED})
    versions()
    forks(fakes[sizes[-1]], sizes[-1])
    big_bodies()


if __name__ == "__main__":
    main()
