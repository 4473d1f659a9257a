"""Which cross-origin requests a rule takes, against regular expressions."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from fakeoss.state.configurations.cors import METHODS, CorsConfiguration, CorsRule

WORD = st.text("ab.-", max_size=4)
NAME = WORD | WORD.map(str.upper)
PATTERN = st.tuples(WORD, st.sampled_from(["", "*"]), WORD).map("".join)
RULES = st.builds(
    CorsRule,
    origins=st.lists(PATTERN, min_size=1, max_size=2).map(tuple),
    methods=st.lists(st.sampled_from(METHODS), min_size=1, max_size=2, unique=True).map(tuple),
    headers=st.lists(PATTERN | PATTERN.map(str.upper), max_size=2).map(tuple),
)


def fits(patterns: tuple[str, ...], text: str, flags: int = 0) -> bool:
    """Whether any pattern, its asterisk standing for anything, is the text."""
    return any(re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), text, flags) for pattern in patterns)


@given(
    rule=RULES, origin=WORD, method=st.sampled_from(METHODS), headers=st.lists(WORD | WORD.map(str.upper), max_size=2)
)
def test_a_rule_takes(rule: CorsRule, origin: str, method: str, headers: list[str]) -> None:
    expected = (
        method in rule.methods
        and fits(rule.origins, origin)
        and all(fits(rule.headers, header, re.IGNORECASE) for header in headers)
    )
    assert rule.takes(origin, method, headers) is expected


@given(rules=st.lists(RULES, min_size=1, max_size=3), origin=WORD, method=st.sampled_from(METHODS))
def test_the_first_that_takes(rules: list[CorsRule], origin: str, method: str) -> None:
    taking = [rule for rule in rules if rule.takes(origin, method)]
    assert CorsConfiguration(rules=tuple(rules)).rule_for(origin, method) == (taking[0] if taking else None)


@given(rule=RULES, origin=WORD)
def test_how_an_origin_is_named(rule: CorsRule, origin: str) -> None:
    named = rule.origin_for(origin)
    if "*" in rule.origins:
        assert named == "*"
    else:
        assert named == (origin if fits(rule.origins, origin) else None)
