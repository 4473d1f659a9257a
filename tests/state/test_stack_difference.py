"""What two stacks of versions tell of each other is what a look at both whole would show."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from fakeoss.state.key_index import KeyIndex
from fakeoss.state.objects import ObjectVersion
from fakeoss.state.version_stack import VersionStack
from tests.state.effort import effort
from tests.state.naive import a_marker, an_object

ACTS = st.lists(
    st.tuples(st.sampled_from(("put", "null", "hide", "remove", "replace")), st.integers(0, 30)), max_size=20
)


def acted(stack: VersionStack, acts: list[tuple[str, int]], name: str) -> VersionStack:
    """A stack after some changes; new versions are named by `name` and a number."""
    for number, (act, place) in enumerate(acts):
        if act == "put":
            stack = stack.put(an_object(f"{name}{number}"))
        elif act == "null":
            stack = stack.put(an_object("null", name.encode()))
        elif act == "hide":
            stack = stack.put(a_marker(f"{name}{number}"))
        elif len(stack):
            version = list(stack)[place % len(stack)]
            if act == "remove":
                stack = stack.remove(version.version_id)
            elif isinstance(version, ObjectVersion):
                stack = stack.replace(replace(version, tags=((name, str(number)),)))
    return stack


def successors(stack: VersionStack) -> dict[str, object]:
    """By each id the version that came after it."""
    versions = list(stack)
    return {version.version_id: newer for version, newer in zip(versions, [None, *versions], strict=False)}


@settings(deadline=None)
@given(ACTS, ACTS)
def test_the_difference_of_two_stacks(first: list[tuple[str, int]], then: list[tuple[str, int]]) -> None:
    old = acted(VersionStack(), first, "a")
    new = acted(old, then, "b")
    was = {version.version_id: version for version in old}
    now = {version.version_id: version for version in new}
    expected = {
        identifier: (was.get(identifier), now.get(identifier))
        for identifier in {*was, *now}
        if was.get(identifier) is not now.get(identifier)
    }
    assert new.differences(old) == expected
    assert new.differences(new) == {}


@settings(deadline=None)
@given(ACTS, ACTS)
def test_what_changed_or_has_another_successor(first: list[tuple[str, int]], then: list[tuple[str, int]]) -> None:
    old = acted(VersionStack(), first, "a")
    new = acted(old, then, "b")
    before, after = successors(old), successors(new)
    found = {version.version_id for version in new.changed_since(old)}
    for version in new:
        name = version.version_id
        if old.get(name) is not version or before[name] is not after[name]:
            assert name in found
    assert found <= set(after)


@settings(deadline=None)
@given(ACTS)
def test_the_successor_of_each_version(acts: list[tuple[str, int]]) -> None:
    stack = acted(VersionStack(), acts, "a")
    assert {version.version_id: stack.successor(version.version_id) for version in stack} == successors(stack)
    assert stack.successor("none") is None


def test_one_change_among_many_versions_costs_what_it_costs_among_few() -> None:
    def price(count: int) -> int:
        old = acted(VersionStack(), [("put", 0)] * count, "a")
        new = old.put(an_object("b"))
        return effort(lambda: (list(new.changed_since(old)), new.differences(old)))

    assert price(10_000) < 4 * price(100)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=12))
def test_the_keys_of_an_index_that_changed(acts: list[tuple[str, bool]]) -> None:
    old = KeyIndex().put("a", an_object("a1")).put("b", an_object("b1"))
    new = old
    for number, (key, removes) in enumerate(acts):
        current = new.current(key)
        if not removes:
            new = new.put(key, an_object(f"n{number}"))
        elif current is not None:
            new = new.remove(key, current.version_id)
    expected = [key for key in "abc" if old.stack(key) is not new.stack(key)]
    assert [key for key, _, _ in new.changes_since(old)] == expected
