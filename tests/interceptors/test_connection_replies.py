"""Replies as bytes: framing, pieces, and where a fault breaks off."""

from __future__ import annotations

import h11
import pytest

from fakeoss.faults import Corrupt, Fault, Refused, Reset, Slow, Timeout, Truncated
from fakeoss.interceptors.framing import PIECE, Close, Output, body_outputs, frame
from fakeoss.wire.message import Reply

BODY = bytes(range(256)) * 1_000
SEGMENTS = (BODY[:100_000], BODY[100_000:100_001], BODY[100_001:])


def framed(reply: Reply, method: str = "GET", version: str = "1.1", *, keep_alive: bool = True) -> list[Output]:
    return frame(reply, method=method, version=version, keep_alive=keep_alive)


def wire(outputs: list[Output]) -> bytes:
    return b"".join(output for output in outputs if isinstance(output, bytes | memoryview))


def head_and_body(outputs: list[Output]) -> tuple[bytes, bytes]:
    head, _, body = wire(outputs).partition(b"\r\n\r\n")
    return head, body


def read_by_h11(outputs: list[Output], method: str = "GET") -> tuple[h11.Response, bytes]:
    """The reply as another implementation reads it; fails unless it is whole."""
    client = h11.Connection(h11.CLIENT)
    client.send(h11.Request(method=method, target="/", headers=[("Host", "h")]))
    client.send(h11.EndOfMessage())
    client.receive_data(wire(outputs))
    response = client.next_event()
    assert isinstance(response, h11.Response)
    body = b""
    while isinstance(event := client.next_event(), h11.Data):
        body += event.data
    assert isinstance(event, h11.EndOfMessage)
    assert client.trailing_data[0] == b""
    return response, body


def test_headers_keep_their_order_case_and_bytes() -> None:
    reply = Reply(200, (("ETag", '"1"'), ("x-Oss-Meta-A", "\xe4"), ("x-oss-meta-a", ""), ("Content-Length", "0")))
    assert wire(framed(reply)) == (
        b'HTTP/1.1 200 OK\r\nETag: "1"\r\nx-Oss-Meta-A: \xe4\r\nx-oss-meta-a: \r\nContent-Length: 0\r\n\r\n'
    )


@pytest.mark.parametrize("status", [200, 203, 206, 403, 404, 412, 416, 500, 501])
def test_a_length_is_added_where_framing_needs_one(status: int) -> None:
    response, body = read_by_h11(framed(Reply(status, (), (b"ab", b"c"))))
    assert (response.status_code, body) == (status, b"abc")
    assert dict(response.headers)[b"content-length"] == b"3"


@pytest.mark.parametrize(("status", "method"), [(204, "DELETE"), (304, "GET"), (200, "HEAD"), (404, "HEAD")])
def test_no_body_where_there_must_be_none(status: int, method: str) -> None:
    outputs = framed(Reply(status, (("Content-Length", "5"),), (b"never",)), method)
    assert wire(outputs).endswith(b"Content-Length: 5\r\n\r\n")
    assert read_by_h11(outputs, method)[1] == b""


def test_a_body_that_is_withheld_ends_the_connection_after_the_head() -> None:
    reply = Reply(200, (("Content-Length", "5"), ("Connection", "keep-alive")), is_withheld=True)
    outputs = framed(reply)
    assert wire(outputs) == b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\n"
    assert outputs[-1] == Close()
    assert list(body_outputs(reply, "GET")) == [Close()]


def test_a_reply_without_body_or_length_says_so() -> None:
    assert wire(framed(Reply(200))) == b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    assert wire(framed(Reply(200), "HEAD")) == b"HTTP/1.1 200 OK\r\n\r\n"


@pytest.mark.parametrize("body", [SEGMENTS, (b"small",), ()])
def test_chunked_replies_are_framed(body: tuple[bytes, ...]) -> None:
    reply = Reply(200, (("Transfer-Encoding", "chunked"),), body)
    response, read = read_by_h11(framed(reply))
    assert read == b"".join(body)
    assert b"content-length" not in dict(response.headers)


def test_chunked_replies_to_http_1_0_end_with_the_connection() -> None:
    outputs = framed(Reply(200, (("Transfer-Encoding", "chunked"),), SEGMENTS), version="1.0")
    head, body = head_and_body(outputs)
    assert b"Transfer-Encoding" not in head
    assert b"Connection: close" in head
    assert body == BODY
    assert outputs[-1] == Close()


