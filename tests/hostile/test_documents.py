"""Documents given to every operation that takes one: accepted or refused, and what was accepted is read again.

Objects are written and read under it as well, since answers about them repeat some of what configurations say.
"""

from __future__ import annotations

import os
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fakeoss.operations.rows import Row
from fakeoss.wire import checksums, xml
from fakeoss.wire.message import Request
from tests.budget import examples
from tests.hostile import documents, strategies, world

EXAMPLES = examples(int(os.environ.get("FAKEOSS_FUZZ", "600")) // 30)
"""How many documents are tried with each operation."""

WRITING = {row.name: row for row in strategies.ROWS if {"PUT", "POST"} & set(row.methods)}
READING = [row for row in strategies.ROWS if "GET" in row.methods]
FURNISHED, IDS = world.furnished_world()
BEGINNING = FURNISHED.snapshot()
HOST = f"{world.BUCKET}.{world.REGIONAL}"
FROM_A_PAGE = (("Origin", "https://www.example.com"), ("Access-Control-Request-Method", "GET"))


def test_every_operation_that_writes_is_here() -> None:
    assert {*documents.operations(), *documents.WITHOUT} == set(WRITING)


@pytest.mark.parametrize("operation", documents.operations())
@given(data=st.data())
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_document_is_accepted_whole_or_not_at_all(operation: str, data: st.DataObject) -> None:
    FURNISHED.restore(BEGINNING)
    document = data.draw(documents.documents(operation, etag=IDS["etag"]))
    row = WRITING[operation]
    reply = world.check(FURNISHED, asking(row, document))
    if reply.status < 300:
        for reader in (other for other in READING if {*row.query} <= {*other.query}):
            read = world.check(FURNISHED, asking(reader, b"")).data()
            assert not read.startswith(b"<") or xml.parse(read).name
        for method, body in (("PUT", b"fresh"), ("GET", b""), ("HEAD", b""), ("OPTIONS", b"")):
            world.check(FURNISHED, world.request(HOST, method, "/fresh", body, *FROM_A_PAGE))


def asking(row: Row, body: bytes) -> Request:
    """The request for an operation, with the ids of what is there."""
    given = {condition.name: next(iter(condition.values), "").rstrip("*") for condition in row.query}
    given |= dict.fromkeys(row.requires, "")
    query = "&".join(f"{name}={quote(IDS.get(name, value))}" for name, value in given.items())
    scope = row.scopes[0]
    host = world.REGIONAL if scope == "service" else HOST
    key = {"RestoreObject": "cold"}.get(row.name, "key") if scope == "object" else ""
    method = next(method for method in row.methods if (method == "GET") == (not body))
    digest = ("Content-MD5", checksums.encode_md5(checksums.md5(body)))
    return world.request(host, method, f"/{key}?{query}", body, digest)
