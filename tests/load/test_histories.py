"""The checker of histories finds what it is there to find."""

from __future__ import annotations

import pytest

from tests.load.histories import Event, History, is_linearizable


def wrote(start: float, end: float, content: bytes | None) -> Event:
    return Event(start, end, writes=True, content=content)


def saw(start: float, end: float, content: bytes | None) -> Event:
    return Event(start, end, writes=False, content=content)


@pytest.mark.parametrize(
    "events",
    [
        [],
        [saw(0, 1, None)],
        [wrote(0, 1, b"a"), saw(2, 3, b"a")],
        [wrote(0, 9, b"a"), saw(1, 2, b"a")],
        [wrote(0, 9, b"a"), saw(1, 2, None), saw(3, 4, b"a")],
        [wrote(0, 1, b"a"), wrote(2, 9, None), saw(3, 4, b"a"), saw(5, 6, None)],
        [wrote(0, 9, b"a"), wrote(0, 9, b"b"), saw(1, 2, b"b"), saw(3, 4, b"a"), saw(10, 11, b"a")],
        [wrote(0, 1, b"a"), saw(2, 3, b"a"), wrote(4, 5, None), saw(6, 7, None), wrote(8, 9, b"a"), saw(10, 11, b"a")],
    ],
)
def test_what_one_order_explains(events: list[Event]) -> None:
    assert is_linearizable(events)
    assert is_linearizable(reversed(events))


@pytest.mark.parametrize(
    "events",
    [
        [saw(0, 1, b"a")],
        [wrote(0, 1, b"a"), saw(2, 3, None)],
        [saw(0, 1, b"a"), wrote(2, 3, b"a")],
        [wrote(0, 1, b"a"), wrote(2, 3, b"b"), saw(4, 5, b"a")],
        [wrote(0, 9, b"a"), saw(1, 2, b"a"), saw(3, 4, None)],
        [wrote(0, 9, b"a"), wrote(0, 9, b"b"), saw(1, 2, b"b"), saw(3, 4, b"a"), saw(5, 6, b"b")],
        [wrote(0, 1, b"a"), wrote(2, 3, None), saw(4, 5, b"a")],
    ],
    ids=["from nowhere", "lost", "before it was", "stale", "gone again", "to and fro", "undeleted"],
)
def test_what_no_order_explains(events: list[Event]) -> None:
    assert not is_linearizable(events)
    history = History()
    history.events = {"wrong": events, "right": [saw(0, 1, None)]}
    assert history.unexplained() == ["wrong"]
