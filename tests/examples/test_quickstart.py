"""The first thing a newcomer runs: with a folder of his own it touches nothing but a temporary folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import ROOT


def quickstart(home: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "examples" / "quickstart.py"), *map(str, arguments)]
    own = {"HOME": str(home), "TMPDIR": str(home / "tmp"), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, cwd=home, env={**os.environ, **own}, capture_output=True, text=True, timeout=120, check=False
    )


def below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_a_folder_of_ones_own(tmp_path: Path) -> None:
    folder, home = tmp_path / "folder", tmp_path / "home"
    (folder / "inner").mkdir(parents=True)
    (home / "tmp").mkdir(parents=True)
    (folder / "inner" / "a b+中.bin").write_bytes(bytes(range(256)))
    (folder / "empty").touch()
    before = below(tmp_path)
    done = quickstart(home, folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 files, 256 bytes" in done.stdout
    assert below(tmp_path) == before


def test_what_is_no_folder(tmp_path: Path) -> None:
    done = quickstart(tmp_path, tmp_path / "missing")
    assert (done.returncode, done.stdout) == (2, "")
    assert "missing is no folder" in done.stderr
