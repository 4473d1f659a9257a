"""A pytest inside the test, with the plugin as it is installed."""

from __future__ import annotations

from collections.abc import Callable

import freezegun.api
import oss2.resumable
import pytest

from fakeoss import mock
from fakeoss.interceptors import INTERCEPTORS, server

Run = Callable[..., pytest.RunResult]

PRESENT = (freezegun.api, oss2.resumable, mock, server, *(adapter.load() for adapter in INTERCEPTORS))
"""Pytest forgets the modules that a run inside it has imported; those it has already are not loaded again."""

QUIET = (
    "-p",
    "no:cacheprovider",
    "-p",
    "no:hypothesispytest",
    "-o",
    "asyncio_default_fixture_loop_scope=function",
    "-W",
    "error",
)


@pytest.fixture
def run(pytester: pytest.Pytester) -> Run:
    """Run a test module given as text; further arguments go to pytest."""

    def run_text(text: str, *arguments: str, subprocess: bool = False) -> pytest.RunResult:
        pytester.makepyfile(test_user=f"import fakeoss, oss2, pytest\nfrom fakeoss import activation\n{text}")
        if subprocess:
            return pytester.runpytest_subprocess(*QUIET, *arguments)
        return pytester.runpytest_inprocess(*QUIET, *arguments, no_reraise_ctrlc=True)

    return run_text
