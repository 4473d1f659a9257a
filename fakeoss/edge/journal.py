"""The journal: what was asked and answered, without the bodies."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One request and its answer.

    `operation` is the canonical name, or the empty string where the request named none; `error` the
    error code or None; sizes are bytes of the bodies; `why` explains a refusal.
    """

    operation: str
    method: str
    bucket: str | None
    key: str | None
    status: int
    error: str | None
    bytes_in: int
    bytes_out: int
    at: datetime
    request_id: str
    billing: str
    source: str
    url: str
    user_agent: str = ""
    why: str | None = None

    def __str__(self) -> str:
        """One line for a person: time, operation, place, outcome."""
        place = "/".join(part for part in (self.bucket, self.key) if part)
        outcome = f"{self.status} {self.error}" if self.error else str(self.status)
        reason = f" ({self.why})" if self.why else ""
        return f"{self.at:%H:%M:%S} {self.operation or self.method} {place} -> {outcome}{reason}"


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts by operation and by billing class, bytes in and out; exact for every request ever made."""

    requests: int
    by_operation: dict[str, int]
    by_billing: dict[str, int]
    bytes_in: int
    bytes_out: int

    def __str__(self) -> str:
        """A small table."""
        lines = [f"{self.requests} requests, {self.bytes_in} bytes in, {self.bytes_out} bytes out"]
        lines += [f"  {count:6d}  {name}" for name, count in sorted(self.by_operation.items())]
        lines += [f"  {count:6d}  {name}" for name, count in sorted(self.by_billing.items())]
        return "\n".join(lines)


class Journal:
    """A sequence of the last entries, oldest first; counters go on when entries are dropped."""

    def __init__(self, length: int, canonical: Callable[[str], str] = lambda name: name) -> None:
        """Keep `length` entries; `canonical` turns an alias of an operation into its name."""
        self._entries: deque[Entry] = deque(maxlen=length)
        self._canonical = canonical
        self.clear()

    def clear(self) -> None:
        """Forget entries and counters."""
        self._entries.clear()
        self._operations: Counter[str] = Counter()
        self._billing: Counter[str] = Counter()
        self._bytes_in = self._bytes_out = 0

    def add(self, entry: Entry) -> None:
        """Append one entry."""
        self._entries.append(entry)
        self._operations[entry.operation or entry.method] += 1
        self._billing[entry.billing] += 1
        self._bytes_in += entry.bytes_in
        self._bytes_out += entry.bytes_out

    def of(self, *operations: str) -> list[Entry]:
        """The kept entries of these operations (canonical names or aliases)."""
        names = {self._canonical(name) for name in operations}
        return [entry for entry in list(self._entries) if entry.operation in names]

    def count(self, operation: str | None = None) -> int:
        """How many requests there were, of `operation` or in all; exact even for dropped entries."""
        if operation is None:
            return sum(self._operations.values())
        return self._operations[self._canonical(operation)]

    def summary(self) -> Summary:
        """Counts by operation and billing class (`Put-type`, `Get-type`)."""
        return Summary(self.count(), dict(self._operations), dict(self._billing), self._bytes_in, self._bytes_out)

    def __iter__(self) -> Iterator[Entry]:
        return iter(list(self._entries))

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, index: int) -> Entry:
        return self._entries[index]

    def __repr__(self) -> str:
        return "\n".join(map(str, self)) or "no requests"
