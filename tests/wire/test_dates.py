"""Dates as OSS writes them, and as clients may write them in conditions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeoss.wire import dates

UTC = timezone.utc
MOMENT = datetime(2022, 7, 3, 4, 5, 6, tzinfo=UTC)
MOMENTS = st.datetimes(timezones=st.just(UTC))
ZONES = st.integers(-720, 720).map(lambda minutes: timezone(timedelta(minutes=minutes)))


def in_zone(moment: datetime, zone: timezone) -> datetime:
    """The moment as a clock in that zone shows it, in the years 2 to 9998."""
    return moment.replace(year=min(max(moment.year, 2), 9998), day=min(moment.day, 28)).astimezone(zone)


def test_the_four_forms() -> None:
    assert dates.http_date(MOMENT) == "Sun, 03 Jul 2022 04:05:06 GMT"
    assert dates.iso_date(MOMENT) == "2022-07-03T04:05:06.000Z"
    assert dates.iso_seconds(MOMENT) == "2022-07-03T04:05:06Z"
    assert dates.v4_date(MOMENT) == "20220703T040506Z"


def test_milliseconds_are_cut_not_rounded() -> None:
    assert dates.iso_date(MOMENT.replace(microsecond=999_999)) == "2022-07-03T04:05:06.999Z"


def test_seconds_are_cut_up_to_the_end_of_the_calendar() -> None:
    assert dates.http_date(datetime.max.replace(tzinfo=UTC)) == "Fri, 31 Dec 9999 23:59:59 GMT"


@given(MOMENTS.flatmap(lambda moment: ZONES.map(lambda zone: in_zone(moment, zone))))
def test_any_zone_is_written_in_utc(moment: datetime) -> None:
    assert dates.http_date(moment) == format_datetime(moment.astimezone(UTC), usegmt=True)
    spelled = moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00")
    assert dates.iso_date(moment) == f"{spelled}Z"
    assert dates.iso_seconds(moment) == f"{spelled[:-4]}Z"
    assert dates.v4_date(moment) == f"{spelled[:-4]}Z".replace("-", "").replace(":", "")


@given(MOMENTS)
def test_what_is_written_is_read_back(moment: datetime) -> None:
    second = moment.replace(microsecond=0)
    assert dates.parse_http_date(dates.http_date(moment)) == second
    assert dates.parse_any_date(dates.http_date(moment)) == second
    assert dates.parse_v4_date(dates.v4_date(moment)) == second
    assert dates.parse_iso_date(dates.iso_seconds(moment)) == second
    assert dates.parse_iso_date(dates.iso_date(moment)) == moment.replace(microsecond=moment.microsecond // 1000 * 1000)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2022-07-03T04:05:06.000Z", MOMENT),
        ("2022-07-03T04:05:06Z", MOMENT),
        ("2022-07-03T04:05:06.123456Z", MOMENT.replace(microsecond=123_456)),
        ("2022-07-03T04:05:06.123456789Z", MOMENT.replace(microsecond=123_456)),
        ("2022-07-03T04:05:06.5Z", MOMENT.replace(microsecond=500_000)),
        ("2022-07-03", MOMENT.replace(hour=0, minute=0, second=0)),
    ],
)
def test_iso_forms(text: str, moment: datetime) -> None:
    assert dates.parse_iso_date(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "Sun, 03 Jul 2022 04:05:06 GMT",
        "Mon, 03 Jul 2022 04:05:06 GMT",  # the wrong weekday
        " sun, 3 jul 2022 04:05:06 gmt ",
        "03 Jul 2022 04:05:06 GMT",
        "Sun, 03-Jul-2022 04:05:06 GMT",
        "Sun, 03 Jul 2022 04:05:06 UTC",
        "Sun, 03 Jul 2022 04:05:06 +0000",
        "Sunday, 03-Jul-22 04:05:06 GMT",
        "Sun Jul  3 04:05:06 2022",
    ],
)
def test_dates_of_conditions_are_read_tolerantly(text: str) -> None:
    assert dates.parse_any_date(text) == MOMENT


def test_two_digit_years() -> None:
    def read(year: int) -> datetime | None:
        return dates.parse_any_date(f"Sunday, 06-Nov-{year:02} 08:49:37 GMT")

    assert [moment and moment.year for moment in map(read, (70, 94, 99, 0, 69))] == [1970, 1994, 1999, 2000, 2069]


READERS = [dates.parse_http_date, dates.parse_any_date, dates.parse_iso_date, dates.parse_v4_date]
NO_DATES = [
    "", " ", "yesterday", "0", "-1", "1657774800", "\0", "Sun, 31 Feb 2022 04:05:06 GMT",
    "Sun, 00 Jul 2022 04:05:06 GMT",
    "Sun, 03 Jul 0000 04:05:06 GMT", "Sun, 03 Jul 99999 04:05:06 GMT", "Sun, 03 Foo 2022 04:05:06 GMT",
    "Sun, 03 Jul 2022 24:00:00 GMT", "Sun, 03 Jul 2022 04:05:06 +0800", "Sun, 03 Jul 2022 04:05:06",
    "Sunday, 03-Foo-22 04:05:06 GMT", "Sun Foo  3 04:05:06 2022", "2022-13-01T00:00:00.000Z", "2022-02-30",
    "0000-00-00T00:00:00.000Z", "2022-07-03T04:05:06.Z", "2022-07-03T04:05:06.1234567890Z", "2022-07-03T04:05:06+08:00",
    "20220703T040506", "20221303T040506Z", "\u0662022-07-03", "2022-07-03T04:05:60Z", "9" * 10_000,
]  # fmt: skip


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_gives_none(read: Callable[[str], datetime | None], text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    "text", ["sun, 03 Jul 2022 04:05:06 GMT", "Sun, 3 Jul 2022 04:05:06 GMT", "Sun, 03 Jul 2022 04:05:06 GMT "]
)
def test_the_exact_reader_is_exact(text: str) -> None:
    assert dates.parse_http_date(text) is None


@given(st.text() | st.text("0123456789-:TZ., GMTSunJl+") | st.from_regex(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT"))
def test_no_text_raises(text: str) -> None:
    assert all(moment is None or moment.tzinfo is UTC for moment in (read(text) for read in READERS))
