"""What a client's bytes become, and what it reads back."""

from __future__ import annotations

import tracemalloc

import pytest

from fakeoss.interceptors.connection import Connection
from fakeoss.interceptors.framing import Close, Output
from fakeoss.interceptors.request_reader import Limits
from fakeoss.wire.message import Reply, Request


class Served:
    """A connection to a service that notes every request and answers all alike."""

    def __init__(self, reply: Reply | Exception | None = None, limits: Limits | None = None) -> None:
        self.seen: list[Request] = []
        self.reply = Reply(200, (), (b"fine",)) if reply is None else reply
        self.connection = Connection(
            self.handle, scheme="https", host="default.example", source="test", limits=limits or Limits()
        )

    def handle(self, request: Request) -> Reply:
        self.seen.append(request)
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply

    def send(self, *pieces: bytes) -> list[Output]:
        return [output for piece in pieces for output in self.connection.receive(piece)]


def text_of(outputs: list[Output]) -> bytes:
    return b"".join(output for output in outputs if isinstance(output, bytes | memoryview))


def request(*lines: str, body: bytes = b"") -> bytes:
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def only(served: Served) -> Request:
    (seen,) = served.seen
    return seen


def test_target_header_names_order_and_values_arrive_as_sent() -> None:
    served = Served()
    served.send(
        request(
            "GET //a%2f/../%E4?x=1&x=&acl#f HTTP/1.1", "Host: B.example:80", "X-a_B:  v  w \t", "x-A: ", "X-a_B: \xe4"
        )
    )
    seen = only(served)
    assert seen.target == "//a%2f/../%E4?x=1&x=&acl#f"
    assert list(seen.headers) == [("Host", "B.example:80"), ("X-a_B", "v  w"), ("x-A", ""), ("X-a_B", "\xe4")]
    assert (seen.method, seen.scheme, seen.host, seen.source) == ("GET", "https", "B.example:80", "test")


def test_a_request_may_be_cut_at_every_byte() -> None:
    whole = request("PUT /k HTTP/1.1", "Host: h", "Content-Length: 3", "x-oss-meta-a: b", body=b"abc")
    served = Served()
    outputs = served.send(*[whole[at : at + 1] for at in range(len(whole))])
    assert only(served).data() == b"abc"
    assert only(served).headers.get("x-oss-meta-a") == "b"
    assert text_of(outputs).endswith(b"\r\n\r\nfine")


def test_chunked_body_is_joined_and_its_trailers_are_no_headers() -> None:
    served = Served()
    served.send(
        request(
            "PUT /k HTTP/1.1",
            "Host: h",
            "Transfer-Encoding: chunked",
            body=b"3;note=1\r\nabc\r\n2\r\nde\r\n0\r\nAuthorization: forged\r\n\r\n",
        ),
        request("GET /next HTTP/1.1", "Host: h"),
    )
    first, second = served.seen
    assert first.data() == b"abcde"
    assert "Authorization" not in first.headers
    assert [pair[0] for pair in second.headers] == ["Host"]


@pytest.mark.parametrize("length", [0, 3, 5, 99_999_999_999])
@pytest.mark.parametrize("is_length_first", [True, False])
def test_chunks_overrule_a_length_and_nothing_after_them_is_believed(length: int, is_length_first: bool) -> None:
    framing = ["Transfer-Encoding: chunked", f"Content-Length: {length}"]
    lines = reversed(framing) if is_length_first else framing
    chunks = b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    served = Served()
    outputs = served.send(request("PUT /k HTTP/1.1", "Host: h", *lines, body=chunks + b"GET /smuggled HTTP/1.1\r\n"))
    assert only(served).data() == b"abcde"
    assert outputs[-1] == Close()
    assert served.connection.closed


@pytest.mark.parametrize(
    ("target", "host", "origin"),
    [
        ("http://b.example/k?acl", "b.example", "/k?acl"),
        ("HTTP://b.example:81?acl", "b.example:81", "/?acl"),
        ("http://b.example", "b.example", "/"),
    ],
)
def test_a_full_url_as_target_becomes_path_and_authority(target: str, host: str, origin: str) -> None:
    served = Served()
    served.send(request(f"GET {target} HTTP/1.1", "Host: proxy.example"))
    assert (only(served).scheme, only(served).host, only(served).target) == ("http", host, origin)


def test_pipelined_requests_are_answered_in_order() -> None:
    served = Served()
    one = request("PUT /1 HTTP/1.1", "Host: h", "Content-Length: 1", body=b"x")
    outputs = served.send(one + request("GET /2 HTTP/1.1", "Host: h") + request("GET /3 HTTP/1.1", "Host: h")[:-2])
    assert [seen.target for seen in served.seen] == ["/1", "/2"]
    assert text_of(outputs).count(b"HTTP/1.1 200 OK") == 2
    assert not served.connection.idle
    served.send(b"\r\n")
    assert served.seen[-1].target == "/3"
    assert served.connection.idle


def test_continue_is_sent_to_a_client_that_waits_for_it() -> None:
    served = Served()
    head = request("PUT /k HTTP/1.1", "Host: h", "Expect: 100-continue", "Content-Length: 3")
    assert text_of(served.send(head)) == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert text_of(served.send(b"abc")).startswith(b"HTTP/1.1 200 OK\r\n")


