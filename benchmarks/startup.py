"""What it costs to have the fake at all: `python -m benchmarks.startup`.

Imports in processes of their own, switching on and off, and the fixture in a suite that does and does not use it.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path

import pytest

from benchmarks.timing import Work, per_call, table, us

IMPORT = "import time, {before}\ns = time.process_time()\n{work}\nprint(time.process_time() - s)"
FIRST_USE = "import fakeoss; fakeoss.mock_oss; fakeoss.FakeOSS()"
FIRST_BLOCK = "import fakeoss\nwith fakeoss.mock_oss() as oss: oss.create_bucket('my-bucket')"
TESTS = 400
SUITE = "import pytest\n\n@pytest.mark.parametrize('n', range({count}))\ndef test_one(n{fixture}):\n    pass\n"
QUIET = ("-qq", "-p", "no:cacheprovider", "-p", "no:asyncio", "--import-mode=importlib")


def after(before: str, work: str, rounds: int = 11) -> float:
    """Milliseconds of this process's time that work takes after an import: the least of some processes.

    With compiled files in place, as a user has them, even where the environment forbids to write any.
    """
    code = IMPORT.format(before=before, work=work)
    with tempfile.TemporaryDirectory() as compiled:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, "-c", code]
        runs = [
            subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
            for _ in range(rounds + 1)
        ]
        return min(float(run.stdout) for run in runs[1:]) * 1e3


def suites() -> tuple[dict[str, float], dict[str, float]]:
    """Microseconds a test: without a use of fakeoss with the plugin and without it, then with the fixture.

    To be called before anything imports fakeoss: from then on the plugin watches over every test.
    """
    with tempfile.TemporaryDirectory() as folder:
        plain, with_fixture = Path(folder, "test_plain.py"), Path(folder, "test_with_fixture.py")
        plain.write_text(SUITE.format(count=TESTS, fixture=""))
        with_fixture.write_text(SUITE.format(count=TESTS, fixture=", fake_oss"))
        unused = {"loaded": partial(run, plain), "absent": partial(run, plain, "-p", "no:fakeoss")}
        used = {"fixture": partial(run, with_fixture), "none": partial(run, plain)}
        return per_test(unused), per_test(used)


def per_test(candidates: Mapping[str, Work]) -> dict[str, float]:
    """Microseconds a test of suites that are run in turns."""
    return {name: cost / TESTS for name, cost in per_call(candidates, rounds=9, calls=1).items()}


def run(file: Path, *options: str) -> None:
    """Run pytest on a file, in this process."""
    with redirect_stdout(io.StringIO()):
        status = pytest.main([*QUIET, *options, "--rootdir", str(file.parent), str(file)])
    assert status == pytest.ExitCode.OK


def switch() -> None:
    """Enter and leave."""
    import fakeoss  # not before the suites have run without it

    with fakeoss.mock_oss():
        pass


def main() -> None:
    """Measure and print."""
    unused, used = suites()
    rows = [
        ("import fakeoss, beyond requests", f"{after('requests', 'import fakeoss'):.1f} ms"),
        ("the first FakeOSS, beyond requests", f"{after('requests', FIRST_USE):.1f} ms"),
        ("the first block with a bucket in it, beyond requests", f"{after('requests', FIRST_BLOCK):.1f} ms"),
        ("enter and leave mock_oss()", us(per_call({"switch": switch})["switch"])),
    ]
    rows += [
        ("fixture fake_oss, set up and torn down", us(used["fixture"] - used["none"])),
        ("plugin, imported beyond pytest", f"{after('pytest', 'import conftest_plugin'):.1f} ms"),
        ("plugin, a test of a suite that does not use it", f"{max(unused['loaded'] - unused['absent'], 0):.1f} us"),
    ]
    table("Start-up", ("what", "cost"), rows)


if __name__ == "__main__":
    main()
