"""The Range header on an object of 1,000 bytes and on others, as the vendor documents it, written out as data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeoss import errors
from fakeoss.wire import ranges
from fakeoss.wire.ranges import Span

WHOLE = "whole"
UNSATISFIABLE = "416"

# Range, object's size, answer by default, answer with `x-oss-range-behavior: standard`.
TABLE = [
    (None, 1000, WHOLE, WHOLE),
    ("bytes=0-499", 1000, (0, 499), (0, 499)),
    ("bytes=500-999", 1000, (500, 999), (500, 999)),
    ("bytes=-500", 1000, (500, 999), (500, 999)),
    ("bytes=500-", 1000, (500, 999), (500, 999)),
    ("bytes=0-", 1000, (0, 999), (0, 999)),
    ("bytes=0-0", 1000, (0, 0), (0, 0)),
    ("bytes=999-999", 1000, (999, 999), (999, 999)),
    ("bytes=-1", 1000, (999, 999), (999, 999)),
    ("bytes=-1000", 1000, (0, 999), (0, 999)),
    # past the end
    ("bytes=0-1000", 1000, WHOLE, (0, 999)),
    ("bytes=500-2000", 1000, WHOLE, (500, 999)),
    ("bytes=999-1000", 1000, WHOLE, (999, 999)),
    ("bytes=1000-2000", 1000, WHOLE, UNSATISFIABLE),
    ("bytes=1000-", 1000, WHOLE, UNSATISFIABLE),
    ("bytes=1000-1000", 1000, WHOLE, UNSATISFIABLE),
    ("bytes=-2000", 1000, WHOLE, (0, 999)),
    ("bytes=-1001", 1000, WHOLE, (0, 999)),
    ("bytes=-0", 1000, WHOLE, UNSATISFIABLE),
    ("bytes=0-99999999999999999999999999", 1000, WHOLE, (0, 999)),
    ("bytes=99999999999999999999999999-", 1000, WHOLE, UNSATISFIABLE),
    ("bytes=0-" + "9" * 10_000, 1000, WHOLE, (0, 999)),
    # empty objects
    ("bytes=0-", 0, WHOLE, UNSATISFIABLE),
    ("bytes=0-0", 0, WHOLE, UNSATISFIABLE),
    ("bytes=-5", 0, WHOLE, WHOLE),
    ("bytes=-0", 0, WHOLE, UNSATISFIABLE),
    # of several the first
    ("bytes=0-499,500-999", 1000, (0, 499), (0, 499)),
    ("bytes=0-1, 5000-", 1000, (0, 1), (0, 1)),
    ("bytes=5000-, 0-1", 1000, WHOLE, UNSATISFIABLE),
    # malformed
    ("byte=0-499", 1000, WHOLE, WHOLE),
    ("items=0-499", 1000, WHOLE, WHOLE),
    ("bytes 0-499", 1000, WHOLE, WHOLE),
    ("0-499", 1000, WHOLE, WHOLE),
    ("bytes=", 1000, WHOLE, WHOLE),
    ("bytes=-", 1000, WHOLE, WHOLE),
    ("bytes=,0-1", 1000, WHOLE, WHOLE),
    ("bytes=5", 1000, WHOLE, WHOLE),
    ("bytes=499-0", 1000, WHOLE, WHOLE),
    ("bytes=2000-1000", 1000, WHOLE, WHOLE),
    ("bytes=--1", 1000, WHOLE, WHOLE),
    ("bytes=0-1-2", 1000, WHOLE, WHOLE),
    ("bytes=a-b", 1000, WHOLE, WHOLE),
    ("bytes=0x0-0x1", 1000, WHOLE, WHOLE),
    ("bytes=+0-1", 1000, WHOLE, WHOLE),
    ("bytes=1.0-2", 1000, WHOLE, WHOLE),
    ("bytes=\u0660-\u0661", 1000, WHOLE, WHOLE),
    ("", 1000, WHOLE, WHOLE),
    # spellings
    ("BYTES=0-1", 1000, (0, 1), (0, 1)),
    (" bytes=0-1 ", 1000, (0, 1), (0, 1)),
    ("bytes=000-001", 1000, (0, 1), (0, 1)),
]


def answer(value: str | None, size: int, behavior: str | None) -> tuple[int, int] | str:
    """What the service does, as the table spells it."""
    try:
        span = ranges.parse(value, size, behavior)
    except errors.OSSError as error:
        return str(error.status)
    return WHOLE if span is None else (span.first, span.last)


@pytest.mark.parametrize(
    ("value", "size", "lenient", "standard"), TABLE, ids=[f"{row[0]} of {row[1]}"[:40] for row in TABLE]
)
def test_the_table(
    value: str | None, size: int, lenient: tuple[int, int] | str, standard: tuple[int, int] | str
) -> None:
    assert answer(value, size, None) == lenient
    assert answer(value, size, "unknown") == lenient
    assert answer(value, size, "standard") == standard


@pytest.mark.parametrize(("value", "size", "lenient"), [row[:3] for row in TABLE])
def test_a_copy_source_range_that_does_not_fit_is_ignored(
    value: str | None, size: int, lenient: tuple[int, int] | str
) -> None:
    span = ranges.parse_copy_source_range(value, size)
    assert (WHOLE if span is None else (span.first, span.last)) == lenient


def test_an_unsatisfiable_range_says_what_was_asked_and_what_is_there() -> None:
    with pytest.raises(errors.OSSError) as caught:
        ranges.parse("bytes=1000-", 1000, "standard")
    assert (caught.value.code, caught.value.status) == ("InvalidRange", 416)
    assert caught.value.elements == {"ActualObjectSize": "1000", "RangeRequested": "bytes=1000-"}


def test_what_a_span_knows() -> None:
    assert Span(0, 9).length == 10
    assert Span(100, 900).content_range(344_606) == "bytes 100-900/344606"


POSITIONS = st.integers(0, 12).map(str) | st.just("")


@given(st.integers(0, 10), POSITIONS, POSITIONS)
def test_every_small_range_gives_the_bytes_a_naive_reader_picks(size: int, first: str, last: str) -> None:
    body = list(range(size))
    if not first:
        picked = body[-int(last) :] if last and int(last) else []
        fits = bool(last) and 0 < int(last) <= size
    else:
        picked = [index for index in body if int(first) <= index <= int(last or size)]
        fits = int(first) <= int(last or size - 1) < size
    value = f"bytes={first}-{last}"
    lenient, standard = answer(value, size, None), answer(value, size, "standard")
    assert lenient == ((picked[0], picked[-1]) if fits else WHOLE)
    if picked:
        assert standard == (picked[0], picked[-1])
    else:
        assert standard in (WHOLE, UNSATISFIABLE)


@given(st.text() | st.text("bytes=0123456789-, ").map("bytes=".__add__), st.integers(0, 20))
def test_any_text_gives_a_span_within_the_object_or_the_documented_refusal(value: str, size: int) -> None:
    for behavior in (None, "standard"):
        got = answer(value, size, behavior)
        if isinstance(got, tuple):
            assert 0 <= got[0] <= got[1] < size
        else:
            assert got == WHOLE or (got, behavior) == (UNSATISFIABLE, "standard")
