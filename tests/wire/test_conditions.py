"""Conditional requests against the truth table of the documentation, written out here as data."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeoss import errors
from fakeoss.wire.conditions import NOT_MODIFIED, PROCEED, Conditions, Failed

ETAG = "5B3C1A2E053D763E1B002CC607C5A0FE"
MODIFIED = datetime(2022, 7, 13, 12, 0, 0, tzinfo=timezone.utc)
BEFORE, SAME, AFTER = "Wed, 13 Jul 2022 11:59:59 GMT", "Wed, 13 Jul 2022 12:00:00 GMT", "Wed, 13 Jul 2022 12:00:01 GMT"

# Each header is absent (-), holds (+) or does not (x). Rows: If-Match and If-Unmodified-Since; columns:
# If-None-Match and If-Modified-Since. Cells: 200, 304, or 412 by If-Match (M) or If-Unmodified-Since (U).
TABLE = """
        --   -+   -x   +-   ++   +x   x-   x+   xx
   --  200  200  304  200  200  304  304  304  304
   -+  200  200  304  200  200  304  304  304  304
   -x    U    U    U    U    U    U    U    U    U
   +-  200  200  304  200  200  304  304  304  304
   ++  200  200  304  200  200  304  304  304  304
   +x    U    U    U    U    U    U    U    U    U
   x-    M    M    M    M    M    M    M    M    M
   x+    M    M    M    M    M    M    M    M    M
   xx    M    M    M    M    M    M    M    M    M
"""
COLUMNS, *ROWS = (line.split() for line in TABLE.strip().splitlines())
CELLS = [(row[0], column, cell) for row in ROWS for column, cell in zip(COLUMNS, row[1:], strict=True)]
VERDICTS = {"200": PROCEED, "304": NOT_MODIFIED, "M": Failed("If-Match"), "U": Failed("If-Unmodified-Since")}

IF_MATCH: dict[str, list[str | None]] = {"-": [None], "+": [ETAG, f'"{ETAG}"', "*"], "x": ['"other"', ""]}
IF_NONE_MATCH: dict[str, list[str | None]] = {"-": [None], "+": ['"other"', "other"], "x": [f'"{ETAG}"', ETAG, "*"]}
IF_UNMODIFIED_SINCE: dict[str, list[str | None]] = {"-": [None], "+": [SAME, AFTER, "nonsense"], "x": [BEFORE]}
IF_MODIFIED_SINCE: dict[str, list[str | None]] = {"-": [None], "+": [BEFORE, "nonsense", ""], "x": [SAME, AFTER]}


@pytest.mark.parametrize(("row", "column", "cell"), CELLS)
def test_the_table(row: str, column: str, cell: str) -> None:
    for if_match in IF_MATCH[row[0]]:
        for if_unmodified_since in IF_UNMODIFIED_SINCE[row[1]]:
            for if_none_match in IF_NONE_MATCH[column[0]]:
                for if_modified_since in IF_MODIFIED_SINCE[column[1]]:
                    conditions = Conditions(if_match, if_none_match, if_modified_since, if_unmodified_since)
                    assert conditions.judge(ETAG, MODIFIED) == VERDICTS[cell], conditions


@pytest.mark.parametrize(
    ("value", "lists_it"),
    [
        (ETAG, True),
        (f'"{ETAG}"', True),
        (f'W/"{ETAG}"', True),
        (f"W/{ETAG}", True),
        (f' "{ETAG}" ', True),
        (f'"a", "{ETAG}"', True),
        (f"a,{ETAG},b", True),
        (f'"a",W/"{ETAG}" , "b"', True),
        (f'"{ETAG}', True),
        ("*", True),
        (" * ", True),
        ('"*"', False),
        ("", False),
        (",", False),
        ('""', False),
        ("W/", False),
        (ETAG.lower(), False),
        (ETAG[:-1], False),
        (f"{ETAG}-1", False),
        (f'"{ETAG}-1"', False),
        (f'"a,{ETAG}"', False),
    ],
)
def test_spellings_of_etags(value: str, lists_it: bool) -> None:
    assert (Conditions(if_match=value).judge(ETAG, MODIFIED) == PROCEED) is lists_it
    assert (Conditions(if_none_match=value).judge(ETAG, MODIFIED) == NOT_MODIFIED) is lists_it


@pytest.mark.parametrize("spelled", [AFTER, "Wednesday, 13-Jul-22 12:00:01 GMT", "Wed Jul 13 12:00:01 2022"])
def test_every_http_date_is_read(spelled: str) -> None:
    assert Conditions(if_modified_since=spelled).judge(ETAG, MODIFIED) == NOT_MODIFIED


def test_times_compare_by_whole_seconds() -> None:
    modified = MODIFIED + timedelta(microseconds=999_999)
    assert Conditions(if_unmodified_since=SAME).judge(ETAG, modified) == PROCEED
    assert Conditions(if_modified_since=SAME).judge(ETAG, modified) == NOT_MODIFIED


def test_where_there_is_no_object() -> None:
    assert Conditions(if_match="*").judge(None, MODIFIED) == Failed("If-Match")
    assert Conditions(if_none_match="*").judge(None, MODIFIED) == PROCEED


def test_headers_of_a_read_and_of_a_copy() -> None:
    headers = {
        "if-match": "1",
        "if-none-match": "2",
        "if-modified-since": "3",
        "if-unmodified-since": "4",
        "x-oss-copy-source-if-match": "5",
        "x-oss-copy-source-if-none-match": "6",
        "x-oss-copy-source-if-modified-since": "7",
        "x-oss-copy-source-if-unmodified-since": "8",
    }
    assert Conditions.of_request(headers) == Conditions("1", "2", "3", "4")
    assert Conditions.of_copy_source(headers) == Conditions("5", "6", "7", "8")
    assert Conditions.of_request({}).judge(ETAG, MODIFIED) == PROCEED


def test_a_failed_condition_is_named() -> None:
    with pytest.raises(errors.OSSError) as caught:
        Conditions(if_match="other").require(ETAG, MODIFIED)
    assert (caught.value.code, caught.value.status) == ("PreconditionFailed", 412)
    assert caught.value.elements == {"Condition": "If-Match"}
    with pytest.raises(errors.OSSError) as caught:
        Conditions.of_copy_source({"x-oss-copy-source-if-unmodified-since": BEFORE}).require(ETAG, MODIFIED)
    assert caught.value.elements == {"Condition": "If-Unmodified-Since"}


def test_what_the_client_has_already_is_a_304() -> None:
    with pytest.raises(errors.OSSError) as caught:
        Conditions(if_none_match=ETAG).require(ETAG, MODIFIED)
    assert (caught.value.code, caught.value.status) == ("NotModified", 304)
    Conditions(if_none_match="other").require(ETAG, MODIFIED)


@given(*[st.none() | st.text('"W/, *ab\\') | st.text()] * 4)
def test_no_headers_raise(match: str | None, none_match: str | None, since: str | None, unmodified: str | None) -> None:
    verdict = Conditions(match, none_match, since, unmodified).judge(ETAG, MODIFIED)
    assert verdict in VERDICTS.values()


def test_long_lists_are_no_work() -> None:
    for value in (" " * 100_000, '"' * 99_999, "a," * 50_000, ' "' * 50_000, "W/" * 50_000):
        assert Conditions(if_match=value).judge(ETAG, MODIFIED) == Failed("If-Match")