def test_continue_is_not_sent_to_a_client_that_did_not_wait() -> None:
    served = Served()
    head = request("PUT /k HTTP/1.1", "Host: h", "Expect: 100-continue", "Content-Length: 3")
    assert text_of(served.send(head + b"abc")).startswith(b"HTTP/1.1 200 OK\r\n")


def test_http_1_0_is_closed_unless_asked_otherwise() -> None:
    served = Served()
    kept = served.send(request("GET / HTTP/1.0", "Connection: keep-alive"))
    assert b"\r\nConnection: keep-alive\r\n" in text_of(kept)
    closed = served.send(request("GET / HTTP/1.0"))
    assert b"\r\nConnection: close\r\n" in text_of(closed)
    assert closed[-1] == Close()
    assert served.seen[0].host == "default.example"


def test_connection_close_is_honoured_and_what_follows_ignored() -> None:
    served = Served()
    outputs = served.send(request("GET / HTTP/1.1", "Host: h", "Connection: close") * 2)
    assert outputs[-1] == Close()
    assert len(served.seen) == 1
    assert served.connection.closed
    assert served.send(request("GET / HTTP/1.1", "Host: h")) == []


def test_an_offered_upgrade_is_declined_and_the_body_kept() -> None:
    served = Served()
    offer = ("Host: h", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAA")
    served.send(
        request("PUT /1 HTTP/1.1", *offer, "Content-Length: 3"), b"ab", b"c" + request("GET /2 HTTP/1.1", *offer)
    )
    assert [(seen.target, seen.data()) for seen in served.seen] == [("/1", b"abc"), ("/2", b"")]
    assert served.seen[0].headers.get("Upgrade") == "h2c"


def test_an_offered_upgrade_with_a_chunked_body() -> None:
    served = Served()
    offer = ("Host: h", "Connection: Upgrade", "Upgrade: h2c", "Transfer-Encoding: chunked")
    served.send(request("PUT /1 HTTP/1.1", *offer, body=b"1\r\na\r\n"), b"1\r\nb\r\n0\r\n\r\n")
    assert only(served).data() == b"ab"


def test_a_large_body_is_kept_in_segments() -> None:
    served = Served()
    body = bytes(5 << 20)
    served.send(request("PUT /k HTTP/1.1", "Host: h", f"Content-Length: {len(body)}", body=body))
    assert only(served).size == len(body)
    assert max(map(len, only(served).body)) <= (1 << 20) + 65_536


def test_a_body_in_small_pieces_is_held_once() -> None:
    served = Served()
    served.send(request("PUT /k HTTP/1.1", "Host: h", f"Content-Length: {16 << 20}"))
    tracemalloc.start()
    for _ in range(16 << 4):
        served.send(bytes(65_536))
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert only(served).size == 16 << 20
    assert held < 17 << 20
    assert peak < 19 << 20


def test_what_the_service_raises_comes_out_and_ends_the_connection() -> None:
    served = Served(KeyError("bug"))
    with pytest.raises(KeyError, match="bug"):
        served.send(request("GET / HTTP/1.1", "Host: h"))
    assert served.connection.closed
    assert served.send(request("GET / HTTP/1.1", "Host: h")) == []


def test_a_defect_may_be_answered_instead() -> None:
    told: list[Exception] = []

    def handle(request: Request) -> Reply:
        raise KeyError("bug")

    def defect(error: Exception) -> Reply:
        told.append(error)
        return Reply(500)

    connection = Connection(handle, scheme="http", source="test", defect=defect)
    outputs = connection.receive(request("GET / HTTP/1.1", "Host: h"))
    assert text_of(outputs).startswith(b"HTTP/1.1 500 Internal Server Error\r\n")
    assert outputs[-1] == Close()
    assert [type(error) for error in told] == [KeyError]


def test_bytes_of_every_kind_are_taken() -> None:
    served = Served()
    whole = request("GET / HTTP/1.1", "Host: h")
    served.connection.receive(bytearray(whole))
    served.connection.receive(memoryview(whole))
    assert len(served.seen) == 2


def test_a_closed_connection_forgets_what_is_half_received() -> None:
    served = Served()
    served.send(request("PUT / HTTP/1.1", "Host: h", "Content-Length: 3", body=b"ab"))
    served.connection.close()
    assert served.send(b"c") == []
    assert served.seen == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE", "OPTIONS"])
def test_a_body_announced_by_a_method_that_has_none_is_not_waited_for(method: str) -> None:
    seen: list[Request] = []

    def handle(request: Request) -> Reply:
        seen.append(request)
        return Reply(200, (("Content-Length", "2"),), (b"ok",) if method != "HEAD" else ())

    connection = Connection(handle, scheme="https", source="test")
    head = f"{method} /key HTTP/1.1\r\nHost: bucket.oss-cn-hangzhou.aliyuncs.com\r\nContent-Length: 9\r\n\r\n"
    outputs = connection.receive(head.encode())
    assert isinstance(outputs[0], bytes)
    assert outputs[0].startswith(b"HTTP/1.1 200 OK\r\n")
    assert [request.size for request in seen] == [0]
    assert connection.closed
    assert connection.receive(b"Hello OSS") == []
