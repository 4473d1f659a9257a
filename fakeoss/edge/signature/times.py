"""When a request was signed, and whether that is too long ago, too far ahead or past its expiry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from fakeoss import errors
from fakeoss.edge.signature.claim import Claim
from fakeoss.wire import dates

MAX_SKEW = 15 * 60
"""Seconds by which the time of signing may differ from the service's clock."""

LONGEST_V4_URL = 604_800
"""Seconds that a V4 signed URL may live: seven days."""


@lru_cache(64)
def seconds_of(text: str) -> int | None:
    """Unix seconds of `20231203T121212Z` or of an HTTP date (two-digit day, GMT); None for anything else."""
    moment = dates.parse_v4_date(text) or dates.parse_http_date(text)
    return None if moment is None else int(moment.timestamp())


@lru_cache(64)
def compact(seconds: int) -> str:
    """`20231203T121212Z`."""
    return dates.v4_date(datetime.fromtimestamp(seconds, dates.UTC))


def shown(seconds: float) -> str:
    """`2023-12-03T12:12:12.000Z`, as refusals show times: whole seconds."""
    return dates.iso_date(datetime.fromtimestamp(int(seconds), dates.UTC))


def judge_time(claim: Claim, clocks: Sequence[datetime]) -> None:
    """Refuse a request signed more than 15 minutes from every clock, or a signed URL outside its life.

    `clocks` are aware moments, the first the service's own: it alone judges expiry. Raises RequestTimeTooSkewed,
    RequestExpired, RequestNotYetValid.
    """
    if claim.place == "header":
        _judge_skew(claim, clocks)
        return
    now = clocks[0].timestamp()
    if claim.until is not None and now > claim.until:
        _refuse_expired(claim, now)
    if claim.signed_at is not None and claim.signed_at > max(clock.timestamp() for clock in clocks) + MAX_SKEW:
        ahead = claim.signed_at - now
        raise errors.RequestNotYetValid(RequestTime=shown(claim.signed_at), ServerTime=shown(now)).because(
            f"the URL was signed for {shown(claim.signed_at)}, {ahead:.0f} seconds ahead of the clock ({shown(now)})"
        )


def _judge_skew(claim: Claim, clocks: Sequence[datetime]) -> None:
    signed_at = claim.signed_at
    if signed_at is None:
        return
    for clock in clocks:
        if abs(clock.timestamp() - signed_at) <= MAX_SKEW:
            return
    now = clocks[0].timestamp()
    raise errors.RequestTimeTooSkewed(
        MaxAllowedSkewMilliseconds=str(MAX_SKEW * 1000), RequestTime=shown(signed_at), ServerTime=shown(now)
    ).because(
        f"the request says it was signed at {shown(signed_at)} and the clock says {shown(now)}: "
        f"{abs(now - signed_at):.0f} seconds apart, at most {MAX_SKEW} are allowed. Client and fake go by the same "
        "clock unless one of them runs in another process or only one was frozen"
    )


def _refuse_expired(claim: Claim, now: float) -> None:
    until = claim.until or 0
    row = replace(errors.RequestExpired, ec="0002-00000236") if claim.version == "V4" else errors.RequestExpired
    raise row(Expires=shown(until), ServerTime=shown(now)).because(
        f"the signed URL was good until {shown(until)} and the clock says {shown(now)}"
    )
