"""Where the same service is met: in this process, by either scheme and carrier, and behind a real port."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import fakeoss
from fakeoss import activation
from fakeoss.interceptors import INTERCEPTORS
from fakeoss.wire.message import Reply, Request

BUCKET = "example-bucket"
OTHERS = "bucket-of-others"
STRANGER = "9999999999999999"
HOST = "oss-cn-hangzhou.aliyuncs.com"
REGION = "cn-hangzhou"

WITHOUT_RESPONSES = tuple(adapter for adapter in INTERCEPTORS if adapter.needs != "requests")
"""What serves `requests` by the wire hook alone."""


class Watched(fakeoss.FakeOSS):
    """A fake that keeps what reached it; `BUCKET` is the caller's own, `OTHERS` nobody may enter."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.reached: list[Request] = []
        self.create_bucket(BUCKET)
        self.create_bucket(OTHERS, account=STRANGER, objects={"closed": b"closed"})

    def handle(self, request: Request) -> Reply:
        self.reached.append(request)
        return super().handle(request)


@dataclass(frozen=True, slots=True)
class Place:
    """A service and how clients are told of it: `endpoint` has a scheme and a host, a port where need be."""

    oss: Watched
    endpoint: str = f"https://{HOST}"

    def url(self, bucket: str) -> str:
        """The URL of a bucket, in its own host."""
        scheme, _, host = self.endpoint.partition("://")
        return f"{scheme}://{bucket}.{host}"

    @property
    def credentials(self) -> tuple[str, str]:
        """The key of the account that owns `BUCKET`."""
        return self.oss.credentials


@contextmanager
def active(oss: Watched | None = None, **settings: Any) -> Iterator[Watched]:
    """A watched fake in the way of every client."""
    chosen = oss or Watched(**settings)
    with fakeoss.mock_oss(chosen):
        yield chosen


@contextmanager
def over_https() -> Iterator[Place]:
    """In this process."""
    with active() as oss:
        yield Place(oss)


@contextmanager
def over_http() -> Iterator[Place]:
    """In this process, without TLS and at an uncommon port."""
    with active() as oss:
        yield Place(oss, f"http://{HOST}:18080")


@contextmanager
def over_the_wire_hook() -> Iterator[Place]:
    """In this process, `requests` not carried by `responses`."""
    oss = Watched()
    token = activation.start(oss, WITHOUT_RESPONSES)
    try:
        yield Place(oss)
    finally:
        activation.stop(token)
        oss.raise_defects()


@contextmanager
def behind_a_port() -> Iterator[Place]:
    """The yardstick: behind a loopback port, the names of OSS leading there."""
    oss = Watched()
    with oss.serve() as server, names_of_oss_lead_to_this_machine():
        yield Place(oss, f"http://{HOST}:{server.endpoint.rpartition(':')[2]}")


@contextmanager
def names_of_oss_lead_to_this_machine() -> Iterator[None]:
    """Look-ups of OSS's hosts give 127.0.0.1."""
    real = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        return real("127.0.0.1" if name and name.endswith(".aliyuncs.com") else host, *args, **kwargs)

    socket.getaddrinfo = getaddrinfo
    try:
        yield
    finally:
        socket.getaddrinfo = real
