"""The fault sweep: every request of a test is made to fail, in every way, one run for each.

```python
result = kit.sweep(test_upload, invariant=kit.no_upload_left)
result.assert_clean()
```

The sweep needs no Hypothesis.
"""

from __future__ import annotations

import asyncio
import inspect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from fakeoss.app import FakeOSS
from fakeoss.counting import counted
from fakeoss.edge.journal import Entry
from fakeoss.edge.scripts import Effect, strikes_before_reply
from fakeoss.faults import Fault, Reset, Timeout, Truncated
from fakeoss.interceptors.switch import Stay
from fakeoss.mock import MARK

Invariant = Callable[[FakeOSS], object]
"""Looks at the fake after a run; it is broken where this gives False or raises, for instance an AssertionError."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One way for a request to fail; the fields are arguments of `FakeOSS.fail`."""

    status: int | None = None
    fault: Fault | None = None
    effect: Effect = "before"
    times: int | None = 1

    def arguments(self, skip: int) -> dict[str, Any]:
        """The keyword arguments of `FakeOSS.fail` that differ from their defaults, after `skip` such requests."""
        given = {"status": self.status, "fault": self.fault, "skip": skip or None}
        named: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        if self.effect == "after":
            named["effect"] = "after"
        return named if self.times == 1 else named | {"times": self.times}

    def suits(self, entry: Entry) -> bool:
        """Whether the request, as it went without failures, can fail so and tell anything new."""
        if self.fault is not None and not strikes_before_reply(self.fault):
            return entry.bytes_out > 0
        return self.effect == "before" or entry.error is None


KINDS: tuple[Kind, ...] = (
    Kind(status=500),
    Kind(status=503),
    Kind(fault=Reset()),
    Kind(fault=Timeout()),
    Kind(fault=Truncated()),
    Kind(status=500, effect="after"),
    Kind(fault=Reset(), effect="after"),
    Kind(fault=Timeout(), effect="after"),
    Kind(status=503, times=None),
)
"""An error, a lost connection and silence, each before the request takes effect and after; a reply cut short; and an
operation that fails from some request on, however often the client tries."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One run that broke something: which request failed how, what was broken, and how the test itself ended."""

    request: str
    operation: str
    arguments: dict[str, Any]
    broken: str
    ended: str

    @property
    def script(self) -> str:
        """The line that makes a test fail so, for an `oss` in reach."""
        spelled = [repr(self.operation).replace("'", '"')]
        spelled += [f"{name}={_spelled(value)}" for name, value in self.arguments.items()]
        return f"oss.fail({', '.join(spelled)})"

    def __str__(self) -> str:
        """The script, and what comes of it."""
        return f"{self.script}\n    request: {self.request}\n    broken:  {self.broken}\n    test:    {self.ended}"


@dataclass(frozen=True, slots=True)
class Sweep:
    """What a sweep found: the test's requests without failures, the number of runs, those where none was needed.

    `unserved` counts the runs whose failure was never reached, because the test went another way.
    """

    requests: tuple[str, ...]
    runs: int
    unserved: int
    findings: tuple[Finding, ...]

    @property
    def is_clean(self) -> bool:
        """Whether no run broke anything."""
        return not self.findings

    @property
    def shortest(self) -> Finding | None:
        """The finding with the shortest script, the earliest of several; None where all is well."""
        return min(self.findings, key=lambda found: len(found.script), default=None)

    @property
    def report(self) -> str:
        """What was run, and every finding as code ready to be pasted, the shortest script first."""
        tried = f"{counted(len(self.requests), 'request')}, {counted(self.runs, 'run')}"
        lines = [f"{tried}, {len(self.findings)} of them broke something"]
        lines += [str(found) for found in sorted(self.findings, key=lambda found: len(found.script))]
        return "\n".join(lines)

    def assert_clean(self) -> None:
        """Raise AssertionError with the report unless there were runs and every one was well."""
        __tracebackhide__ = True  # pytest ends the traceback in the test
        if not self.runs:
            raise AssertionError(f"nothing was tried: {self.report}")
        if self.findings:
            raise AssertionError(self.report)

    def __str__(self) -> str:
        """The report."""
        return self.report


