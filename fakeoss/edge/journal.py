"""The journal: what was asked and answered, without the bodies."""

from __future__ import annotations

import difflib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, repeat
from typing import NamedTuple, SupportsIndex, overload

from fakeoss.counting import counted
from fakeoss.faults import Fault

BILLING = {"Put": "Put-type", "Get": "Get-type"}
"""The billing classes as the service's price list calls them, by the word in the operations' rows."""


class Entry(NamedTuple):
    """One request and its answer.

    `operation` is the canonical name, or the empty string where the request named none; `error` the
    error code or None; sizes are bytes of the bodies; `why` explains a refusal, or tells what policy or ACL allowed
    the request where its sender does not own the bucket; `billing` is `Put-type`, `Get-type` or `none`. `fault` is
    what a script did to the exchange; `status` is 0 where the client saw no answer at all.
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
    scheme: str
    host: str
    target: str
    user_agent: str = ""
    why: str | None = None
    fault: Fault | None = None

    @property
    def url(self) -> str:
        """The absolute URL as sent."""
        return f"{self.scheme}://{self.host}{self.target}"

    @property
    def name(self) -> str:
        """The operation, or the method where there is none."""
        return self.operation or self.method

    @property
    def place(self) -> str:
        """Bucket and key: `my-bucket/a.txt`; empty for what is asked of the service."""
        return "/".join(part for part in (self.bucket, self.key) if part)

    @property
    def outcome(self) -> str:
        """What became of it: `200`, `404 NoSuchKey`, `Reset(after_bytes=None)`."""
        parts = (str(self.status or ""), self.error, "" if self.fault is None else repr(self.fault))
        return " ".join(part for part in parts if part)

    @property
    def line(self) -> str:
        """All of this in one line: `GetObject my-bucket/a.txt -> 404 NoSuchKey`."""
        return f"{self.name} {self.place}".rstrip() + f" -> {self.outcome}"

    def __str__(self) -> str:
        """The line with its time before it and its reason after it."""
        return f"{self.at:%H:%M:%S} {self.line}" + (f" ({self.why})" if self.why else "")

    def __repr__(self) -> str:
        return f"<{self.line}>"


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts by operation and by billing class (`Put-type`, `Get-type`), bytes in and out.

    Exact for every request ever made, kept in the journal or not.
    """

    requests: int
    by_operation: dict[str, int]
    by_billing: dict[str, int]
    bytes_in: int
    bytes_out: int

    def __str__(self) -> str:
        """A small table."""
        sizes = f"{counted(self.bytes_in, 'byte')} in, {counted(self.bytes_out, 'byte')} out"
        lines = [f"{counted(self.requests, 'request')}, {sizes}"]
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
        """The kept entries of these operations (canonical names or aliases); raises ValueError for an unknown one."""
        names = {self._canonical(name) for name in operations}
        return [entry for entry in self if entry.operation in names]

    def count(self, operation: str | None = None) -> int:
        """How many requests there were, of `operation` or in all; exact even for dropped entries."""
        if operation is None:
            return sum(self._operations.values())
        return self._operations[self._canonical(operation)]

    def summary(self) -> Summary:
        """Counts by operation and billing class, and bytes."""
        return Summary(self.count(), dict(self._operations), dict(self._billing), self._bytes_in, self._bytes_out)

    def last(self, number: int) -> list[Entry]:
        """The last `number` entries, oldest first; raises TypeError for what is no whole number."""
        if not isinstance(number, SupportsIndex):
            raise TypeError(f"last takes a number of entries, such as 3, not {number!r}")
        return list(self)[-number:] if number > 0 else []

    def assert_are(self, expected: Iterable[str], *, any_order: bool = False) -> None:
        """Check that the kept entries are just these, in this order or, for threads, in any.

        Each is an operation (or alias), and may go on with the place and the outcome: `PutObject`,
        `PutObject my-bucket/a.txt`, `GetObject my-bucket/a.txt -> 404 NoSuchKey`. Raises AssertionError with the
        difference, TypeError for what is no list of texts.
        """
        __tracebackhide__ = True  # pytest ends the traceback in the test
        if isinstance(expected, str):
            raise TypeError(f"give a list of what is expected, not the text {expected!r}")
        if not isinstance(expected, Iterable):
            raise TypeError(f"give a list of what is expected, not {expected!r}")
        wanted = [self._with_canonical_name(line) for line in expected]
        found = _told_as(wanted, list(self), () if any_order else wanted)
        if any_order:
            wanted, found = sorted(wanted), sorted(found)
        if wanted != found:
            lines = difflib.unified_diff(wanted, found, "expected requests", "requests made", n=1_000, lineterm="")
            raise AssertionError("the requests are not those expected\n" + "\n".join(lines))

    def _with_canonical_name(self, line: str) -> str:
        if not isinstance(line, str):
            raise TypeError(f"what is expected is a text, such as 'PutObject', not {line!r}")
        name, space, rest = line.partition(" ")
        return (name if name.isupper() else self._canonical(name)) + space + rest

    def __iter__(self) -> Iterator[Entry]:
        return iter(list(self._entries))

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> list[Entry]: ...

    def __getitem__(self, index: int | slice) -> Entry | list[Entry]:
        if isinstance(index, slice):
            return list(self)[index]
        if not isinstance(index, SupportsIndex):
            raise TypeError(f"an entry is called by its position, such as -1, not {index!r}")
        try:
            return self._entries[index]
        except IndexError:
            raise IndexError(f"there is no entry {index}: the journal holds {len(self)}") from None

    def __str__(self) -> str:
        """Every kept entry in a line."""
        return "\n".join(map(str, self)) or "no requests"

    def __repr__(self) -> str:
        return f"<journal of {counted(self.count(), 'request')}>"


def _told_as(wanted: Sequence[str], entries: Sequence[Entry], positions: Sequence[str]) -> list[str]:
    """Each entry in the words that stand at its own position or else anywhere in `wanted`, or in full.

    Words are used up: two entries are never told by one of the wanted.
    """
    left = Counter(wanted)
    told: list[str] = []
    for entry, position in zip(entries, chain(positions, repeat("")), strict=False):
        forms = (entry.line, f"{entry.name} {entry.place}", entry.name)
        form = position if position in forms else next((form for form in forms if left[form] > 0), entry.line)
        left[form] -= 1
        told.append(form)
    return told
