"""What a machine can drive: the model, the fake itself by raw HTTP, oss2, SDK v2 (sync, async), a real bucket.

`Stage` opens two of them by name, side by side; anything callable with a fake and a bucket's name will do as well.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType

from fakeoss.app import FakeOSS
from fakeoss.interceptors.switch import Stay
from fakeoss.kit import steps
from fakeoss.kit.steps import Outcome, Step
from fakeoss.kit.targets.target import Target

Make = Callable[[FakeOSS, str], Target]
"""Gives the target for a bucket that exists in the fake."""


def _model(oss: FakeOSS, bucket: str) -> Target:
    from fakeoss.kit.model import Model

    return Model()


def _raw(oss: FakeOSS, bucket: str) -> Target:
    from fakeoss.kit.targets.raw import Raw

    return Raw(oss, bucket)


def _oss2(oss: FakeOSS, bucket: str) -> Target:
    from fakeoss.kit.targets.oss2_bucket import Oss2

    return Oss2(oss.oss2_bucket(bucket))


def _v2(oss: FakeOSS, bucket: str) -> Target:
    from fakeoss.kit.targets.sdk_v2 import SdkV2

    return SdkV2(oss.client(), bucket)


def _v2_async(oss: FakeOSS, bucket: str) -> Target:
    from fakeoss.kit.targets.sdk_v2_async import SdkV2Async

    return SdkV2Async.of(oss, bucket)


def _real(oss: FakeOSS, bucket: str) -> Target:
    from fakeoss.kit.targets.real import Real

    return Real.from_environment()


TARGETS: dict[str, Make] = {
    "model": _model,
    "raw": _raw,
    "oss2": _oss2,
    "v2": _v2,
    "v2-async": _v2_async,
    "real": _real,
}
"""The targets by name."""

_INTERCEPTED = ("oss2", "v2", "v2-async")


class Stage:
    """Two targets side by side, each with an empty bucket; those on the fake share one fake. A context manager."""

    def __init__(self, left: str | Make, right: str | Make) -> None:
        """Targets by name or by what makes them; raises ValueError for an unknown name and an impossible pair."""
        names = [each for each in (left, right) if isinstance(each, str)]
        unknown = [name for name in names if name not in TARGETS]
        if unknown:
            raise ValueError(f"no target is called {unknown[0]!r}; there are {', '.join(TARGETS)}")
        self._real = "real" in names
        self._intercepted = any(name in _INTERCEPTED for name in names) or len(names) < len((left, right))
        if self._real and self._intercepted:
            raise ValueError("a client of the fake hides the real service: compare that with 'model' or 'raw'")
        self._makes = [TARGETS[each] if isinstance(each, str) else each for each in (left, right)]
        self.oss = FakeOSS()
        self._exits = ExitStack()
        self._targets: tuple[Target, ...] = ()

    def __enter__(self) -> Stage:
        with ExitStack() as exits:
            if self._intercepted:
                exits.enter_context(Stay(self.oss))
            exits.callback(self.oss.clock.come_back)
            for make, bucket in zip(self._makes, ("kit-left", "kit-right"), strict=True):
                self.oss.create_bucket(bucket)
                target = make(self.oss, bucket)
                exits.callback(target.close)
                self._targets += (target,)
            self._exits = exits.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._exits.__exit__(kind, error, trace)

    def do(self, step: Step) -> tuple[Outcome, Outcome]:
        """Both outcomes of a step; time passes for both at once, and never where a real service answers."""
        if isinstance(step, steps.Advance):
            if self._real:
                raise ValueError("days cannot pass where a real service answers")
            self.oss.clock.advance(days=step.days)
        left, right = self._targets
        return left.do(step), right.do(step)
