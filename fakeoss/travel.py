"""Moving the process's clock: `oss.clock`, through freezegun.

The fake keeps no time of its own. What moves here moves for client, signer and test alike, until the
activation ends. Freezegun is started on the first journey; tests that do not travel do not pay for it.
"""

from __future__ import annotations

import sys
import warnings
from datetime import datetime, timedelta, timezone
from typing import Any, Protocol

from fakeoss import clock
from fakeoss.wire.message import Reply, Request

UTC = timezone.utc


class _Factory(Protocol):
    """One of freezegun's time factories: gives the moment, naive and in UTC, and can be moved."""

    time_to_freeze: datetime

    def __call__(self) -> datetime: ...

    def move_to(self, target_datetime: datetime) -> None: ...


class Clock:
    """The process's clock as one fake may move it.

    Where the user's own `freeze_time` is in force, that is what moves, and it stays what it is: stopped,
    ticking or stepping. Another one nested inside would leave freezegun's patches behind when a decorated
    test ends before the fake does.
    """

    def __init__(self) -> None:
        """Nothing is moved yet."""
        self._journey: _Journey | None = None
        self._moved: list[_Displacement] = []

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        return clock.now()

    def advance(self, by: timedelta = timedelta(0), /, **duration: float) -> datetime:
        """Move on by a timedelta, by `days=`, `hours=` and all that one takes, or both; gives the new moment.

        Raises TypeError for other units, and what `travel_to` raises.
        """
        if not isinstance(by, timedelta):
            raise TypeError(
                f"advance takes a timedelta, or days=, hours=, minutes=, seconds= and their like, not {by!r}"
            )
        try:
            by += timedelta(**duration)
        except TypeError as error:
            units = "weeks=, days=, hours=, minutes=, seconds= and their like"
            raise TypeError(f"advance takes {units}, as timedelta does: {error}") from None
        return self.travel_to(clock.now() + by)

    def travel_to(self, moment: datetime) -> datetime:
        """Move to `moment`, forth or back; naive ones are UTC. Gives the moment it is then.

        Time goes on from there at its usual pace, under the user's own `freeze_time` at that one's. Raises
        RuntimeError while time-machine is travelling, which has to be moved itself, and TypeError for what is
        no `datetime`.
        """
        if not isinstance(moment, datetime):
            raise TypeError(
                f"travel_to takes a datetime, such as datetime(2030, 1, 31, tzinfo=timezone.utc), not {moment!r}"
            )
        _refuse_time_machine()
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        target = aware.astimezone(UTC).replace(tzinfo=None)
        factory = _in_force()
        if factory is None:
            self._journey = _Journey(target, self)
        elif self._journey is not None and factory is self._journey.factory:
            factory.move_to(target)
        else:
            self._displacement_of(factory).move(target)
        return clock.now()

    def _displacement_of(self, factory: _Factory) -> _Displacement:
        for known in self._moved:
            if known.factory is factory:
                return known
        self._moved.append(_Displacement(factory))
        return self._moved[-1]

    def come_back(self) -> None:
        """End the journey, if there is one: the clock is what it was without it.

        The end of an activation does it; a fake that was never active has to be told.
        """
        moved, self._moved = self._moved, []
        for displacement in reversed(moved):
            displacement.undo()
        if self._journey is not None and self._journey.end():
            self._journey = None


class _Displacement:
    """What was done to a time factory of somebody else's, and how to undo it."""

    def __init__(self, factory: _Factory) -> None:
        """Nothing was done yet."""
        self.factory = factory
        self._by = timedelta(0)
        self._left_at = factory.time_to_freeze

    def move(self, target: datetime) -> None:
        """Move the factory to the naive UTC moment `target`."""
        if self._is_moved_by_others():
            self._by = timedelta(0)
        before = self.factory()
        self.factory.move_to(target)
        self._by += target - before
        self._left_at = self.factory.time_to_freeze

    def undo(self) -> None:
        """Move it back by as much; one that somebody moved meanwhile stays where they put it."""
        if not self._is_moved_by_others():
            self.factory.move_to(self.factory() - self._by)

    def _is_moved_by_others(self) -> bool:
        return self.factory.time_to_freeze != self._left_at


