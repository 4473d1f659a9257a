"""Keys as paths: nothing leads out of the folder, no two keys share a file, plain names stay readable."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fakeoss.files.paths import SIDE, Paths, file_name

parts = st.sampled_from(
    [
        "",
        ".",
        "..",
        "a",
        "A",
        "b.txt",
        "con",
        "NUL.txt",
        "a ",
        "a.",
        "%2E",
        "~",
        "C:",
        "a\\b",
        "*",
        "\0",
        "é",
        "e\u0301",
        SIDE,
    ]
) | st.text(st.characters(exclude_characters="/", exclude_categories=["Cs"]), max_size=8)
keys = st.lists(parts, min_size=1, max_size=5).map("/".join).filter(bool)


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("report 2024-01.txt", "report 2024-01.txt"),
        ("中文.txt", "中文.txt"),
        ("a+b=c,d;e", "a+b=c,d;e"),
        ("..", "%2E%2E"),
        (".", "%2E"),
        ("", "%2F"),
        ("...", "..%2E"),
        (".hidden", ".hidden"),
        ("100%", "100%25"),
        ("a\\b:c", "a%5Cb%3Ac"),
        ("a\nb\x00", "a%0Ab%00"),
        ("con", "%63on"),
        ("Com1.txt", "%43om1.txt"),
        ("console", "console"),
        ("ends with a space ", "ends with a space%20"),
    ],
)
def test_names(part: str, name: str) -> None:
    assert file_name(part) == name


@given(keys)
@example("../../etc/passwd")
@example("a/../../b")
@example("C:/Windows")
@example("a//b/")
def test_no_path_leads_out(key: str) -> None:
    path = Paths().of(key)
    assert path is not None
    for pure in (PurePosixPath(path), PureWindowsPath(path)):
        assert not pure.is_absolute()
        assert not pure.drive
        assert ".." not in pure.parts
        assert len(pure.parts) == key.count("/") + 1
        assert pure.parts[0] != SIDE


@given(st.lists(keys, max_size=12, unique=True))
def test_no_two_keys_share_a_file_even_where_case_does_not_count(some: list[str]) -> None:
    given_out = Paths()
    paths = [path for path in map(given_out.of, some) if path is not None]
    files = {path.casefold() for path in paths}
    folders = {
        "/".join(path.casefold().split("/")[:count]) for path in paths for count in range(1, path.count("/") + 1)
    }
    assert len(files) == len(paths)
    assert not files & folders


def test_what_cannot_be_a_file_beside_the_others_has_no_path() -> None:
    paths = Paths()
    assert [paths.of(key) for key in ("a", "a/b", "A", "c/d", "c", "C/e", "é", "e\u0301", "x" * 201)] == [
        "a", None, None, "c/d", None, "C/e", "é", None, None,
    ]  # fmt: skip
