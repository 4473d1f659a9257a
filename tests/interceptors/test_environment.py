"""Credentials in the environment: right while a fake is active, gone without a trace afterwards."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fakeoss
from fakeoss.interceptors.environment import KEY_ID, KEY_SECRET, NAMES, TOKENS, Environment

Found = dict[str, str | None]


@pytest.fixture(autouse=True)
def own_variables(monkeypatch: pytest.MonkeyPatch) -> Found:
    """What stands in the environment before: an id and a token of the user's own, and no secret."""
    monkeypatch.setenv(KEY_ID, "my-own-id")
    monkeypatch.delenv(KEY_SECRET, raising=False)
    monkeypatch.setenv(TOKENS[0], "my-own-token")
    monkeypatch.delenv(TOKENS[1], raising=False)
    return found()


def found() -> Found:
    return {name: os.environ.get(name) for name in NAMES}


def shown(oss: fakeoss.FakeOSS) -> Found:
    return {KEY_ID: oss.credentials[0], KEY_SECRET: oss.credentials[1], **dict.fromkeys(TOKENS)}


def test_the_fakes_credentials_stand_there_while_it_is_active(own_variables: Found) -> None:
    with fakeoss.mock_oss(seed=1) as oss:
        assert found() == shown(oss)
        with fakeoss.mock_oss(seed=2) as inner:
            assert found() == shown(inner) != shown(oss)
        assert found() == shown(oss)
    assert found() == own_variables


def test_they_are_left_alone_when_asked_for(own_variables: Found) -> None:
    with fakeoss.mock_oss(set_env=False):
        assert found() == own_variables
    with fakeoss.mock_oss(seed=1) as oss, fakeoss.mock_oss(seed=2, set_env=False):
        assert found() == shown(oss)
    assert found() == own_variables


def test_a_fork_shows_its_parents_credentials(own_variables: Found) -> None:
    with fakeoss.mock_oss(seed=1) as oss:
        with fakeoss.mock_oss(seed=2), oss.fork():
            assert found() == shown(oss)
        assert found() == shown(oss)
    assert found() == own_variables


@given(st.permutations(range(4)))
def test_activations_end_in_any_order(order: list[int]) -> None:
    before = found()
    activations = [fakeoss.mock_oss(seed=seed) for seed in range(4)]
    fakes = [each.start() for each in activations]
    left = dict(enumerate(fakes))
    for number in order:
        activations[number].stop()
        del left[number]
        assert found() == (shown(left[max(left)]) if left else before)


def test_what_a_test_sets_between_two_activations_is_there_between_their_ends(own_variables: Found) -> None:
    with fakeoss.mock_oss():
        os.environ[KEY_ID] = "set by the test"
        with fakeoss.mock_oss(seed=1) as inner:
            assert found() == shown(inner)
        assert os.environ[KEY_ID] == "set by the test"
    assert found() == own_variables


def test_it_is_there_too_when_the_outer_one_ends_first(own_variables: Found) -> None:
    outer, inner = fakeoss.mock_oss(), fakeoss.mock_oss(seed=1)
    outer.start()
    os.environ[KEY_ID] = "set by the test"
    inner.start()
    outer.stop()
    inner.stop()
    assert found() == {**own_variables, KEY_ID: "set by the test"}


def restored_late(environment: Environment, meanwhile: Callable[[], None]) -> None:
    """Note a variable while credentials are shown, and put it back after their end."""
    environment.enter(environment, ("fake-id", "fake-secret"))
    noted = os.environ[KEY_ID]
    environment.leave(environment)
    meanwhile()
    os.environ[KEY_ID] = noted


def test_credentials_that_turn_up_again_are_put_away(own_variables: Found) -> None:
    environment = Environment()
    restored_late(environment, lambda: None)
    assert os.environ[KEY_ID] == "fake-id"
    environment.mend()
    assert found() == own_variables


def test_nothing_is_mended_that_is_not_broken() -> None:
    environment = Environment()
    environment.mend()
    restored_late(environment, lambda: None)
    os.environ[KEY_ID] = "set by the test"
    before = found()
    environment.mend()
    assert found() == before


def test_who_never_entered_may_leave(own_variables: Found) -> None:
    Environment().leave(object())
    assert found() == own_variables
