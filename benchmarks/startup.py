"""What it costs to have the fake at all: `python -m benchmarks.startup`.

Imports in processes of their own, switching on and off, and the fixture in a suite that does and does not use it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import fakeoss
from benchmarks.timing import per_call, table, us

IMPORT = "import time, {before}\ns = time.process_time()\n{work}\nprint(time.process_time() - s)"
FIRST_USE = "import fakeoss; fakeoss.mock_oss; fakeoss.FakeOSS()"
FIRST_BLOCK = "import fakeoss\nwith fakeoss.mock_oss() as oss: oss.create_bucket('my-bucket')"
SUITE = "import pytest\n\n@pytest.mark.parametrize('n', range({count}))\ndef test_one(n{fixture}):\n    pass\n"


def after(before: str, work: str, rounds: int = 7) -> float:
    """Milliseconds of this process's time that work takes after an import: the least of some processes."""
    code = IMPORT.format(before=before, work=work)
    runs = (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(rounds)
    )
    return min(float(run.stdout) for run in runs) * 1e3


def suite(count: int, fixture: str, *options: str) -> float:
    """Seconds of a processor's time that pytest takes for so many empty tests."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "test_suite.py").write_text(SUITE.format(count=count, fixture=fixture))
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, folder]
        best = float("inf")
        for _ in range(3):
            start = of_children()
            subprocess.run(command, check=True, capture_output=True, cwd=folder)
            best = min(best, of_children() - start)
        return best


def of_children() -> float:
    """Seconds of a processor's time that ended children of this process have taken."""
    times = os.times()
    return times.children_user + times.children_system


def switch() -> None:
    """Enter and leave."""
    with fakeoss.mock_oss():
        pass


def main() -> None:
    """Measure and print."""
    rows = [
        ("import fakeoss, beyond requests", f"{after('requests', 'import fakeoss'):.1f} ms"),
        ("the first FakeOSS, beyond requests", f"{after('requests', FIRST_USE):.1f} ms"),
        ("the first block with a bucket in it, beyond requests", f"{after('requests', FIRST_BLOCK):.1f} ms"),
        ("enter and leave mock_oss()", us(per_call({"switch": switch})["switch"])),
    ]
    with_fixture, without = suite(400, ", fake_oss"), suite(400, "")
    rows.append(("fixture fake_oss, set up and torn down", us((with_fixture - without) / 400 * 1e6)))
    loaded, absent = suite(1, ""), suite(1, "", "-p", "no:fakeoss")
    rows.append(("plugin in a suite that does not use it", f"{(loaded - absent) * 1e3:.1f} ms"))
    table("Start-up", ("what", "cost"), rows)


if __name__ == "__main__":
    main()
