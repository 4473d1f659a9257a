"""`fakeoss serve`: the fake behind a real port, for other processes and languages, until interrupted."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from fakeoss.app import FakeOSS

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
    """Serve until SIGINT or SIGTERM, then stop gracefully; 2 where the folder to load is none."""
    oss = FakeOSS(region=arguments.region, strict_auth=arguments.strict_auth)
    if arguments.load is not None and not arguments.load.is_dir():
        sys.stderr.write(f"--load: {arguments.load} is not a folder\n")
        return 2
    loaded = _load(oss, arguments.load)
    stopped = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    with oss.serve(arguments.host, arguments.port) as server:
        key_id, secret = oss.credentials
        sys.stdout.write(
            f"fakeoss serves {loaded} buckets at {server.url}\n"
            f"access key id      {key_id}\naccess key secret  {secret}\nstop with Ctrl-C\n"
        )
        sys.stdout.flush()
        stopped.wait()
    return 0


def _load(oss: FakeOSS, folder: Path | None) -> int:
    """Load each subfolder as a bucket; gives the number of buckets."""
    subfolders = sorted(path for path in folder.iterdir() if path.is_dir()) if folder is not None else []
    for path in subfolders:
        oss.load(path, path.name)
    return len(subfolders)
