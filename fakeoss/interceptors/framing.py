"""Replies as HTTP/1.1 bytes: what a carrier delivers, piece by piece, and where it breaks off.

An `Output` is a piece of bytes or a mark. Marks are values of `fakeoss.faults` that the carrier turns into
its own kind of breakage, and `Close`, the orderly end of the connection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fakeoss.faults import Corrupt, Fault, Refused, Reset, Slow, Timeout, Truncated
from fakeoss.wire.message import Reply

PIECE = 65_536
"""Most bytes in one piece: some async clients hand a whole piece to their user as one read."""

_JOINED = 16_384


@dataclass(frozen=True, slots=True)
class Close:
    """The server ends the connection in order: the client reads the end of the stream."""


Mark = Refused | Reset | Timeout | Slow | Close
Output = bytes | memoryview | Mark
Headers = tuple[tuple[str, str], ...]


def frame(reply: Reply, *, method: str, version: str, keep_alive: bool) -> list[Output]:
    """The reply as outputs; the last one is a mark other than `Slow` if the connection ends with it.

    `method` and `version` (`1.0` or `1.1`) are the request's. Raises ValueError for a reply that cannot be
    framed, which is a defect of whoever made it.
    """
    fault = reply.fault
    early = before_reply(fault)
    if early is not None:
        return [early]
    chunked = is_chunked(reply)
    keep_alive = keep_alive and not (chunked and version == "1.0") and not reply.is_withheld
    head = head_bytes(reply, method, version, keep_alive=keep_alive)
    if not has_body(reply.status, method):
        outputs: list[Output] = [head]
    elif fault is None and reply.size <= _JOINED and not chunked:
        outputs = [b"".join((head, *reply.body))]
    else:
        outputs = [head, *body_outputs(reply, method)]
        if chunked and version != "1.0":
            outputs = list(_chunks(outputs))
    return _ended(outputs, fault, keep_alive=keep_alive)


def _ended(outputs: list[Output], fault: Fault | None, *, keep_alive: bool) -> list[Output]:
    """The outputs with the mark that a body-less reply's fault, or a connection that is not kept, ends in."""
    last = outputs[-1]
    if isinstance(last, bytes | memoryview | Slow):
        end = _end_of(fault)
        if end is not None:
            outputs.append(end)
        elif not keep_alive:
            outputs.append(Close())
    return outputs


def before_reply(fault: Fault | None) -> Refused | Reset | Timeout | None:
    """The fault if it strikes before a single byte of the reply, else None."""
    if isinstance(fault, Reset | Timeout):
        return fault if fault.after_bytes is None else None
    return fault if isinstance(fault, Refused) else None


def is_chunked(reply: Reply) -> bool:
    """Whether the reply asks for chunked framing, spelt as operations spell it."""
    return ("Transfer-Encoding", "chunked") in reply.headers


def has_body(status: int, method: str) -> bool:
    """Whether a reply of this status to this method has a body on the wire."""
    return method != "HEAD" and status not in (204, 304) and status >= 200


def framed_headers(reply: Reply, method: str) -> Headers:
    """The reply's headers, with the Content-Length that framing needs where none was given.

    Raises ValueError where a given length is not the body's.
    """
    if ("Content-Length", str(reply.size)) in reply.headers:  # as nearly all have it
        return reply.headers
    declared = reply.header("Content-Length")
    if declared == str(reply.size) or reply.is_withheld or not has_body(reply.status, method) or is_chunked(reply):
        return reply.headers
    if declared is None:
        return (*reply.headers, ("Content-Length", str(reply.size)))
    raise ValueError(f"a reply of {reply.size} bytes declares Content-Length {declared!r}")


def head_bytes(reply: Reply, method: str, version: str, *, keep_alive: bool) -> bytes:
    """Status line and headers. Raises ValueError for a header that would break the framing."""
    headers = framed_headers(reply, method)
    if version == "1.0":
        headers = tuple(pair for pair in headers if pair[0].lower() != "transfer-encoding")
    if not keep_alive or version == "1.0":
        kept = tuple(pair for pair in headers if pair[0].lower() != "connection")
        headers = (*kept, ("Connection", "keep-alive" if keep_alive else "close"))
    lines = [f"HTTP/1.1 {reply.status} {reply.reason}", *[f"{name}: {value}" for name, value in headers], "", ""]
    text = "\r\n".join(lines)
    if text.count("\n") != len(lines) - 1 or text.count("\r") != len(lines) - 1 or "\0" in text:
        raise ValueError(f"a reply's header holds a control character: {headers!r}")
    return text.encode("latin-1")


def body_outputs(reply: Reply, method: str) -> Iterator[Output]:
    """The body alone, unframed, for carriers that do not speak HTTP/1.1 bytes; the fault's mark where it strikes.

    Pieces are views of the reply's own segments. A body cut by `Truncated` or withheld ends in `Close`.
    """
    fault = reply.fault
    early = before_reply(fault)
    if early is not None:
        yield early
        return
    if isinstance(fault, Slow):
        yield fault
    if has_body(reply.status, method):
        yield from _altered(_pieces(reply.body), fault, reply.size)
    end = _end_of(fault) or (Close() if reply.is_withheld else None)
    if end is not None:
        yield end


def _end_of(fault: Fault | None) -> Mark | None:
    if isinstance(fault, Truncated):
        return Close()
    return fault if isinstance(fault, Reset | Timeout) else None


def _pieces(body: Iterable[bytes]) -> Iterator[memoryview]:
    for segment in body:
        view = memoryview(segment).toreadonly()
        for start in range(0, len(view), PIECE):
            yield view[start : start + PIECE]


def _altered(pieces: Iterator[memoryview], fault: Fault | None, size: int) -> Iterator[Output]:
    """The pieces as the fault leaves them: cut short, or with one byte flipped."""
    if isinstance(fault, Reset | Timeout | Truncated):
        return _first(pieces, fault.after_bytes or 0)
    if isinstance(fault, Corrupt) and size:
        return _flipped(pieces, min(fault.at, size - 1))
    return pieces


def _first(pieces: Iterator[memoryview], limit: int) -> Iterator[Output]:
    for piece in pieces:
        if limit <= 0:
            return
        yield piece[:limit]
        limit -= len(piece)


def _flipped(pieces: Iterator[memoryview], at: int) -> Iterator[Output]:
    for piece in pieces:
        if 0 <= at < len(piece):
            changed = bytearray(piece)
            changed[at] ^= 0xFF
            yield bytes(changed)
        else:
            yield piece
        at -= len(piece)


def _chunks(outputs: Iterable[Output]) -> Iterator[Output]:
    """The head as it is, every later piece as a chunk, and the last chunk where nothing cut the body short."""
    whole = True
    first = True
    for output in outputs:
        if not isinstance(output, bytes | memoryview):
            whole = whole and isinstance(output, Slow)
            yield output
        elif first:
            first = False
            yield output
        else:
            size = f"{len(output):x}\r\n".encode()
            yield from [b"".join((size, output, b"\r\n"))] if len(output) <= _JOINED else [size, output, b"\r\n"]
    if whole:
        yield b"0\r\n\r\n"
