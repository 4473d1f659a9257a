"""The two values every carrier speaks: a `Request` as it came off the wire, a `Reply` as it goes back.

Nothing here knows OSS. Carriers build requests from exactly what the client sent, undecoded, because
signatures are judged on the raw text; they turn replies into whatever their client library expects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus

from fakeoss.faults import Fault
from fakeoss.values import quickly_made

Body = tuple[bytes, ...]
"""A body as immutable segments of about 1 MiB, shared, never copied."""

SEGMENT = 1 << 20
"""Bytes in a full segment of a body."""

BLOCK = 16_384
"""Bytes asked from a client's file-like body at a time: clients count their progress calls by it."""


class Headers:
    """Header fields in wire order, found without regard to case.

    Values are latin-1 text, one character a byte, as every HTTP library hands them out. `pairs` are the fields as
    they came, `first` the first value of each name, in lower case; nobody changes either.
    """

    __slots__ = ("first", "pairs")

    pairs: tuple[tuple[str, str], ...]
    first: dict[str, str]

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        """Keep the pairs in their order; of a repeated name the first is found."""
        self.pairs = tuple(pairs)
        self.first = {name.lower(): value for name, value in self.pairs}
        if len(self.first) < len(self.pairs):
            self.first = {}
            for name, value in self.pairs:
                self.first.setdefault(name.lower(), value)

    @classmethod
    def sorted_out(cls, pairs: tuple[tuple[str, str], ...], first: dict[str, str]) -> Headers:
        """Headers of which it is known already what comes `first`."""
        headers = cls.__new__(cls)
        headers.pairs = pairs
        headers.first = first
        return headers

    def get(self, name: str) -> str | None:
        """The first value of `name`, or None."""
        return self.first.get(name.lower())

    def all(self, name: str) -> list[str]:
        """Every value of `name`, in wire order."""
        lowered = name.lower()
        return [value for key, value in self.pairs if key.lower() == lowered]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self.first

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def __repr__(self) -> str:
        return f"Headers({list(self.pairs)!r})"


NO_HEADERS = Headers()
"""No header at all."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request, neutral of the client that made it.

    `host` is the authority as sent (a port may follow), `target` the raw origin-form target
    (`/key?query`, percent-encoding untouched), `body` the whole body, read before anything is judged; `stalled`
    tells that its sender fell silent within it. `source` names the carrier for error messages and the journal.
    """

    method: str
    scheme: str
    host: str
    target: str
    headers: Headers = NO_HEADERS
    body: Body = ()
    source: str = "direct"
    stalled: bool = False

    @property
    def url(self) -> str:
        """The absolute URL, raw."""
        return f"{self.scheme}://{self.host}{self.target}"

    @property
    def size(self) -> int:
        """Bytes in the body."""
        return sum(map(len, self.body))

    def data(self) -> bytes:
        """The body in one piece; for small documents only."""
        return self.body[0] if len(self.body) == 1 else b"".join(self.body)


@quickly_made
@dataclass(frozen=True, slots=True)
class Reply:
    """One HTTP answer.

    `body` is empty for HEAD, 204 and 304; then a Content-Length among `headers` still tells the length
    of what a GET would give. A reply with `Transfer-Encoding: chunked` and no Content-Length is framed
    by the carrier. `fault` asks the carrier to break the exchange instead of, or while, delivering it.
    With `is_withheld` Content-Length is of a body that never comes: the connection ends after the head.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: Body = ()
    fault: Fault | None = None
    is_withheld: bool = False

    @property
    def reason(self) -> str:
        """The standard reason phrase of the status."""
        return reason_of(self.status)

    @property
    def size(self) -> int:
        """Bytes in the body."""
        return sum(map(len, self.body))

    def header(self, name: str) -> str | None:
        """The first value of header `name`, whatever its case, or None."""
        lowered = name.lower()
        return next((value for named, value in self.headers if named.lower() == lowered), None)

    def data(self) -> bytes:
        """The body in one piece."""
        return self.body[0] if len(self.body) == 1 else b"".join(self.body)


class BodyBuilder:
    """Gathers small blocks into segments of about 1 MiB with a single copy."""

    __slots__ = ("_blocks", "_pending", "_segments")

    def __init__(self) -> None:
        """Start empty."""
        self._segments: list[bytes] = []
        self._blocks: list[bytes] = []
        self._pending = 0

    def write(self, block: bytes) -> None:
        """Take one block; a block of a segment's size or more is kept as it is."""
        if not block:
            return
        self._blocks.append(block)
        self._pending += len(block)
        if self._pending >= SEGMENT:
            self._flush()

    def _flush(self) -> None:
        self._segments.append(self._blocks[0] if len(self._blocks) == 1 else b"".join(self._blocks))
        self._blocks = []
        self._pending = 0

    def finish(self) -> Body:
        """The segments gathered so far."""
        if self._blocks:
            self._flush()
        return tuple(self._segments)


_REASONS = {status.value: status.phrase for status in HTTPStatus} | {413: "Request Entity Too Large"}


def reason_of(status: int) -> str:
    """The reason phrase the service sends with `status`; never empty."""
    return _REASONS.get(status, "Unknown")
