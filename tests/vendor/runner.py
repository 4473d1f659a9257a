"""Runs the vendor's tests in processes of their own and compares their outcomes with what is expected."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

HERE = Path(__file__).parent
RELEASE = "2.19.1"
LIMIT = 1200
"""Seconds after which a process of the vendor's suite counts as hanging."""

Run: TypeAlias = tuple[str, str]
"""A suite (`tests`, `unittests`) and whether the fake is `on` or `off`."""

PIECES = {"tests": 6, "unittests": 1}
"""Into how many processes a suite is divided, file by file."""

MADE_UP = {
    "tests/example.jpg": b"a picture, as far as its reader cares",
    "tests/sample_data.csv": b"Year,StateAbbr,CityName,PopulationCount\n2015,US,,308745538\n",
}
"""Files that tests read, that the distribution leaves out, and whose content does not matter to what they show."""


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


@dataclass(frozen=True)
class Piece:
    """Some files of a suite, run by one process in a copy of the source that no other writes to."""

    suite: str
    mode: str
    number: int

    def run(self, folder: Path) -> list[Outcome]:
        """The outcomes of its tests; raises TimeoutExpired when they hang, RuntimeError when they cannot be run."""
        own = folder / f"{self.suite}-{self.mode}-{self.number}"
        source = _unpacked(own)
        files = sorted((source / self.suite).glob("test_*.py"))[self.number :: PIECES[self.suite]]
        outcomes, said = own / "outcomes.json", own / "said.txt"
        with said.open("wb") as output:
            subprocess.run(
                _command(self.mode, [str(file.relative_to(source)) for file in files]),
                cwd=source,
                env=_environment(self.mode, own, outcomes),
                timeout=LIMIT,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if not outcomes.exists():
            raise RuntimeError(f"the vendor's tests could not be run:\n{said.read_text(errors='replace')[-3000:]}")
        rows = json.loads(outcomes.read_text())
        return [Outcome(test, result, text) for test, (result, text) in rows.items()]


def run(runs: Iterable[Run], folder: Path) -> dict[Run, list[Outcome]]:
    """The outcomes of each run, sorted by test; as many processes at a time as the machine has processors."""
    found: dict[Run, list[Outcome]] = {}
    pieces = [Piece(suite, mode, number) for suite, mode in runs for number in range(PIECES[suite])]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for piece, outcomes in zip(pieces, pool.map(lambda piece: piece.run(folder), pieces), strict=True):
            found.setdefault((piece.suite, piece.mode), []).extend(outcomes)
    return {run: sorted(outcomes, key=lambda outcome: outcome.test) for run, outcomes in found.items()}


def _unpacked(folder: Path) -> Path:
    """The vendor's source, from the archive that CI's download step left in `FAKEOSS_VENDOR`."""
    archive = Path(os.environ["FAKEOSS_VENDOR"]) / f"oss2-{RELEASE}.tar.gz"
    with tarfile.open(archive) as source:
        source.extractall(folder, filter="data")
    top = folder / f"oss2-{RELEASE}"
    for name, content in MADE_UP.items():
        (top / name).write_bytes(content)
    return top


def _environment(mode: str, home: Path, outcomes: Path) -> dict[str, str]:
    """What the plugins ask for; records of resumable transfers go to `home`, and no locale of the machine counts."""
    return {
        **os.environ,
        "FAKEOSS_OUTCOMES": str(outcomes),
        "FAKEOSS_VENDOR_MODE": mode,
        "HOME": str(home),
        "LOCPATH": str(home),
        "PYTHONPATH": os.pathsep.join((str(HERE), str(HERE.parent.parent))),
    }


def _command(mode: str, files: list[str]) -> list[str]:
    neighbours = ["-p", "vendor_neighbours"] if mode == "on" else []
    without = [option for plugin in ("fakeoss", "cacheprovider", "logging") for option in ("-p", f"no:{plugin}")]
    plugins = ["-p", "vendor_plugin", *neighbours, *without]
    return [sys.executable, "-m", "pytest", *files, "-q", "-W", "ignore", *plugins]


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
