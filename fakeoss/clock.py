"""The one place that asks what time it is.

The clock is the process's own, looked up at each call, so that freezegun and time-machine move client,
signer, test and fake together. Never `time.time`: freezegun gives it real time in some threads.
"""

from __future__ import annotations

import datetime as _datetime

UTC = _datetime.timezone.utc
LAST = _datetime.datetime.max.replace(tzinfo=UTC)
"""The end of the calendar."""


def now() -> _datetime.datetime:
    """This moment, aware, in UTC."""
    moment = _datetime.datetime.now(UTC)
    # Freezegun's datetime adds its `tz_offset` to aware moments as well, which are none of its business.
    offset = getattr(_datetime.datetime, "_tz_offset", None)
    return moment if offset is None else moment - offset()


def later(moment: _datetime.datetime, span: _datetime.timedelta) -> _datetime.datetime:
    """The moment a span after another; what would come after the end of the calendar stands there."""
    return moment + span if span <= LAST - moment else LAST
