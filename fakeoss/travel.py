"""Moving the process's clock: `oss.clock`, through freezegun.

The fake keeps no time of its own. What moves here moves for client, signer and test alike, until the
activation ends. Freezegun is started on the first journey; tests that do not travel do not pay for it.
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, timezone
from typing import Any

from fakeoss import clock


class Clock:
    """The process's clock as one fake may move it."""

    def __init__(self) -> None:
        """Nothing is moved yet."""
        self._travel: Any = None
        self._frozen: Any = None

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        return clock.now()

    def advance(self, **duration: float) -> datetime:
        """Move on by `days=`, `hours=`, `minutes=`, `seconds=` (as timedelta takes them); gives the new moment."""
        return self.travel_to(clock.now() + timedelta(**duration))

    def travel_to(self, moment: datetime) -> datetime:
        """Move to `moment`; naive ones are UTC. Time goes on from there at its usual pace."""
        self._refuse_time_machine()
        aware = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
        target = aware.astimezone(timezone.utc).replace(tzinfo=None)
        if self._frozen is not None:
            self._frozen.move_to(target)
        else:
            import freezegun

            self._travel = freezegun.freeze_time(target, tick=True, real_asyncio=True)
            self._frozen = self._travel.start()
        return clock.now()

    def come_back(self) -> None:
        """End the journey, if there is one: the clock is what it was without it."""
        travel, self._travel, self._frozen = self._travel, None, None
        if travel is not None:
            travel.stop()

    @staticmethod
    def _refuse_time_machine() -> None:
        machine = sys.modules.get("time_machine")
        if machine is not None and machine.escape_hatch.is_travelling():
            raise RuntimeError(
                "time-machine is travelling in this process: move its clock (traveller.shift(...) or"
                " traveller.move_to(...)); the fake follows it"
            )
