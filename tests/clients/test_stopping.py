"""A server that stops while clients are still coming leaves no connection open."""

from __future__ import annotations

import gc
import socket
import warnings

from tests.clients.places import Watched


def test_a_connection_that_is_just_being_accepted_is_closed() -> None:
    oss = Watched()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ResourceWarning)
        for _ in range(30):
            with oss.serve() as server:
                host, _, port = server.endpoint.partition(":")
                clients = [socket.create_connection((host, int(port))) for _ in range(5)]
            for client in clients:
                client.close()
        gc.collect()
    assert [str(each.message) for each in told if "unclosed" in str(each.message)] == []
