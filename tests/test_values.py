"""What `quickly_made` leaves as it was, and what it refuses."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass, field, replace
from inspect import signature
from typing import Any

import pytest

from fakeoss.values import quickly_made


@dataclass(frozen=True, slots=True)
class Usual:
    """As the standard library makes it."""

    name: str
    size: int = 3
    parts: list[int] = field(default_factory=list)


@quickly_made
@dataclass(frozen=True, slots=True)
class Quick:
    """The same, quickly made."""

    name: str
    size: int = 3
    parts: list[int] = field(default_factory=list)


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Given by name only."""

    name: str
    size: int


@pytest.mark.parametrize(
    ("given", "named"),
    [(("a",), {}), (("a", 5), {}), (("a",), {"size": 5}), ((), {"name": "a", "parts": [1]}), (("a", 5, [2]), {})],
)
def test_it_takes_and_makes_what_the_usual_one_does(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    usual, quick = Usual(*given, **named), Quick(*given, **named)
    assert (quick.name, quick.size, quick.parts) == (usual.name, usual.size, usual.parts)
    assert signature(Quick) == signature(Usual)
    assert repr(quick) == repr(usual).replace("Usual", "Quick")


def test_a_default_made_anew_is_not_shared() -> None:
    assert Quick("a").parts is not Quick("a").parts


def test_it_stays_frozen_and_equal_by_content() -> None:
    value = Quick("a", parts=[1])
    with pytest.raises(FrozenInstanceError):
        value.size = 5  # type: ignore[misc] # which is what is refused
    assert value == Quick("a", 3, [1])
    assert value != Quick("b", 3, [1])
    assert replace(value, size=5) == Quick("a", 5, [1])


@pytest.mark.parametrize(("given", "named"), [((), {}), (("a", 1, [], 4), {}), (("a",), {"colour": "red"})])
def test_wrong_arguments_are_refused(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        Quick(*given, **named)


def test_what_is_given_by_name_only_stays_so() -> None:
    assert Named(name="a", size=1).size == 1
    with pytest.raises(TypeError):
        Named("a", 1)  # type: ignore[call-arg] # which is what is refused


def test_what_it_cannot_do_is_refused() -> None:
    @dataclass(frozen=True)
    class Roomy:
        name: str

    @dataclass(frozen=True, slots=True)
    class Finished:
        name: str

        def __post_init__(self) -> None:
            raise AssertionError

    @dataclass(frozen=True, slots=True)
    class Mixed:
        name: str
        size: int = field(kw_only=True)

    for kind in (Roomy, Finished, Mixed):
        with pytest.raises(TypeError, match=kind.__name__):
            quickly_made(kind)
