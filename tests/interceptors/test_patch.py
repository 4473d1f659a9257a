"""A patched name is left as it was found, whoever else patches it meanwhile."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from fakeoss.interceptors.patch import Patch


class Library:
    @staticmethod
    def call() -> str:
        return "library"


def fresh() -> type[Library]:
    class Copy(Library):
        @staticmethod
        def call() -> str:
            return "library"

    return Copy


def around(name: str) -> Callable[[Callable[[], str]], Callable[[], str]]:
    def wrap(original: Callable[[], str]) -> Callable[[], str]:
        return lambda: f"{name}({original()})"

    return wrap


def patch_by_hand(owner: Any, name: str) -> Callable[[], None]:
    """What another mock does; gives the function that takes it back."""
    before = owner.call

    @functools.wraps(before)
    def replaced() -> str:
        return f"{name}({before()})"

    owner.call = replaced

    def restore() -> None:
        owner.call = before

    return restore


def test_a_name_is_wrapped_and_restored() -> None:
    library = fresh()
    before = library.call
    patch = Patch(library, "call", around("ours"))
    for _ in range(2):
        patch.put_on()
        assert library.call() == "ours(library)"
        patch.take_off()
        assert library.call is before
    patch.take_off()
    assert library.call is before


def test_a_patch_above_ours_keeps_working_when_we_leave_first() -> None:
    library = fresh()
    patch = Patch(library, "call", around("ours"))
    patch.put_on()
    restore = patch_by_hand(library, "theirs")
    assert library.call() == "theirs(ours(library))"
    patch.take_off()
    assert library.call() == "theirs(library)"
    restore()
    assert library.call() == "library"


def test_a_wrapper_that_was_left_beneath_lives_again_and_goes_at_last() -> None:
    library = fresh()
    before = library.call
    patch = Patch(library, "call", around("ours"))
    patch.put_on()
    restore = patch_by_hand(library, "theirs")
    patch.take_off()
    restore()
    patch.put_on()
    assert library.call() == "ours(library)", "not wrapped twice"
    patch.take_off()
    assert library.call is before


def test_a_patch_beneath_ours_that_leaves_first_takes_ours_with_it_only_by_name() -> None:
    library = fresh()
    before = library.call
    restore = patch_by_hand(library, "theirs")
    patch = Patch(library, "call", around("ours"))
    patch.put_on()
    assert library.call() == "ours(theirs(library))"
    restore()
    assert library.call is before
    patch.take_off()
    assert library.call is before


def test_a_copied_attribute_does_not_make_a_foreign_wrapper_ours() -> None:
    library = fresh()
    patch = Patch(library, "call", around("ours"))
    patch.put_on()
    patch_by_hand(library, "theirs")
    patch.take_off()
    patch.put_on()
    assert library.call() == "ours(theirs(ours(library)))"
