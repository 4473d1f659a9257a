"""Scripted failures as values: which requests they meet, how they are counted, what is refused at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeoss import errors, faults
from fakeoss.edge import scripts
from fakeoss.edge.scripts import Scripts, Target
from fakeoss.wire.message import Request


def target(operation: str = "PutObject", bucket: str = "b", key: str = "a.txt") -> Target:
    return Target(operation, bucket, key, Request("PUT", "https", f"{bucket}.oss-cn-hangzhou.aliyuncs.com", f"/{key}"))


def served(of: Scripts, number: int, at: Target | None = None) -> list[bool]:
    """Whether each of `number` requests is failed."""
    found = []
    for _ in range(number):
        of, script = of.take(at or target())
        found.append(script is not None)
    return found


@given(times=st.integers(1, 5), skip=st.integers(0, 5), number=st.integers(0, 15))
def test_the_first_pass_the_next_fail_the_rest_pass(times: int, skip: int, number: int) -> None:
    failing = Scripts().add(scripts.write("PutObject", times=times, skip=skip))
    assert served(failing, number) == [skip <= place < skip + times for place in range(number)]


def test_any_number() -> None:
    assert served(Scripts().add(scripts.write("PutObject", times=None, skip=1)), 50) == [False] + [True] * 49


def test_the_first_that_matches_and_is_ready_decides() -> None:
    first = scripts.write("PutObject", code="AccessDenied", skip=1)
    second = scripts.write("*", code="InternalError", times=2)
    both = Scripts().add(first).add(second)
    codes = []
    for _ in range(4):
        both, script = both.take(target())
        codes.append(script.error.code if script is not None and script.error is not None else None)
    assert codes == ["InternalError", "AccessDenied", "InternalError", None]


@pytest.mark.parametrize(
    ("where", "met"),
    [
        ({"bucket": "b"}, True),
        ({"bucket": "c"}, False),
        ({"key": "*.txt"}, True),
        ({"key": "A*"}, False),
        ({"bucket": "b", "key": "?.txt", "method": "PUT"}, True),
        ({"method": "GET"}, False),
        (lambda at: at.key == "a.txt" and at.operation == "PutObject", True),
        (lambda at: at.request.target == "/b.txt", False),
    ],
)
def test_where(where: Any, met: bool) -> None:
    assert served(Scripts().add(scripts.write("*", where=where)), 1) == [met]


def test_other_operations_are_left_alone() -> None:
    assert served(Scripts().add(scripts.write("GetObject")), 1) == [False]


@pytest.mark.parametrize(
    ("asked", "code", "status"),
    [
        ({}, "InternalError", 500),
        ({"code": "NoSuchKey"}, "NoSuchKey", 404),
        ({"code": "RequestTimeTooSkewed"}, "RequestTimeTooSkewed", 403),
        ({"status": 503}, "ServiceUnavailable", 503),
        ({"status": 404}, "NoSuchKey", 404),
        ({"status": 412}, "PreconditionFailed", 412),
        ({"status": 502}, "InternalError", 502),
        ({"status": 503, "code": "NoSuchKey"}, "NoSuchKey", 503),
        ({"status": 418, "code": "MadeUp"}, "MadeUp", 418),
    ],
)
def test_the_refusal_asked_for(asked: dict[str, Any], code: str, status: int) -> None:
    script = scripts.write("*", **asked)
    assert script.error is not None
    assert (script.error.code, script.error.status) == (code, status)


@pytest.mark.parametrize("name", sorted(errors.rows()))
def test_every_code_of_the_catalogue_can_be_scripted(name: str) -> None:
    row = errors.rows()[name]
    script = scripts.write("*", code=row.code, status=row.status)
    assert script.error is not None
    assert script.error().code == row.code


def test_a_fault_alone_is_no_refusal() -> None:
    assert scripts.write("*", fault=faults.Refused()).error is None


@pytest.mark.parametrize(
    ("fault", "effect"),
    [
        (faults.Refused(), "before"),
        (faults.Reset(), "before"),
        (faults.Timeout(), "before"),
        (faults.Reset(after_bytes=3), "after"),
        (faults.Timeout(after_bytes=3), "after"),
        (faults.Truncated(after_bytes=3), "after"),
        (faults.Slow(bytes_per_second=1), "after"),
        (faults.Corrupt(), "after"),
    ],
)
def test_what_breaks_a_reply_lets_the_request_take_effect(fault: faults.Fault, effect: str) -> None:
    assert scripts.write("*", fault=fault).effect == effect
    assert scripts.write("*", fault=fault, status=500).effect == "before"


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"times": 0}, ValueError),
        ({"skip": -1}, ValueError),
        ({"status": 200}, ValueError),
        ({"status": 600}, ValueError),
        ({"code": "NoSuchCode"}, ValueError),
        ({"effect": "during"}, ValueError),
        ({"effect": "after", "fault": faults.Refused()}, ValueError),
        ({"where": {"operation": "PutObject"}}, ValueError),
        ({"where": "a.txt"}, TypeError),
        ({"fault": "reset"}, TypeError),
        ({"fault": faults.Reset}, TypeError),
        ({"status": "503"}, TypeError),
        ({"times": "1"}, TypeError),
        ({"where": {"key": 1}}, TypeError),
    ],
)
def test_what_makes_no_sense_is_refused_at_once(asked: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        scripts.write("*", **asked)


def test_a_misspelt_code_is_answered_by_those_like_it() -> None:
    with pytest.raises(ValueError, match=r"unknown error code 'nosuchkey'.*did you mean NoSuchKey\?"):
        scripts.write("*", code="nosuchkey")


TEXT: Any = "3"


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: faults.Reset(after_bytes=-1), "after_bytes=-1: it is at least 0"),
        (lambda: faults.Timeout(after_bytes=TEXT), "after_bytes='3': it is a whole number of bytes"),
        (lambda: faults.Truncated(after_bytes=-1), "after_bytes=-1: it is at least 0"),
        (lambda: faults.Slow(bytes_per_second=0), "bytes_per_second=0: it is at least 1"),
        (lambda: faults.Corrupt(at=-1), "at=-1: it is at least 0"),
    ],
)
def test_a_fault_that_makes_no_sense_is_not_made(make: Callable[[], object], told: str) -> None:
    with pytest.raises((ValueError, TypeError), match=told):
        make()
