"""What every client of the matrix has in common: a few verbs, and a plain account of what its user sees."""

from __future__ import annotations

import asyncio
import importlib.util
import io
import re
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, TypeVar

from tests.clients.places import BUCKET, Place

T = TypeVar("T")
Pairs = tuple[tuple[str, str], ...]

VOLATILE = frozenset(
    {"date", "last-modified", "connection", "keep-alive", "x-oss-request-id", "x-oss-server-time", "x-oss-err"}
)
"""Headers that tell of the time or of the connection, not of the answer; request ids begin with the time."""

_OF_THE_PLACE = re.compile(rb"<(HostId|RequestId|Location)>[^<]*</\1>")
"""What differs in documents between two places and two moments."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a user sees of one call; `errors` are the types of what was raised, outermost first."""

    status: int | None = None
    body: bytes | None = None
    headers: Pairs = ()
    code: str | None = None
    errors: tuple[str, ...] = ()
    detail: Any = None

    def header(self, name: str) -> str | None:
        """The first value of a header, named in lower case."""
        return next((value for key, value in self.headers if key == name), None)


def pairs(headers: Mapping[str, str] | Iterable[tuple[str, str]] | None) -> Pairs:
    """Headers in a fixed order, without what differs between two runs."""
    items = headers.items() if isinstance(headers, Mapping) else headers or ()
    return tuple(sorted((name.lower(), str(value)) for name, value in items if name.lower() not in VOLATILE))


class Client:
    """One client library in use. Verbs give what is seen and raise what the library raises."""

    name: ClassVar[str]
    needs: ClassVar[tuple[str, ...]] = ()
    requires: ClassVar[str] = ""
    """What must be installed together, where that is not the newest of everything."""
    on_requests: ClassVar[bool] = False
    cannot: ClassVar[Mapping[str, str]] = {}
    """The cases that the library offers no way to, each with the reason."""

    def __init__(self, place: Place) -> None:
        self.place = place

    @classmethod
    def missing(cls) -> str:
        """Why the client cannot run here; empty where it can."""
        absent = [name for name in cls.needs if importlib.util.find_spec(name) is None]
        return f"{', '.join(absent)} not installed{cls.requires}" if absent else ""

    @classmethod
    def too_old(cls, case: str) -> str:
        """Why the installed release cannot do what the newest can; empty where it can."""
        return ""

    def put(self, key: str, body: Any, headers: Pairs = ()) -> Seen:
        """Store an object."""
        raise NotImplementedError

    def get(self, key: str, headers: Pairs = (), *, bucket: str = BUCKET, query: str = "") -> Seen:
        """Read an object whole."""
        raise NotImplementedError

    def part(self, key: str, first: int, last: int) -> Seen:
        """Read the bytes from `first` to `last`, both included."""
        return self.get(key, (("Range", f"bytes={first}-{last}"),))

    def raw(self, key: str) -> Seen:
        """Read an object's bytes as they came over the wire, no content coding undone."""
        raise NotImplementedError

    def head(self, key: str) -> Seen:
        """The headers of an object."""
        raise NotImplementedError

    def delete(self, key: str) -> Seen:
        """Delete an object."""
        raise NotImplementedError

    def keys(self, prefix: str) -> list[str]:
        """The keys that begin with `prefix`."""
        raise NotImplementedError

    def multipart(self, key: str, parts: list[bytes]) -> Seen:
        """Store an object in parts."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of connections."""

    # Bodies

    def generator(self, *pieces: bytes) -> Any:
        """A generator of the kind the library takes."""
        return (piece for piece in pieces)

    def iterator(self, *pieces: bytes) -> Any:
        """An iterator of the kind the library takes."""
        return Pieces(pieces)


class Pieces:
    """An iterator and nothing more: no length, no `read`, not a generator."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._pieces)


class AsyncPieces:
    """An asynchronous iterator and nothing more."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        for piece in self._pieces:
            return piece
        raise StopAsyncIteration


class OnlyRead:
    """Has `read(n)` and nothing more."""

    def __init__(self, data: bytes) -> None:
        self._file = io.BytesIO(data)

    def read(self, amount: int = -1) -> bytes:
        return self._file.read(amount)


class AsyncClient(Client):
    """A client of coroutines, each run to its end in one event loop of the client's own."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.loop = asyncio.new_event_loop()
        self.run(self.open())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """What the coroutine gives."""
        return self.loop.run_until_complete(work)

    async def open(self) -> None:
        """Make the library's own client."""

    async def shut(self) -> None:
        """Close the library's own client."""

    def close(self) -> None:
        self.run(self.shut())
        self.run(asyncio.sleep(0))
        self.loop.close()

    def generator(self, *pieces: bytes) -> Any:
        async def generate() -> AsyncIterator[bytes]:
            for piece in pieces:
                yield piece

        return generate()

    def iterator(self, *pieces: bytes) -> Any:
        return AsyncPieces(pieces)


def attempt(call: Callable[[], Seen]) -> Seen:
    """What a call gives, or an account of what it raises."""
    try:
        seen = call()
    except Exception as error:  # noqa: BLE001 - what a library raises is what the matrix compares
        return _account(error)
    return replace(seen, body=None if seen.body is None else _OF_THE_PLACE.sub(b"", seen.body))


def _account(error: BaseException) -> Seen:
    chain = list(_chain(error))
    statuses = [value for each in chain for value in (_status(each),) if value]
    codes = [code for each in chain for code in (getattr(each, "code", None),) if isinstance(code, str)]
    return Seen(
        status=next(iter(statuses), None),
        code=next(iter(codes), None),
        errors=tuple(type(each).__name__ for each in chain),
    )


def _status(error: BaseException) -> int | None:
    found = getattr(error, "status", None) or getattr(error, "status_code", None)
    return found if isinstance(found, int) and found > 0 else None


def _chain(error: BaseException) -> Iterator[BaseException]:
    current: BaseException | None = error
    for _ in range(10):
        if current is None:
            return
        yield current
        inside = [part for part in current.args if isinstance(part, BaseException)]
        unwrap = getattr(current, "unwrap", None)
        current = unwrap() if callable(unwrap) else next(iter(inside), None) or current.__cause__
