"""Patterns of policies: asterisks, question marks, and resources matched field by field."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fakeoss.state.policy.match import Glob, Resource, ResourcePattern
from tests.state.policy.naive import naive_glob

FEW = st.text("ab*?", max_size=8)


@settings(max_examples=300)
@given(pattern=FEW, text=st.text("ab", max_size=10))
@example(pattern="a*a", text="a").via("head and tail must not share a character")
@example(pattern="ab*?b", text="ab").via("nor may the pieces overlap")
@example(pattern="*bb", text="b").via("the tail is longer than the text")
def test_a_pattern_fits_what_the_naive_recursion_says(pattern: str, text: str) -> None:
    assert Glob(pattern).matches(text) == naive_glob(pattern, text)


@given(pattern=FEW, text=FEW)
def test_asterisks_and_question_marks_in_the_text_are_plain_characters(pattern: str, text: str) -> None:
    assert Glob(pattern).matches(text) == naive_glob(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("a.c", "a.c"), ("[ab]", "[ab]"), ("a*\n?", "ax\n\n"), ("*", ""), ("", ""), ("**", "x"), ("日?", "日本")],
)
def test_everything_but_the_wildcards_is_literal(pattern: str, text: str) -> None:
    assert Glob(pattern).matches(text)


def test_a_hostile_pattern_does_not_backtrack() -> None:
    assert not Glob("*a?" * 600 + "b").matches("a" * 4_000)


def test_patterns_are_equal_by_their_text() -> None:
    assert Glob("a*") == Glob("a*")
    assert len({Glob("a*"), Glob("a*"), Glob("b")}) == 2
    assert repr(Glob("a*")) == "Glob('a*')"


def resource(path: str) -> Resource:
    return Resource("cn-hangzhou", "1234", path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*", "bucket/key"),
        ("acs:oss:*:*:*", "bucket"),
        ("acs:oss:*:*:*", "bucket/key"),
        ("acs:oss:*:*:*", "*"),
        ("acs:oss:*:1234:bucket", "bucket"),
        ("acs:oss:*:*:bucket/*", "bucket/"),
        ("acs:oss:*:*:bucket/a/*", "bucket/a/b/c"),
        ("acs:oss:*:*:b?cket/*.txt", "bucket/dir/notes.txt"),
        ("acs:oss:cn-hangzhou:*:bucket", "bucket"),
        ("acs:oss:oss-cn-hangzhou:*:bucket", "bucket"),
        ("acs:oss:*:*:bucket/a:b", "bucket/a:b"),
        ("acs:oss:*:*:*/*", "bucket/key"),
        ("acs:oss*:1234:bucket", "bucket"),
    ],
)
def test_resources_covered(pattern: str, path: str) -> None:
    assert ResourcePattern(pattern).matches(resource(path))


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("acs:oss:*:*:bucket", "bucket/key"),
        ("acs:oss:*:*:bucket/*", "bucket"),
        ("acs:oss:*:*:other/*", "bucket/key"),
        ("acs:oss:*:99:bucket", "bucket"),
        ("acs:oss:cn-beijing:*:bucket", "bucket"),
        ("acs:ecs:*:*:bucket", "bucket"),
        ("acs:oss:*:*:bucket", "*"),
        ("acs:oss", "bucket"),
    ],
)
def test_resources_not_covered(pattern: str, path: str) -> None:
    assert not ResourcePattern(pattern).matches(resource(path))


def test_a_key_with_colons_is_not_another_bucket() -> None:
    assert not ResourcePattern("acs:oss:*:*:secret").matches(resource("open/x:y:secret"))


def test_a_resource_reads_as_policies_write_it() -> None:
    assert str(resource("bucket/key")) == "acs:oss:cn-hangzhou:1234:bucket/key"
    assert repr(ResourcePattern("acs:oss:*:*:b")) == "ResourcePattern('acs:oss:*:*:b')"
