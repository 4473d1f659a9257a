"""`fakeoss serve`: the fake behind a real port, for other processes and languages, until interrupted."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

from fakeoss.app import FakeOSS
from fakeoss.counting import counted
from fakeoss.errors import OSSError
from fakeoss.interceptors.server import Server

SUMMARY = "serve a fake over HTTP until interrupted; loopback only unless told otherwise"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=9000, help="the port, 0 for a free one (default: %(default)s)")
    parser.add_argument("--region", default="cn-hangzhou", help="the region of new buckets (default: %(default)s)")
    parser.add_argument("--strict-auth", action="store_true", help="refuse access keys that nobody registered")
    parser.add_argument(
        "--load",
        type=Path,
        metavar="DIR",
        help="a folder whose subfolders are loaded as buckets of their names",
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM, then stop gracefully; 2 for what cannot be served, told in a line."""
    with ExitStack() as running:
        try:
            oss = FakeOSS(region=arguments.region, strict_auth=arguments.strict_auth)
            loaded = _load(oss, arguments.load)
            server = running.enter_context(_listening(oss, arguments.host, arguments.port))
        except ValueError as error:
            sys.stderr.write(f"fakeoss serve: {error}\n")
            return 2
        stopped = threading.Event()

        def stop(_number: int, _frame: FrameType | None) -> None:
            stopped.set()

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, stop)
        key_id, secret = oss.credentials
        sys.stdout.write(
            f"fakeoss serves {counted(loaded, 'bucket')} at {server.url}\n"
            f"access key id      {key_id}\naccess key secret  {secret}\nstop with Ctrl-C\n"
        )
        sys.stdout.flush()
        stopped.wait()
    return 0


@contextmanager
def _listening(oss: FakeOSS, host: str, port: int) -> Iterator[Server]:
    """The fake behind the port; raises ValueError where that cannot be had."""
    if not 0 <= port <= 0xFFFF:
        raise ValueError(f"cannot listen at {host}:{port}: a port is a number from 0 to 65535")
    with ExitStack() as running:
        try:
            server = running.enter_context(oss.serve(host, port))
        except OSError as error:
            raise ValueError(f"cannot listen at {host}:{port}: {error.strerror or error}") from error
        yield server


def _load(oss: FakeOSS, folder: Path | None) -> int:
    """Load each subfolder as a bucket; gives the number of buckets, raises ValueError for what is none."""
    if folder is None:
        return 0
    if not folder.is_dir():
        raise ValueError(f"--load: {folder} is not a folder")
    subfolders = sorted(path for path in folder.iterdir() if path.is_dir())
    for path in subfolders:
        _load_bucket(oss, path)
    return len(subfolders)


def _load_bucket(oss: FakeOSS, path: Path) -> None:
    try:
        oss.load(path, path.name)
    except OSSError as refusal:
        raise ValueError(f"--load: {path}: {refusal}") from refusal
