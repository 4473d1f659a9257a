"""Absurd bytes sent to `oss.serve()`: refused in order, never a 5xx, a hang or a traceback, and others are served."""

from __future__ import annotations

import logging
import re
import socket
from collections.abc import Iterator
from contextlib import suppress

import oss2
import pytest

import fakeoss
from fakeoss.interceptors.server import Server

BUCKET = "fuzz-bucket"
HOST = b"Host: fuzz-bucket.oss-cn-hangzhou.aliyuncs.com\r\n"
SIGNED = HOST + b"Authorization: OSS any:c2ln\r\n"
PATIENCE = 5
"""Seconds in which everything must be answered."""

STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) [A-Z]")


@pytest.fixture
def oss() -> fakeoss.FakeOSS:
    fake = fakeoss.FakeOSS()
    fake.create_bucket(BUCKET, objects={"kept": b"as it was"})
    return fake


@pytest.fixture
def server(oss: fakeoss.FakeOSS, caplog: pytest.LogCaptureFixture) -> Iterator[Server]:
    """A server that must still work for an honest client, with no error logged, once the hostile one has gone."""
    before = oss.bucket(BUCKET).keys()
    with caplog.at_level(logging.WARNING), oss.serve() as running:
        yield running
        honest = oss2.Bucket(
            oss2.Auth("id", "secret"), running.url, BUCKET, is_path_style=True, connect_timeout=PATIENCE
        )
        assert honest.get_object("kept").read() == b"as it was"
        honest.put_object("later", b"new")
        assert honest.get_object("later").read() == b"new"
    assert set(oss.bucket(BUCKET).keys()) - set(before) == {"later"}
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


def connect(server: Server) -> socket.socket:
    host, _, port = server.endpoint.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=PATIENCE)


def answered(server: Server, *pieces: bytes) -> bytes:
    """All that comes back to the pieces, after the last of which the client says no more."""
    with connect(server) as client:
        with suppress(BrokenPipeError, ConnectionResetError):
            for piece in pieces:
                client.sendall(piece)
        return rest(client)


def rest(client: socket.socket) -> bytes:
    """What the server still says until it closes; the time limit of the socket makes a hang an error."""
    found = b""
    with suppress(OSError):  # who has been hung up on by now is no longer connected
        client.shutdown(socket.SHUT_WR)
    with suppress(BrokenPipeError, ConnectionResetError):
        while more := client.recv(65_536):
            found += more
    return found


def statuses(answer: bytes) -> list[int]:
    return [int(status) for status in STATUS.findall(answer)]


def refused(answer: bytes, *expected: int) -> None:
    """The answer is one refusal of these statuses, or of any 4xx."""
    found = statuses(answer)
    assert len(found) == 1
    assert found[0] in expected if expected else 400 <= found[0] < 500


def test_a_hundred_thousand_headers_are_refused(server: Server) -> None:
    headers = b"".join(b"x-oss-meta-%d: 1\r\n" % number for number in range(100_000))
    refused(answered(server, b"PUT /k HTTP/1.1\r\n" + SIGNED, headers, b"Content-Length: 0\r\n\r\n"), 400)


def test_many_short_headers_within_the_size_are_refused_by_their_number(server: Server) -> None:
    refused(answered(server, b"GET /kept HTTP/1.1\r\n" + HOST + b"a:\r\n" * 2_000 + b"\r\n"), 400)


@pytest.mark.parametrize(
    "head",
    [
        b"GET /" + b"k" * 200_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET /?" + b"prefix=x&" * 20_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET /kept HTTP/1.1\r\n" + HOST + b"x-a: " + b"v" * 200_000 + b"\r\n\r\n",
        b"GET /kept HTTP/1.1\r\n" + HOST + b"n" * 200_000 + b": v\r\n\r\n",
        b"G" * 200_000,
        b"GET /kept HTTP/1.1\r\n" + HOST + b"x-a:" + b" " * 200_000 + b"v\r\n\r\n",
    ],
    ids=["path", "query", "value", "name", "method", "blanks"],
)
def test_oversized_lines_are_refused(server: Server, head: bytes) -> None:
    refused(answered(server, head))


