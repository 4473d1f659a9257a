"""How things are timed: candidates in turn, round after round, and the least of each."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

Work = Callable[[], object]
Clock = Callable[[], float]
"""Gives seconds from a start of its own."""


def per_call(
    candidates: Mapping[str, Work], *, rounds: int = 15, calls: int = 100, clock: Clock = time.process_time
) -> dict[str, float]:
    """Microseconds a call of each candidate: the least of `rounds` interleaved rounds of `calls`.

    The least and not the mean, since whatever else a shared machine does only adds. By default it is the time that
    this process was given: nothing here waits for a disk or a network, and while others have the processor
    the clock on the wall goes on. What does wait, for another process say, takes `clock=time.perf_counter`.
    """
    least = dict.fromkeys(candidates, float("inf"))
    for work in candidates.values():
        work()
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for name, work in candidates.items():
                start = clock()
                for _ in range(calls):
                    work()
                least[name] = min(least[name], (clock() - start) / calls * 1e6)
    finally:
        gc.enable()
    return least


@contextmanager
def clocked(owner: Any, name: str) -> Iterator[list[float]]:
    """Within the block every call of a method notes how many microseconds it took."""
    method, taken = getattr(owner, name), list[float]()

    def timed(*arguments: Any, **named: Any) -> Any:
        start = time.perf_counter()
        try:
            return method(*arguments, **named)
        finally:
            taken.append((time.perf_counter() - start) * 1e6)

    setattr(owner, name, timed)
    try:
        yield taken
    finally:
        setattr(owner, name, method)


def table(title: str, headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Print a table with a title, the first column to the left."""
    widths = [max(len(row[column]) for row in [headings, *rows]) for column in range(len(headings))]
    print(f"\n{title}")
    for row in [headings, *rows]:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        print("  " + "  ".join(cells))


def us(value: float) -> str:
    """A time in microseconds."""
    return f"{value:,.0f} us"


def ratio(value: float, base: float) -> str:
    """How many times the base."""
    return f"{value / base:.2f} x"
