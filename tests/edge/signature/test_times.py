"""Too long ago, too far ahead, expired."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeoss.edge.signature import Claim, judge_time
from fakeoss.edge.signature.times import compact, seconds_of, shown
from fakeoss.errors import OSSError

NOW = datetime(2023, 12, 3, 12, 12, 12, tzinfo=timezone.utc)
SECONDS = int(NOW.timestamp())
HEADER = Claim("V4", "header", "LTAI", "18", compact(SECONDS), signed_at=SECONDS)
URL_V1 = Claim("V1", "query", "LTAI", "18", str(SECONDS), until=SECONDS)
URL_V4 = Claim("V4", "query", "LTAI", "18", compact(SECONDS), signed_at=SECONDS, until=SECONDS + 3600)


def refusal(claim: Claim, *clocks: datetime) -> OSSError:
    with pytest.raises(OSSError) as refused:
        judge_time(claim, clocks)
    return refused.value


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(timezone.utc)))  # noqa: DTZ001 -- the zone is given beside them
def test_both_spellings_of_a_time(at: datetime) -> None:
    at = at.replace(microsecond=0)
    seconds = int(at.timestamp())
    assert seconds_of(at.strftime("%Y%m%dT%H%M%SZ")) == seconds_of(format_datetime(at, usegmt=True)) == seconds
    assert compact(seconds) == at.strftime("%Y%m%dT%H%M%SZ")


@given(st.text(max_size=40) | st.from_regex(r"\d{8}T\d{6}Z") | st.from_regex(r"\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT"))
def test_any_other_text_is_no_time(text: str) -> None:
    seconds = seconds_of(text)
    if seconds is not None:
        written = datetime.fromtimestamp(seconds, timezone.utc)
        assert text == compact(seconds) or text[4:] == format_datetime(written, usegmt=True)[4:]


@pytest.mark.parametrize("apart", [-900, -1, 0, 1, 900])
def test_fifteen_minutes_either_way_are_allowed(apart: int) -> None:
    judge_time(HEADER, (NOW + timedelta(seconds=apart),))


@pytest.mark.parametrize("apart", [-901, 901, 86_400])
def test_more_is_too_skewed(apart: int) -> None:
    error = refusal(HEADER, NOW + timedelta(seconds=apart))
    assert (error.code, error.status, error.ec) == ("RequestTimeTooSkewed", 403, "0002-00000504")
    assert error.message == "The difference between the request time and the current time is too large."
    assert error.elements == {
        "MaxAllowedSkewMilliseconds": "900000",
        "RequestTime": "2023-12-03T12:12:12.000Z",
        "ServerTime": shown(SECONDS + apart),
    }
    assert f"{abs(apart)} seconds apart" in str(error.why)


def test_a_second_clock_will_do_for_the_skew_and_the_refusal_shows_the_first() -> None:
    moved = NOW + timedelta(days=30)
    judge_time(HEADER, (moved, NOW))
    assert refusal(HEADER, moved, moved).elements["ServerTime"] == shown(moved.timestamp())


@pytest.mark.parametrize(("claim", "until", "ec"), [(URL_V1, 0, "069"), (URL_V4, 3600, "236")])
def test_an_expired_url(claim: Claim, until: int, ec: str) -> None:
    judge_time(claim, (NOW + timedelta(seconds=until),))
    error = refusal(claim, NOW + timedelta(seconds=until + 1), NOW)
    assert (error.code, error.status, error.ec) == ("AccessDenied", 403, f"0002-00000{ec}")
    assert error.message == "Request has expired."
    assert error.elements == {"Expires": shown(SECONDS + until), "ServerTime": shown(SECONDS + until + 1)}


def test_a_v4_url_may_be_signed_fifteen_minutes_ahead_but_no_more() -> None:
    judge_time(URL_V4, (NOW - timedelta(seconds=900),))
    judge_time(URL_V4, (NOW - timedelta(days=1), NOW))
    error = refusal(URL_V4, NOW - timedelta(seconds=901))
    assert (error.code, error.status, error.ec) == ("AccessDenied", 403, "0002-00000235")


def test_a_v1_url_may_live_for_decades() -> None:
    judge_time(Claim("V1", "query", "LTAI", "18", "", until=SECONDS + 1_650_801_600), (NOW,))
    judge_time(Claim("V1", "query", "LTAI", "18", "", until=10**17), (NOW,))
