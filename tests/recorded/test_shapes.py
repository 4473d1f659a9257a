"""Our answers have the shape of those that were recorded from the service or printed in its reference."""

from __future__ import annotations

import re

import pytest

import fakeoss
from fakeoss.wire.message import Reply
from tests.conftest import BUCKET, Raw
from tests.recorded import shapes
from tests.recorded.asks import Ask
from tests.recorded.differences import BEYOND, MISSING, STATUS
from tests.recorded.exchanges import EXCHANGES
from tests.recorded.shapes import Shape

RECORDED = shapes.recorded()


@pytest.fixture(params=sorted(EXCHANGES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def oss(name: str) -> fakeoss.FakeOSS:
    """A fake with a resource pool, which no operation makes."""
    return fakeoss.FakeOSS(resource_pools={"pool": (BUCKET,)}, **EXCHANGES[name].settings)


@pytest.fixture
def answer(name: str, oss: fakeoss.FakeOSS, raw: Raw) -> Shape:
    """The shape of our answer to the exchange's request."""
    oss.create_bucket(BUCKET)
    exchange = EXCHANGES[name]
    learnt: dict[str, str] = {}
    for ask in exchange.before:
        reply = send(raw, ask, learnt)
        assert 200 <= reply.status < 300, reply.data()
        learn(reply, learnt)
    return shapes.of(send(raw, exchange.ask, learnt))


def send(raw: Raw, ask: Ask, learnt: dict[str, str]) -> Reply:
    """The answer to one request, with ids of earlier answers filled in."""
    target, body = ask.target, ask.body
    for key, value in learnt.items():
        target, body = target.replace(f"{{{key}}}", value), body.replace(f"{{{key}}}", value)
    return raw(ask.method, target, dict(ask.headers), body.encode(), bucket=ask.bucket, signed=ask.signed)


def learn(reply: Reply, learnt: dict[str, str]) -> None:
    """Keep the ids of an answer for later requests."""
    upload_id = re.search(rb"<UploadId>(\w+)</UploadId>", reply.data())
    task_id = re.search(rb"<TaskId>(\w+)</TaskId>", reply.data())
    found = {
        "task_id": task_id and task_id[1].decode(),
        "upload_id": upload_id and upload_id[1].decode(),
        "version_id": reply.header("x-oss-version-id"),
        "worm_id": reply.header("x-oss-worm-id"),
        "etag": (reply.header("ETag") or "").strip('"'),
    }
    learnt.update({key: value for key, value in found.items() if value})


def test_every_shape_has_its_exchange_and_every_difference_its_shape() -> None:
    assert set(RECORDED) == set(EXCHANGES)
    assert set(MISSING) | set(BEYOND) | set(STATUS) <= set(RECORDED)


def test_status_and_reason_are_the_recorded_ones(name: str, answer: Shape) -> None:
    recorded = RECORDED[name]
    status, _ = STATUS.get(name, (recorded.status, ""))
    assert answer.status == status
    assert recorded.reason in (answer.reason, None)


def test_headers_and_elements_are_the_recorded_ones_up_to_differences_with_a_reason(name: str, answer: Shape) -> None:
    recorded = RECORDED[name]
    missing = (recorded.headers - answer.headers) | (recorded.document - answer.document)
    beyond = answer.document - recorded.document
    assert missing == set(MISSING.get(name, {}))
    assert beyond == set(BEYOND.get(name, {}))
