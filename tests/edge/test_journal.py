"""The journal by itself: what it keeps, counts and compares."""

from __future__ import annotations

import sys
from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeoss import FakeOSS, faults
from fakeoss.edge.journal import Entry, Journal
from fakeoss.operations.catalogue import canonical_name
from fakeoss.wire.message import Headers, Request

PUT = Headers([("Content-Length", str(4 << 20))])


def entry(
    operation: str = "PutObject",
    key: str | None = "a",
    status: int = 200,
    error: str | None = None,
    fault: faults.Fault | None = None,
    billing: str = "Put-type",
    why: str | None = None,
) -> Entry:
    at = datetime(2024, 1, 2, 3, 4, 5, tzinfo=timezone.utc)
    return Entry(
        operation=operation,
        method="PUT",
        bucket="b",
        key=key,
        status=status,
        error=error,
        bytes_in=10,
        bytes_out=1,
        at=at,
        request_id="1",
        billing=billing,
        source="direct",
        scheme="https",
        host="b.oss-cn-hangzhou.aliyuncs.com",
        target=f"/{key}",
        why=why,
        fault=fault,
    )


def journal(*entries: Entry, length: int = 100) -> Journal:
    made = Journal(length, canonical_name)
    for each in entries:
        made.add(each)
    return made


def test_an_entry_in_words() -> None:
    assert str(entry()) == "03:04:05 PutObject b/a -> 200"
    refused = entry("GetObject", status=404, error="NoSuchKey", why="nothing was ever put there")
    assert str(refused) == "03:04:05 GetObject b/a -> 404 NoSuchKey (nothing was ever put there)"
    assert repr(entry(status=0, fault=faults.Reset())) == "<PutObject b/a -> Reset(after_bytes=None)>"
    assert entry("", key=None).line == "PUT b -> 200"


@given(st.lists(st.sampled_from(["PutObject", "GetObject", "ListBuckets"]), max_size=30), st.integers(1, 10))
def test_the_last_entries_are_kept_and_all_are_counted(names: list[str], length: int) -> None:
    made = journal(*map(entry, names), length=length)
    assert [each.operation for each in made] == names[-length:]
    assert len(made) == min(length, len(names))
    assert made.count() == len(names)
    assert made.count("PutObject") == names.count("PutObject")
    assert made.count("GetService") == names.count("ListBuckets")
    summary = made.summary()
    assert summary.by_operation == {name: names.count(name) for name in set(names)}
    assert (summary.bytes_in, summary.bytes_out) == (10 * len(names), len(names))


def test_billing_classes() -> None:
    made = journal(entry(), entry(billing="Get-type"), entry(), entry("", billing="none"))
    assert made.summary().by_billing == {"Put-type": 2, "Get-type": 1, "none": 1}
    assert str(made.summary()).splitlines() == [
        "4 requests, 40 bytes in, 4 bytes out",
        "       1  PUT",
        "       3  PutObject",
        "       1  Get-type",
        "       2  Put-type",
        "       1  none",
    ]


def test_of_takes_names_and_aliases() -> None:
    made = journal(entry(), entry("ListBuckets"), entry("GetObject"))
    assert [each.operation for each in made.of("GetService", "GetObject")] == ["ListBuckets", "GetObject"]
    with pytest.raises(ValueError, match="PutObjekt"):
        made.of("PutObjekt")


def test_the_last_ones() -> None:
    made = journal(entry(key="a"), entry(key="b"), entry(key="c"))
    assert [each.key for each in made.last(2)] == ["b", "c"]
    assert made.last(0) == []
    assert made[-1].key == "c"
    assert [each.key for each in made[1:]] == ["b", "c"]
    with pytest.raises(IndexError, match="there is no entry 3: the journal holds 3"):
        made[3]


def test_clear_forgets_counters_too() -> None:
    made = journal(entry())
    made.clear()
    assert (len(made), made.count(), made.summary().by_billing, str(made)) == (0, 0, {}, "no requests")


def test_in_words() -> None:
    made = journal(entry(), entry(key="b"), length=1)
    assert (str(made), repr(made)) == ("03:04:05 PutObject b/b -> 200", "<journal of 2 requests>")


