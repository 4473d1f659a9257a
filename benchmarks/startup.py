"""What it costs to have the fake at all: `python -m benchmarks.startup`.

Imports in processes of their own, switching on and off, and the fixture in a suite that does and does not use it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import fakeoss
from benchmarks.timing import per_call, table, us

IMPORT = "import sys, time; import {before}; s = time.perf_counter(); import {what}; print(time.perf_counter() - s)"
SUITE = "import pytest\n\n@pytest.mark.parametrize('n', range({count}))\ndef test_one(n{fixture}):\n    pass\n"


def imported(before: str, what: str, rounds: int = 7) -> float:
    """Milliseconds that an import takes after another: the least of some processes."""
    code = IMPORT.format(before=before, what=what)
    runs = (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(rounds)
    )
    return min(float(run.stdout) for run in runs) * 1e3


def suite(count: int, fixture: str, *options: str) -> float:
    """Seconds that pytest takes for so many empty tests."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "test_suite.py").write_text(SUITE.format(count=count, fixture=fixture))
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, folder]
        best = float("inf")
        for _ in range(3):
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, cwd=folder)
            best = min(best, time.perf_counter() - start)
        return best


def switch() -> None:
    """Enter and leave."""
    with fakeoss.mock_oss():
        pass


def main() -> None:
    """Measure and print."""
    whole = "fakeoss, fakeoss.mock, fakeoss.interceptors.requests_carrier; fakeoss.FakeOSS()"
    rows = [
        ("import fakeoss, beyond requests", f"{imported('requests', 'fakeoss'):.1f} ms"),
        ("first use: fake, operations, hooks for requests, beyond requests", f"{imported('requests', whole):.1f} ms"),
        ("enter and leave mock_oss()", us(per_call({"switch": switch})["switch"])),
    ]
    with_fixture, without = suite(400, ", fake_oss"), suite(400, "")
    rows.append(("fixture fake_oss, set up and torn down", us((with_fixture - without) / 400 * 1e6)))
    loaded, absent = suite(1, ""), suite(1, "", "-p", "no:fakeoss")
    rows.append(("plugin in a suite that does not use it", f"{(loaded - absent) * 1e3:.1f} ms"))
    table("Start-up", ("what", "cost"), rows)


if __name__ == "__main__":
    main()
