"""The main job: two real SDKs do real work against the fake, and every byte is checked.

    python examples/quickstart.py [FOLDER]

Takes a folder (default: this project's own source), and needs no network. Nothing is written outside a
temporary folder.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import alibabacloud_oss_v2 as oss_v2
import oss2
import oss2.resumable

import fakeoss

REGION = "cn-hangzhou"
BUCKET = "quickstart-bucket"
BIG = 20 << 20
PART = 1 << 20


class Table:
    """What was done, how much of it, and how long it took."""

    def __init__(self) -> None:
        """Nothing was done yet."""
        self.rows: list[tuple[str, str, float]] = []

    @contextmanager
    def step(self, name: str) -> Iterator[Callable[[str], None]]:
        """Time one step; the block says what it did."""
        said: list[str] = []
        start = time.perf_counter()
        yield said.append
        self.rows.append((name, ", ".join(said), time.perf_counter() - start))

    def __str__(self) -> str:
        width = max(len(name) for name, _, _ in self.rows)
        room = max(len(said) for _, said, _ in self.rows)
        return "\n".join(
            f"{name:{width}}  {said:{room}}  {seconds * 1000:8.1f} ms" for name, said, seconds in self.rows
        )


def files_below(folder: Path) -> dict[str, Path]:
    """Every file below a folder by the key it is stored under."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)
    return {f"files/{path.relative_to(folder).as_posix()}": path for path in files}


def expect(refusal: str, call: Callable[[], object]) -> None:
    """Make a call that must be refused with this code."""
    try:
        call()
    except oss2.exceptions.OssError as error:
        if error.code != refusal and type(error).__name__ != refusal:
            raise
    else:
        raise AssertionError(f"expected {refusal}")


def upload_files(bucket: oss2.Bucket, files: dict[str, Path], say: Callable[[str], None]) -> None:
    """Put every file, then read each back and compare bytes and CRC-64."""
    total = 0
    for key, path in files.items():
        put = bucket.put_object_from_file(key, str(path))
        data = path.read_bytes()
        got = bucket.get_object(key)
        assert got.read() == data
        assert put.crc == got.server_crc
        assert got.client_crc == got.server_crc
        total += len(data)
    say(f"{len(files)} files, {total:,} bytes")


def upload_big(bucket: oss2.Bucket, scratch: Path, say: Callable[[str], None]) -> None:
    """Upload a generated file in parts, resumably, and compare its digest."""
    blocks = [hashlib.sha256(str(number).encode()).digest() * 32768 for number in range(BIG // PART)]
    path = scratch / "big.bin"
    path.write_bytes(b"".join(blocks))
    store = oss2.ResumableStore(root=str(scratch / "records"))
    oss2.resumable_upload(
        bucket, "big.bin", str(path), store=store, multipart_threshold=PART, part_size=PART, num_threads=4
    )
    digest = hashlib.md5(bucket.get_object("big.bin").read(), usedforsecurity=False).digest()
    assert digest == hashlib.md5(path.read_bytes(), usedforsecurity=False).digest()
    say(f"{BIG >> 20} MiB in {BIG // PART} parts")


def append_log(bucket: oss2.Bucket, say: Callable[[str], None]) -> None:
    """Append lines to a log object, each where the last one ended."""
    position, lines = 0, [f"line {number}\n".encode() for number in range(50)]
    for line in lines:
        position = bucket.append_object("app.log", position, line).next_position
    assert bucket.get_object("app.log").read() == b"".join(lines)
    expect("PositionNotEqualToLength", lambda: bucket.append_object("app.log", 0, b"again"))
    say(f"{len(lines)} appends")


def list_pages(client: oss_v2.Client, expected: int, say: Callable[[str], None]) -> None:
    """List page by page with SDK v2."""
    pages = list(client.list_objects_v2_paginator().iter_page(oss_v2.ListObjectsV2Request(bucket=BUCKET, max_keys=20)))
    keys = [entry.key for page in pages for entry in page.contents or []]
    assert keys == sorted(keys)
    assert len(keys) == expected
    say(f"{len(keys)} keys on {len(pages)} pages")


def read_conditionally(bucket: oss2.Bucket, say: Callable[[str], None]) -> None:
    """Copy, then read under each of the four conditions, and in ranges."""
    bucket.put_object("page.txt", b"0123456789" * 200)
    copied = bucket.copy_object(BUCKET, "page.txt", "copy.txt")
    etag = bucket.head_object("copy.txt").etag
    assert copied.etag == etag
    earlier = oss2.http_date(int((datetime.now(timezone.utc) - timedelta(days=1)).timestamp()))
    later = oss2.http_date(int((datetime.now(timezone.utc) + timedelta(seconds=1)).timestamp()))
    quoted = f'"{etag}"'
    for name, good, bad, refusal in (
        ("If-Match", quoted, '"0"', "PreconditionFailed"),
        ("If-None-Match", '"0"', quoted, "NotModified"),
        ("If-Modified-Since", earlier, later, "NotModified"),
        ("If-Unmodified-Since", later, earlier, "PreconditionFailed"),
    ):
        assert bucket.get_object("copy.txt", headers={name: good}).status == 200
        expect(refusal, partial(bucket.get_object, "copy.txt", headers={name: bad}))
    part = bucket.get_object("copy.txt", byte_range=(5, 14))
    assert part.status == 206
    assert part.read() == b"5678901234"
    assert bucket.get_object("copy.txt", byte_range=(None, 3)).read() == b"789"
    say("4 conditions each way, 2 ranges")


def delete_all(client: oss_v2.Client, bucket: oss2.Bucket, say: Callable[[str], None]) -> None:
    """Delete everything with SDK v2, then the bucket with oss2."""
    entries = list(oss2.ObjectIterator(bucket))
    objects = [oss_v2.DeleteObject(key=entry.key) for entry in entries]
    client.delete_multiple_objects(oss_v2.DeleteMultipleObjectsRequest(bucket=BUCKET, objects=objects))
    bucket.delete_bucket()
    say(f"{len(objects)} objects, 1 bucket")


def main() -> None:
    """Do all of it and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(fakeoss.__file__).parent)
    folder = parser.parse_args().folder
    if not folder.is_dir():
        parser.error(f"{folder} is no folder")
    table = Table()
    with tempfile.TemporaryDirectory() as scratch, fakeoss.mock_oss(region=REGION) as oss:
        bucket, client = oss.oss2_bucket(BUCKET), oss.client()
        with table.step("create the bucket") as say:
            bucket.create_bucket()
            say(BUCKET)
        files = files_below(folder)
        with table.step("upload, read back, compare") as say:
            upload_files(bucket, files, say)
        with table.step("resumable multipart upload") as say:
            upload_big(bucket, Path(scratch), say)
        with table.step("append to a log") as say:
            append_log(bucket, say)
        with table.step("list with SDK v2") as say:
            list_pages(client, len(files) + 2, say)
        with table.step("copy, conditions, ranges") as say:
            read_conditionally(bucket, say)
        with table.step("delete everything") as say:
            delete_all(client, bucket, say)
        print(table)
        print()
        print(oss.requests.summary())


if __name__ == "__main__":
    main()