def sweep(
    test_function: Callable[..., Any],
    *,
    invariant: Invariant | Sequence[Invariant] | None = None,
    kinds: Iterable[Kind | Fault | int] = KINDS,
    oss: FakeOSS | None = None,
    **settings: Any,
) -> Sweep:
    """Run a test once to learn its requests, then once for each request and each kind of failure.

    The test is a function or coroutine function of no argument, or of one: the fake. It runs inside a fake of its
    own each time, a fork of `oss` where that is given, else a new one with `settings`. That a test ends with an
    exception is no finding, since failures are there to be reported; what counts is a broken `invariant` (one or
    several), an assertion of the test's own that fails, and a defect of the fake. A status or a fault among
    `kinds` stands for both effects. Raises what the test raises without any failure, and AssertionError
    where an invariant does not hold even then.
    """
    invariants = _several(invariant)
    wanted = list(_kinds(kinds))
    bench = _Bench(test_function, invariants, oss, settings)
    entries = bench.learn()
    seen: Counter[str] = Counter()
    findings: list[Finding] = []
    runs = unserved = 0
    for entry in entries:
        for kind in (kind for kind in wanted if kind.suits(entry)):
            served, broken, ended = bench.run(entry.operation, kind.arguments(seen[entry.operation]))
            runs += 1
            unserved += not served
            if broken:
                arguments = kind.arguments(seen[entry.operation])
                findings.append(Finding(entry.line, entry.operation, arguments, broken, ended))
        seen[entry.operation] += 1
    return Sweep(tuple(entry.line for entry in entries), runs, unserved, tuple(findings))


def no_upload_left(oss: FakeOSS) -> None:
    """An invariant: no multipart upload is under way in any bucket."""
    left = [f"{view.name}/{upload.key}" for view in oss.buckets() for upload in view.uploads()]
    assert not left, f"multipart uploads left behind: {', '.join(left)}"  # noqa: S101 - an invariant asserts


def whole_or_absent(bucket: str, key: str, *contents: bytes) -> Invariant:
    """An invariant: an object, where it is there, has one of these contents."""

    def holds(oss: FakeOSS) -> None:
        view = next((view for view in oss.buckets() if view.name == bucket), None)
        found = view.read(key) if view is not None and key in view else None
        sizes = ", ".join(str(len(content)) for content in contents)
        size = counted(len(found or b""), "byte")
        told = f"{bucket}/{key} has {size} that are none of the contents wanted ({sizes} bytes)"
        assert found is None or found in contents, told  # noqa: S101 - an invariant asserts

    return holds


def _several(invariant: Invariant | Sequence[Invariant] | None) -> tuple[Invariant, ...]:
    if invariant is None:
        return ()
    several = tuple(invariant) if isinstance(invariant, Sequence) else (invariant,)
    for each in several:
        if not callable(each):
            raise TypeError(f"an invariant is a function of the fake, not {each!r}")
    return several


def _kinds(given: Iterable[Kind | Fault | int]) -> Iterator[Kind]:
    if not isinstance(given, Iterable):
        raise TypeError(f"kinds={given!r}: give several in a list, such as [503, faults.Reset()]")
    for each in given:
        if isinstance(each, Kind):
            yield each
        elif isinstance(each, int):
            yield from (Kind(status=each), Kind(status=each, effect="after"))
        elif isinstance(each, Reset | Timeout) and each.after_bytes is None:
            yield from (Kind(fault=each), Kind(fault=each, effect="after"))
        elif isinstance(each, Fault):
            yield Kind(fault=each)
        else:
            raise TypeError(f"a kind of failure is a status, one of fakeoss.faults or a kit.Kind, not {each!r}")


