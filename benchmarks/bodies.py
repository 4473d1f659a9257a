"""Large bodies through oss2: `python -m benchmarks.bodies`.

64 MiB put from a file, read back in blocks, put in parts, and 1 KiB of it read, through the fake and with a canned
answer in its place. The most memory held beside what was stored before is measured in runs of its own.
"""

from __future__ import annotations

import tempfile
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path

import oss2

import fakeoss
from benchmarks.calls import in_the_place_of
from benchmarks.timing import Work, per_call, ratio, table
from fakeoss.wire.message import Headers, Reply, Request

BUCKET = "benchmark-bucket"
MIB = 1 << 20
SIZE = 64 * MIB
PART = 8 * MIB
BLOCK = 1 << 16


def put(bucket: oss2.Bucket, file: Path) -> None:
    """Put the file."""
    bucket.put_object_from_file("big", str(file))


def get(bucket: oss2.Bucket, byte_range: tuple[int, int] | None = None) -> None:
    """Read the object, or part of it, in blocks."""
    stream = bucket.get_object("big", byte_range=byte_range)
    while stream.read(BLOCK):
        pass


def put_parts(bucket: oss2.Bucket, file: Path) -> None:
    """Put the file in parts, one after another."""
    upload_id = bucket.init_multipart_upload("parts").upload_id
    parts = []
    with file.open("rb") as opened:
        for number in range(1, SIZE // PART + 1):
            body = oss2.SizedFileAdapter(opened, PART)
            done = bucket.upload_part("parts", upload_id, number, body)
            parts.append(oss2.models.PartInfo(number, done.etag, size=PART, part_crc=done.crc))
    bucket.complete_multipart_upload("parts", upload_id, parts)


def peak_of(work: Work) -> float:
    """MiB of memory that the work takes at most, beyond what is held before it."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return (peak - before) / MIB


def answer(oss: fakeoss.FakeOSS, method: str, target: str, **headers: str) -> Reply:
    """The fake's own answer to a request, to be canned."""
    host = f"{BUCKET}.oss-cn-hangzhou.aliyuncs.com"
    given = {"Authorization": "OSS any:c2ln", "Date": oss2.http_date(), "Content-Length": "0", **headers}
    return oss.handle(Request(method, "https", host, target, Headers(given.items())))


def rows_of(oss: fakeoss.FakeOSS, file: Path) -> list[tuple[str, ...]]:
    """A row for each way of moving 64 MiB: with and without the fake, and the memory it takes."""
    bucket = oss.oss2_bucket(BUCKET)
    bucket.enable_crc = False  # the client's own checksum, slower than all the rest
    work: dict[str, tuple[Callable[[], None], str]] = {
        "put 64 MiB from a file": (partial(put, bucket, file), "PUT"),
        "get 64 MiB": (partial(get, bucket), "GET"),
    }
    canned = {"PUT": answer(oss, "PUT", "/big"), "GET": Reply(200, (("Content-Length", str(SIZE)),), (bytes(SIZE),))}
    put(bucket, file)
    rows = []
    for name, (call, method) in work.items():
        found = per_call({"fake": call, "floor": in_the_place_of(call, canned[method], method, 1)}, rounds=4, calls=1)
        rows.append(row(name, found["fake"], found["floor"], peak_of(call)))
    parts = partial(put_parts, bucket, file)
    rows.append(
        row("put 64 MiB in 8 parts", per_call({"fake": parts}, rounds=4, calls=1)["fake"], None, peak_of(parts))
    )
    return rows


def row(name: str, fake: float, floor: float | None, peak: float) -> tuple[str, ...]:
    """Rates of 64 MiB moved in so many microseconds, and the memory."""
    beside = ("", "") if floor is None else (rate(floor), ratio(fake, floor))
    return name, rate(fake), *beside, f"{peak:,.1f} MiB"


def rate(microseconds: float) -> str:
    """MiB a second."""
    return f"{SIZE / MIB / microseconds * 1e6:,.0f} MiB/s"


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, fakeoss.mock_oss() as oss:
        oss.create_bucket(BUCKET)
        file = Path(folder, "big")
        file.write_bytes(bytes(range(256)) * (SIZE // 256))
        rows = rows_of(oss, file)
    table("Large bodies through oss2, and with a canned answer", ("what", "fake", "floor", "ratio", "memory"), rows)


if __name__ == "__main__":
    main()
