"""Wire faults: what a scripted failure does to the exchange between client and fake.

They are values. A carrier that delivers a reply with a fault breaks the exchange as a real network
would, so that the client's own machinery raises its own errors. No carrier waits.
"""

from __future__ import annotations

from dataclasses import dataclass


def _check(name: str, value: int | None, least: int = 0) -> None:
    """Refuse what is no number of bytes where the fault is made, not when it strikes."""
    if value is not None and not isinstance(value, int):
        raise TypeError(f"{name}={value!r}: it is a whole number of bytes")
    if value is not None and value < least:
        raise ValueError(f"{name}={value}: it is at least {least}")


@dataclass(frozen=True, slots=True)
class Refused:
    """The connection is refused: nothing was sent."""


@dataclass(frozen=True, slots=True)
class Reset:
    """The connection is reset after `after_bytes` bytes of the reply's body; None: before any reply."""

    after_bytes: int | None = None

    def __post_init__(self) -> None:
        _check("after_bytes", self.after_bytes)


@dataclass(frozen=True, slots=True)
class Truncated:
    """The connection closes cleanly after `after_bytes` bytes of the reply's body, short of its length."""

    after_bytes: int = 0

    def __post_init__(self) -> None:
        _check("after_bytes", self.after_bytes)


@dataclass(frozen=True, slots=True)
class Timeout:
    """The client's read timeout strikes after `after_bytes` bytes of the body; None: before any reply."""

    after_bytes: int | None = None

    def __post_init__(self) -> None:
        _check("after_bytes", self.after_bytes)


@dataclass(frozen=True, slots=True)
class Slow:
    """The reply arrives at `bytes_per_second`; where a block would outlast the client's timeout, it strikes."""

    bytes_per_second: int

    def __post_init__(self) -> None:
        _check("bytes_per_second", self.bytes_per_second, least=1)


@dataclass(frozen=True, slots=True)
class Corrupt:
    """One byte of the reply's body, at index `at`, arrives flipped."""

    at: int = 0

    def __post_init__(self) -> None:
        _check("at", self.at)


Fault = Refused | Reset | Truncated | Timeout | Slow | Corrupt
