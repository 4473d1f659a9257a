"""What many callers did to each key and saw of it, and whether one order of events explains all of it."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Event:
    """A call on one key: when it began and ended, and the content that it wrote (None: deleted) or saw."""

    start: float
    end: float
    writes: bool
    content: bytes | None


State: TypeAlias = tuple[int, frozenset[int], bytes | None]
"""How many events at the start have been placed, which others have been, and what is there now."""


class History:
    """The events of every key, as their callers saw them."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.events: dict[str, list[Event]] = {}

    def note(self, key: str, call: Callable[[], bytes | None], *, writes: bool) -> None:
        """Make a call, which gives the content, and note it."""
        start = time.perf_counter()
        content = call()
        self._keep(key, Event(start, time.perf_counter(), writes, content))

    async def note_awaited(self, key: str, call: Callable[[], Awaitable[bytes | None]], *, writes: bool) -> None:
        """Make an asynchronous call and note it."""
        start = time.perf_counter()
        content = await call()
        self._keep(key, Event(start, time.perf_counter(), writes, content))

    def _keep(self, key: str, event: Event) -> None:
        self.events.setdefault(key, []).append(event)

    def __len__(self) -> int:
        return sum(map(len, self.events.values()))

    def unexplained(self) -> list[str]:
        """The keys whose events no order explains."""
        return [key for key, events in self.events.items() if not is_linearizable(events)]


def is_linearizable(events: Iterable[Event]) -> bool:
    """Whether each event may be given a moment between its start and its end so that every read sees the last write.

    The search of Wing and Gong: what may come next is what began before anything outstanding ended; a state that
    led nowhere is not tried again. A read that sees what is there is placed at once, since nothing hangs on it;
    of the writes the one that ended first is tried first. Nothing is there at first.
    """
    order = sorted(events, key=lambda event: event.start)
    stack: list[State] = [(0, frozenset(), None)]
    seen = set(stack)
    while stack:
        state = stack.pop()
        if state[0] == len(order):
            return True
        for following in _following(order, *state):
            if following not in seen:
                seen.add(following)
                stack.append(following)
    return False


def _following(order: list[Event], first: int, done: frozenset[int], content: bytes | None) -> list[State]:
    """The states that one more event leads to, the likeliest last; of what follows `first`, `done` has been placed."""
    writes = []
    for index in _next(order, first, done):
        event = order[index]
        if event.writes:
            writes.append(index)
        elif event.content == content:
            return [_placed(first, done, index, content)]
    writes.sort(key=lambda index: -order[index].end)
    return [_placed(first, done, index, order[index].content) for index in writes]


def _next(order: list[Event], first: int, done: frozenset[int]) -> Iterator[int]:
    """The events that began before any other outstanding one ended."""
    earliest_end = float("inf")
    for index in range(first, len(order)):
        if order[index].start > earliest_end:
            return
        if index not in done:
            earliest_end = min(earliest_end, order[index].end)
            yield index


def _placed(first: int, done: frozenset[int], index: int, content: bytes | None) -> State:
    done |= {index}
    while first in done:
        first, done = first + 1, done - {first}
    return first, done, content
