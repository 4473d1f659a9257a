"""The in-memory transport on its own: what asyncio promises a protocol about a transport."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from fakeoss.faults import Fault, Reset, Timeout
from fakeoss.interceptors.connection import Connection
from fakeoss.interceptors.memory_transport import MemoryTransport
from fakeoss.wire.message import Reply, Request

GET = b"GET / HTTP/1.1\r\nHost: h\r\n\r\n"
BODY = bytes(300_000)


class Recorder(asyncio.Protocol):
    """Notes what it is told."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.ends: list[Exception | None] = []
        self.struck: list[str] = []

    def data_received(self, data: bytes) -> None:
        self.pieces.append(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self.ends.append(exc)

    def read_timeout(self) -> float | None:
        return None

    def time_out(self) -> None:
        self.struck.append("timeout")

    def refuse(self) -> None:
        self.struck.append("refused")


async def turns(count: int = 20) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


def exchange(scenario: Callable[[MemoryTransport, Recorder], Awaitable[None]], fault: Fault | None = None) -> Recorder:
    """Play a scenario against a service that answers everything with 300,000 bytes."""
    recorder = Recorder()

    def handle(request: Request) -> Reply:
        return Reply(200, (), (BODY,), fault)

    async def play() -> None:
        connection = Connection(handle, scheme="http", source="test")
        await scenario(MemoryTransport(asyncio.get_running_loop(), recorder, connection, recorder), recorder)

    asyncio.run(play())
    return recorder


def test_pieces_are_bytes_of_bounded_size() -> None:
    """aiooss2's `read()` gives one piece: over the network it never has 256 KiB at once, so here it must not either."""

    async def scenario(transport: MemoryTransport, recorder: Recorder) -> None:
        transport.writelines([GET[:5], GET[5:]])
        assert recorder.pieces == []
        await turns()

    recorder = exchange(scenario)
    assert {type(piece) for piece in recorder.pieces} == {bytes}
    assert max(map(len, recorder.pieces)) <= 65_536
    assert b"".join(recorder.pieces).endswith(BODY)


def test_nothing_is_delivered_while_reading_is_paused() -> None:
    async def scenario(transport: MemoryTransport, recorder: Recorder) -> None:
        transport.write(GET)
        await turns(4)
        transport.pause_reading()
        assert not transport.is_reading()
        count = len(recorder.pieces)
        await turns()
        assert len(recorder.pieces) == count
        transport.resume_reading()
        transport.resume_reading()
        await turns()

    assert b"".join(exchange(scenario).pieces).endswith(BODY)


def test_closing_stops_delivery_and_is_told_once() -> None:
    async def scenario(transport: MemoryTransport, recorder: Recorder) -> None:
        transport.write(GET)
        transport.close()
        transport.close()
        transport.abort()
        transport.write(GET)
        assert transport.is_closing()
        assert recorder.ends == []
        await turns()

    recorder = exchange(scenario)
    assert recorder.pieces == []
    assert recorder.ends == [None]


def test_a_mark_after_closing_is_not_delivered() -> None:
    async def scenario(transport: MemoryTransport, recorder: Recorder) -> None:
        transport.write(GET)
        await turns(2)
        transport.close()
        await turns()

    recorder = exchange(scenario, Timeout())
    assert (recorder.struck, recorder.ends) == ([], [None])


def test_a_reset_is_told_as_the_operating_system_tells_it() -> None:
    async def scenario(transport: MemoryTransport, recorder: Recorder) -> None:
        transport.write(GET)
        await turns()
        transport.close()
        await turns()

    (end,) = exchange(scenario, Reset(10)).ends
    assert isinstance(end, ConnectionResetError)
    assert end.errno is not None


def test_another_protocol_may_take_over() -> None:
    other = Recorder()

    async def scenario(transport: MemoryTransport, recorder: Recorder) -> None:
        transport.set_protocol(other)
        assert transport.get_protocol() is other
        transport.write(GET)
        await turns()

    assert exchange(scenario).pieces == []
    assert b"".join(other.pieces).endswith(BODY)


def test_what_a_tcp_transport_can_do() -> None:
    async def scenario(transport: MemoryTransport, recorder: Recorder) -> None:
        assert transport.can_write_eof()
        assert transport.get_write_buffer_size() == 0
        assert transport.get_extra_info("peername")[0] == "127.0.0.1"
        assert transport.get_extra_info("sslcontext") is None
        transport.write_eof()
        transport.write(GET)
        await turns()

    assert b"".join(exchange(scenario).pieces).endswith(BODY)


def test_a_transport_may_be_closed_when_its_loop_is_gone() -> None:
    kept: list[MemoryTransport] = []

    async def scenario(transport: MemoryTransport, recorder: Recorder) -> None:
        kept.append(transport)

    recorder = exchange(scenario)
    kept[0].close()
    assert recorder.ends == []
