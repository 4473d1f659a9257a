"""The example project's own tests find both bugs, and pass where they are repaired."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest_plugin.conftest import QUIET

pytest_plugins = ["pytester"]

PROJECT = Path(__file__).resolve().parents[2] / "examples" / "uploader"


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A copy of the project to run pytest in."""
    shutil.copytree(PROJECT, pytester.path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    return pytester


def test_the_bugs_are_the_expected_failures(project: pytest.Pytester) -> None:
    result = project.runpytest_inprocess(*QUIET)
    outcomes = result.parseoutcomes()
    assert set(outcomes) == {"passed", "xfailed"}
    assert outcomes["xfailed"] >= 7


def test_a_user_sees_what_led_to_them(project: pytest.Pytester) -> None:
    result = project.runpytest_inprocess(*QUIET, "--runxfail")
    assert set(result.parseoutcomes()) == {"passed", "failed"}
    result.stdout.fnmatch_lines_random(
        [
            "*assert b'' == b'hello'*",
            "??:??:?? PutObject test-bucket/a -> 503 ServiceUnavailable",
            "??:??:?? PutObject test-bucket/a -> 200",
            "??:??:?? UploadPart test-bucket/a -> Timeout(after_bytes=None)",
            '*oss.fail("UploadPart", fault=faults.Reset())*',
        ]
    )


def test_the_repaired_one_passes_everything(project: pytest.Pytester) -> None:
    result = project.runpytest_inprocess(*QUIET, "--runxfail", "-k", "repaired")
    assert set(result.parseoutcomes()) == {"passed", "deselected"}