def test_a_chunked_head_has_no_body() -> None:
    outputs = framed(Reply(200, (("Transfer-Encoding", "chunked"),)), "HEAD")
    assert wire(outputs).endswith(b"chunked\r\n\r\n")


def test_a_large_body_goes_out_in_pieces_that_copy_nothing() -> None:
    outputs = framed(Reply(200, (), SEGMENTS))
    pieces = outputs[1:]
    assert all(isinstance(piece, memoryview) and piece.obj in SEGMENTS for piece in pieces)
    assert max(len(piece) for piece in outputs if isinstance(piece, bytes | memoryview)) <= PIECE
    assert head_and_body(outputs)[1] == BODY


def test_a_connection_that_is_not_kept_says_so_once() -> None:
    outputs = framed(Reply(200, (("Connection", "keep-alive"),)), keep_alive=False)
    assert wire(outputs).count(b"onnection") == 1
    assert b"\r\nConnection: close\r\n" in wire(outputs)
    assert outputs[-1] == Close()


@pytest.mark.parametrize("header", [("a", "b\r\nc: d"), ("a", "b\n"), ("a\r", "b"), ("a", "b\0")])
def test_a_header_that_would_break_the_framing_is_a_defect(header: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="control character"):
        framed(Reply(200, (header,)))


def test_a_wrong_length_is_a_defect_rather_than_a_hang() -> None:
    with pytest.raises(ValueError, match="declares Content-Length '5'"):
        framed(Reply(200, (("Content-Length", "5"),), (b"four",)))


# Faults


@pytest.mark.parametrize("fault", [Refused(), Reset(), Timeout()])
def test_faults_before_the_reply_leave_nothing_of_it(fault: Fault) -> None:
    assert framed(Reply(200, (), SEGMENTS, fault)) == [fault]
    assert list(body_outputs(Reply(200, (), SEGMENTS, fault), "GET")) == [fault]


@pytest.mark.parametrize("after", [0, 1, 65_536, 65_537, 100_000, 100_001, 255_999])
@pytest.mark.parametrize("kind", [Reset, Timeout, Truncated])
def test_faults_within_the_body_leave_what_came_before(kind: type[Reset | Timeout | Truncated], after: int) -> None:
    outputs = framed(Reply(200, (), SEGMENTS, kind(after)))
    head, body = head_and_body(outputs)
    assert b"Content-Length: 256000" in head
    assert body == BODY[:after]
    assert outputs[-1] == (Close() if kind is Truncated else kind(after))


def test_a_cut_chunked_body_has_no_last_chunk() -> None:
    outputs = framed(Reply(200, (("Transfer-Encoding", "chunked"),), SEGMENTS, Truncated(70_000)))
    assert not wire(outputs).endswith(b"0\r\n\r\n")
    with pytest.raises(AssertionError):
        read_by_h11(outputs)


@pytest.mark.parametrize(("status", "method"), [(204, "DELETE"), (200, "HEAD")])
def test_a_fault_in_a_missing_body_strikes_after_the_head(status: int, method: str) -> None:
    outputs = framed(Reply(status, (("Content-Length", "0"),), (), Reset(5)), method)
    assert wire(outputs).endswith(b"\r\n\r\n")
    assert outputs[-1] == Reset(5)


@pytest.mark.parametrize(("at", "where"), [(0, 0), (65_536, 65_536), (100_000, 100_000), (999_999, 255_999)])
def test_corrupt_flips_one_byte(at: int, where: int) -> None:
    outputs = framed(Reply(200, (), SEGMENTS, Corrupt(at)))
    body = head_and_body(outputs)[1]
    assert [index for index in range(len(BODY)) if body[index] != BODY[index]] == [where]


def test_corrupt_leaves_an_empty_body_alone() -> None:
    assert wire(framed(Reply(200, (), (), Corrupt()))).endswith(b"Content-Length: 0\r\n\r\n")


def test_slow_is_told_before_the_body() -> None:
    outputs = framed(Reply(200, (), (b"small",), Slow(10)))
    assert [type(output).__name__ for output in outputs] == ["bytes", "Slow", "memoryview"]
    assert read_by_h11(framed(Reply(200, (("Transfer-Encoding", "chunked"),), SEGMENTS, Slow(10))))[1] == BODY
