"""Which objects overwrite protection keeps from whom, against fnmatch."""

from __future__ import annotations

from fnmatch import fnmatchcase

from hypothesis import given
from hypothesis import strategies as st

from fakeoss.state.configurations.overwrite import OverwriteRule

WORD = st.text("ab", max_size=6)
PATTERN = st.text("ab*", max_size=6)


@given(pattern=PATTERN, name=WORD)
def test_principals_with_asterisks(pattern: str, name: str) -> None:
    assert OverwriteRule(action="forbid", principals=(pattern,)).forbids("key", [name]) is fnmatchcase(name, pattern)


@given(prefix=WORD, suffix=WORD, key=WORD)
def test_prefix_and_suffix(prefix: str, suffix: str, key: str) -> None:
    rule = OverwriteRule(action="forbid", prefix=prefix, suffix=suffix, principals=())
    assert rule.forbids(key, []) is (key.startswith(prefix) and key.endswith(suffix))


def test_asterisks_in_prefix_and_suffix_are_asterisks() -> None:
    rule = OverwriteRule(action="forbid", prefix="a*", suffix="*b", principals=())
    assert rule.forbids("a*b", [])
    assert not rule.forbids("axb", [])
