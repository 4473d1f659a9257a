"""What is not a request: refused in the service's own manner, never a hang and never a traceback."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeoss.errors import request as rows
from fakeoss.errors.base import OSSError
from fakeoss.interceptors.connection import Connection
from fakeoss.interceptors.framing import Close
from fakeoss.interceptors.request_reader import Limits
from fakeoss.wire.message import Reply, Request
from tests.interceptors.test_connection import Served, request, text_of


def refused(*pieces: bytes, limits: Limits | None = None) -> bytes:
    """The refusal's bytes; fails if the service was asked or the connection stays open."""
    served = Served(limits=limits)
    outputs = served.send(*pieces)
    assert served.seen == []
    assert outputs[-1] == Close()
    assert served.connection.closed
    return text_of(outputs)


@pytest.mark.parametrize(
    "head",
    [
        ("GET * HTTP/1.1", "Host: h"),
        ("OPTIONS * HTTP/1.1", "Host: h"),
        ("GET k HTTP/1.1", "Host: h"),
        ("GET ftp://h/k HTTP/1.1", "Host: h"),
        ("GET http:///k HTTP/1.1", "Host: h"),
        ("GET /\xe4 HTTP/1.1", "Host: h"),
        ("GET /\x01 HTTP/1.1", "Host: h"),
        ("GET /a b HTTP/1.1", "Host: h"),
        ("GET /a", "Host: h"),
        ("GET /a HTTP/0.9", "Host: h"),
        ("GET /a HTTP/2.0", "Host: h"),
        ("GET /a HTTP/9.9", "Host: h"),
        ("PRI * HTTP/2.0",),
        ("GET / HTTP/1.1",),
        ("GET / HTTP/1.1", "Host: h", "Host: h"),
        ("GET / HTTP/1.1", "Host: h", "A : b"),
        ("GET / HTTP/1.1", "Host: h", "A"),
        ("GET / HTTP/1.1", "Host: h", "A: b\0"),
        ("GET / HTTP/1.1", "Host: h", "A: b", " folded"),
        ("PUT / HTTP/1.1", "Host: h", "Content-Length: -1"),
        ("PUT / HTTP/1.1", "Host: h", "Content-Length: +1"),
        ("PUT / HTTP/1.1", "Host: h", "Content-Length: 1, 1"),
        ("PUT / HTTP/1.1", "Host: h", "Content-Length: 1", "Content-Length: 2"),
        ("PUT / HTTP/1.1", "Host: h", "Content-Length: 99999999999999999999999"),
        ("PUT / HTTP/1.1", "Host: h", "Content-Length: 3", "Transfer-Encoding: gzip"),
        ("PUT / HTTP/1.1", "Host: h", "Transfer-Encoding: gzip, chunked", "Content-Length: 3"),
        ("PUT / HTTP/1.1", "Host: h", "Transfer-Encoding: chunked", "Content-Length: x"),
        ("PUT / HTTP/1.1", "Host: h", "Transfer-Encoding: gzip"),
        ("PUT / HTTP/1.1", "Host: h", "Transfer-Encoding: gzip, chunked"),
        ("PUT / HTTP/1.1", "Host: h", "Transfer-Encoding: gzip", "Transfer-Encoding: chunked"),
    ],
)
def test_what_is_not_http_is_a_bad_request(head: tuple[str, ...]) -> None:
    answer = refused(request(*head, body=b"abc"))
    assert answer.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert b"<Error><Code>InvalidRequest</Code>" in answer
    assert b"\r\nDate: " in answer


@pytest.mark.parametrize("line", ["FOO / HTTP/1.1", "get / HTTP/1.1", "CONNECT h:443 HTTP/1.1", "\x16\x03\x01"])
def test_unknown_methods_are_not_allowed(line: str) -> None:
    answer = refused(request(line, "Host: h"))
    assert answer.startswith(b"HTTP/1.1 405 Method Not Allowed\r\n")
    assert b"<Code>MethodNotAllowed</Code>" in answer


