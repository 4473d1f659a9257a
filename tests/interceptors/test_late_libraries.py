"""Client libraries may be imported before, during or after an activation; none is imported for the fake's sake."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

PRELUDE = """
import contextlib
import sys
from fakeoss import activation
from fakeoss.interceptors import INTERCEPTORS
from fakeoss.wire.message import Reply

class Service:
    sealed = False
    def handle(self, request):
        return Reply(200, (("Content-Length", "4"),), (b"fake",))
    def claims(self, scheme, host):
        return host.endswith(".aliyuncs.com")
    def report(self, defect):
        raise defect
    def standing_still(self):
        return contextlib.nullcontext()

URL = "https://bucket.oss-cn-hangzhou.aliyuncs.com/a"
"""


def run(program: str) -> None:
    """Run it in an interpreter of its own, where nothing is imported yet."""
    source = PRELUDE + textwrap.dedent(program)
    done = subprocess.run([sys.executable, "-W", "error", "-c", source], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_starting_a_fake_imports_no_client_library() -> None:
    run("""
        token = activation.start(Service(), INTERCEPTORS)
        heavy = {"requests", "responses", "urllib3", "aiohttp", "httpx", "http.client", "lxml", "freezegun"}
        assert not heavy & set(sys.modules)
        activation.stop(token)
    """)


BY_OSS2 = """
import oss2
bucket = oss2.Bucket(oss2.Auth("id", "secret"), URL[:-2], "bucket", is_cname=True)
assert bucket.get_object("a").read() == b"fake"
"""


@pytest.mark.parametrize(
    "used",
    [
        "import requests; assert requests.get(URL).text == 'fake'",
        "import urllib3; assert urllib3.PoolManager().request('GET', URL).data == b'fake'",
        "import urllib.request; assert urllib.request.urlopen(URL).read() == b'fake'",
        BY_OSS2,
    ],
    ids=["requests", "urllib3", "urllib.request", "oss2"],
)
def test_a_library_imported_later_is_served(used: str) -> None:
    run(f"token = activation.start(Service(), INTERCEPTORS)\n{used}\nactivation.stop(token)\n")
    run(
        f"activation.stop(activation.start(Service(), INTERCEPTORS))\nactivation.start(Service(), INTERCEPTORS)\n{used}"
    )


def test_a_fake_started_by_a_module_that_requests_is_waiting_for_is_installed_in_time() -> None:
    run("""
        activation.start(Service(), INTERCEPTORS)
        import requests.adapters
        from requests.sessions import Session
        assert Session().get(URL).text == "fake"
        assert sys.meta_path[0].__class__.__name__ == "_LateImports", "aiohttp and httpx are still awaited"
    """)
