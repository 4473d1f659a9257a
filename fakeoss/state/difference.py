"""What changed between two versions of a persistent map, in the time that the change takes and not the map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias, TypeVar

from fakeoss.state.sorted_map import Comparable, SortedMap

K = TypeVar("K", bound=Comparable)
V = TypeVar("V")

LEAF = 0
ENTRY = -1
"""The heights of a leaf, and at which a key stands with its value."""

_Pending: TypeAlias = list[tuple[int, Any]]
"""What is still to be gone through: nodes and entries with their height, the next one last."""


def changes(before: SortedMap[K, V], after: SortedMap[K, V]) -> Iterator[tuple[K, V | None, V | None]]:
    """Each key whose value is not the same object, in order, with its old and its new value (None: absent).

    Nodes that both maps share are passed over whole.
    """
    old: _Pending = [(before._height, before._root)]
    new: _Pending = [(after._height, after._root)]
    while old and new:
        (old_height, was), (new_height, now) = old[-1], new[-1]
        if was is now:
            old.pop()
            new.pop()
        elif old_height == new_height == ENTRY:
            yield from _compared(old, new)
        elif old_height == new_height == LEAF and was[0] is now[0]:
            yield from _rebound(old, new)
        elif old_height == new_height:
            _expand_both(old, new)
        else:
            _expand(old if old_height > new_height else new)
    for key, value in _entries(old):
        yield key, value, None
    for key, value in _entries(new):
        yield key, None, value


def _compared(old: _Pending, new: _Pending) -> Iterator[tuple[Any, Any, Any]]:
    """The difference of the two next entries, if there is one; takes them off."""
    (old_key, was), (new_key, now) = old[-1][1], new[-1][1]
    if old_key == new_key:
        old.pop()
        new.pop()
        if was is not now:
            yield old_key, was, now
    elif old_key < new_key:
        old.pop()
        yield old_key, was, None
    else:
        new.pop()
        yield new_key, None, now


def _rebound(old: _Pending, new: _Pending) -> Iterator[tuple[Any, Any, Any]]:
    """The difference of two leaves of the very same keys; takes them off."""
    (keys, values), (_, others) = old.pop()[1], new.pop()[1]
    for key, was, now in zip(keys, values, others, strict=True):
        if was is not now:
            yield key, was, now


def _expand_both(old: _Pending, new: _Pending) -> None:
    """Put the parts of two nodes of one height in their place, but for those that stand at both ends of both."""
    height, was = old.pop()
    _, now = new.pop()
    mine, theirs = was[1], now[1]
    shorter = min(len(mine), len(theirs))
    first = 0
    while first < shorter and _same(height, was, first, now, first):
        first += 1
    last = 0
    while last < shorter - first and _same(height, was, -1 - last, now, -1 - last):
        last += 1
    _push(old, height, was, first, len(mine) - last)
    _push(new, height, now, first, len(theirs) - last)


def _same(height: int, was: Any, place: int, now: Any, other: int) -> bool:
    if was[1][place] is not now[1][other]:
        return False
    return height > 0 or bool(was[0][place] == now[0][other])


def _expand(pending: _Pending) -> None:
    height, node = pending.pop()
    _push(pending, height, node, 0, len(node[1]))


def _push(pending: _Pending, height: int, node: Any, first: int, end: int) -> None:
    for place in range(end - 1, first - 1, -1):
        part = node[1][place] if height else (node[0][place], node[1][place])
        pending.append((height - 1, part))


def _entries(pending: _Pending) -> Iterator[tuple[Any, Any]]:
    while pending:
        if pending[-1][0] == ENTRY:
            yield pending.pop()[1]
        else:
            _expand(pending)
