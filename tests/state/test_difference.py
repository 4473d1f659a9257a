"""The difference of two maps is what a look at both whole would show, at the price of what changed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fakeoss.state.difference import changes
from fakeoss.state.sorted_map import SortedMap
from tests.state.effort import effort


def plainly(
    before: SortedMap[int, object], after: SortedMap[int, object]
) -> list[tuple[int, object | None, object | None]]:
    old, new = dict(before.items()), dict(after.items())
    return [(key, old.get(key), new.get(key)) for key in sorted({*old, *new}) if old.get(key) is not new.get(key)]


@settings(max_examples=60, deadline=None)
@given(
    st.sets(st.integers(0, 400), max_size=300),
    st.lists(st.tuples(st.integers(0, 400), st.booleans()), max_size=120),
)
def test_every_change_is_found_in_order(keys: set[int], acts: list[tuple[int, bool]]) -> None:
    before: SortedMap[int, object] = SortedMap.of((key, object()) for key in sorted(keys))
    after = before
    for key, removes in acts:
        if not removes:
            after = after.set(key, object())
        elif key in after:
            after = after.remove(key)
    assert list(changes(before, after)) == plainly(before, after)
    assert list(changes(after, before)) == plainly(after, before)


def test_maps_without_a_common_node_are_compared_entry_by_entry() -> None:
    values = [object() for _ in range(500)]
    before = SortedMap.of(enumerate(values))
    after: SortedMap[int, object] = SortedMap()
    for key, value in enumerate(values):
        after = after.set(key, value)
    assert list(changes(before, after)) == []
    assert list(changes(before, after.remove(77))) == [(77, values[77], None)]


def test_one_change_among_many_costs_what_it_costs_among_few() -> None:
    def price(size: int) -> int:
        before = SortedMap.of((key, object()) for key in range(size))
        after = before.set(size // 2, object())
        return effort(lambda: list(changes(before, after)))

    assert price(100_000) < 4 * price(1_000)