@pytest.mark.parametrize(
    "sent",
    [
        b"Content-Length: 30\r\n\r\n" + b"x" * 30,
        b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 30 + b"0\r\n\r\n",
    ],
)
def test_a_request_that_comes_byte_by_byte_is_answered_when_it_is_whole(server: Server, sent: bytes) -> None:
    request = b"PUT /slow HTTP/1.1\r\n" + HOST + b"Connection: close\r\n" + sent
    with connect(server) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for place in range(len(request)):
            client.sendall(request[place : place + 1])
        assert statuses(rest(client)) == [403]


def test_a_client_that_stalls_in_its_head_holds_up_nobody(server: Server, oss: fakeoss.FakeOSS) -> None:
    stalled = [connect(server) for _ in range(20)]
    for client in stalled:
        client.sendall(b"PUT /half HTTP/1.1\r\n" + HOST + b"Content-Le")
    refused(answered(server, b"GET /kept HTTP/1.1\r\n" + HOST + b"\r\n"), 403)
    for client in stalled:
        client.close()


@pytest.mark.parametrize(
    "sent",
    [
        b"Content-Length: 100\r\n\r\n" + b"x" * 40,
        b"Content-Length: 5368709120\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        b"Transfer-Encoding: chunked\r\n\r\nffff",
        b"Expect: 100-continue\r\nContent-Length: 5368709120\r\n\r\n",
    ],
    ids=["short", "none of 5 GiB", "no last chunk", "within a size", "after 100 Continue"],
)
def test_a_body_that_breaks_off_is_no_request(server: Server, sent: bytes) -> None:
    answer = answered(server, b"PUT /half HTTP/1.1\r\n" + SIGNED + sent)
    assert statuses(answer) in ([], [100])


@pytest.mark.parametrize(
    "length", [b"5368709121", b"9" * 19, b"9" * 25, b"9" * 6_000, b"-1", b"1e3", b"0x10", b"1, 1", b""]
)
def test_lengths_beyond_the_limit_or_without_sense_are_refused(server: Server, length: bytes) -> None:
    refused(answered(server, b"PUT /k HTTP/1.1\r\n" + SIGNED + b"Content-Length: " + length + b"\r\n\r\n"))


@pytest.mark.parametrize(
    "body",
    [
        b"zz\r\nhello\r\n0\r\n\r\n",
        b"-5\r\nhello\r\n0\r\n\r\n",
        b"5\r\nhelloworld\r\n0\r\n\r\n",
        b"5\nhello\n0\n\n",
        b"fffffffffffffffff\r\nhello\r\n0\r\n\r\n",
        b"5" + b";x" * 100_000 + b"\r\nhello\r\n0\r\n\r\n",
        b"0\r\n" + b"x-trailer: 1\r\n" * 100_000 + b"\r\n",
    ],
    ids=["no number", "negative", "too long", "bare LF", "17 digits", "endless extension", "endless trailers"],
)
def test_bad_chunks_are_refused(server: Server, body: bytes) -> None:
    refused(answered(server, b"PUT /k HTTP/1.1\r\n" + SIGNED + b"Transfer-Encoding: chunked\r\n\r\n" + body))


@pytest.mark.parametrize(
    "framing",
    [
        b"Transfer-Encoding: gzip, chunked\r\nContent-Length: 5\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: gzip, chunked\r\n",
        b"Transfer-Encoding: identity\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Content-Length : 5\r\n",
    ],
)
def test_framing_that_may_be_read_in_two_ways_is_refused(server: Server, framing: bytes) -> None:
    refused(answered(server, b"PUT /k HTTP/1.1\r\n" + SIGNED + framing + b"\r\n0\r\n\r\n"))


def test_a_request_hidden_behind_a_body_that_is_framed_twice_is_not_answered(server: Server) -> None:
    framing = b"Content-Length: 200\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    answer = answered(server, b"PUT /k HTTP/1.1\r\n" + SIGNED + framing + b"GET /kept HTTP/1.1\r\n" + HOST + b"\r\n")
    assert statuses(answer) == [403]
    assert b"\r\nConnection: close\r\n" in answer


