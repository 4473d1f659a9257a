"""`fakeoss serve`, from outside: a process of its own, asked over TCP."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import oss2
import pytest

from fakeoss.cli import main


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, str, str]]:
    """URL and credentials of a running server that was given a folder with one bucket."""
    (tmp_path / "example-bucket" / "docs").mkdir(parents=True)
    (tmp_path / "example-bucket" / "docs" / "a.txt").write_bytes(b"from a file")
    command = [sys.executable, "-m", "fakeoss", "serve", "--port", "0", "--load", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        key_id, secret = (process.stdout.readline().split()[-1] for _ in range(2))
        found = re.fullmatch(r"fakeoss serves 1 bucket at (http://127\.0\.0\.1:\d+)\n", first)
        assert found, first
        yield found[1], key_id, secret
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0


def test_another_process_is_served(served: tuple[str, str, str]) -> None:
    url, key_id, secret = served
    bucket = oss2.Bucket(oss2.Auth(key_id, secret), url, "example-bucket", is_path_style=True)
    assert bucket.get_object("docs/a.txt").read() == b"from a file"
    bucket.put_object("b.txt", b"put")
    assert [entry.key for entry in oss2.ObjectIterator(bucket)] == ["b.txt", "docs/a.txt"]


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "fakeoss", "serve", "--load", str(tmp_path / "none")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "is not a folder" in done.stderr


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--region", "oss-cn-hangzhou"], "region='oss-cn-hangzhou': give the id of a region, such as 'cn-hangzhou'"),
        (["--port", "{taken}"], "cannot listen at 127.0.0.1:{taken}: "),
        (["--port", "80800"], "cannot listen at 127.0.0.1:80800: "),
        (["--load", "{folder}"], "--load: {folder}/Not_A_Name: InvalidBucketName: "),
    ],
)
def test_a_slip_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, options: list[str], told: str
) -> None:
    (tmp_path / "Not_A_Name").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as other:
        words = {"folder": tmp_path, "taken": other.getsockname()[1]}
        assert main(["serve", *(option.format(**words) for option in options)]) == 2
    said = capsys.readouterr()
    assert said.err.startswith("fakeoss serve: " + told.format(**words))
    assert (said.out, said.err.count("\n")) == ("", 1)
