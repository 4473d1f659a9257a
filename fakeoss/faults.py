"""Wire faults: what a scripted failure does to the exchange between client and fake.

They are values. A carrier that delivers a reply with a fault breaks the exchange as a real network
would, so that the client's own machinery raises its own errors. No carrier waits.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refused:
    """The connection is refused: nothing was sent."""


@dataclass(frozen=True, slots=True)
class Reset:
    """The connection is reset after `after_bytes` bytes of the reply's body; None: before any reply."""

    after_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Truncated:
    """The connection closes cleanly after `after_bytes` bytes of the reply's body, short of its length."""

    after_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Timeout:
    """The client's read timeout strikes after `after_bytes` bytes of the body; None: before any reply."""

    after_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Slow:
    """The reply arrives at `bytes_per_second`; where a block would outlast the client's timeout, it strikes."""

    bytes_per_second: int


@dataclass(frozen=True, slots=True)
class Corrupt:
    """One byte of the reply's body, at index `at`, arrives flipped."""

    at: int = 0


Fault = Refused | Reset | Truncated | Timeout | Slow | Corrupt
