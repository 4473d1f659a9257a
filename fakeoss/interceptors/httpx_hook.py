"""httpx's requests to the fake, sync and async: the two HTTP transports answer OSS hosts themselves.

So do the pools of httpcore below them, for those who go past the transports: vcrpy calls what it found there when
it was imported.

What h11 would refuse to send is refused here too, by h11 itself; faults become httpx's own exceptions.
Checked with httpx 0.23 to 0.28.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable, Iterator
from typing import Any, NoReturn

import h11
import httpcore
import httpx

from fakeoss import activation
from fakeoss.faults import Refused, Reset, Slow, Timeout
from fakeoss.interceptors.framing import (
    Close,
    Mark,
    before_reply,
    body_outputs,
    framed_headers,
    has_body,
    is_chunked,
)
from fakeoss.interceptors.patch import Patch, PatchingHook
from fakeoss.wire.message import BodyBuilder, Headers, Reply, Request

Handle = Callable[[httpx.HTTPTransport, httpx.Request], httpx.Response]
HandleAsync = Callable[[httpx.AsyncHTTPTransport, httpx.Request], Awaitable[httpx.Response]]
HandleCore = Callable[[httpcore.ConnectionPool, httpcore.Request], httpcore.Response]
HandleCoreAsync = Callable[[httpcore.AsyncConnectionPool, httpcore.Request], Awaitable[httpcore.Response]]


class HttpxHook(PatchingHook):
    """Patches `handle_request` and `handle_async_request` of httpx's transports and of httpcore's pools."""

    def __init__(self) -> None:
        """Not installed yet."""
        super().__init__(
            Patch(httpx.HTTPTransport, "handle_request", _wrap_sync),
            Patch(httpx.AsyncHTTPTransport, "handle_async_request", _wrap_async),
            Patch(httpcore.ConnectionPool, "handle_request", _wrap_pool, is_inspected=True),
            Patch(httpcore.AsyncConnectionPool, "handle_async_request", _wrap_async_pool, is_inspected=True),
        )


def _wrap_sync(handle: Handle) -> Handle:
    def handle_request(transport: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        service = _service(request)
        return handle(transport, request) if service is None else _answer(service, request)

    return handle_request


def _wrap_async(handle: HandleAsync) -> HandleAsync:
    async def handle_async_request(transport: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        service = _service(request)
        return await handle(transport, request) if service is None else await _answer_async(service, request)

    return handle_async_request


def _wrap_pool(handle: HandleCore) -> HandleCore:
    def handle_request(pool: httpcore.ConnectionPool, request: httpcore.Request) -> httpcore.Response:
        sent = _of_core(request)
        service = _service(sent)
        return handle(pool, request) if service is None else _to_core(_answer(service, sent))

    return handle_request


def _wrap_async_pool(handle: HandleCoreAsync) -> HandleCoreAsync:
    async def handle_async_request(pool: httpcore.AsyncConnectionPool, request: httpcore.Request) -> httpcore.Response:
        sent = _of_core(request)
        service = _service(sent)
        return await handle(pool, request) if service is None else _to_core(await _answer_async(service, sent))

    return handle_async_request


def _of_core(request: httpcore.Request) -> httpx.Request:
    """What httpcore was asked, as httpx would have been."""
    scheme, host, port, target = request.url.scheme, request.url.host, request.url.port, request.url.target
    url = httpx.URL(scheme=scheme.decode(), host=host.decode(), port=port, raw_path=target)
    stream: Any = request.stream
    sent = httpx.Request(request.method.decode(), url, headers=request.headers, stream=stream)
    sent.extensions = dict(request.extensions)
    return sent


def _to_core(response: httpx.Response) -> httpcore.Response:
    stream: Any = response.stream
    extensions = response.extensions
    return httpcore.Response(response.status_code, headers=response.headers.raw, content=stream, extensions=extensions)


def _answer(service: activation.Service, request: httpx.Request) -> httpx.Response:
    head, body, stream = _head(request), _Body(request), request.stream
    if isinstance(stream, Iterable):
        for block in stream:
            body.write(block)
    return _answered(service, request, head, body)


async def _answer_async(service: activation.Service, request: httpx.Request) -> httpx.Response:
    head, body, stream = _head(request), _Body(request), request.stream
    if isinstance(stream, AsyncIterable):
        async for block in stream:
            body.write(block)
    return _answered(service, request, head, body)


def _authority(request: httpx.Request) -> str:
    return request.url.netloc.decode("ascii")


def _service(request: httpx.Request) -> activation.Service | None:
    return activation.for_authority(request.url.scheme, _authority(request))


def _head(request: httpx.Request) -> h11.Request:
    """The head as httpx's own HTTP library would send it, or refuse to."""
    try:
        return h11.Request(method=request.method, target=request.url.raw_path, headers=request.headers.raw)
    except h11.LocalProtocolError as error:
        raise httpx.LocalProtocolError(str(error), request=request) from error


