"""Clients that were there before the fake: caught while it is active, and back at the real service after it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.clients.cases import DATA, TEXT
from tests.clients.client import Client
from tests.clients.filesystems import Pandas
from tests.clients.matrix import CLIENTS
from tests.clients.places import BUCKET, Place, Watched, active, behind_a_port


@pytest.fixture
def real() -> Iterator[Place]:
    """What stands for the real service: a server of this machine under OSS's names."""
    with behind_a_port() as place:
        place.oss.put(BUCKET, "key", DATA)
        yield place


@pytest.fixture(params=[pytest.param(kind, id=kind.name) for kind in CLIENTS])
def client(request: pytest.FixtureRequest, real: Place) -> Iterator[Client]:
    """A client of the real service, its connections kept alive."""
    if request.param.missing():
        pytest.skip(request.param.missing())
    made = request.param(real)
    yield made
    made.close()


def marked(text: str) -> bytes:
    """Contents that differ in one word."""
    return DATA.replace(b"kept", text.encode())


def test_a_client_made_before_is_caught_and_let_go(client: Client, real: Place) -> None:
    assert client.get("key").body == DATA
    for turn in range(2):
        before = len(real.oss.reached)
        fake = Watched()
        fake.credentials = real.credentials
        with active(fake):
            fake.put(BUCKET, "key", marked(f"fake {turn}"))
            assert client.get("key").body == marked(f"fake {turn}")
            assert client.get("key").body == marked(f"fake {turn}")
            assert len(real.oss.reached) == before
        assert client.get("key").body == DATA
        assert len(real.oss.reached) > before


def test_what_is_put_lands_where_it_should(client: Client, real: Place) -> None:
    body = TEXT if isinstance(client, Pandas) else DATA
    client.put("first", body)
    with active() as fake:
        client.put("second", body)
        assert fake.bucket(BUCKET).keys() == ["second"]
    client.put("third", body)
    assert real.oss.bucket(BUCKET).keys() == ["first", "key", "third"]


def test_a_client_may_be_closed_after_the_fake_has_left(real: Place) -> None:
    for kind in CLIENTS:
        if kind.missing():
            continue
        with active() as fake:
            fake.put(BUCKET, "key", DATA)
            client = kind(real)
            assert client.get("key").body == DATA
        client.close()
    assert real.oss.reached == []
