"""A sorted map behaves as a dictionary sorted afresh at each look, and keeps every version it ever was."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeoss.state.sorted_map import FANOUT, LEAST, SortedMap
from tests.state.effort import effort

KEYS = st.integers(0, 400)
SIZES = st.one_of(st.integers(0, 40), st.integers(1000, 1600))


def filled(size: int, step: int = 2) -> SortedMap[int, int]:
    return SortedMap.of((number * step, number) for number in range(size))


def check_shape(map_: SortedMap[Any, Any]) -> None:
    """Every leaf equally deep, every node but the root filled well, every separator in its place."""

    def check(node: Any, height: int, low: Any, high: Any, *, root: bool) -> int:
        keys, entries = node
        assert len(entries) <= FANOUT
        assert root or len(entries) >= LEAST
        assert all(low is None or low <= key for key in keys)
        assert all(high is None or key < high for key in keys)
        if height == 0:
            assert len(keys) == len(entries)
            return len(keys)
        assert len(keys) == len(entries) - 1 >= 1
        bounds = [low, *keys, high]
        return sum(
            check(entry, height - 1, bounds[place], bounds[place + 1], root=False)
            for place, entry in enumerate(entries)
        )

    assert check(map_._root, map_._height, None, None, root=True) == len(map_)


@settings(max_examples=60, deadline=None)
@given(SIZES, st.lists(st.tuples(st.booleans(), st.integers(0, 3300))), st.randoms(use_true_random=False))
def test_it_holds_what_a_dictionary_holds(size: int, changes: list[tuple[bool, int]], chance: random.Random) -> None:
    map_, model = filled(size), {number * 2: number for number in range(size)}
    changes = changes + [(False, key) for key in chance.sample(sorted(model), len(model) // 2)]
    for put, key in changes:
        if put:
            map_ = map_.set(key, -key)
            model[key] = -key
        elif key in model:
            map_ = map_.remove(key)
            del model[key]
        else:
            with pytest.raises(KeyError):
                map_.remove(key)
    check_shape(map_)
    assert list(map_.items()) == sorted(model.items())
    assert (len(map_), bool(map_)) == (len(model), bool(model))
    assert map_ == SortedMap.of(sorted(model.items()))
    assert [map_.get(key) for key in range(0, 3300, 7)] == [model.get(key) for key in range(0, 3300, 7)]
    assert [key in map_ for key in range(0, 3300, 7)] == [key in model for key in range(0, 3300, 7)]
    assert (map_.first(), map_.last()) == ((min(model.items()), max(model.items())) if model else (None, None))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.booleans(), KEYS), max_size=60), SIZES)
def test_no_change_touches_an_older_map(changes: list[tuple[bool, int]], size: int) -> None:
    map_ = filled(size)
    kept = [(map_, list(map_.items()))]
    for put, key in changes:
        if put:
            map_ = map_.set(key, len(kept))
        elif key in map_:
            map_ = map_.remove(key)
        kept.append((map_, list(map_.items())))
    for old, content in kept:
        assert list(old.items()) == content


@settings(max_examples=80, deadline=None)
@given(SIZES, st.integers(-2, 3300))
def test_items_begin_at_a_position_in_both_directions(size: int, key: int) -> None:
    map_ = filled(size)
    rows = list(map_.items())
    assert list(map_.items(start=key)) == [row for row in rows if row[0] >= key]
    assert list(map_.items(after=key)) == [row for row in rows if row[0] > key]
    assert list(map_.items(start=key, reverse=True)) == [row for row in reversed(rows) if row[0] <= key]
    assert list(map_.items(after=key, reverse=True)) == [row for row in reversed(rows) if row[0] < key]
    assert list(map_.items(reverse=True)) == rows[::-1]
    assert list(map_) == list(map_.keys()) == [row[0] for row in rows]
    assert list(map_.values()) == [row[1] for row in rows]


ORDERS: dict[str, Callable[[list[int]], list[int]]] = {
    "ascending": sorted,
    "descending": lambda keys: sorted(keys, reverse=True),
    "shuffled": lambda keys: random.Random(1).sample(keys, len(keys)),  # noqa: S311 - any order will do
    "inwards": lambda keys: [key for pair in zip(keys, reversed(keys), strict=True) for key in pair][: len(keys)],
}


@pytest.mark.parametrize("put_order", ORDERS.values(), ids=ORDERS)
@pytest.mark.parametrize("take_order", ORDERS.values(), ids=ORDERS)
def test_no_order_of_changes_makes_it_degenerate(
    put_order: Callable[[list[int]], list[int]], take_order: Callable[[list[int]], list[int]]
) -> None:
    keys = list(range(1500))
    map_: SortedMap[int, None] = SortedMap()
    for key in put_order(keys):
        map_ = map_.set(key, None)
    check_shape(map_)
    for key in take_order(keys)[:1400]:
        map_ = map_.remove(key)
    check_shape(map_)
    assert map_._height <= 2
    for key in list(map_):
        map_ = map_.remove(key)
    assert map_ == SortedMap()


def test_keys_that_come_in_order_fill_nodes_of_every_height_well() -> None:
    map_: SortedMap[int, None] = SortedMap()
    for key in range(8000):
        map_ = map_.set(key, None)
    leaves = sum(len(child[1]) for child in map_._root[1])
    assert map_._height == 2
    assert 8000 / leaves > 0.7 * FANOUT
    assert leaves / len(map_._root[1]) > 0.7 * FANOUT


@pytest.mark.parametrize(
    "work",
    [
        pytest.param(lambda map_, key: map_.set(key, 0), id="set"),
        pytest.param(lambda map_, key: map_.remove(key + 1), id="remove"),
        pytest.param(lambda map_, key: map_.get(key), id="get"),
        pytest.param(lambda map_, key: next(map_.items(after=key)), id="upwards"),
        pytest.param(lambda map_, key: next(map_.items(after=key, reverse=True)), id="downwards"),
    ],
)
def test_work_hardly_grows_with_what_it_holds(work: Callable[[SortedMap[int, int], int], object]) -> None:
    small, large = filled(50), filled(100_000)
    # A few calls for each of the two levels that the larger one has more.
    assert effort(lambda: work(large, 99_999)) <= effort(lambda: work(small, 51)) + 20


def test_keys_of_one_map_may_be_tuples() -> None:
    map_: SortedMap[tuple[str, int], str] = SortedMap()
    map_ = map_.set(("b", 1), "x").set(("a", 2), "y").set(("a", 1), "z")
    assert list(map_.items(start=("a", 2))) == [(("a", 2), "y"), (("b", 1), "x")]


def test_a_missing_key_raises_or_gives_the_default() -> None:
    map_ = filled(3)
    assert map_[4] == 2
    assert map_.get(5, "none") == "none"
    with pytest.raises(KeyError):
        map_[5]


def test_maps_differ_in_keys_values_or_kind() -> None:
    assert filled(3) != filled(4)
    assert filled(3) != filled(3).set(4, 9)
    assert filled(3) != {0: 0, 2: 1, 4: 2}
    with pytest.raises(TypeError):
        hash(filled(3))


def test_only_ascending_pairs_make_a_map() -> None:
    for pairs in ([(1, 0), (1, 0)], [(2, 0), (1, 0)]):
        with pytest.raises(ValueError, match="ascending"):
            SortedMap.of(pairs)


def test_start_and_after_exclude_each_other() -> None:
    with pytest.raises(ValueError, match="exclude"):
        filled(3).items(start=1, after=1)


def test_a_large_map_shows_its_first_pairs() -> None:
    assert repr(filled(2)) == "SortedMap({0: 0, 2: 1})"
    assert repr(filled(8)).endswith("14: 7})")
    assert repr(filled(9)).endswith("14: 7, ...})")


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"])), unique=True))
def test_text_keys_stand_in_the_byte_order_of_their_utf8(keys: list[str]) -> None:
    map_: SortedMap[str, int] = SortedMap()
    for key in keys:
        map_ = map_.set(key, 0)
    assert list(map_) == sorted(keys, key=lambda key: key.encode())