class _Journey:
    """A freezegun of our own, begun where none was in force; time ticks in it."""

    def __init__(self, target: datetime, clock_of_fake: Clock) -> None:
        """Begin at the naive UTC moment `target`, for a clock that can be asked to end it.

        asyncio's timers keep real time, else all that are pending would strike at once. Freezegun's own way to that
        is to make an event loop, which fails where sockets are forbidden. Pytest's clock is left alone too, so
        that durations stay true.
        """
        import asyncio

        import freezegun.api

        self._frozen: Any = freezegun.freeze_time(target, tick=True, ignore=["_pytest.timing"])
        self.factory: Any = self._frozen.start()
        setattr(self.factory, _BEGUN_BY, clock_of_fake)
        self._loop_times = {loops: vars(loops)["time"] for loops in _timekeepers(asyncio.BaseEventLoop)}
        for loops in self._loop_times:
            loops.time = lambda loop: freezegun.api.real_monotonic()

    def end(self) -> bool:
        """Stop it, or, where somebody froze time within it and has not finished, let it give the real time.

        Whether it is over; if not, this has to be called again.
        """
        freezegun = sys.modules["freezegun.api"]
        if freezegun.freeze_factories == [self.factory]:
            for loops, time in self._loop_times.items():
                loops.time = time
            self._frozen.stop()
        if self.factory not in freezegun.freeze_factories:
            return True
        self.factory.move_to(freezegun.real_datetime.now(UTC).replace(tzinfo=None))
        return False


_BEGUN_BY = "fakeoss_clock"
"""Attribute of freezegun's time factory: the clock that has begun the journey."""


def journeys() -> tuple[Clock, ...]:
    """The clocks whose journeys are under way in this process, the newest last."""
    factories = getattr(sys.modules.get("freezegun.api"), "freeze_factories", ())
    return tuple(getattr(factory, _BEGUN_BY) for factory in factories if hasattr(factory, _BEGUN_BY))


def _timekeepers(loops: Any) -> list[Any]:
    """The class and those derived from it that have their own way to tell the time."""
    own = [loops] if "time" in vars(loops) else []
    return own + [each for derived in loops.__subclasses__() for each in _timekeepers(derived)]


def _in_force() -> _Factory | None:
    """The time factory of freezegun that gives the time now, or None."""
    freezegun = sys.modules.get("freezegun.api")
    factories = getattr(freezegun, "freeze_factories", ())
    factory: _Factory | None = factories[-1] if factories else None
    return factory


def _time_machine() -> Any:
    """The module time_machine while it is travelling, else None."""
    machine = sys.modules.get("time_machine")
    return machine if machine is not None and machine.escape_hatch.is_travelling() else None


def further_moments(request: Request) -> tuple[datetime, ...]:
    """Moments besides `clock.now()` by which a client may rightly have dated its request.

    Other processes are not moved along, so what came through a port may go by the real time. Under freezegun with
    a `tz_offset` whoever asks for `datetime.now(timezone.utc)`, as SDK v2 does, is that far off.
    """
    freezegun = sys.modules.get("freezegun.api")
    if freezegun is None and "time_machine" not in sys.modules:
        return ()
    machine = _time_machine()
    if machine is not None:
        real = machine.escape_hatch.datetime.datetime
        return (real.now(UTC),) if request.source == "server" else ()
    if freezegun is None or not freezegun.freeze_factories:
        return ()
    moments = [clock.now() + freezegun.tz_offsets[-1]] if freezegun.tz_offsets[-1] else []
    if request.source == "server":
        moments.append(freezegun.real_datetime.now(UTC))
    return tuple(moments)


def _refuse_time_machine() -> None:
    if _time_machine() is not None:
        raise RuntimeError(
            "time-machine is travelling in this process: move its clock (traveller.shift(...) or"
            " traveller.move_to(...)); the fake follows it"
        )


# Waiting that never ends

_ASYNCHRONOUS = frozenset({"aiohttp", "httpx"})
_RETRIED = frozenset({401, 408, 429})
"""Statuses below 500 that SDK v2 tries again; it does so for the code RequestTimeTooSkewed as well."""


def warn_of_standstill(request: Request, reply: Reply) -> None:
    """Warn an asynchronous client that is about to wait, before its next try, on a clock that stands still."""
    if request.source not in _ASYNCHRONOUS:
        return
    factory = _in_force()
    if factory is None or not _is_retryable(reply):
        return
    if type(factory).__name__ == "FrozenDateTimeFactory" and _stands_still():
        warnings.warn(
            f"{request.method} {request.url} gets an answer that clients try again ({reply.status}), but asyncio.sleep"
            " never ends under freeze_time(...): use freeze_time(..., real_asyncio=True)",
            RuntimeWarning,
            stacklevel=2,
        )


def _is_retryable(reply: Reply) -> bool:
    if reply.fault is not None or reply.status >= 500 or reply.status in _RETRIED:
        return True
    return reply.status == 403 and b"<Code>RequestTimeTooSkewed</Code>" in reply.data()


def _stands_still() -> bool:
    """Whether the running event loop lives by the frozen time."""
    import asyncio

    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return False
    apart: float = abs(loop.time() - sys.modules["freezegun.api"].real_monotonic())
    return apart > 1
