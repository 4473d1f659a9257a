"""Counted work is the work's own."""

from __future__ import annotations

import gc

from tests.state.effort import effort


def test_a_collection_of_garbage_is_not_counted() -> None:
    def told(_phase: str, _info: dict[str, int]) -> None:
        """As Hypothesis is, which measures the time that collections take."""

    def of_size(size: int) -> int:
        return effort(lambda: [[] for _ in range(size)])

    gc.callbacks.append(told)
    try:
        small, large = of_size(1), of_size(100_000)
    finally:
        gc.callbacks.remove(told)
    assert small == large
    assert gc.isenabled()
