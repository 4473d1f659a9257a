"""The failure report that the page about access shows is the one that pytest prints."""

from __future__ import annotations

import re
from importlib.metadata import entry_points
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

PAGE = Path(__file__).resolve().parents[1] / "docs" / "access.md"


def block(language: str) -> str:
    """The only block of the page in this language."""
    found = re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert len(found) == 1
    return str(found[0])


def test_the_report_shown_is_the_report_printed(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_from_the_page=block("py"))
    installed = any(point.value == "conftest_plugin" for point in entry_points(group="pytest11"))
    plugin = () if installed else ("-p", "conftest_plugin")
    result = pytester.runpytest_subprocess(*plugin, "-o", "asyncio_default_fixture_loop_scope=function")
    assert result.parseoutcomes() == {"failed": 1}
    printed = result.stdout.str()
    for line in block("text").splitlines():
        assert line.strip() == "[...]" or line in printed


def test_the_readme_shows_the_same_report() -> None:
    assert f"```text\n{block('text')}```" in (PAGE.parents[1] / "README.md").read_text(encoding="utf-8")
