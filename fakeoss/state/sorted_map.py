"""An immutable sorted mapping whose every version shares what did not change with the one before.

A B+tree of tuples: a change copies one path from the root, so keeping an old version costs nothing and
a bucket of a million keys is changed, read and searched as quickly as one of a thousand.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Generic, Protocol, TypeAlias, TypeVar, overload


class Comparable(Protocol):
    """What a key must offer: an order among all keys of one map."""

    def __lt__(self, other: Any, /) -> bool: ...


K = TypeVar("K", bound=Comparable)
V = TypeVar("V")
D = TypeVar("D")

FANOUT = 24
"""Most entries of a node. Measured with a million keys: more copies longer tuples, fewer adds levels."""

LEAST = FANOUT // 4
"""Fewest entries of a node that is not the root; removals merge or refill what falls below."""

_Node: TypeAlias = tuple[tuple[Any, ...], tuple[Any, ...]]
"""A leaf is (keys, values); a node above is (separators, children), one separator between two children:
the least key that belongs to the right one."""

_Path: TypeAlias = list[tuple[tuple[Any, ...], tuple[Any, ...], int]]
"""Separators, children and the place of the child taken, from the root downwards."""

_EMPTY: _Node = ((), ())


class SortedMap(Generic[K, V]):
    """Keys in ascending order with a value each; changes answer a new map.

    Two maps are equal when they hold equal keys and values. Every operation is O(log n), `len` O(1).
    """

    __slots__ = ("_height", "_root", "_size")

    _root: _Node
    _height: int
    _size: int

    def __init__(self) -> None:
        """An empty map; `of` builds a filled one."""
        self._root = _EMPTY
        self._height = 0
        self._size = 0

    @classmethod
    def of(cls, pairs: Iterable[tuple[K, V]]) -> SortedMap[K, V]:
        """A map of pairs that come in strictly ascending order of key (else ValueError), in O(n)."""
        rows = list(pairs)
        if any(not rows[place][0] < rows[place + 1][0] for place in range(len(rows) - 1)):
            raise ValueError("the keys are not strictly ascending")
        if not rows:
            return cls()
        level = [
            (chunk[0][0], (tuple(key for key, _ in chunk), tuple(value for _, value in chunk)))
            for chunk in _chunks(rows)
        ]
        height = 0
        while len(level) > 1:
            level = [(chunk[0][0], _parent(chunk)) for chunk in _chunks(level)]
            height += 1
        return _map_of(level[0][1], height, len(rows))

    @overload
    def get(self, key: K) -> V | None: ...
    @overload
    def get(self, key: K, default: D) -> V | D: ...
    def get(self, key: K, default: Any = None) -> Any:
        """The value of `key`, or `default`."""
        keys, values = self._root
        if self._height:  # most maps are one leaf, and an empty loop takes as long as a step of one
            for _ in range(self._height):
                keys, values = values[bisect_right(keys, key)]
        place = bisect_left(keys, key)
        return values[place] if place < len(keys) and keys[place] == key else default

    def __getitem__(self, key: K) -> V:
        keys, values = self._leaf(key)
        place = bisect_left(keys, key)
        if place < len(keys) and keys[place] == key:
            found: V = values[place]
            return found
        raise KeyError(key)

    def __contains__(self, key: K) -> bool:
        keys, _ = self._leaf(key)
        place = bisect_left(keys, key)
        return place < len(keys) and bool(keys[place] == key)

    def _leaf(self, key: K) -> _Node:
        node = self._root
        for _ in range(self._height):
            node = node[1][bisect_right(node[0], key)]
        return node

    def _descend(self, key: K) -> tuple[_Path, _Node]:
        """The way to the leaf where `key` is or belongs, and the leaf."""
        path: _Path = []
        node = self._root
        for _ in range(self._height):
            keys, children = node
            place = bisect_right(keys, key)
            path.append((keys, children, place))
            node = children[place]
        return path, node

    def set(self, key: K, value: V) -> SortedMap[K, V]:
        """This map with `key` bound to `value`."""
        path, (keys, values) = self._descend(key)
        place = bisect_left(keys, key)
        # Copying through a list takes half as long as joining slices.
        new_values = list(values)
        if place < len(keys) and keys[place] == key:
            new_values[place] = value
            return _map_of(_replaced(path, (keys, tuple(new_values))), self._height, self._size)
        new_keys = list(keys)
        new_keys.insert(place, key)
        new_values.insert(place, value)
        if len(new_keys) <= FANOUT:
            root = _replaced(path, (tuple(new_keys), tuple(new_values)))
            return _map_of(root, self._height, self._size + 1)
        cut = _cut(len(new_keys), at_end=place == FANOUT)
        left = (tuple(new_keys[:cut]), tuple(new_values[:cut]))
        right = (tuple(new_keys[cut:]), tuple(new_values[cut:]))
        root, higher = _divided(path, left, new_keys[cut], right)
        return _map_of(root, self._height + higher, self._size + 1)

    def remove(self, key: K) -> SortedMap[K, V]:
        """This map without `key`; raises KeyError if it is absent."""
        path, (keys, values) = self._descend(key)
        place = bisect_left(keys, key)
        if place == len(keys) or keys[place] != key:
            raise KeyError(key)
        node: _Node = (keys[:place] + keys[place + 1 :], values[:place] + values[place + 1 :])
        leaf = True
        while path and len(node[1]) < LEAST:
            node = _refilled(path.pop(), node, leaf=leaf)
            leaf = False
        root = _replaced(path, node)
        height = self._height
        if height and len(root[1]) == 1:
            root = root[1][0]
            height -= 1
        return _map_of(root, height, self._size - 1)

    def items(self, *, start: K | None = None, after: K | None = None, reverse: bool = False) -> Iterator[tuple[K, V]]:
        """Pairs in order of key, lazily, from `start` (inclusive) or `after` (exclusive); not from both.

        With `reverse` downwards: from `start` or the next below it, or from below `after`.
        """
        if start is not None and after is not None:
            raise ValueError("start and after exclude each other")
        bound = start if after is None else after
        leaves = _leaves(self._root, self._height, bound, -1 if reverse else 1)
        return _downwards(leaves, bound, after) if reverse else _upwards(leaves, bound, after)

    def keys(self) -> Iterator[K]:
        """The keys in order."""
        return (key for key, _ in self.items())

    def values(self) -> Iterator[V]:
        """The values in the order of their keys."""
        return (value for _, value in self.items())

    def first(self) -> tuple[K, V] | None:
        """The pair of the least key, or None in an empty map."""
        keys, values = self._root
        for _ in range(self._height):
            keys, values = values[0]
        return (keys[0], values[0]) if keys else None

    def last(self) -> tuple[K, V] | None:
        """The pair of the greatest key, or None in an empty map."""
        return next(self.items(reverse=True), None)

    def __iter__(self) -> Iterator[K]:
        return self.keys()

    def __len__(self) -> int:
        return self._size

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SortedMap):
            return NotImplemented
        if self._root is other._root:
            return True
        return self._size == other._size and all(
            mine == theirs for mine, theirs in zip(self.items(), other.items(), strict=True)
        )

    __hash__ = None  # type: ignore[assignment]  # equal by content, which may be large and hold what has no hash

    def __repr__(self) -> str:
        shown = ", ".join(f"{key!r}: {value!r}" for key, value in islice(self.items(), 8))
        return f"SortedMap({{{shown}{', ...' if self._size > 8 else ''}}})"


def _map_of(root: _Node, height: int, size: int) -> SortedMap[Any, Any]:
    made: SortedMap[Any, Any] = SortedMap.__new__(SortedMap)
    made._root = root
    made._height = height
    made._size = size
    return made


def _cut(entries: int, *, at_end: bool) -> int:
    """How many entries of a node that has become too large stay on the left."""
    # Keys that arrive in order come to the end, and would leave every node half empty if it were cut in the middle.
    return entries - LEAST if at_end else entries // 2


def _replaced(path: _Path, node: _Node) -> _Node:
    """The root above `path` once `node` stands at its end."""
    for keys, children, place in reversed(path):
        changed = list(children)
        changed[place] = node
        node = (keys, tuple(changed))
    return node


def _divided(path: _Path, left: _Node, separator: Any, right: _Node) -> tuple[_Node, int]:
    """The root once two nodes stand at the end of `path`, and by how much the tree has grown."""
    while path:
        keys, children, place = path.pop()
        keys = (*keys[:place], separator, *keys[place:])
        children = (*children[:place], left, right, *children[place + 1 :])
        if len(children) <= FANOUT:
            return _replaced(path, (keys, children)), 0
        cut = _cut(len(children), at_end=place == FANOUT - 1)
        left, separator, right = (keys[: cut - 1], children[:cut]), keys[cut - 1], (keys[cut:], children[cut:])
    return ((separator,), (left, right)), 1


def _refilled(step: tuple[tuple[Any, ...], tuple[Any, ...], int], node: _Node, *, leaf: bool) -> _Node:
    """The parent once `node`, which has too few entries, was joined with a neighbour or took some of its."""
    separators, children, place = step
    left_place = max(place - 1, 0)
    left, right = (node, children[1]) if place == 0 else (children[left_place], node)
    bridge: tuple[Any, ...] = () if leaf else (separators[left_place],)
    keys = left[0] + bridge + right[0]
    entries = left[1] + right[1]
    nodes: tuple[_Node, ...] = ((keys, entries),)
    between: tuple[Any, ...] = ()
    if len(entries) > FANOUT:
        cut = len(entries) // 2
        between = (keys[cut if leaf else cut - 1],)
        nodes = ((keys[: cut if leaf else cut - 1], entries[:cut]), (keys[cut:], entries[cut:]))
    return (
        separators[:left_place] + between + separators[left_place + 1 :],
        children[:left_place] + nodes + children[left_place + 2 :],
    )


def _chunks(rows: list[Any]) -> Iterator[list[Any]]:
    """The rows in even lots that leave room in each node."""
    lots = -(-len(rows) // (FANOUT * 3 // 4))
    for lot in range(lots):
        yield rows[lot * len(rows) // lots : (lot + 1) * len(rows) // lots]


def _parent(nodes: list[tuple[Any, _Node]]) -> _Node:
    return tuple(low for low, _ in nodes[1:]), tuple(node for _, node in nodes)


def _leaves(root: _Node, height: int, bound: Any, step: int) -> Iterator[_Node]:
    """Leaves from the one where `bound` belongs (None: from the outermost) upwards (1) or downwards (-1)."""
    # Who skips from one group of keys to the next asks for no second leaf, so the way there is not noted yet.
    keys, entries = root
    for _ in range(height):
        keys, entries = entries[(0 if step > 0 else -1) if bound is None else bisect_right(keys, bound)]
    yield keys, entries
    path = _path_to(root, height, bound, step)
    while path:
        children, place = path.pop()
        place += step
        if 0 <= place < len(children):
            path.append((children, place))
            node = children[place]
            while len(path) < height:
                path.append((node[1], 0 if step > 0 else len(node[0])))
                node = node[1][path[-1][1]]
            yield node


def _path_to(root: _Node, height: int, bound: Any, step: int) -> list[tuple[tuple[Any, ...], int]]:
    """The way to the first of those leaves, from the root down: each time the children and which one is taken."""
    path: list[tuple[tuple[Any, ...], int]] = []
    node = root
    for _ in range(height):
        keys, children = node
        outermost = 0 if step > 0 else len(keys)
        place = outermost if bound is None else bisect_right(keys, bound)
        path.append((children, place))
        node = children[place]
    return path


def _upwards(leaves: Iterator[_Node], bound: Any, after: Any) -> Iterator[tuple[Any, Any]]:
    keys, values = next(leaves)
    first = 0
    if bound is not None:
        first = bisect_left(keys, bound) if after is None else bisect_right(keys, bound)
    # One by one: cutting the leaf would touch all the rest of it, of which who skips wants one pair alone.
    for place in range(first, len(keys)):
        yield keys[place], values[place]
    for keys, values in leaves:
        yield from zip(keys, values, strict=True)


def _downwards(leaves: Iterator[_Node], bound: Any, after: Any) -> Iterator[tuple[Any, Any]]:
    keys, values = next(leaves)
    if bound is not None:
        place = bisect_right(keys, bound) if after is None else bisect_left(keys, bound)
        keys, values = keys[:place], values[:place]
    yield from zip(reversed(keys), reversed(values), strict=True)
    for keys, values in leaves:
        yield from zip(reversed(keys), reversed(values), strict=True)
