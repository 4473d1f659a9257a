"""The command line's list of operations, as a user reads it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fakeoss.cli import main, ops
from fakeoss.operations.catalogue import catalogue
from fakeoss.version import __version__
from tests.architecture.sources import ROOT


def lines(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert main(arguments) == 0
    return capsys.readouterr().out.splitlines()


def test_ops_prints_a_line_for_every_operation_and_a_sum(capsys: pytest.CaptureFixture[str]) -> None:
    *listed, last = lines(capsys, "ops")
    assert [line.split()[0] for line in listed] == list(catalogue())
    built = [name for name in catalogue() if catalogue()[name].operation is not None]
    assert last.startswith(f"{len(built)} of {len(listed)} operations are built")


def test_ops_tells_the_file_and_line_of_what_is_built(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    (line,) = [line for line in lines(capsys, "ops") if line.startswith("GetBucketAcl ")]
    place = line.split()[-1]
    file, _, number = place.partition(":")
    assert "  built  " in line
    assert "GET bucket ?acl" in line
    assert "get_bucket_acl" in "".join((ROOT / file).read_text().splitlines()[int(number) - 1 : int(number) + 1])


def test_ops_of_one_operation_tells_its_sources(capsys: pytest.CaptureFixture[str]) -> None:
    text = "\n".join(lines(capsys, "ops", "GetObject"))
    for part in (
        "GetObject (",
        "GET object",
        "oss:GetObject, oss:GetObjectVersion for a version; docs: OSS authorization syntax and elements",
        "section 8.1.2, lines 7760 to",
        "/getobject",
        "get_object",
        "Bucket.get_object",
        "NoSuchKey",
    ):
        assert part in text


def test_ops_knows_aliases_whatever_their_case(capsys: pytest.CaptureFixture[str]) -> None:
    assert lines(capsys, "ops", "getservice")[0].startswith("ListBuckets (")


def test_an_unknown_name_is_refused_with_near_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ops", "PutObjekt"]) == 2
    assert "did you mean PutObject" in capsys.readouterr().err
    assert main(["ops", "x" * 50]) == 2
    assert "did you mean" not in capsys.readouterr().err


def test_assumptions_that_name_an_operation_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tests" / "assumptions").mkdir(parents=True)
    file = tmp_path / "tests" / "assumptions" / "test_listing.py"
    file.write_text('def test_a() -> None:\n    """A7: ListBuckets refuses max-keys=0."""\n    ListBucketsV2\n')
    monkeypatch.setattr(ops, "__file__", str(tmp_path / "fakeoss" / "cli" / "ops.py"))
    assert list(ops.assumptions("ListBuckets")) == [(f"{file}:2", "A7: ListBuckets refuses max-keys=0.")]
    assert list(ops.assumptions("PutObject")) == []


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out == f"fakeoss {__version__}\n"


def test_the_module_runs_and_a_reader_that_leaves_does_no_harm() -> None:
    command = [sys.executable, "-m", "fakeoss", "ops"]
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(command, cwd=ROOT, stdout=closed, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