@pytest.mark.parametrize("body", [b"zz\r\n", b"-1\r\n", b"fffffffffffffffff\r\n", b"1\r\nabc\r\n"])
def test_broken_chunks_are_refused(body: bytes) -> None:
    assert b" 400 " in refused(request("PUT / HTTP/1.1", "Host: h", "Transfer-Encoding: chunked", body=body))


SMALL = Limits(head=1_000, headers=20, body=5_000)


@pytest.mark.parametrize("size", [1, 7, 100_000])
@pytest.mark.parametrize(
    "head",
    [
        b"GET /" + b"a" * 2_000 + b" HTTP/1.1\r\nHost: h\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: h\r\n" + b"A: " + b"b" * 2_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: h\r\n" + b"A" * 2_000 + b": b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: h\r\n" + b"A: b\r\n" * 20 + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: h\r\n" + (b"A: " + b"b" * 100 + b"\r\n") * 10 + b"\r\n",
        b"PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nT: " + b"t" * 2_000 + b"\r\n\r\n",
        b"PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + b"T: t\r\n" * 2_000 + b"\r\n",
    ],
)
def test_heads_and_trailers_have_limits_however_they_are_cut(head: bytes, size: int) -> None:
    pieces = [head[at : at + size] for at in range(0, len(head), size)]
    assert b" 400 " in refused(*pieces, limits=SMALL)


@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_within_the_limits_every_cut_is_served(size: int) -> None:
    head = request("GET /k HTTP/1.1", "Host: h", *[f"x-oss-meta-{number}: {'b' * 34}" for number in range(19)])
    served = Served(limits=SMALL)
    served.send(*[head[at : at + size] for at in range(0, len(head), size)])
    assert len(served.seen) == 1


def test_an_endless_line_is_refused_before_it_ends() -> None:
    served = Served(limits=SMALL)
    served.send(b"GET / HTTP/1.1\r\nHost: h\r\nA: ", *[b"b"] * 1_001)
    assert served.connection.closed


def test_too_large_a_body_is_refused_by_its_length_and_by_its_bytes() -> None:
    declared = refused(request("PUT / HTTP/1.1", "Host: h", "Content-Length: 5001"), limits=SMALL)
    chunk = b"%x\r\n%s\r\n" % (3_000, b"c" * 3_000)
    counted = refused(request("PUT / HTTP/1.1", "Host: h", "Transfer-Encoding: chunked", body=chunk * 2), limits=SMALL)
    for answer in (declared, counted):
        assert answer.startswith(b"HTTP/1.1 400 Bad Request\r\n")
        assert b"<Code>EntityTooLarge</Code>" in answer


def test_a_callback_may_word_the_refusal() -> None:
    told: list[OSSError] = []

    def refuse(error: OSSError) -> Reply:
        told.append(error)
        return Reply(error.status, (), (b"no",))

    connection = Connection(lambda request: Reply(200), scheme="http", source="test", refuse=refuse)
    assert text_of(connection.receive(request("FOO / HTTP/1.1", "Host: h"))).endswith(b"\r\n\r\nno")
    assert [error.row for error in told] == [rows.MethodNotAllowed]


def test_requests_before_a_bad_one_are_answered() -> None:
    served = Served()
    outputs = served.send(request("GET /1 HTTP/1.1", "Host: h") + b"\0\0")
    assert [seen.target for seen in served.seen] == ["/1"]
    assert text_of(outputs).startswith(b"HTTP/1.1 200 OK")
    assert outputs[-1] == Close()


@given(
    st.lists(st.binary(max_size=80), max_size=8),
    st.sampled_from([b"", b"GET / HTTP/1.1\r\n", b"PUT / HTTP/1.1\r\nHost: h\r\n"]),
)
@settings(max_examples=150, deadline=None)
def test_no_bytes_whatever_raise(pieces: list[bytes], start: bytes) -> None:
    def handle(request: Request) -> Reply:
        return Reply(200)

    connection = Connection(handle, scheme="http", source="test", limits=SMALL)
    for piece in (start, *pieces):
        connection.receive(piece)
