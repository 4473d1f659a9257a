"""Absurd requests given to `handle`: a 4xx or the named 501, never a traceback, and no half-done change."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings

from fakeoss.wire.message import Request
from tests.budget import examples
from tests.hostile import strategies, world

EXAMPLES = examples(int(os.environ.get("FAKEOSS_FUZZ", "600")))
"""How many requests are tried; CI tries few, `FAKEOSS_FUZZ=200000` many."""


@given(strategies.requests())
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_request_is_answered_as_the_service_would(request: Request) -> None:
    world.check(world.small_world(), request)


@pytest.mark.parametrize("body", [strategies.BOMB, strategies.FILE, strategies.DEEP], ids=["bomb", "file", "deep"])
@pytest.mark.parametrize("target", ["/?lifecycle", "/?cors", "/?website", "/?tagging", "/?versioning", "/key?tagging"])
def test_entities_and_depth_are_refused_at_once(body: str, target: str) -> None:
    request = world.request(strategies.HOSTS[0], "PUT", target, body.encode())
    reply = world.check(world.small_world(), request)
    assert reply.status == 400
    assert b"MalformedXML" in reply.data()