@pytest.mark.parametrize(
    "garbage",
    [b"\x00" * 500, b"\xff\xfe" * 500, b"<html>", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"*3\r\n$3\r\n"],
)
def test_garbage_after_a_request_is_refused_once_the_request_is_answered(server: Server, garbage: bytes) -> None:
    answer = answered(server, b"GET /kept HTTP/1.1\r\n" + HOST + b"\r\n" + garbage)
    first, second = statuses(answer)
    assert first == 403
    assert 400 <= second < 500


def test_five_hundred_requests_in_one_breath_are_all_answered(server: Server) -> None:
    answer = answered(server, (b"GET /kept HTTP/1.1\r\n" + HOST + b"\r\n") * 500)
    assert statuses(answer) == [403] * 500


def test_an_absolute_target_overrules_the_host(server: Server) -> None:
    line = b"GET http://none.oss-cn-hangzhou.aliyuncs.com/kept HTTP/1.1\r\n"
    refused(answered(server, line + HOST + b"\r\n"), 404)


@pytest.mark.parametrize(
    "line",
    [
        b"GET /kept\r\n",
        b"GET /kept HTTP/0.9\r\n" + HOST,
        b"GET /kept HTTP/2.0\r\n" + HOST,
        b"GET /kept HTTP/3.14\r\n" + HOST,
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n",
        b"GET /kept XTTP/1.1\r\n" + HOST,
        b"GET  HTTP/1.1\r\n" + HOST,
        b"BREW /kept HTTP/1.1\r\n" + HOST,
        b"CONNECT example.com:443 HTTP/1.1\r\n" + HOST,
        b"GET ftp://example.com/ HTTP/1.1\r\n" + HOST,
        b"GET http:///kept HTTP/1.1\r\n" + HOST,
        b"GET kept HTTP/1.1\r\n" + HOST,
        b"GET /ke\x00pt HTTP/1.1\r\n" + HOST,
        b"GET /kept HTTP/1.1\r\nx-a: \x00\r\n" + HOST,
        b"GET /kept HTTP/1.1\r\nx-\x00a: 1\r\n" + HOST,
        b"GET /kept HTTP/1.1\r\n",
        b"GET /kept HTTP/1.1\r\n" + HOST + HOST,
        b"GET /kept HTTP/1.1\r\nHost:\r\n",
        b"GET /kept HTTP/1.1\r\nHost: [::1\r\n",
        b"GET /%00%ff HTTP/1.1\r\n" + HOST,
        b"GET /../../etc/passwd HTTP/1.1\r\n" + HOST,
        b"GET /kept HTTP/1.1\r\n" + HOST + b" folded: 1\r\n",
        b"GET /kept HTTP/1.1\r\n" + HOST + b"no colon\r\n",
    ],
)
def test_request_lines_and_heads_without_sense_are_refused(server: Server, line: bytes) -> None:
    refused(answered(server, line + b"\r\n"))


def test_an_empty_connection_and_bare_line_ends_are_no_request(server: Server) -> None:
    assert answered(server) == b""
    assert answered(server, b"\r\n" * 10) == b""


FORM = b"Content-Type: multipart/form-data; boundary=b\r\n"
FIELD = b'--b\r\nContent-Disposition: form-data; name="key"\r\n\r\nk\r\n'


@pytest.mark.parametrize(
    "kind", [FORM, b"Content-Type: multipart/form-data\r\n", b"Content-Type: multipart/;;=\r\n", b""]
)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--b",
        b"--b--\r\n",
        FIELD,
        FIELD * 2_000 + b"--b--\r\n",
        b"--b\r\n" + b"x: 1\r\n" * 20_000,
        b"--b\r\nContent-Disposition: form-data; name=\r\n\r\n\xff\x00\r\n--b--\r\n",
        FIELD + b'--b\r\nContent-Disposition: form-data; name="policy"\r\n\r\n' + b"{" * 5_000 + b"\r\n--b--\r\n",
        FIELD + b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nwithout an end',
    ],
    ids=["empty", "cut", "no field", "no end", "2,000 fields", "endless head", "no name", "deep policy", "open file"],
)
def test_forms_without_sense_are_refused(server: Server, kind: bytes, body: bytes) -> None:
    head = b"POST / HTTP/1.1\r\n" + HOST + kind + b"Content-Length: %d\r\n\r\n" % len(body)
    (status,) = statuses(answered(server, head, body))
    assert 400 <= status < 500 or status == 501
