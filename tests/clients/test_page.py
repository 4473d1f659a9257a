"""The page of clients says what the matrix tests."""

from __future__ import annotations

import pytest

from tests.clients.cases import CASES
from tests.clients.matrix import CLIENTS
from tests.clients.page import PAGE, matrix, written


def test_the_page_has_the_matrix_of_these_tests() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert matrix() in text
    assert written(text) == text, "run: python -m tests.clients.page"


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.name) for kind in CLIENTS])
def test_what_a_client_cannot_do_is_a_case(kind: type) -> None:
    assert set(getattr(kind, "cannot", ())) <= {case.name for case in CASES}
