"""Watching the fakes that tests use: none is left on, and a test that fails tells what it asked of them."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from fakeoss import activation
from fakeoss.activation import Token, tokens
from fakeoss.app import FakeOSS
from fakeoss.edge.journal import Entry
from fakeoss.interceptors.environment import ENVIRONMENT
from fakeoss.interceptors.switch import end
from fakeoss.mock import MARK
from fakeoss.travel import journeys

FIXTURES = frozenset({"fake_oss", "fake_oss_class", "fake_oss_module", "fake_oss_session", "oss_bucket", "oss_server"})

OF_ONE_TEST = frozenset({"fake_oss", "oss_bucket", "oss_server"})
"""Those that a marker on a test itself is for."""

COME_BACK = "such a journey ends with oss.clock.come_back(); it is ended now"

CURE = "ask for fake_oss beside it, or mark the class or the module"

_ON_THE_WAY = ("fakeoss", "conftest_plugin", "contextlib", "functools", "unittest", "_pytest", "pluggy")
"""Packages whose frames lie between whoever begins an activation and the registry."""


class Watch:
    """One a run, begun when something has imported fakeoss or asks for one of its fixtures."""

    def __init__(self, shown: int, initial: Iterable[Token]) -> None:
        """Show `shown` requests of each fake when a test fails, and leave the `initial` activations alone."""
        self._shown = shown
        self._initial = tuple(initial)
        self._before: tuple[Token, ...] = ()
        self._owners: dict[Token, Any] = {}
        self._orphans: set[Token] = set()
        self._begun_at: dict[Token, str] = {}
        self._counts: dict[FakeOSS, int] = {}
        self._trusted: list[FakeOSS] = []
        self._journeys = journeys()
        activation.observe(self._begun)

    # Who has begun what

    @contextmanager
    def trusting(self, oss: FakeOSS) -> Iterator[None]:
        """Let a fake be active within the block, which ends with its fixture."""
        self._trusted.append(oss)
        self._counts.setdefault(oss, 0)
        try:
            yield
        finally:
            self._trusted.remove(oss)

    def _begun(self, token: Token) -> None:
        if token.service in self._trusted:
            return
        self._begun_at[token] = _caller()
        for oss in _fakes((token,)):
            self._counts.setdefault(oss, 0)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Generator[None, object, object]:
        """Note which activations belong to a fixture."""
        before = tokens()
        try:
            return (yield)
        finally:
            for token in tokens():
                if token not in before and token not in self._owners:
                    self._owners[token] = fixturedef
            if fixturedef.scope != "function":
                self._journeys = journeys()

    def pytest_fixture_post_finalizer(self, fixturedef: Any) -> None:
        """Note which of them should be over."""
        self._orphans.update(token for token, owner in self._owners.items() if owner is fixturedef)

    # A test from its beginning to its end

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Note what is active before the test, and warn where two fakes would get in each other's way."""
        self._before, self._journeys = tokens(), journeys()
        self._counts = {oss: oss.requests.count() for oss in _fakes(self._before)}
        marked = [getattr(item, name, None) for name in ("function", "cls")]
        if any(getattr(decorated, MARK, False) for decorated in marked):
            names = sorted(FIXTURES.intersection(getattr(item, "fixturenames", ())))
            if names:
                item.warn(pytest.PytestWarning(_hidden(item, names)))
        if any(mark.name == "oss" for mark in item.own_markers):
            self._warn_of_no_effect(item)

    def _warn_of_no_effect(self, item: pytest.Item) -> None:
        """A marker on a test sets up the fixtures of the test; those of a wider scope are there already."""
        asked = FIXTURES.intersection(getattr(item, "fixturenames", ()))
        if asked and not asked & OF_ONE_TEST:
            names = ", ".join(sorted(asked))
            item.warn(
                pytest.PytestWarning(f"{item.nodeid} has @pytest.mark.oss, which does nothing to {names}: {CURE}")
            )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Add the last requests to the report of a test that failed."""
        report = yield
        if call.excinfo is not None:
            for oss in self._counts:
                oss.drop_defects_shown_by(call.excinfo.value)
        if report.failed:
            report.sections += [section for oss in self._counts for section in self._section(oss)]
            self._counts = {oss: oss.requests.count() for oss in self._counts}
        if call.when == "teardown":
            self._counts = {}
        return report

    def _section(self, oss: FakeOSS) -> Iterable[tuple[str, str]]:
        made = oss.requests.count()
        if made >= self._counts[oss]:  # else the test has cleared the journal
            made -= self._counts[oss]
        if made > 0 and self._shown > 0:
            entries = oss.requests.last(min(made, self._shown))
            number = f"last {len(entries)} of {made}" if made > len(entries) else str(made)
            yield f"OSS requests ({number})", "\n".join(line for entry in entries for line in _told(entry))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, object, object]:
        """When all fixtures of the test are gone, end what is left on, and say so."""
        try:
            result = yield
        except BaseException:
            self._end(self._left_on())
            self._bring_back()
            raise
        finally:
            ENVIRONMENT.mend()
        left_on = self._left_on()
        told = [self._name(token) for token in left_on]
        self._end(left_on)
        was_moved = self._bring_back()
        if told:
            pytest.fail(f"{item.nodeid} left {' and '.join(told)} active; it is ended now", pytrace=False)
        if was_moved:
            pytest.fail(f"{item.nodeid} left the clock moved by a fake that is not active: {COME_BACK}", pytrace=False)
        return result

    def _bring_back(self) -> bool:
        """End the journeys that this test has begun with fakes that are not active; whether there were any."""
        active = [oss.clock for oss in _fakes(tokens())]
        left = [clock for clock in journeys() if clock not in active and clock not in self._journeys]
        for clock in left:
            clock.come_back()
        return bool(left)

    def _left_on(self) -> list[Token]:
        """What this test, or a fixture that is over, has begun and not ended."""
        return [token for token in tokens() if token in self._orphans or not self._may_stay(token)]

    def _may_stay(self, token: Token) -> bool:
        if token.service in self._trusted:
            return True
        owner = self._owners.get(token)
        return token in self._before if owner is None else owner.scope != "function"

    def _name(self, token: Token) -> str:
        owner = self._owners.get(token)
        by = "" if owner is None else f" by the fixture {owner.argname}"
        begun_at = self._begun_at.get(token)
        return f"a fake begun{by}" + (f" at {begun_at}" if begun_at else "")

    def _end(self, left_on: list[Token]) -> None:
        for token in left_on:
            end(token)
        active = tokens()
        self._owners = {token: owner for token, owner in self._owners.items() if token in active}
        self._begun_at = {token: place for token, place in self._begun_at.items() if token in active}
        self._orphans.clear()

    @pytest.hookimpl(wrapper=True)
    def pytest_sessionfinish(self) -> Generator[None, object, object]:
        """End what an interrupted test has left on."""
        try:
            return (yield)
        finally:
            self._end([token for token in tokens() if token not in self._initial])
            activation.forget(self._begun)


def _fakes(of: Iterable[Token]) -> list[FakeOSS]:
    """The fakes that are active; whoever works on fakeoss itself may have other services on the stack."""
    return [token.service for token in of if isinstance(token.service, FakeOSS)]


def _caller() -> str:
    """File and line of whoever begins an activation."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] in _ON_THE_WAY:
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"


def _told(entry: Entry) -> Iterable[str]:
    """An entry in lines, the reason of a refusal indented below it."""
    yield f"{entry.at:%H:%M:%S} {entry.line}"
    for line in (entry.why or "").splitlines():
        yield f"         {line}"


def _hidden(item: pytest.Item, names: list[str]) -> str:
    return (
        f"{item.nodeid} has @mock_oss and the fixture {', '.join(names)}: two fakes that share nothing,"
        " and the one begun last hides the other; drop the decorator or the fixture"
    )
