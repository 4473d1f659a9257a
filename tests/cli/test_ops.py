"""The command line's list of operations, as a user reads it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from fakeoss import data
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


def test_what_an_operation_goes_by_where_no_source_tells(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    told = lines(capsys, "ops", "GetBucketWorm")
    says = "A121: a retention policy that lapsed unlocked is as none."
    assert any(line.endswith(f"tests/assumptions/test_a121_lapsed_policy.py: {says}") for line in told)
    assert re.fullmatch(r"  of every operation +A231, A232, .*: tests/assumptions", told[-1])
    assert not any("A121" in line for line in lines(capsys, "ops", "GetObject"))


def test_the_vendors_own_tests_of_an_operation(capsys: pytest.CaptureFixture[str]) -> None:
    (tests,) = [line for line in lines(capsys, "ops", "GetBucketWorm") if line.startswith("  SDK tests ")]
    assert tests.split(maxsplit=2)[2] == (
        "oss2 tests/test_bucket_worm.py; SDK v2 tests/integration/test_bucket_worm_client.py"
    )
    assert set(data.load("vendor_tests.json")) <= set(catalogue())


def test_without_the_sources_there_is_nothing_to_tell_of_assumptions(tmp_path: Path) -> None:
    assert ops.assumptions(tmp_path) == []


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
