"""curl at the server of the command line: what a program of another language finds."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import oss2
import pytest

from tests.clients.cases import LONG
from tests.clients.places import BUCKET
from tests.clients.ports import Served, served

CURL = shutil.which("curl") or ""
pytestmark = pytest.mark.skipif(not CURL, reason="curl is not on the PATH")
LARGE = LONG * 40


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that has loaded a folder."""
    folder = tmp_path_factory.mktemp("load")
    (folder / BUCKET / "folder").mkdir(parents=True)
    (folder / BUCKET / "folder" / "a b+c.txt").write_bytes(LONG)
    with served("--load", folder) as running:
        yield running


def curl(*arguments: str | Path, given: bytes | None = None) -> bytes:
    """What curl prints; raises where it fails or takes longer than half a minute."""
    command = [CURL, "--silent", "--show-error", "--noproxy", "*", "--max-time", "30", *map(str, arguments)]
    return subprocess.run(command, input=given, stdout=subprocess.PIPE, check=True).stdout


def signed(server: Served, method: str, key: str, headers: dict[str, str] | None = None) -> str:
    """A presigned URL in path style."""
    bucket = oss2.Bucket(oss2.Auth(*server.credentials), server.url, BUCKET)
    return str(bucket.sign_url(method, key, 600, headers=headers or {}, slash_safe=True))


def status(*arguments: str | Path, given: bytes | None = None) -> str:
    """The status alone."""
    return curl("--output", os.devnull, "--write-out", "%{http_code}", *arguments, given=given).decode()


def test_a_loaded_object_by_path_and_by_host(server: Served) -> None:
    assert curl(signed(server, "GET", "folder/a b+c.txt")) == LONG
    _, _, rest = signed(server, "GET", "folder/a b+c.txt").partition(f"/{BUCKET}/")
    host = f"{BUCKET}.localhost:{server.port}"
    assert curl("--resolve", f"{host}:127.0.0.1", f"http://{host}/{rest}") == LONG


def test_without_a_signature_it_is_forbidden(server: Served) -> None:
    url = f"{server.url}/{BUCKET}/folder/a%20b%2Bc.txt"
    assert b"<Code>AccessDenied</Code>" in curl(url)
    assert status(url) == "403"


def test_uploads_of_known_length_and_in_chunks(server: Served, tmp_path: Path) -> None:
    file = tmp_path / "large"
    file.write_bytes(LARGE)
    typed = {"Content-Type": "application/octet-stream"}
    header = ("--header", "Content-Type: application/octet-stream")
    assert status("--upload-file", file, *header, signed(server, "PUT", "known", typed)) == "200"
    assert status("--upload-file", "-", *header, signed(server, "PUT", "chunked", typed), given=LARGE) == "200"
    assert curl(signed(server, "GET", "known")) == LARGE
    assert curl(signed(server, "GET", "chunked")) == LARGE


def test_a_hundred_continue_is_not_waited_for(server: Served, tmp_path: Path) -> None:
    file = tmp_path / "large"
    file.write_bytes(LARGE)
    typed = {"Content-Type": "application/octet-stream"}
    waiting = ("--noproxy", "*", "--expect100-timeout", "25", "--max-time", "20", "--header", "Expect: 100-continue")
    upload = ("--header", "Content-Type: application/octet-stream", "--upload-file", str(file))
    command = [CURL, "--verbose", "--silent", *waiting, *upload, signed(server, "PUT", "expecting", typed)]
    told = subprocess.run(command, capture_output=True, check=True).stderr
    assert b"HTTP/1.1 100 Continue" in told
    assert b"HTTP/1.1 200 OK" in told


def test_head_range_and_condition(server: Served) -> None:
    key = "folder/a b+c.txt"
    head = curl("--head", signed(server, "HEAD", key)).decode()
    assert head.startswith("HTTP/1.1 200 OK\r\n")
    assert f"Content-Length: {len(LONG)}\r\n" in head
    assert curl("--range", "100-199", signed(server, "GET", key)) == LONG[100:200]
    etag = next(line.partition(": ")[2] for line in head.splitlines() if line.startswith("ETag"))
    assert status("--header", f"If-None-Match: {etag}", signed(server, "GET", key)) == "304"
    assert status("--header", 'If-Match: "other"', signed(server, "GET", key)) == "412"
    assert status(signed(server, "GET", "absent")) == "404"


def test_one_connection_serves_many_requests_and_keys_stay_raw(server: Served) -> None:
    keys = ["a//b", "what%3F", "\u4e2d"]
    for key in keys:
        bodiless = ("--request", "PUT", "--header", "Content-Length: 0")
        assert status("--path-as-is", *bodiless, signed(server, "PUT", key)) == "200"
    urls = [signed(server, "GET", key) for key in keys]
    counted = curl("--path-as-is", "--write-out", "%{num_connects} ", *urls).decode()
    assert counted.split() == ["1", "0", "0"]


def test_it_stops_gracefully() -> None:
    with served() as server:
        assert status(server.url) == "403"
        server.process.terminate()
        assert server.process.wait(30) == 0
