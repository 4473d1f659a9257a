"""Requests whose bytes were changed on their way: `oss.serve()` answers what is left of them, or hangs up."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fakeoss
from fakeoss.interceptors.server import Server
from tests.budget import examples
from tests.hostile import world

EXAMPLES = examples(int(os.environ.get("FAKEOSS_FUZZ", "600")) // 3)
"""How many streams of bytes are tried."""

PATIENCE = 60
"""Seconds after which the server counts as hanging; a busy machine is slow."""

HOST = b"fuzz-bucket.oss-cn-hangzhou.aliyuncs.com"
HEAD = b"Host: " + HOST + b"\r\nAuthorization: OSS any:c2ln\r\nDate: now\r\n"
FORM = b'--b\r\nContent-Disposition: form-data; name="key"\r\n\r\nk\r\n--b--\r\n'
LENGTH = b"Content-Length: %d\r\n\r\n" % len(FORM)
REQUESTS = (
    b"GET /key HTTP/1.1\r\n" + HEAD + b"Range: bytes=0-3\r\n\r\n",
    b"HEAD /key HTTP/1.1\r\n" + HEAD + b"\r\n",
    b"GET http://" + HOST + b"/?list-type=2 HTTP/1.0\r\n" + HEAD + b"\r\n",
    b"PUT /new HTTP/1.1\r\n" + HEAD + b"Content-Length: 5\r\n\r\nhello",
    b"PUT /new HTTP/1.1\r\n" + HEAD + b"Expect: 100-continue\r\nContent-Length: 5\r\n\r\nhello",
    b"PUT /new HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nx-t: 1\r\n\r\n",
    b"POST / HTTP/1.1\r\n" + HEAD + b"Content-Type: multipart/form-data; boundary=b\r\n" + LENGTH + FORM,
)
PIECES = st.one_of(
    st.binary(max_size=8),
    st.sampled_from(REQUESTS),
    st.sampled_from(
        [
            *(b"\r\n", b"\n", b"\r", b"\0", b":", b" ", b"\r\n\r\n", b"0\r\n\r\n", b"ffffffff", b"-1", b"9" * 30),
            *(b"x" * 70_000, b"Connection: close\r\n"),
            *(b"Transfer-Encoding: chunked\r\n", b"Content-Length: 10\r\n", b"Host: [::1\r\n", b"TE: trailers\r\n"),
            *(b"HTTP/1.1", b"Upgrade: h2c\r\nConnection: upgrade\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        ]
    ),
)
STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")


@st.composite
def streams(draw: st.DrawFn) -> bytes:
    """A request with up to four stretches of it replaced by something else."""
    data = draw(st.sampled_from(REQUESTS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        data = data[:start] + draw(PIECES) + data[start + draw(st.sampled_from([0, 0, 1, 8, 1 << 20])) :]
    return data


@pytest.fixture(scope="module")
def oss() -> fakeoss.FakeOSS:
    return world.small_world()


@pytest.fixture(scope="module")
def server(oss: fakeoss.FakeOSS) -> Iterator[Server]:
    with oss.serve() as running:
        yield running


@given(data=streams(), cut=st.integers(0, 200))
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_bytes_are_answered_or_hung_up_on(oss: fakeoss.FakeOSS, server: Server, data: bytes, cut: int) -> None:
    data = dated(data)
    answer = sent(server, data[:cut], data[cut:])
    for status in map(int, STATUS.findall(answer)):
        assert status < 500 or status == 501
    oss.raise_defects()
    assert b"HTTP/1.1 200 OK" in sent(server, dated(REQUESTS[2]))


def dated(data: bytes) -> bytes:
    """The bytes with the time in the place of `now`."""
    return data.replace(b"Date: now", b"Date: " + world.this_moment().encode())


def sent(server: Server, *pieces: bytes) -> bytes:
    """All that comes back."""
    host, _, port = server.endpoint.rpartition(":")
    answer = b""
    with (
        socket.create_connection((host, int(port)), timeout=PATIENCE) as client,
        suppress(BrokenPipeError, ConnectionResetError),
    ):
        for piece in pieces:
            client.sendall(piece)
        with suppress(OSError):  # who has been hung up on by now is no longer connected
            client.shutdown(socket.SHUT_WR)
        while more := client.recv(65_536):
            answer += more
    return answer
