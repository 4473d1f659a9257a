"""A small service of known answers, and a way to reach it through a hook and through a loopback server alike."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from fakeoss import activation
from fakeoss.faults import Corrupt, Fault, Reset, Slow, Timeout, Truncated
from fakeoss.interceptors import Adapter
from fakeoss.interceptors.server import Server
from fakeoss.wire.message import Reply, Request

HOST = "bucket.oss-cn-hangzhou.aliyuncs.com"
DATE = ("Date", "Fri, 24 Feb 2012 06:38:30 GMT")
ERROR = b"<Error><Code>NoSuchKey</Code><Message>It is not there.</Message></Error>"
BIG = bytes(range(256)) * 65_536


HOUR = 3_600
"""Seconds that no test lasts: whoever waits that long is noticed."""

OF_DOWNLOADS: list[Fault] = [
    Reset(),
    Timeout(),
    Reset(0),
    Reset(100_000),
    Truncated(0),
    Truncated(100_000),
    Timeout(0),
    Timeout(100_000),
    Corrupt(5),
    Slow(1 << 30),
]
"""What may happen to a download, each alike in memory and on a socket."""


def patience(*faults: Fault | None) -> float:
    """Seconds that a client waits for a reply: few where a fault keeps it from coming, else more than it takes."""
    return 0.3 if any(isinstance(fault, Timeout) for fault in faults) else 60


class Double:
    """Stores what is put, tells what it saw of everything else, and fails as it was told to.

    Paths: `/status/N` answers N, `/big` 16 MiB, `/chunked` chunks, `/gzip`, `/twice` a header twice,
    `/moved` redirects to `/put`, `/defect` raises; any other GET gives what was put there or an account of the
    request. `faults` are spent one a request, None meaning none.
    """

    sealed = False

    def __init__(self, *faults: Fault | None) -> None:
        self.seen: list[Request] = []
        self.stored: dict[str, tuple[bytes, ...]] = {}
        self.faults = list(faults)
        self.defects: list[Exception] = []

    def claims(self, scheme: str, host: str) -> bool:
        return scheme in ("http", "https") and host.lower().partition(":")[0].endswith(".aliyuncs.com")

    def report(self, defect: Exception) -> None:
        self.defects.append(defect)

    def standing_still(self) -> AbstractContextManager[None]:
        return nullcontext()

    def handle(self, request: Request) -> Reply:
        self.seen.append(request)
        path = request.target.partition("?")[0]
        reply = self._reply(request, path)
        fault = self.faults.pop(0) if self.faults else None
        return Reply(reply.status, (DATE, *reply.headers), reply.body, fault)

    def _reply(self, request: Request, path: str) -> Reply:
        if path == "/defect":
            raise KeyError("a defect of the fake")
        if path.startswith("/status/"):
            return _of_status(int(path.rpartition("/")[2]))
        if request.method == "PUT":
            self.stored[path] = request.body
            return Reply(200, (("ETag", f'"{request.size}"'), ("Content-Length", "0")))
        return _FIXED[path] if path in _FIXED else self._content(request, path)

    def _content(self, request: Request, path: str) -> Reply:
        body = self.stored[path] if path in self.stored else (account(request),)
        size = sum(map(len, body))
        headers = (
            ("Content-Type", "application/octet-stream"),
            ("Content-Length", str(size)),
            ("Accept-Ranges", "bytes"),
        )
        if request.method == "HEAD":
            return Reply(200, headers)
        wanted = request.headers.get("Range")
        return Reply(200, headers, body) if wanted is None else _part(b"".join(body), wanted)


def account(request: Request) -> bytes:
    """The request as text, without what differs between a hook and a server: the authority."""
    headers = [pair for pair in request.headers.pairs if pair[0].lower() != "host"]
    return json.dumps([request.method, request.target, headers, request.data().decode("latin-1")]).encode()


def _of_status(status: int) -> Reply:
    if status in (204, 304):
        return Reply(status, (("ETag", '"x"'),) if status == 304 else (("Content-Length", "0"),))
    return Reply(status, (("Content-Type", "application/xml"), ("x-oss-ec", "0026-00000001")), (ERROR,))


def _part(data: bytes, wanted: str) -> Reply:
    first, _, last = wanted.removeprefix("bytes=").partition("-")
    part = data[int(first) : int(last) + 1 if last else None]
    place = f"bytes {first}-{int(first) + len(part) - 1}/{len(data)}"
    return Reply(206, (("Content-Range", place), ("Content-Length", str(len(part)))), (part,))


_ZIPPED = gzip.compress(BIG[:100_000], mtime=0)
_FIXED = {
    "/big": Reply(
        200, (("Content-Length", str(len(BIG))),), tuple(BIG[at : at + (1 << 20)] for at in range(0, len(BIG), 1 << 20))
    ),
    "/chunked": Reply(200, (("Transfer-Encoding", "chunked"),), (b"a" * 100_000, b"b", b"c" * 65_536)),
    "/gzip": Reply(200, (("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")), (_ZIPPED,)),
    "/twice": Reply(200, (("x-oss-meta-a", "1"), ("X-Oss-Meta-A", "\xe4\xb8\xad"), ("x-empty", "")), (b"twice",)),
    "/moved": Reply(301, (("Location", "/put?moved"),), (b"moved",)),
    "/empty": Reply(200, (), ()),
}


AIOHTTP = Adapter("aiohttp", "aiohttp_hook", "AiohttpHook")
HTTPX = Adapter("httpx", "httpx_hook", "HttpxHook")


@contextmanager
def faked(double: Double, scheme: str = "http") -> Iterator[str]:
    """`double` active in this process; gives the URL of its bucket."""
    token = activation.start(double, (AIOHTTP, HTTPX))
    try:
        yield f"{scheme}://{HOST}"
    finally:
        activation.stop(token)


@contextmanager
def real(double: Double) -> Iterator[str]:
    """`double` behind a loopback server, the yardstick; gives its URL."""
    with Server(double) as server:
        yield server.url
