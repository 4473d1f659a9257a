"""A reply on its way from the `requests` carrier to the wire beneath it.

A scripted wire fault has to strike the client's own machinery, so the carrier lets the request go on down
to the in-memory socket, which then delivers the reply that was made already instead of asking again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from fakeoss.wire.message import Reply

_OFFERED: ContextVar[list[Reply] | None] = ContextVar("fakeoss_offered_reply", default=None)


@contextmanager
def offering(reply: Reply | None) -> Iterator[None]:
    """Send the requests made within down to the wire, the first of them to be answered by `reply` if there is one."""
    token = _OFFERED.set([] if reply is None else [reply])
    try:
        yield
    finally:
        _OFFERED.reset(token)


def is_offering() -> bool:
    """Whether a carrier higher up has sent this request down."""
    return _OFFERED.get() is not None


def take() -> Reply | None:
    """The reply on offer, once; else None."""
    offered = _OFFERED.get()
    return offered.pop() if offered else None
