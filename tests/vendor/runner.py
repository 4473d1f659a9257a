"""Runs the vendor's tests in a process of their own and compares their outcomes with what is expected."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
RELEASE = "2.19.1"
LIMIT = 1200
"""Seconds after which the vendor's suite counts as hanging."""


@dataclass(frozen=True)
class Outcome:
    """How one test ended: `passed`, `failed` or `skipped`, with the end of its report."""

    test: str
    result: str
    text: str

    @property
    def file(self) -> str:
        """The test's file, without its folder."""
        return self.test.partition("::")[0].rpartition("/")[2]


def unpacked(folder: Path) -> Path:
    """The vendor's source, from the archive that CI's download step left in `FAKEOSS_VENDOR`."""
    archive = Path(os.environ["FAKEOSS_VENDOR"]) / f"oss2-{RELEASE}.tar.gz"
    with tarfile.open(archive) as source:
        source.extractall(folder, filter="data")
    return folder / f"oss2-{RELEASE}"


def run(source: Path, suite: str, mode: str, outcomes: Path, *more: str) -> list[Outcome]:
    """Run a suite (`tests`, `unittests`) with the fake `on` or `off`; raises TimeoutExpired when it hangs."""
    environment = {
        **os.environ,
        "FAKEOSS_OUTCOMES": str(outcomes),
        "FAKEOSS_VENDOR_MODE": mode,
        "PYTHONPATH": os.pathsep.join((str(HERE), str(HERE.parent.parent))),
    }
    options = [
        "-q",
        "-p",
        "vendor_plugin",
        "-p",
        "no:fakeoss",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:logging",
        "-W",
        "ignore",
    ]
    subprocess.run(
        [sys.executable, "-m", "pytest", suite, *more, *options],
        cwd=source,
        env=environment,
        timeout=LIMIT,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    rows = json.loads(outcomes.read_text())
    return [Outcome(test, result, text) for test, (result, text) in sorted(rows.items())]


def expected_failures() -> dict[str, str]:
    """The reason by each test that cannot pass."""
    reasons: dict[str, str] = {}
    for line in (HERE / "expected_failures.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            test, _, reason = line.partition("  ")
            reasons[test] = reason.strip()
    return reasons


def prove_nothing() -> set[str]:
    """The files whose tests never ask a service anything."""
    lines = (HERE / "prove_nothing.txt").read_text().splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def by_file(outcomes: list[Outcome]) -> dict[str, Counter[str]]:
    """Counts of results by file."""
    table: dict[str, Counter[str]] = {}
    for outcome in outcomes:
        table.setdefault(outcome.file, Counter())[outcome.result] += 1
    return table


def table(outcomes: list[Outcome]) -> str:
    """Outcomes by file as a table in Markdown, the files that prove nothing about a service last and apart."""
    idle = prove_nothing()
    counts = by_file(outcomes)
    asking = [name for name in sorted(counts) if name not in idle]
    lines = ["| file | passed | failed | skipped |", "| --- | ---: | ---: | ---: |"]
    lines += [_row(name, counts[name]) for name in asking]
    lines.append(_row("**all that ask a service**", _sum(counts[name] for name in asking)))
    lines += [_row(name, counts[name]) for name in sorted(idle)]
    lines.append(_row("**all**", _sum(counts.values())))
    return "\n".join(lines)


def _row(name: str, count: Counter[str]) -> str:
    return f"| {name} | {count['passed']} | {count['failed']} | {count['skipped']} |"


def _sum(counts: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    return total
