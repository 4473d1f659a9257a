"""Which rule of a website a request meets and which key it makes, against naive models."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fakeoss.kit import from_schema
from fakeoss.state import routing
from fakeoss.state.configurations.website import (
    Condition,
    IncludeHeader,
    IndexDocument,
    Redirect,
    RoutingRule,
    WebsiteConfiguration,
)
from fakeoss.state.routing import Outcome

SHORT = st.text("ab/", max_size=3)
HEADER = from_schema(
    IncludeHeader, key=st.sampled_from(["X-A", "x-b"]), equals=st.none() | SHORT, starts_with=st.none() | SHORT,
    ends_with=st.none() | SHORT,
)  # fmt: skip
CONDITIONS = from_schema(
    Condition, key_prefix=st.none() | SHORT, key_suffix=st.none() | SHORT,
    error_code=st.none() | st.sampled_from([403, 404]), headers=st.lists(HEADER, max_size=2).map(tuple),
)  # fmt: skip
OUTCOMES = st.builds(
    Outcome, key=SHORT, headers=st.dictionaries(st.sampled_from(["x-a", "x-b"]), SHORT),
    status=st.sampled_from([200, 403, 404]),
)  # fmt: skip


def when(prefix: str | None = None) -> Condition:
    """A condition of a prefix or of nothing."""
    return Condition(key_prefix=prefix, headers=())


def rule(condition: Condition, number: int = 1, kind: str = "External", **redirect: Any) -> RoutingRule:
    """A rule that redirects."""
    return RoutingRule(number=number, condition=condition, redirect=Redirect(kind=kind, **redirect))


def begins(text: str, start: str | None) -> bool:
    return not start or text[: len(start)] == start


def ends(text: str, end: str | None) -> bool:
    return not end or text[-len(end) :] == end


def holds(condition: Condition, outcome: Outcome) -> bool:
    """The conditions one by one."""
    for header in condition.headers:
        value = outcome.headers.get(header.key.lower())
        if value is None or not (begins(value, header.starts_with) and ends(value, header.ends_with)):
            return False
        if header.equals is not None and value != header.equals:
            return False
    if condition.error_code and outcome.status != condition.error_code:
        return False
    return begins(outcome.key, condition.key_prefix) and ends(outcome.key, condition.key_suffix)


@given(condition=CONDITIONS, outcome=OUTCOMES)
def test_all_conditions_must_hold(condition: Condition, outcome: Outcome) -> None:
    assert routing.meets(rule(condition), outcome) is holds(condition, outcome)


@given(conditions=st.lists(CONDITIONS, max_size=5), numbers=st.permutations(range(1, 6)), outcome=OUTCOMES)
def test_the_lowest_number_that_holds(conditions: list[Condition], numbers: list[int], outcome: Outcome) -> None:
    rules = [rule(condition, number) for condition, number in zip(conditions, numbers, strict=False)]
    fitting = [found.number for found in rules if holds(found.condition, outcome)]
    chosen = routing.rule_for(WebsiteConfiguration(rules=tuple(rules)), outcome)
    assert (None if chosen is None else chosen.number) == min(fitting, default=None)


@given(is_missing=st.booleans(), is_head=st.booleans(), allows=st.sampled_from([None, False, True]))
def test_mirrors_are_for_missing_objects(is_missing: bool, is_head: bool, allows: bool | None) -> None:
    mirror = rule(when(), kind="Mirror", mirror_url="http://origin.example/", mirror_allow_head=allows)
    outcome = Outcome("a", {}, 404 if is_missing else 403, is_missing, is_head)
    assert routing.meets(mirror, outcome) is (is_missing and (not is_head or allows is True))


@given(key=SHORT, prefix=SHORT, new=SHORT)
def test_a_prefix_is_replaced(key: str, prefix: str, new: str) -> None:
    replacing = rule(when(prefix), replace_prefix_with=new, replace_prefix=True)
    assert routing.new_key(replacing, prefix + key) == new + key
    put_before = rule(when(), replace_prefix_with=new)
    assert routing.new_key(put_before, key) == new + key
    assert routing.new_key(rule(when(prefix)), prefix + key) == prefix + key


@given(key=SHORT, before=SHORT, after=SHORT)
def test_a_key_is_replaced(key: str, before: str, after: str) -> None:
    assert routing.new_key(rule(when(), replace_key_with=f"{before}x${{key}}{after}"), key) == f"{before}x{key}{after}"
    assert routing.new_key(rule(when(), replace_key_with=f"{before}x"), key) == f"{before}x"


def test_places_are_quoted() -> None:
    place = routing.location(rule(when(), host="h.example"), "a b/é?#%", "https", "bucket.example", "x=%20")
    assert place == "https://h.example/a%20b/%C3%A9%3F%23%25"
    passing = rule(when(), protocol="http", pass_query=True)
    assert routing.location(passing, "a", "https", "bucket.example", "x=%20") == "http://bucket.example/a?x=%20"
    assert routing.location(passing, "a", "https", "bucket.example", "") == "http://bucket.example/a"


def test_index_pages() -> None:
    assert routing.index_key(IndexDocument(suffix="i.html"), "a/b/") == "i.html"
    assert routing.index_key(IndexDocument(suffix="i.html", for_subdirectories=True), "a/b/") == "a/b/i.html"
    assert routing.index_key(IndexDocument(suffix="i.html", for_subdirectories=True), "") == "i.html"
