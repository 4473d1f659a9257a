"""The README and the pages under docs/ are run: every Python block, as a reader would paste it.

A block with tests in it goes through pytest in an empty folder, any other block through the interpreter.
"""

from __future__ import annotations

import re
import runpy
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import responses

from tests.conftest_plugin.conftest import PRESENT, STRICT

pytest_plugins = ["pytester"]

LOADED = (responses, *PRESENT)
"""Pytester forgets what a block imports, so that later blocks would have it twice."""

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>\w*)[^\n]*\n(?P<code>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL
)
LINK = re.compile(r"\]\((?!https?://|mailto:|#)(?P<target>[^)#\s]+)(?:#[^)]*)?\)")
GENERATED = runpy.run_path(str(ROOT / "docs" / "generate.py"))["PAGES"]
INSTALL = "pip install -e '.[test]'"
QUICKSTARTS = ("quickstart.md", "quickstart.zh.md")
COMMANDS = ("python examples/quickstart.py", "python -m pytest")


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: where it stands and its text."""

    page: Path
    line: int
    language: str
    code: str

    @property
    def place(self) -> str:
        """`docs/time.md:12`."""
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"

    @property
    def is_for_pytest(self) -> bool:
        """Whether pytest would find something to run in it."""
        return re.search(r"^\s*(async )?def test_", self.code, re.MULTILINE) is not None


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page in order."""
    text = page.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        line = text.count("\n", 0, found.start("code")) + 1
        yield Block(page, line, found["language"], textwrap.dedent(found["code"]))


ALL = [block for page in PAGES for block in blocks(page)]
PYTHON = [block for block in ALL if block.language == "python"]
SCRIPTS = [pytest.param(block, id=block.place) for block in PYTHON if not block.is_for_pytest]
TESTS = [pytest.param(block, id=block.place) for block in PYTHON if block.is_for_pytest]


@pytest.mark.parametrize("block", SCRIPTS)
def test_script(block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    exec(compile(block.code, block.place, "exec"), {"__name__": "__main__"})  # noqa: S102 - running it is the test


@pytest.mark.parametrize("block", TESTS)
def test_block_of_tests(block: Block, pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_from_the_page=block.code)
    installed = any(point.value == "conftest_plugin" for point in entry_points(group="pytest11"))
    plugin = () if installed else ("-p", "conftest_plugin")
    result = pytester.runpytest_inprocess(*plugin, *STRICT, "-o", "asyncio_default_fixture_loop_scope=function")
    outcome = result.parseoutcomes()
    assert result.ret == 0, f"{block.place} fails"
    assert set(outcome) == {"passed"}


def test_the_chinese_quickstart_shows_the_same() -> None:
    english, chinese = ([block.code for block in blocks(ROOT / "docs" / name)] for name in QUICKSTARTS)
    assert english == chinese


def test_every_block_says_its_language() -> None:
    assert [block.place for block in ALL if block.language == ""] == []


ELSEWHERE = {
    "docs/access.md": "it fails, and its report is compared in tests/test_docs_access.py",
    "docs/clients.md": "it needs pandas and ossfs: tests/clients/filesystems.py",
    "docs/contributing.md": "it needs this project's own fixtures: see below",
}
"""Python that is not run as it stands is marked `py`: why, by page."""


def test_no_other_python_block_is_left_out() -> None:
    assert [block.page.relative_to(ROOT).as_posix() for block in ALL if block.language == "py"] == list(ELSEWHERE)
    assert {block.language for block in ALL} <= {"python", "py", "sh", "shell", "console", "js", "text"}


def test_the_tests_that_the_contributors_are_shown(pytester: pytest.Pytester) -> None:
    (block,) = [block for block in blocks(ROOT / "docs" / "contributing.md") if block.language == "py"]
    pytester.makepyfile(test_from_the_page=block.code)
    option = "asyncio_default_fixture_loop_scope=function"
    result = pytester.runpytest_inprocess("-p", "tests.operations.conftest", "-p", "tests.conftest", "-o", option)
    result.assert_outcomes(passed=2)


@pytest.mark.parametrize("page", [pytest.param(page, id=page.name) for page in PAGES])
def test_links_within_the_project_lead_somewhere(page: Path) -> None:
    targets = [found["target"] for found in LINK.finditer(page.read_text(encoding="utf-8"))]
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", GENERATED)
def test_generated_pages_are_up_to_date(page: str) -> None:
    written = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert written == GENERATED[page]() + "\n", "run: python docs/generate.py"


def test_the_readme_begins_with_the_two_commands() -> None:
    shell = "\n".join(block.code for block in blocks(ROOT / "README.md") if block.language == "sh")
    position = [shell.index(command) for command in (INSTALL, *COMMANDS)]
    assert position == sorted(position)
    assert (ROOT / "examples" / "quickstart.py").is_file()
