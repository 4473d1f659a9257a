"""State machines that drive two targets alike and report the first difference, shrunk, as a test."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from fakeoss.kit.areas import AREAS, BEGINNINGS
from fakeoss.kit.steps import Outcome, Step
from fakeoss.kit.targets import Make, Stage


class Difference(AssertionError):  # noqa: N818 - nothing is in error but the agreement
    """Two targets answered a step differently; the message is a test that shows it."""

    def __init__(self, done: list[Step], left: Any, right: Any, outcomes: tuple[Outcome, Outcome]) -> None:
        """Made by `Duel`."""
        super().__init__(_report(done, left, right, outcomes))
        self.steps = tuple(done)


class Duel:
    """Two targets that are told the same; a context manager."""

    def __init__(self, left: str | Make, right: str | Make) -> None:
        """Targets by name (`fakeoss.kit.targets.TARGETS`) or by what makes them."""
        self._sides = (left, right)
        self._stage = Stage(left, right)
        self._done: list[Step] = []

    def __enter__(self) -> Duel:
        self._stage.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._stage.__exit__(*error)

    def do(self, step: Step) -> Outcome:
        """Carry out a step on both; raises Difference."""
        self._done.append(step)
        left, right = self._stage.do(step)
        if left != right:
            raise Difference(self._done, *self._sides, (left, right))
        return left


def replay(done: Iterable[Step], left: str | Make = "raw", right: str | Make = "model") -> None:
    """Tell two targets the same steps; raises Difference at the first that they answer differently."""
    with Duel(left, right) as duel:
        for step in done:
            duel.do(step)


def machine(area: str, left: str | Make = "raw", right: str | Make = "model") -> type[RuleBasedStateMachine]:
    """A Hypothesis state machine of an area, for one's own settings; raises ValueError for an unknown area."""
    if area not in AREAS:
        raise ValueError(f"no area is called {area!r}; there are {', '.join(AREAS)}")

    def begin(self: Any) -> None:
        RuleBasedStateMachine.__init__(self)
        self.duel = Duel(left, right)
        self.duel.__enter__()

    def end(self: Any) -> None:
        self.duel.__exit__(None, None, None)

    def told() -> Callable[[Any, Step], None]:
        return lambda self, step: self.duel.do(step) and None

    def prepare(self: Any, done: tuple[Step, ...]) -> None:
        for step in done:
            self.duel.do(step)

    members: dict[str, Any] = {
        f"step_{number}": rule(step=strategy)(told()) for number, strategy in enumerate(AREAS[area]())
    }
    if area in BEGINNINGS:
        members["prepare"] = initialize(done=BEGINNINGS[area])(prepare)
    return type(f"{area.title()}Machine", (RuleBasedStateMachine,), {"__init__": begin, "teardown": end, **members})


def compare(
    area: str,
    left: str | Make = "raw",
    right: str | Make = "model",
    *,
    examples: int = 60,
    length: int = 30,
    derandomize: bool = True,
    shrink: bool = True,
) -> None:
    """Explore an area with a fixed budget: `examples` runs of up to `length` steps, the same each time.

    With `derandomize=False` each call tries other runs, and Hypothesis keeps the failing ones in its database.
    Raises Difference with the shortest run found.
    """
    phases = [Phase.reuse, Phase.generate, *([Phase.shrink] if shrink else [])]
    budget = settings(
        max_examples=examples,
        stateful_step_count=length,
        deadline=None,
        derandomize=derandomize,
        phases=phases,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        report_multiple_bugs=False,
    )
    try:
        run_state_machine_as_test(machine(area, left, right), settings=budget)
    except Difference as found:
        raise _shortest(found, left, right) from None


def _shortest(found: Difference, left: str | Make, right: str | Make) -> Difference:
    """The difference without any step that it does not need."""
    position = len(found.steps) - 2
    while position >= 0:
        try:
            replay(found.steps[:position] + found.steps[position + 1 :], left, right)
        except Difference as shorter:
            found = shorter
        position = min(position, len(found.steps) - 1) - 1
    return found


def _report(done: list[Step], left: Any, right: Any, outcomes: tuple[Outcome, Outcome]) -> str:
    names = [_name(each) for each in (left, right)]
    kinds = sorted({type(step).__name__ for step in done} | {"When" for step in done if "When(" in repr(step)})
    spelled = [f'"{name}"' if isinstance(each, str) else name for each, name in zip((left, right), names, strict=True)]
    told = [f"{name:>8}: {_told(outcome)}" for name, outcome in zip(names, outcomes, strict=True)]
    return "\n".join(
        [
            f"the targets differ in their answers to {done[-1]!r}",
            *told,
            "",
            "from fakeoss import kit",
            f"from fakeoss.kit.steps import {', '.join(kinds)}",
            "",
            "",
            f"def test_{names[0].replace('-', '_')}_and_{names[1].replace('-', '_')}_agree() -> None:",
            "    steps = [",
            *(f"        {step!r}," for step in done),
            "    ]",
            f"    kit.replay(steps, {', '.join(spelled)})",
        ]
    )


def _name(side: Any) -> str:
    """A target's name; of what makes one its own, or where that has none to be used in code, `target`."""
    name: str = side if isinstance(side, str) else getattr(side, "__name__", "")
    return name if isinstance(side, str) or name.isidentifier() else "target"


def _told(outcome: Outcome) -> str:
    return outcome.error or str(dict(outcome.facts))
