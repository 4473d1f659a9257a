"""Every client, every case: the same in this process as at a real port."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest

from tests.clients.cases import CASES, Case
from tests.clients.client import Client, Seen
from tests.clients.matrix import CLIENTS
from tests.clients.places import Place, behind_a_port, over_http, over_https, over_the_wire_hook

CELLS = [
    pytest.param(client, case, id=f"{client.name}-{case.name}")
    for client in CLIENTS
    for case in CASES
    if case.name not in client.cannot
]


@contextmanager
def used(kind: type[Client], place: Place) -> Iterator[Client]:
    """A client of a place, closed at the end."""
    client = kind(place)
    try:
        yield client
    finally:
        client.close()


def tried(
    where: Callable[[], AbstractContextManager[Place]], kind: type[Client], case: Case
) -> tuple[list[Seen], list[Any]]:
    """What the user saw, and what became of every request by the journal."""
    with where() as place, used(kind, place) as client:
        seen = case.run(client, place.oss)
    return seen, [(each.line, each.bytes_in, each.user_agent) for each in place.oss.requests]


@pytest.mark.parametrize(("kind", "case"), CELLS)
def test_in_this_process_as_behind_a_port(kind: type[Client], case: Case) -> None:
    if reason := kind.missing() or kind.too_old(case.name):
        pytest.skip(reason)
    real = tried(behind_a_port, kind, case)
    assert real[1] or all(each.errors for each in real[0]), "no request arrived"
    assert tried(over_http, kind, case) == real
    assert tried(over_https, kind, case) == real
    if kind.on_requests:
        assert tried(over_the_wire_hook, kind, case) == real
