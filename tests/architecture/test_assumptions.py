"""Every assumption has a number, one question, the operations it is about, and a place in the code that goes by it."""

from __future__ import annotations

import ast
import re

import pytest

from fakeoss.cli import ops
from fakeoss.operations.rows import rows
from tests.architecture.sources import Source, packaged, sources

FILES = tuple(file for file in sources("tests/assumptions") if "/test_" in file.path)
CITED = {number for file in packaged() for number in re.findall(r"\bA\d{3}\b", file.text)}
OPERATIONS = {row.name for row in rows()}


@pytest.mark.parametrize("file", [pytest.param(file, id=file.path) for file in FILES])
def test_an_assumption_asks_one_question_of_operations_that_exist(file: Source) -> None:
    number = file.path.split("/")[-1].split("_")[1].upper()
    (told,) = [each for each in ops.assumptions() if each.file.endswith(file.path)]
    assert told.number == number
    assert told.says.endswith(".")
    assert set(told.operations) <= OPERATIONS
    assert len([node for node in file.tree().body if isinstance(node, ast.FunctionDef) and "test" in node.name]) == 1


def test_no_number_is_given_twice() -> None:
    numbers = [each.number for each in ops.assumptions()]
    assert len(numbers) == len(set(numbers)) == len(FILES)


def test_the_code_cites_each_of_them_and_no_other() -> None:
    written = {each.number for each in ops.assumptions()}
    assert sorted(CITED - written) == [], "cited, but not written down under tests/assumptions/"
    assert sorted(written - CITED) == [], "under tests/assumptions/, but cited by no docstring of the code"