class _Bench:
    """Runs the test, each time inside a fake of its own."""

    def __init__(
        self, test: Callable[..., Any], invariants: tuple[Invariant, ...], oss: FakeOSS | None, settings: dict[str, Any]
    ) -> None:
        if oss is not None and settings:
            raise TypeError("settings belong to a new fake: give either an existing FakeOSS or settings")
        self._test = inspect.unwrap(test) if hasattr(test, MARK) else test
        self._takes_fake = _takes_fake(self._test)
        self._invariants = invariants
        self._oss = oss
        self._settings = settings

    def learn(self) -> list[Entry]:
        """The requests the test makes without any failure; raises what goes wrong even so."""
        with self._fake() as oss:
            with Stay(oss):
                self._call(oss)
                entries = [entry for entry in oss.requests if entry.operation]
                broken = self._broken(oss)
            if broken:
                raise AssertionError(f"without any failure: {broken}")
            return entries

    def run(self, operation: str, arguments: dict[str, Any]) -> tuple[bool, str, str]:
        """Whether the failure was served, what was broken (nothing: the empty string), how the test ended."""
        with self._fake() as oss:
            stay = Stay(oss)
            stay.begin()
            try:
                with oss.fail(operation, **arguments) as failure:
                    error = self._error(oss)
                served = failure.served > 0
                broken = _assertion(error) or self._broken(oss)
            finally:
                defect = _defect(stay)
            return served, defect or broken, "passed" if error is None else _told(error)

    @contextmanager
    def _fake(self) -> Iterator[FakeOSS]:
        if self._oss is None:
            yield FakeOSS(**self._settings)
            return
        with self._oss.fork() as child:
            yield child

    def _call(self, oss: FakeOSS) -> None:
        result = self._test(oss) if self._takes_fake else self._test()
        if inspect.iscoroutine(result):
            asyncio.run(result)

    def _error(self, oss: FakeOSS) -> BaseException | None:
        try:
            self._call(oss)
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:  # noqa: BLE001 - whatever a test raises is how it ended
            return error
        return None

    def _broken(self, oss: FakeOSS) -> str:
        for invariant in self._invariants:
            try:
                holds = invariant(oss)
            except AssertionError as error:
                return str(error) or f"{_name(invariant)} does not hold"
            except Exception as error:  # noqa: BLE001 - what is looked for may not be there, which is a finding
                return f"{_name(invariant)} raised {_told(error)}"
            if holds is False:
                return f"{_name(invariant)} does not hold"
        return ""


def _takes_fake(test: Callable[..., Any]) -> bool:
    """Whether the test has the one argument it may have; raises TypeError where it needs more."""
    parameters = inspect.signature(test).parameters.values()
    kinds = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    needed = [each.name for each in parameters if each.default is each.empty and each.kind not in kinds]
    if len(needed) > 1:
        told = ", ".join(needed)
        raise TypeError(f"what is swept takes the fake alone, not {told}: let it make its buckets and clients itself")
    return bool(parameters)


def _name(invariant: Invariant) -> str:
    return getattr(invariant, "__name__", repr(invariant))


def _assertion(error: BaseException | None) -> str:
    """What an assertion of the test itself says; those of pytest (`pytest.fail`) are no `Exception` at all."""
    by_pytest = type(error).__name__ == "Failed" and not isinstance(error, Exception)
    return f"the test's own assertion: {_told(error)}" if by_pytest or isinstance(error, AssertionError) else ""


def _defect(stay: Stay[FakeOSS]) -> str:
    """End the stay; a defect that the fake kept is what it tells."""
    try:
        stay.end()
    except Exception as defect:  # noqa: BLE001 - any exception here is a defect of the fake, to be reported
        return f"the fake itself failed: {_told(defect)}"
    return ""


def _told(error: BaseException | None) -> str:
    """The exception in one line."""
    first = (str(error).strip().splitlines() or [""])[0]
    return f"{type(error).__name__}: {first}" if first else type(error).__name__


def _spelled(value: object) -> str:
    """A value as code: faults with their module and only the fields that are not usual."""
    if isinstance(value, Fault):
        kind = type(value)
        given = [] if value == _usual(kind) else [f"{name}={getattr(value, name)!r}" for name in kind.__slots__]
        return f"faults.{kind.__name__}({', '.join(given)})"
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _usual(kind: type[Any]) -> object:
    """The fault without arguments, or None where it needs some."""
    try:
        return kind()
    except TypeError:
        return None
