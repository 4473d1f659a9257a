"""Absurd requests given to `handle`: a 4xx or the named 501, never a traceback, and no half-done change."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime, timezone

import pytest
from hypothesis import HealthCheck, given, settings

import fakeoss
from fakeoss.wire.message import Headers, Reply, Request
from tests.hostile import strategies

EXAMPLES = int(os.environ.get("FAKEOSS_FUZZ", "600"))
"""How many requests are tried; CI tries few, `FAKEOSS_FUZZ=200000` many."""


def small_world() -> fakeoss.FakeOSS:
    """A fake with something of everything that a request might break."""
    oss = fakeoss.FakeOSS()
    oss.create_bucket("fuzz-bucket", versioning=True, objects={"key": b"one", "a/b": b"two"})
    oss.put("fuzz-bucket", "key", b"three")
    return oss


def state(oss: fakeoss.FakeOSS) -> object:
    """All that a refusal must leave alone."""
    return oss.snapshot().world


def is_refusal(reply: Reply) -> bool:
    return reply.status >= 400 or reply.status == 304


def dated(request: Request) -> Request:
    """The request as made at this moment."""
    now = datetime.now(timezone.utc).strftime("%a, %d %b %Y %H:%M:%S GMT")
    pairs = ((name, now if value == strategies.NOW else value) for name, value in request.headers)
    return replace(request, headers=Headers(pairs))


def check(oss: fakeoss.FakeOSS, request: Request) -> None:
    before = state(oss)
    reply = oss.handle(dated(request))
    assert 200 <= reply.status < 500 or reply.status == 501, reply
    names = {name.lower() for name, _ in reply.headers}
    assert {"date", "x-oss-request-id"} <= names
    if is_refusal(reply):
        assert state(oss) is before or state(oss) == before
    if reply.status == 501:
        assert b"<Code>NotImplemented</Code>" in reply.data() or request.method == "HEAD"


@given(strategies.requests())
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_request_is_answered_as_the_service_would(request: Request) -> None:
    check(small_world(), request)


@pytest.mark.parametrize("body", [strategies.BOMB, strategies.FILE, strategies.DEEP], ids=["bomb", "file", "deep"])
@pytest.mark.parametrize("target", ["/?lifecycle", "/?cors", "/?website", "/?tagging", "/?versioning", "/key?tagging"])
def test_entities_and_depth_are_refused_at_once(body: str, target: str) -> None:
    headers = [("Authorization", "OSS any:c2ln"), ("Content-Length", str(len(body))), ("Date", strategies.NOW)]
    request = Request("PUT", "https", strategies.HOSTS[0], target, Headers(headers), (body.encode(),))
    reply = small_world().handle(dated(request))
    assert reply.status == 400
    assert b"MalformedXML" in reply.data()
