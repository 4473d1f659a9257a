"""The order of versions of one key, and the one version called null."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from fakeoss.state.version_stack import VersionStack, assign_version_id
from tests.state.effort import effort
from tests.state.naive import a_marker, an_object


def stack_of(*version_ids: str) -> VersionStack:
    """A stack written from the oldest to the newest."""
    stack = VersionStack()
    for version_id in version_ids:
        stack = stack.put(an_object(version_id))
    return stack


def ids(stack: VersionStack) -> list[str]:
    return [version.version_id for version in stack]


def test_versions_stand_newest_first() -> None:
    stack = stack_of("a", "b", "c")
    assert ids(stack) == ["c", "b", "a"]
    assert stack.latest is stack.get("c")
    assert [len(stack_of(*"abc"[:count])) for count in range(4)] == [0, 1, 2, 3]
    assert (bool(stack), bool(VersionStack())) == (True, False)


@pytest.mark.parametrize("below", [0, 1, 2])
def test_a_put_while_suspended_replaces_the_null_version_wherever_it_stands(below: int) -> None:
    order = ["a", "b"]
    order.insert(below, "null")
    stack = stack_of(*order).put(an_object("null", b"new"))
    assert ids(stack) == ["null", "b", "a"]
    assert stack.latest == an_object("null", b"new")


def test_a_put_while_off_overwrites() -> None:
    stack = stack_of("null").put(an_object("null", b"new"))
    assert list(stack) == [an_object("null", b"new")]


def test_a_deletion_while_off_leaves_nothing() -> None:
    assert ids(stack_of("null").delete(None, a_marker())) == []
    assert ids(VersionStack().delete(None, a_marker())) == []


def test_a_deletion_while_enabled_hides_the_null_version() -> None:
    stack = stack_of("null").delete("Enabled", a_marker("m"))
    assert ids(stack) == ["m", "null"]
    assert stack.latest == a_marker("m")


@pytest.mark.parametrize("order", [("null", "a"), ("a", "null"), ("a",)])
def test_a_deletion_while_suspended_puts_a_null_marker_in_the_place_of_the_null_version(order: tuple[str, ...]) -> None:
    stack = stack_of(*order).delete("Suspended", a_marker())
    assert stack.latest == a_marker()
    assert ids(stack) == ["null", "a"]
    assert ids(stack.delete("Suspended", a_marker())) == ["null", "a"]


def test_a_deletion_of_a_key_that_never_was_makes_a_marker() -> None:
    assert ids(VersionStack().delete("Enabled", a_marker("m"))) == ["m"]
    assert ids(VersionStack().delete("Suspended", a_marker())) == ["null"]


def test_a_removed_version_uncovers_the_next() -> None:
    stack = stack_of("a", "b", "c").remove("c")
    assert stack.latest is stack.get("b")
    assert ids(stack.remove("a")) == ["b"]
    assert ids(stack.remove("a").remove("b")) == []


def test_a_removed_marker_brings_the_object_back() -> None:
    stack = stack_of("a").delete("Enabled", a_marker("m")).remove("m")
    assert list(stack) == [an_object("a")]


@pytest.mark.parametrize("order", [(), ("a",), ("a", "b")])
def test_what_is_not_there_cannot_be_removed_or_replaced(order: tuple[str, ...]) -> None:
    stack = stack_of(*order)
    assert stack.get("x") is None
    with pytest.raises(KeyError):
        stack.remove("x")
    with pytest.raises(KeyError):
        stack.replace(an_object("x"))


@pytest.mark.parametrize("order", [("a",), ("b", "a"), ("a", "b"), ("b", "a", "c")])
def test_a_changed_version_keeps_its_place(order: tuple[str, ...]) -> None:
    stack = stack_of(*order)
    before = stack.get("a")
    changed = replace(an_object("a"), acl="private")
    after = stack.replace(changed)
    assert ids(after) == ids(stack) == list(reversed(order))
    assert after.get("a") is changed
    assert stack.get("a") is before
    assert (after.latest is changed) == (order[-1] == "a")


@pytest.mark.parametrize("order", [("a",), ("a", "b")])
def test_an_id_is_given_only_once(order: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="exists"):
        stack_of(*order).put(an_object("a"))


def test_older_versions_follow_a_version() -> None:
    stack = stack_of("a", "b", "c")
    assert [version.version_id for version in stack.after("c")] == ["b", "a"]
    assert list(stack.after("a")) == []
    assert list(stack_of("a").after("a")) == []


def test_all_versions_follow_one_that_has_gone() -> None:
    assert [version.version_id for version in stack_of("a", "b").after("x")] == ["b", "a"]
    assert [version.version_id for version in stack_of("a").after("x")] == ["a"]


def test_only_while_enabled_a_version_gets_an_id_of_its_own() -> None:
    assert [assign_version_id(status, "new") for status in ("Enabled", "Suspended", None)] == ["new", "null", "null"]


def test_stacks_are_equal_by_their_versions() -> None:
    assert stack_of("a", "b") == stack_of("a", "c", "b").remove("c")
    assert hash(stack_of("a", "b")) == hash(stack_of("a", "c", "b").remove("c"))
    assert stack_of("a") != stack_of("a", "b")
    assert stack_of("a", "b") != stack_of("a", "c")
    assert stack_of("a") != ["a"]
    assert repr(stack_of("a", "b")) == "<VersionStack ['b', 'a']>"


@pytest.mark.parametrize(
    "work",
    [
        pytest.param(lambda stack, oldest: stack.put(an_object("new")), id="put"),
        pytest.param(lambda stack, oldest: stack.get(oldest), id="get"),
        pytest.param(lambda stack, oldest: stack.remove(oldest), id="remove"),
        pytest.param(lambda stack, oldest: next(stack.after(oldest), None), id="after"),
    ],
)
def test_the_ten_thousandth_version_costs_what_the_third_did(work: Callable[[VersionStack, str], object]) -> None:
    few, many = stack_of("a", "b"), stack_of(*map(str, range(10_000)))
    # A few calls for each level that the larger one has more, in both of its maps.
    assert effort(lambda: work(many, "0")) <= effort(lambda: work(few, "a")) + 40
