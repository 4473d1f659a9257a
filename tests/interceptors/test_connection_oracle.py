"""The same requests read by h11, an independent implementation: whatever the cuts, both see the same."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import h11
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.interceptors.test_connection import Served

Seen = tuple[str, str, list[tuple[str, str]], bytes]

_TOKEN = st.text(st.sampled_from("ABCXYZabcxyz0189-_.~!#$%&'*+^`|"), min_size=1, max_size=12)
_VALUE = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF).filter(lambda c: c != "\x7f"), max_size=30)
_TARGET = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), max_size=40).map(lambda text: f"/{text}")
_FRAMING = {"content-length", "transfer-encoding", "host", "connection", "upgrade", "expect", "trailer"}


@dataclass(frozen=True)
class Sent:
    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes
    chunks: list[int] | None
    padding: str

    def encode(self) -> bytes:
        framing = f"Content-Length: {len(self.body)}" if self.chunks is None else "Transfer-Encoding: chunked"
        lines = [f"{self.method} {self.target} HTTP/1.1", "Host: h", framing]
        lines += [f"{name}:{self.padding}{value}{self.padding}" for name, value in self.headers]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + self._framed()

    def _framed(self) -> bytes:
        if self.chunks is None:
            return self.body
        framed, rest = b"", self.body
        for size in self.chunks:
            chunk, rest = rest[:size], rest[size:]
            framed += b"%X\r\n%s\r\n" % (len(chunk), chunk) if chunk else b""
        framed += b"%x;last\r\n%s\r\n" % (len(rest), rest) if rest else b""
        return framed + b"0\r\nX-Trailer: t\r\n\r\n"


_SENT = st.builds(
    Sent,
    method=st.sampled_from(["GET", "PUT", "POST", "HEAD", "DELETE", "OPTIONS"]),
    target=_TARGET,
    headers=st.lists(st.tuples(_TOKEN.filter(lambda name: name.lower() not in _FRAMING), _VALUE), max_size=8),
    body=st.binary(max_size=300),
    chunks=st.none() | st.lists(st.integers(1, 100), max_size=5),
    padding=st.sampled_from(["", " ", "\t ", "  "]),
).map(lambda sent: sent if sent.method in ("PUT", "POST") else replace(sent, body=b"", chunks=None))
"""Only PUT and POST bring bodies: the others are answered without waiting for one."""


def by_us(pieces: list[bytes]) -> list[Seen]:
    served = Served()
    served.send(*pieces)
    return [(seen.method, seen.target, list(seen.headers), seen.data()) for seen in served.seen]


def by_h11(pieces: list[bytes]) -> list[Seen]:
    server = h11.Connection(h11.SERVER)
    seen: list[Seen] = []
    for piece in pieces:
        server.receive_data(piece)
        while (event := server.next_event()) not in (h11.NEED_DATA, h11.PAUSED):
            if isinstance(event, h11.Request):
                headers = [
                    (name.decode("latin-1"), value.decode("latin-1")) for name, value in event.headers.raw_items()
                ]
                seen.append((event.method.decode(), event.target.decode("latin-1"), headers, b""))
            elif isinstance(event, h11.Data):
                seen[-1] = (*seen[-1][:3], seen[-1][3] + bytes(event.data))
            elif isinstance(event, h11.EndOfMessage):
                server.send(h11.Response(status_code=200, headers=[("Content-Length", "0")]))
                server.send(h11.EndOfMessage())
                server.start_next_cycle()
    return seen


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = sorted({0, len(data), *[place % (len(data) + 1) for place in places]})
    return [data[first:last] for first, last in itertools.pairwise(edges)]


@given(st.lists(_SENT, min_size=1, max_size=3), st.lists(st.integers(0, 2_000), max_size=12))
@settings(max_examples=200, deadline=None)
def test_random_requests_cut_anywhere_are_what_h11_reads(requests: list[Sent], places: list[int]) -> None:
    data = b"".join(sent.encode() for sent in requests)
    ours = by_us(cut(data, places))
    assert ours == by_h11([data])
    assert [(method, target, body) for method, target, _, body in ours] == [
        (sent.method, sent.target, sent.body) for sent in requests
    ]
