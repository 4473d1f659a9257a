"""A pytest plugin for the vendor's suite: puts the fake in the network's place and notes every outcome.

Loaded by name (`-p vendor_plugin`) in a process of its own, whose working folder is the vendor's source.
The environment says where to write the outcomes (`FAKEOSS_OUTCOMES`) and whether the fake is on
(`FAKEOSS_VENDOR_MODE`: `on` or `off`).
"""

from __future__ import annotations

import ipaddress
import json
import os
import random
import socket
import time
from pathlib import Path
from typing import Any

import pytest

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
LONGEST_SLEEP = 0.05
"""Seconds that a sleep may really take. Nothing in the fake needs time, so waiting longer proves nothing;
the tests in `WAITING` wait for something that does."""

WAITING = ("signed_url", "sign_url", "expire", "timeout")


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
    _avoid_key_service()
    if os.environ.get("FAKEOSS_VENDOR_MODE") == "off":
        return
    import fakeoss

    oss = fakeoss.FakeOSS(strict_auth=True, set_env=False, verify_cname=True)
    oss.add_credentials("vendor-owner-key", "vendor-owner-secret")
    oss.add_credentials("vendor-payer-key", "vendor-payer-secret", account=PAYER)
    running = fakeoss.mock_oss(oss)
    running.start()
    config.add_cleanup(running.stop)


@pytest.fixture(autouse=True)
def _cheap_sleep(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut sleeps short, but in tests that wait for something to expire."""
    if any(word in request.node.name.lower() for word in WAITING):
        return
    sleep = time.sleep
    monkeypatch.setattr(time, "sleep", lambda seconds: sleep(min(seconds, LONGEST_SLEEP)))


def _avoid_key_service() -> None:
    """Where a test draws the bucket it works with, leave out those that need the key management service.

    That is another service and out of reach; the tests that name it themselves fail, and are expected to.
    """
    draw = random.choice

    def choice(sequence: Any) -> Any:
        within_reach = [item for item in sequence if type(_crypto_provider(item)).__name__ != "AliKMSProvider"]
        return draw(within_reach)

    random.choice = choice  # type: ignore[assignment] # the tests import it by name


def _crypto_provider(item: object) -> object:
    return getattr(item, "crypto_provider", None)


def _shut_network() -> None:
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_local(str(address[0])):
            raise ConnectionRefusedError(f"the vendor's tests may not reach {address[0]}")
        connect(self, address)

    socket.socket.connect = local_only  # type: ignore[assignment, method-assign] # every connection of the process shall pass here


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
