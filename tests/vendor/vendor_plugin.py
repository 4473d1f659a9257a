"""A pytest plugin for the vendor's suite: puts the fake in the network's place and notes every outcome.

Loaded by name (`-p vendor_plugin`) in a process of its own, whose working folder is the vendor's source.
The environment says where to write the outcomes (`FAKEOSS_OUTCOMES`) and whether the fake is on
(`FAKEOSS_VENDOR_MODE`: `on` or `off`).
"""

from __future__ import annotations

import ipaddress
import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import oss2
import pytest
from oss2.resumable import _ResumableStoreBase

import fakeoss
from fakeoss.faults import Timeout

ENDPOINT = "https://oss-cn-hangzhou.aliyuncs.com"
OWNER, PAYER = "1234567890123456", "6543210987654321"
ENVIRONMENT = {
    "OSS_TEST_ACCESS_KEY_ID": "vendor-owner-key",
    "OSS_TEST_ACCESS_KEY_SECRET": "vendor-owner-secret",
    "OSS_TEST_ENDPOINT": ENDPOINT,
    "OSS_TEST_BUCKET": "oss-python-sdk-",
    "OSS_TEST_CNAME": "https://oss.vendor.example.com",
    "OSS_TEST_REGION": "cn-hangzhou",
    "OSS_TEST_UID": OWNER,
    "OSS_TEST_PAYER_UID": PAYER,
    "OSS_TEST_PAYER_ACCESS_KEY_ID": "vendor-payer-key",
    "OSS_TEST_PAYER_ACCESS_KEY_SECRET": "vendor-payer-secret",
    "OSS_TEST_RAM_ROLE_ARN": f"acs:ram::{OWNER}:role/vendor",
    "OSS_TEST_RAM_UID": OWNER,
    "OSS_TEST_STS_ID": "vendor-sts-key",
    "OSS_TEST_STS_KEY": "vendor-sts-secret",
    "OSS_TEST_STS_ARN": f"acs:ram::{OWNER}:role/vendor",
}
DOMAIN = "oss.vendor.example.com"
"""What `OSS_TEST_CNAME` names."""

ADDRESS = "192.0.2.80"
"""The service's IP address (one of RFC 5737, which nobody has)."""

LONGEST_SLEEP = 0.05
"""Seconds that a sleep may really take. Nothing in the fake needs time, so waiting longer proves nothing."""

WAITING = {"test_ecs_ram_role_credentials_expire", "test_ecs_ram_role_credentials_provider"}
"""Tests that wait until the client thinks its credentials old."""

HURRIED = {"test_timeout", "test_default_timeout"}
"""Tests that leave a request one millisecond, in which no real service answers."""


class Outcomes:
    """How every test ended: `passed`, `failed` or `skipped`, and the last line of what went wrong."""

    def __init__(self, path: Path) -> None:
        """Written to `path` when the session ends."""
        self.path = path
        self.rows: dict[str, tuple[str, str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note the worst of a test's three phases."""
        if report.when == "call" or report.outcome != "passed":
            if self.rows.get(report.nodeid, ("passed", ""))[0] == "failed":
                return
            text = "" if report.passed else str(report.longrepr)[-600:]
            self.rows[report.nodeid] = (report.outcome, text)

    def pytest_sessionfinish(self) -> None:
        """Write the outcomes."""
        self.path.write_text(json.dumps(self.rows, indent=1))


def pytest_configure(config: pytest.Config) -> None:
    """Set the environment, shut the network, switch the fake on."""
    os.environ.update(ENVIRONMENT)
    config.pluginmanager.register(Outcomes(Path(os.environ["FAKEOSS_OUTCOMES"])), "vendor-outcomes")
    _shut_network()
    _keep_records_whole()
    if os.environ["FAKEOSS_VENDOR_MODE"] == "on":
        running = fakeoss.mock_oss(_fake())
        running.start()
        config.add_cleanup(running.stop)


def _fake() -> fakeoss.FakeOSS:
    oss = fakeoss.FakeOSS(
        strict_auth=True, set_env=False, verify_cname=True, verified_domains=(DOMAIN,), endpoints=(ADDRESS,)
    )
    oss.add_credentials("vendor-owner-key", "vendor-owner-secret")
    oss.add_credentials("vendor-payer-key", "vendor-payer-secret", account=PAYER)
    return oss


@pytest.fixture(autouse=True)
def _cheap_sleep(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut sleeps short, but in tests that wait for something."""
    if request.node.name not in WAITING:
        sleep = time.sleep
        monkeypatch.setattr(time, "sleep", lambda seconds: sleep(min(seconds, LONGEST_SLEEP)))


@pytest.fixture(autouse=True)
def _service_far_away(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let requests of the hurried tests time out."""
    if request.node.name not in HURRIED:
        yield
        return
    with fakeoss.active().fail("GetBucketAcl", fault=Timeout()):
        yield


@pytest.fixture(autouse=True)
def _bound_domain(request: pytest.FixtureRequest) -> None:
    """Bind the domain to the bucket of a test that goes by it, as its reader is expected to have done."""
    if not request.node.name.startswith("test_cname_"):
        return
    case = request.instance
    set_up = case.setUp

    def set_up_and_bind() -> None:
        set_up()
        case.bucket.put_bucket_cname(oss2.models.PutBucketCnameRequest(DOMAIN))

    case.setUp = set_up_and_bind


@pytest.fixture(autouse=True)
def _address(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer the look-up of the test that goes by the service's address, ahead of the fake, which refuses it."""
    if request.node.name == "test_ip":
        monkeypatch.setattr(socket, "gethostbyname", lambda _: ADDRESS)


def _keep_records_whole() -> None:
    """Let nobody read the record of a resumable transfer while another thread writes it.

    Tests look into records while parts are under way, and would find half of one by chance.
    """
    lock = threading.Lock()
    get, put = _ResumableStoreBase.get, _ResumableStoreBase.put

    def get_whole(self: Any, key: str) -> Any:
        with lock:
            return get(self, key)

    def put_whole(self: Any, key: str, value: Any) -> None:
        with lock:
            put(self, key, value)

    _ResumableStoreBase.get, _ResumableStoreBase.put = get_whole, put_whole


def _shut_network() -> None:
    """Refuse connections and look-ups of other machines."""
    connect, getaddrinfo = socket.socket.connect, socket.getaddrinfo

    def local_only(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_local(str(address[0])):
            raise ConnectionRefusedError(f"the vendor's tests may not reach {address[0]}")
        connect(self, address)

    def local_names_only(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not _is_local(str(host)):
            raise socket.gaierror(socket.EAI_NONAME, f"the vendor's tests may not look up {host}")
        return getaddrinfo(host, *args, **kwargs)

    socket.socket.connect = local_only  # type: ignore[assignment, method-assign] # every connection of the process shall pass here
    socket.getaddrinfo = local_names_only


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
