"""Ways to reach one service: through the hooks for synchronous clients, and through a real port."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from fakeoss import activation
from fakeoss.interceptors import Adapter
from fakeoss.wire.message import Reply, Request
from tests.interceptors.loopback import loopback
from tests.interceptors.support_async import BIG, HOST, Double

RESOLVER = Adapter("socket", "resolver", "ResolverHook")
WIRE = (RESOLVER, Adapter("http.client", "wire_hook", "WireHook"), Adapter("urllib3", "urllib3_hook", "Urllib3Hook"))
CARRIER = (*WIRE, Adapter("requests", "requests_carrier", "RequestsHook"))

Case = Callable[[str], Any]
"""Does something with the bucket at this URL and gives what a user would see of it."""

Hooks = tuple[Adapter, ...]

ZIPPED = gzip.compress(BIG[:200_000], mtime=0)

both_carriers = pytest.mark.parametrize("hooks", [CARRIER, WIRE], ids=["carrier", "wire"])
"""A test that runs with `requests` carried by `responses`, and with the wire alone."""


class Zipping(Double):
    """Has an object with a Content-Encoding at `/zipped`, of known length."""

    def _reply(self, request: Request, path: str) -> Reply:
        if path == "/zipped":
            return Reply(200, (("Content-Encoding", "gzip"), ("Content-Length", str(len(ZIPPED)))), (ZIPPED,))
        return super()._reply(request, path)


@contextmanager
def active(double: Double, hooks: Hooks = CARRIER) -> Iterator[Double]:
    """`double` answers in this process."""
    token = activation.start(double, hooks)
    try:
        yield double
    finally:
        activation.stop(token)


def outcome(case: Case, url: str) -> Any:
    """What a case gives, or the chain of what it raises."""
    try:
        return case(url)
    except Exception as error:  # noqa: BLE001 - the outcome is compared
        return chain(error)


def chain(error: BaseException) -> list[str]:
    """The types of an error and of the errors in its arguments: what clients tell each other apart by."""
    found: list[str] = []
    current: Any = error
    while isinstance(current, BaseException) and len(found) < 10:
        found.append(type(current).__name__)
        current = getattr(current, "reason", None) or next(
            (part for part in reversed(current.args) if isinstance(part, BaseException)), None
        )
    return found


def sent(request: Request) -> tuple[Any, ...]:
    """A request without what must differ between a hook and a real server."""
    headers = sorted((name.lower(), value) for name, value in request.headers if name.lower() != "host")
    return request.method, request.target, headers, request.data()


def under_hook(case: Case, hooks: Hooks, *faults: Any, scheme: str = "http") -> tuple[Any, list[Any]]:
    """The outcome of a case in this process, and what the service saw of it."""
    double = Zipping(*faults)
    with active(double, hooks):
        result = outcome(case, f"{scheme}://{HOST}")
    return result, [sent(request) for request in double.seen]


def under_real(case: Case, *faults: Any) -> tuple[Any, list[Any]]:
    """The same by way of a real port."""
    double = Zipping(*faults)
    with loopback(double.handle) as url:
        result = outcome(case, url)
    return result, [sent(request) for request in double.seen]


def assert_like_real(case: Case, hooks: Hooks, *faults: Any) -> None:
    """Outcome and requests are the same under the hooks and at a real port."""
    fake, real = under_hook(case, hooks, *faults), under_real(case, *faults)
    assert fake == real
