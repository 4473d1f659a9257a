"""The vendor's tests against the fake: every outcome is the one expected, and none hangs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.vendor import runner
from tests.vendor.runner import Outcome, Run

pytestmark = [
    pytest.mark.vendor,
    pytest.mark.skipif("FAKEOSS_VENDOR" not in os.environ, reason="FAKEOSS_VENDOR names no folder with the source"),
]

LEAST_PASSES = 490
TESTS, UNIT_TESTS = 557, 200


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[Run, list[Outcome]]:
    every = [("tests", "on"), ("unittests", "on"), ("unittests", "off")]
    return runner.run(every, tmp_path_factory.mktemp("vendor"))


@pytest.fixture(scope="module")
def outcomes(runs: dict[Run, list[Outcome]]) -> list[Outcome]:
    return runs["tests", "on"]


def test_all_of_the_suite_is_run(outcomes: list[Outcome]) -> None:
    assert len(outcomes) == TESTS


def test_what_fails_is_what_is_expected_to(outcomes: list[Outcome]) -> None:
    expected = runner.expected_failures()
    failed = {outcome.test: outcome.text for outcome in outcomes if outcome.result == "failed"}
    unexpected = {test: text for test, text in failed.items() if test not in expected}
    assert not unexpected, "\n\n".join(f"{test}\n{text}" for test, text in unexpected.items())
    assert set(expected) <= set(failed), f"pass now, take them off the list: {sorted(set(expected) - set(failed))}"


def test_enough_of_the_suite_passes(outcomes: list[Outcome]) -> None:
    assert sum(outcome.result == "passed" for outcome in outcomes) >= LEAST_PASSES


def test_the_evidence_page_is_of_this_run(outcomes: list[Outcome]) -> None:
    page = Path(__file__).parents[2] / "docs" / "evidence.md"
    assert runner.table(outcomes) in page.read_text(), "run `python -m tests.vendor.evidence` to write it anew"


def test_unit_tests_do_the_same_with_the_fake_on_and_off(runs: dict[Run, list[Outcome]]) -> None:
    on, off = runs["unittests", "on"], runs["unittests", "off"]
    assert len(on) == UNIT_TESTS
    assert [(one.test, one.result) for one in on] == [(one.test, one.result) for one in off]
