"""How things are timed: candidates in turn, round after round, and the least of each."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping, Sequence

Work = Callable[[], object]


def per_call(candidates: Mapping[str, Work], *, rounds: int = 15, calls: int = 100) -> dict[str, float]:
    """Microseconds a call of each candidate: the least of `rounds` interleaved rounds of `calls`.

    The least and not the mean, since whatever else a shared machine does only adds.
    """
    least = dict.fromkeys(candidates, float("inf"))
    for work in candidates.values():
        work()
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for name, work in candidates.items():
                start = time.perf_counter()
                for _ in range(calls):
                    work()
                least[name] = min(least[name], (time.perf_counter() - start) / calls * 1e6)
    finally:
        gc.enable()
    return least


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
