"""A pytest inside the test, with the plugin as it is installed."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable

import freezegun.api
import oss2.resumable
import pytest

import fakeoss
from fakeoss.interceptors import INTERCEPTORS

Run = Callable[..., pytest.RunResult]

ADAPTERS = [adapter for adapter in INTERCEPTORS if importlib.util.find_spec(adapter.needs)]
MISSING = {f"fakeoss.interceptors.{adapter.module}" for adapter in INTERCEPTORS if adapter not in ADAPTERS}
"""Modules that cannot be imported here: Windows has no uvloop."""

ALL = [each.name for each in pkgutil.walk_packages(fakeoss.__path__, "fakeoss.")]
OWN = [name for name in ALL if name not in MISSING and not name.endswith("__main__")]
PRESENT = (
    freezegun.api,
    oss2.resumable,
    *(adapter.load() for adapter in ADAPTERS),
    *map(importlib.import_module, OWN),
)
"""Pytest forgets the modules that a run inside it has imported; those it has already are not loaded again. Of a module
that is loaded twice, what was stored by one is not found by the other."""

STRICT = (
    "-W",
    "error",
    "-W",
    "ignore:datetime.datetime.utcnow:DeprecationWarning",  # oss2's own, from Python 3.12 on
)

QUIET = (
    "-p",
    "no:cacheprovider",
    "-p",
    "no:hypothesispytest",
    "-o",
    "asyncio_default_fixture_loop_scope=function",
    *STRICT,
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
