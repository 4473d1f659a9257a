"""The server's side of one HTTP/1.1 connection, without any input or output of its own.

The wire hook, the aiohttp hook and the server give it the bytes a client sent and deliver what it answers.
"""

from __future__ import annotations

from collections.abc import Callable

from fakeoss.clock import now
from fakeoss.errors.base import OSSError
from fakeoss.faults import Slow
from fakeoss.interceptors.framing import Output, frame
from fakeoss.interceptors.request_reader import LIMITS, Arrived, Event, Expecting, Limits, RequestReader
from fakeoss.wire.message import Reply, Request

FEED = 65_536
"""Bytes given to the parser at a time; blocks of a body are no larger, so that segments stay near 1 MiB."""


def refusal(error: OSSError) -> Reply:
    """The service's least answer to what is not a request: its error document without a request id."""
    from email.utils import format_datetime
    from xml.sax.saxutils import escape

    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<Error><Code>{error.code}</Code><Message>{escape(error.message)}</Message></Error>"
    )
    date = format_datetime(now(), usegmt=True)
    headers = (("Server", "AliyunOSS"), ("Date", date), ("Content-Type", "application/xml"))
    return Reply(error.status, (*headers, *error.headers), (body.encode(),))


class Connection:
    """One client's connection: bytes in, outputs out, each complete request answered on the caller's thread."""

    def __init__(
        self,
        handle: Callable[[Request], Reply],
        *,
        scheme: str,
        host: str = "",
        source: str,
        refuse: Callable[[OSSError], Reply] = refusal,
        defect: Callable[[Exception], Reply] | None = None,
        limits: Limits = LIMITS,
    ) -> None:
        """Serve one connection.

        Args:
            handle: answers one request.
            scheme: `http` or `https`, as the client believes.
            host: the authority the client connected to, for requests that name none themselves.
            source: the carrier's name, for `Request.source`.
            refuse: answers what is not a request; the connection ends after it.
            defect: answers where `handle` raised; without it the exception leaves `receive` as it is.
            limits: what is refused for its size.
        """
        self._handle = handle
        self._refuse = refuse
        self._defect = defect
        self._reader = RequestReader(scheme=scheme, host=host, source=source, limits=limits)
        self.closed = False

    @property
    def idle(self) -> bool:
        """Whether nothing is half received."""
        return self._reader.idle

    @property
    def body_left(self) -> int:
        """Bytes still to come of a body whose length was declared; else 0."""
        return self._reader.body_left

    @property
    def within_body(self) -> bool:
        """Whether a body is half received."""
        return self._reader.within_body

    def receive(self, data: bytes | bytearray | memoryview) -> list[Output]:
        """The answers to what `data` completes, in order; nothing once the connection is closed.

        Raises whatever `handle` raises, unless a `defect` callback was given.
        """
        outputs: list[Output] = []
        view = memoryview(data)
        for start in range(0, len(view), FEED):
            if self.closed:
                break
            for event in self._reader.feed(view[start : start + FEED]):
                self._answer(event, outputs)
        return outputs

    def give_up(self) -> list[Output]:
        """The answer to a request whose body does not come to its end; the connection ends with it."""
        outputs: list[Output] = []
        self._answer(self._reader.give_up(), outputs)
        return outputs

    def close(self) -> None:
        """The client is gone: drop what is half received."""
        self.closed = True
        self._reader.close()

    def _answer(self, event: Event, outputs: list[Output]) -> None:
        if self.closed:
            return
        if isinstance(event, Expecting):
            if event.waiting:
                outputs.append(b"HTTP/1.1 100 Continue\r\n\r\n")
        elif isinstance(event, Arrived):
            self._deliver(self._served(event), outputs)
        else:
            reply = self._refuse(event)
            self._deliver(frame(reply, method="GET", version="1.1", keep_alive=False), outputs)

    def _deliver(self, answer: list[Output], outputs: list[Output]) -> None:
        outputs += answer
        if not isinstance(answer[-1], bytes | memoryview | Slow):
            self.close()

    def _served(self, arrived: Arrived) -> list[Output]:
        request, version = arrived.request, arrived.version
        try:
            reply = self._handle(request)
            return frame(reply, method=request.method, version=version, keep_alive=arrived.keep_alive)
        except BaseException as error:
            self.close()
            if self._defect is None or not isinstance(error, Exception):
                raise
            reply = self._defect(error)
            return frame(reply, method=request.method, version=version, keep_alive=False)
