"""The one place that asks what time it is.

The clock is the process's own, looked up at each call, so that freezegun and time-machine move client,
signer, test and fake together. Never `time.time`: freezegun gives it real time in some threads.
"""

from __future__ import annotations

import datetime as _datetime

UTC = _datetime.timezone.utc


def now() -> _datetime.datetime:
    """This moment, aware, in UTC."""
    moment = _datetime.datetime.now(UTC)
    # Freezegun's datetime adds its `tz_offset` to aware moments as well, which are none of its business.
    offset = getattr(_datetime.datetime, "_tz_offset", None)
    return moment if offset is None else moment - offset()
