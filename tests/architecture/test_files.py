"""Files stay short and named after the service's own terms, and every exception to a rule has its reason."""

from __future__ import annotations

import re

import pytest

from tests.architecture.sources import ROOT, Source, everything, packaged

LONGEST = 500
VAGUE = {"base_classes", "common", "helper", "helpers", "manager", "managers", "misc", "stuff", "util", "utils"}
# A noqa or type-ignore comment, its codes, and what is said after them.
IGNORE = re.compile(r"#\s*(?P<kind>noqa|type:\s*ignore)(?P<codes>:\s*[A-Z0-9, ]*[0-9]|\[[a-z, -]+\])?(?P<reason>.*)$")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|pragma: no cover|\bNotImplementedError\b")


def by_path(files: tuple[Source, ...]) -> list[object]:
    return [pytest.param(file, id=file.path) for file in files]


def test_the_files_are_found() -> None:
    assert {"fakeoss/__init__.py", "conftest_plugin/__init__.py", "tests/architecture/sources.py"} <= {
        file.path for file in everything()
    }


@pytest.mark.parametrize("file", by_path(everything()))
def test_no_file_is_longer_than_the_limit(file: Source) -> None:
    assert len(file.lines) <= LONGEST, f"split {file.path} along its subjects"


@pytest.mark.parametrize("file", by_path(everything()))
def test_names_of_files_and_classes_say_what_they_are_about(file: Source) -> None:
    words = set(re.split(r"[/_.]", file.path))
    classes = re.findall(r"^\s*class (\w+)", file.text, re.MULTILINE)
    words |= {word.lower() for name in classes for word in re.findall(r"[A-Z][a-z0-9]+", name)}
    assert not words & VAGUE


@pytest.mark.parametrize("file", by_path(everything()))
def test_every_suppressed_warning_names_its_rule_and_reason(file: Source) -> None:
    if file.path == "tests/architecture/test_files.py":
        return  # it holds the pattern itself
    for number, line in enumerate(file.lines, 1):
        found = IGNORE.search(line)
        if found is not None:
            where = f"{file.path}:{number}"
            assert found["codes"], f"{where} silences every rule"
            assert re.search(r"\w+ \w+", found["reason"]), f"{where} gives no reason after the ignore"


@pytest.mark.parametrize("file", by_path(packaged()))
def test_nothing_unfinished_is_left_in_the_package(file: Source) -> None:
    marks = [f"{file.path}:{n} {line.strip()}" for n, line in enumerate(file.lines, 1) if UNFINISHED.search(line)]
    assert marks == []


def test_every_rule_that_is_off_has_its_reason_beside_it() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    silenced = [line for line in text.splitlines() if re.match(r'\s+"[A-Z]+[0-9]+",|"[^"]+" = \["[A-Z]+[0-9]+"', line)]
    assert silenced
    assert [line for line in silenced if "#" not in line] == []


def test_test_folders_mirror_the_package() -> None:
    own = {
        "architecture",
        "assumptions",
        "vendor",
        "conftest_plugin",
        "examples",
        "benchmarks",
        "clients",
        "hostile",
        "load",
        "recorded",
    }
    mirrored = {path.name for path in (ROOT / "fakeoss").iterdir() if path.is_dir()}
    folders = {path.name for path in (ROOT / "tests").iterdir() if (path / "__init__.py").exists()}
    assert folders <= own | mirrored


def test_every_test_folder_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []
