"""No step of "An operation in ten minutes" can be left out: each test says which one was."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import pytest

import fakeoss.operations
from fakeoss.operations.catalogue import MODULES, gather
from tests.architecture.sources import ROOT

CATALOGUE = "MODULES of fakeoss/operations/catalogue.py"


@pytest.mark.parametrize("name", [found.name for found in pkgutil.iter_modules(fakeoss.operations.__path__)])
def test_a_module_with_operations_is_named_in_the_catalogue(name: str) -> None:
    written = ", ".join(gather([import_module(f"fakeoss.operations.{name}")]))
    assert not written or name in MODULES, f"step 4: put {name!r}, where {written} stands, into {CATALOGUE}"


def test_the_catalogue_names_modules_in_alphabetical_order() -> None:
    assert list(MODULES) == sorted(MODULES), f"step 4: {CATALOGUE} is in alphabetical order"


@pytest.mark.parametrize("name", MODULES)
def test_a_module_with_operations_has_its_tests(name: str) -> None:
    tests = f"tests/operations/test_{name}.py"
    assert (ROOT / tests).exists(), f"step 5: write {tests}"
