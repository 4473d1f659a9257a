"""What most tests of operations need: a fake, a bucket, both SDKs, and raw requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
from hypothesis import HealthCheck, settings

import fakeoss
from fakeoss.operations.rows import rows
from fakeoss.wire.message import Headers, Reply, Request
from tests.budget import examples

BUCKET = "example-bucket"
ENDPOINT = "oss-cn-hangzhou.aliyuncs.com"

STATUSES = {row.name: row.success for row in rows() if row.success}
"""The statuses of good answers, where a source tells them."""

Raw: TypeAlias = Callable[..., Reply]

# How busy the machine is, is no matter of any test.
settings.register_profile(
    "untimed", max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("untimed")


@pytest.fixture
def oss() -> Iterator[fakeoss.FakeOSS]:
    """A fake, active for the test; what succeeded did so with a status that the table of operations knows."""
    with fakeoss.mock_oss() as fake:
        yield fake
    good = {(entry.operation, entry.status) for entry in fake.requests if entry.status and entry.status < 300}
    strange = sorted(pair for pair in good if pair[0] in STATUSES and pair[1] not in STATUSES[pair[0]])
    assert strange == [], "good answers with a status that fakeoss/data/operations.json does not know of the operation"


@pytest.fixture
def bucket(oss: fakeoss.FakeOSS) -> oss2.Bucket:
    """An existing bucket, through oss2."""
    oss.create_bucket(BUCKET)
    return oss.oss2_bucket(BUCKET)


@pytest.fixture
def client(oss: fakeoss.FakeOSS) -> oss_v2.Client:
    """A client of SDK v2."""
    return oss.client()


@pytest.fixture
def raw(oss: fakeoss.FakeOSS) -> Raw:
    """Ask the fake without a client: `raw("GET", "/key?acl", {"x-oss-...": "..."}, b"body", bucket=...)`.

    The request carries a key nobody registered, so it counts as the default account's.
    """

    def ask(
        method: str,
        target: str = "/",
        headers: dict[str, str] | None = None,
        body: bytes = b"",
        *,
        bucket: str | None = BUCKET,
        signed: bool = True,
        scheme: str = "https",
    ) -> Reply:
        given = dict(headers or {})
        if body or method in ("PUT", "POST"):
            given.setdefault("Content-Length", str(len(body)))
        if signed:
            given.setdefault("Date", oss2.http_date(int(fakeoss_now(oss))))
            given.setdefault("Authorization", "OSS unregistered:c2lnbmF0dXJl")
        host = ENDPOINT if bucket is None else f"{bucket}.{ENDPOINT}"
        return oss.handle(Request(method, scheme, host, target, Headers(given.items()), (body,) if body else ()))

    return ask


def fakeoss_now(oss: fakeoss.FakeOSS) -> float:
    """This moment in Unix seconds, as the fake sees it."""
    return oss.clock.now().timestamp()