@pytest.mark.parametrize(
    "expected",
    [
        ["PutObject", "GetObject"],
        ["PutObject b/a", "GetObject b/x -> 404 NoSuchKey"],
        ["PutObject b/a -> 200", "GetObject b/x"],
    ],
)
def test_a_sequence_can_be_told_in_few_words_or_many(expected: list[str]) -> None:
    journal(entry(), entry("GetObject", "x", 404, "NoSuchKey")).assert_are(expected)


@pytest.mark.parametrize("expected", [[], ["PutObject"], ["GetObject", "PutObject"], ["PutObject", "GetObject b/y"]])
def test_another_sequence_is_not_the_same(expected: list[str]) -> None:
    with pytest.raises(AssertionError):
        journal(entry(), entry("GetObject", "x")).assert_are(expected)


def test_words_for_one_entry_do_not_do_for_two() -> None:
    journal(entry(), entry()).assert_are(["PutObject", "PutObject b/a"])
    with pytest.raises(AssertionError):
        journal(entry(), entry()).assert_are(["PutObject b/a"])


def test_any_order() -> None:
    made = journal(entry(key="a"), entry(key="c"))
    made.assert_are(["PutObject", "PutObject b/a"], any_order=True)
    with pytest.raises(AssertionError):
        made.assert_are(["PutObject b/c", "PutObject b/d"], any_order=True)


def test_the_difference_reads_well() -> None:
    made = journal(entry("PutObject"), entry("GetObject", "x", 404, "NoSuchKey"), entry("DeleteObject"))
    with pytest.raises(AssertionError) as difference:
        made.assert_are(["PutObject", "DeleteObject", "DeleteObject"])
    assert str(difference.value).splitlines() == [
        "the requests are not those expected",
        "--- expected requests",
        "+++ requests made",
        "@@ -1,3 +1,3 @@",
        " PutObject",
        "+GetObject b/x -> 404 NoSuchKey",
        " DeleteObject",
        "-DeleteObject",
    ]


def test_a_misspelt_operation_is_no_difference() -> None:
    with pytest.raises(ValueError, match="Putobject"):
        journal().assert_are(["Putobject"])


def test_what_is_no_list_of_names_is_told() -> None:
    made = journal(entry())
    with pytest.raises(TypeError, match="give a list of what is expected, not the text 'PutObject'"):
        made.assert_are("PutObject")
    with pytest.raises(TypeError, match="an operation is called by its name"):
        made.of(["PutObject"])  # type: ignore[arg-type]  # the mistake under test


@pytest.mark.parametrize("wrong", ["x", None, 1.5])
def test_what_is_no_number_is_told(wrong: Any) -> None:
    made = journal(entry())
    with pytest.raises(TypeError, match=f"last takes a number of entries, such as 3, not {wrong!r}"):
        made.last(wrong)
    with pytest.raises(TypeError, match=f"an entry is called by its position, such as -1, not {wrong!r}"):
        made[wrong]


@pytest.mark.parametrize("wrong", [3, None])
def test_what_is_no_line_is_told(wrong: Any) -> None:
    made = journal(entry())
    with pytest.raises(TypeError, match=f"give a list of what is expected, not {wrong!r}"):
        made.assert_are(wrong)
    with pytest.raises(TypeError, match=f"what is expected is a text, such as 'PutObject', not {wrong!r}"):
        made.assert_are(["PutObject", wrong])


def test_no_entry_holds_a_body() -> None:
    oss = FakeOSS()
    oss.create_bucket("a-bucket", acl="public-read-write")
    body = (bytes(1 << 20),) * 4
    for _ in range(3):
        oss.handle(Request("PUT", "https", "a-bucket.oss-cn-hangzhou.aliyuncs.com", "/a", PUT, body))
    assert [each.bytes_in for each in oss.requests] == [4 << 20] * 3
    for each in oss.requests:
        held: list[object] = list(each)
        assert not [value for value in held if isinstance(value, bytes | tuple | Request)]
        assert sum(map(sys.getsizeof, held)) < 2_000
