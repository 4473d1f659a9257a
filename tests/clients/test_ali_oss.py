"""Node's official client, `ali-oss` from npm, at the server of the command line.

FAKEOSS_NODE_MODULES names the `node_modules` folder it is in: `npm install --prefix FOLDER ali-oss` makes one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.clients.places import BUCKET
from tests.clients.ports import served

SCRIPT = Path(__file__).with_name("ali_oss.js")
MODULES = os.environ.get("FAKEOSS_NODE_MODULES", "")
NODE = shutil.which("node") or ""
pytestmark = [
    pytest.mark.skipif(not NODE, reason="node is not on the PATH"),
    pytest.mark.skipif(
        not Path(MODULES, "ali-oss").is_dir(), reason="FAKEOSS_NODE_MODULES names no folder with npm's ali-oss"
    ),
]


@pytest.fixture(scope="module", params=["1", "0"], ids=["V4", "V1"])
def seen(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What every call gave."""
    with served() as server:
        key_id, secret = server.credentials
        own = {"ENDPOINT": server.url, "KEY_ID": key_id, "KEY_SECRET": secret, "BUCKET": BUCKET}
        environment = {**os.environ, **own, "V4": request.param, "NODE_PATH": MODULES, "NO_PROXY": "*"}
        done = subprocess.run(
            [NODE, str(SCRIPT)], env=environment, capture_output=True, text=True, timeout=120, check=False
        )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_buckets_by_tag(seen: dict[str, Any]) -> None:
    assert seen["buckets"] == [{"name": BUCKET, "tag": {"colour": "red"}}]


def test_put_get_and_head(seen: dict[str, Any]) -> None:
    assert seen["put"] == {"status": 200, "name": "folder/a b+\u4e2d.txt"}
    assert seen["get"] == {"status": 200, "body": "contenttest", "meta": "kept"}
    assert seen["head"] == {"status": 200, "length": "11", "meta": {"word": "kept"}}
    assert seen["range"] == {"status": 206, "body": "content"}
    assert seen["stream"] == {"body": "streamed body"}


def test_a_stream_put_with_a_length_beside_its_chunks(seen: dict[str, Any]) -> None:
    assert seen["sized"] == {"status": 200, "body": "of known length"}


def test_conditional_get(seen: dict[str, Any]) -> None:
    assert seen["modified_since"] == {"status": 200, "body": "contenttest"}
    assert seen["not_modified"]["status"] == 304
    message = "At least one of the pre-conditions you specified did not hold. (condition: If-Match)"
    for failed in ("other_etag", "copy_of_other"):
        assert seen[failed] == {"status": 412, "code": "PreconditionFailed", "message": message}
    assert seen["absent"] == {
        "status": 404,
        "code": "NoSuchKey",
        "message": "The specified key does not exist.",
    }


def test_multipart_copy_and_list(seen: dict[str, Any]) -> None:
    assert seen["multipart"]["status"] == 200
    assert seen["multipart"]["equal"]
    assert seen["multipart"]["etag"].strip('"').endswith("-4")
    assert seen["copy"] == {"status": 200}
    assert seen["list"] == ["copied", "folder/a b+\u4e2d.txt", "large", "sized", "streamed"]


def test_signed_urls(seen: dict[str, Any]) -> None:
    assert seen["signed"] == {"status": 200, "body": "contenttest"}
    assert seen["spoilt"] == {"status": 403}
    assert seen.get("signed_v4", seen["signed"]) == {"status": 200, "body": "contenttest"}


def test_keys_that_xml_cannot_hold(seen: dict[str, Any]) -> None:
    assert seen["odd_listed"] == seen["odd_deleted"] == ["a<b&c>d + \x01\n\x0c"]


def test_delete(seen: dict[str, Any]) -> None:
    assert seen["delete"] == {"status": 204}
    assert seen["left"] == 0
