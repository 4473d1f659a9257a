"""Dates as OSS writes and reads them. Every moment is aware and in UTC; whole seconds unless said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from functools import lru_cache

UTC = timezone.utc
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _utc(moment: datetime) -> datetime:
    """The moment in UTC; most are already, and turning them costs more than all the rest."""
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


def http_date(moment: datetime) -> str:
    """RFC 1123 in GMT: `Wed, 13 Jul 2022 00:00:00 GMT` (headers)."""
    return _http_date((moment - _EPOCH) // _SECOND)  # a timestamp is rounded, up in the far future


@lru_cache(64)
def _http_date(seconds: int) -> str:
    """The date of a moment in Unix seconds; the same few are asked for again and again."""
    utc = _EPOCH + timedelta(seconds=seconds)
    day, month = DAYS[utc.weekday()], MONTHS[utc.month - 1]
    return f"{day}, {utc.day:02} {month} {utc.year:04} {utc.hour:02}:{utc.minute:02}:{utc.second:02} GMT"


def iso_date(moment: datetime) -> str:
    """ISO 8601 with milliseconds: `2022-07-13T00:00:00.000Z` (XML answers)."""
    return _utc(moment).isoformat(timespec="milliseconds")[:-6] + "Z"


def iso_seconds(moment: datetime) -> str:
    """ISO 8601 without fraction: `2022-07-13T00:00:00Z`."""
    return _utc(moment).isoformat(timespec="seconds")[:-6] + "Z"


def v4_date(moment: datetime) -> str:
    """The compact form of signature V4: `20231203T121212Z`."""
    return iso_seconds(moment).replace("-", "").replace(":", "")


_TIME = r"(\d\d):(\d\d):(\d\d)"
_RFC_1123 = re.compile(rf"(?:{'|'.join(DAYS)}), (\d\d) ({'|'.join(MONTHS)}) (\d{{4}}) {_TIME} GMT", re.ASCII)
_RFC_1123_TOLERANT = re.compile(
    rf"(?:[a-z]+,)?\s*(\d\d?)[ -]([a-z]{{3}})[a-z]*[ -](\d{{4}})\s+{_TIME}\s+(?:gmt|utc|z|[+-]0000)",
    re.ASCII | re.IGNORECASE,
)
_RFC_850 = re.compile(rf"[a-z]+,\s*(\d\d?)-([a-z]{{3}})-(\d\d)\s+{_TIME}\s+(?:gmt|utc)", re.ASCII | re.IGNORECASE)
_ASCTIME = re.compile(rf"[a-z]{{3}}\s+([a-z]{{3}})\s+(\d\d?)\s+{_TIME}\s+(\d{{4}})", re.ASCII | re.IGNORECASE)
_ISO = re.compile(rf"(\d{{4}})-(\d\d)-(\d\d)(?:T{_TIME}(?:\.(\d{{1,9}}))?Z)?", re.ASCII)
_V4 = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z", re.ASCII)


def parse_http_date(text: str) -> datetime | None:
    """RFC 1123 in GMT exactly as OSS writes it, whatever weekday it names; None for anything else."""
    found = _RFC_1123.fullmatch(text)
    if found is None:
        return None
    day, month, year, *time = found.groups()
    return _moment((year, MONTHS.index(month) + 1, day, *time))


def parse_any_date(text: str) -> datetime | None:
    """A date of a condition header: RFC 1123, RFC 850 or asctime, spaces and case as they fall; else None.

    Two-digit years of RFC 850 mean 1970 to 2069.
    """
    text = text.strip()
    found = _RFC_1123_TOLERANT.fullmatch(text) or _RFC_850.fullmatch(text)
    if found is not None:
        day, name, year, *time = found.groups()
    else:
        found = _ASCTIME.fullmatch(text)
        if found is None:
            return None
        name, day, *time, year = found.groups()
    if name.title() not in MONTHS:
        return None
    return _moment((_full_year(year), MONTHS.index(name.title()) + 1, day, *time))


def _full_year(year: str) -> int:
    number = int(year)
    if len(year) == 4:
        return number
    return number + (1900 if number >= 70 else 2000)


def parse_iso_date(text: str) -> datetime | None:
    """`2022-07-13T00:00:00.000Z` (one to nine digits of fraction), without fraction, or the day alone; else None.

    The fraction is kept to the microsecond.
    """
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    *whole, fraction = found.groups()
    moment = _moment(part or 0 for part in whole)
    return moment and moment.replace(microsecond=int(f"{fraction or '0':0<6}"[:6]))


def parse_v4_date(text: str) -> datetime | None:
    """`20231203T121212Z`; None for anything else."""
    found = _V4.fullmatch(text)
    return None if found is None else _moment(found.groups())


def _moment(parts: Iterable[str | int]) -> datetime | None:
    """Year, month, day, hour, minute, second; None where there is no such moment."""
    year, month, day, hour, minute, second = map(int, parts)
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