class _Body:
    """The request's body as it is read, held against its declared length as h11 does when it sends.

    httpx passes on what h11 raises then, unlike its complaints about the head.
    """

    def __init__(self, request: httpx.Request) -> None:
        declared = request.headers.get("Content-Length")
        chunked = "Transfer-Encoding" in request.headers
        self._left = None if chunked else int(declared or 0)
        self._builder = BodyBuilder()

    def write(self, block: bytes) -> None:
        """Take one block; raises h11.LocalProtocolError where it exceeds the length declared."""
        if self._left is not None:
            self._left -= len(block)
            if self._left < 0:
                raise h11.LocalProtocolError("Too much data for declared Content-Length")
        self._builder.write(block)

    def finish(self) -> tuple[bytes, ...]:
        """The segments; raises h11.LocalProtocolError where some of the length declared is missing."""
        if self._left:
            raise h11.LocalProtocolError("Too little data for declared Content-Length")
        return self._builder.finish()


def _answered(service: activation.Service, sent: httpx.Request, head: h11.Request, body: _Body) -> httpx.Response:
    headers = Headers((name.decode("latin-1"), value.decode("latin-1")) for name, value in head.headers.raw_items())
    request = Request(
        method=sent.method,
        scheme=sent.url.scheme,
        host=headers.get("Host") or _authority(sent),
        target=sent.url.raw_path.decode("latin-1"),
        headers=headers,
        body=body.finish(),
        source="httpx",
    )
    reply = activation.answer(service, request)
    early = before_reply(reply.fault)
    if early is not None:
        _strike(early, sent)
    return httpx.Response(
        reply.status,
        headers=[
            (name.encode("latin-1"), value.encode("latin-1")) for name, value in framed_headers(reply, sent.method)
        ],
        stream=_ReplyStream(reply, sent),
        extensions={"http_version": b"HTTP/1.1", "reason_phrase": reply.reason.encode("ascii")},
    )


class _ReplyStream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The reply's body, broken off where its fault says."""

    def __init__(self, reply: Reply, request: httpx.Request) -> None:
        self._reply = reply
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        limit = (self._request.extensions.get("timeout") or {}).get("read")
        slow: Slow | None = None
        delivered = 0
        for output in body_outputs(self._reply, self._request.method):
            if isinstance(output, Slow):
                slow = output
            elif not isinstance(output, bytes | memoryview):
                self._break_off(output, delivered)
            elif slow is not None and limit is not None and len(output) / slow.bytes_per_second > limit:
                _strike(Timeout(), self._request)
            else:
                delivered += len(output)
                yield bytes(output)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece

    def _break_off(self, mark: Mark, delivered: int) -> None:
        """Raise what the mark stands for, unless the body is whole: then the client has stopped reading."""
        reply = self._reply
        chunked = is_chunked(reply)
        size = int(reply.header("Content-Length") or 0) if reply.is_withheld else reply.size
        if not has_body(reply.status, self._request.method) or (delivered == size and not chunked):
            return
        if isinstance(mark, Close):
            lack = "incomplete chunked read" if chunked else f"received {delivered} bytes, expected {size}"
            text = f"peer closed connection without sending complete message body ({lack})"
            raise httpx.RemoteProtocolError(text, request=self._request)
        _strike(mark, self._request)


def _strike(mark: Mark, request: httpx.Request) -> NoReturn:
    if isinstance(mark, Refused):
        raise httpx.ConnectError("[Errno 111] Connection refused", request=request)
    if isinstance(mark, Reset):
        raise httpx.ReadError("[Errno 104] Connection reset by peer", request=request)
    text = "The read operation timed out" if request.url.scheme == "https" else "timed out"
    raise httpx.ReadTimeout(text, request=request)
