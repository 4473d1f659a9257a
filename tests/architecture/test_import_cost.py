"""Importing fakeoss stays cheap: client libraries and slow dependencies load when they are used."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.architecture.sources import ROOT

SLOW = (
    "aiohttp", "alibabacloud_oss_v2", "asyncio", "boto3", "freezegun", "httptools", "httpx", "hypothesis", "lxml",
    "oss2", "pytest", "requests", "responses", "unittest", "urllib3",
)  # fmt: skip


def loaded_after(statement: str) -> set[str]:
    """The top-level modules that a new interpreter holds after `statement`."""
    program = f"{statement}\nimport sys\nprint(*sorted(name for name in sys.modules if '.' not in name))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("statement", ["import fakeoss", "from fakeoss import faults", "import conftest_plugin"])
def test_import_loads_nothing_slow(statement: str) -> None:
    before = loaded_after("pass")
    allowed = {"pytest"} if "conftest_plugin" in statement else set()
    loaded = loaded_after(statement) - before
    if "pytest" in allowed:
        loaded -= loaded_after("import pytest")
    assert loaded & set(SLOW) == set()


def test_the_plugin_leaves_fakeoss_alone_until_a_fixture_is_used() -> None:
    assert "fakeoss" not in loaded_after("import conftest_plugin")
