"""Requests read off a stream of bytes, cut anywhere: httptools with the guards it leaves to its users.

Trailers never become headers, header count and size and the body are limited, and what cannot be served is
an error of the catalogue rather than an exception of the parser's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import httptools

from fakeoss.errors import request as rows
from fakeoss.errors.base import OSSError
from fakeoss.wire.message import Body, BodyBuilder, Headers, Request

BODILESS = frozenset({"GET", "HEAD", "DELETE", "OPTIONS"})
"""Methods answered once their head is read: the service waits for no body they announce (an SDK's own tests send a
Content-Length with a GET and nothing after it)."""

_ABSOLUTE = re.compile(r"(https?)://([^/?#]+)(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a connection takes before it refuses: bytes of a head, header fields, bytes of a body."""

    head: int = 65_536
    headers: int = 1_000
    body: int = 5 << 30
    """The largest object that one request may bring (docs: PutObject)."""


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Arrived:
    """A complete request, with what its reply's framing depends on."""

    request: Request
    version: str
    keep_alive: bool


class Expecting:
    """A head that announces a body and waits for `100 Continue`; `waiting` turns False once the body begins."""

    __slots__ = ("waiting",)

    def __init__(self) -> None:
        self.waiting = True


Event = Arrived | Expecting | OSSError


class RequestReader:
    """One connection's requests, in order. After an `OSSError` nothing more is read."""

    def __init__(self, *, scheme: str, host: str, source: str, limits: Limits) -> None:
        """`scheme` and `host` (an authority) stand in where a request names none."""
        self._scheme = scheme
        self._host = host
        self._source = source
        self._limits = limits
        self._events: list[Event] = []
        self._refusal: OSSError | None = None
        self._parser: httptools.HttpRequestParser | None = self._new_parser()
        self._replaying = False
        self._upgrading = False
        self._heard = False
        self._unheard = 0
        """Bytes since the parser last had something to tell: it keeps an unfinished line to itself."""
        self.on_message_begin()
        self.idle = True

    def on_message_begin(self) -> None:
        """The parser met the first byte of a request line."""
        if self._replaying:
            return
        self.idle = False
        self._in_head = True
        self._head_size = 0
        self._url = b""
        self._pairs: list[tuple[str, str]] = []
        self._expecting: Expecting | None = None
        self._body = BodyBuilder()
        self._body_size = 0
        self._declared = 0
        self._is_answered = False

    @property
    def body_left(self) -> int:
        """Bytes still to come of a body whose length was declared; else 0."""
        return 0 if self.idle or self._is_answered else self._declared - self._body_size

    @property
    def within_body(self) -> bool:
        """Whether a head is read and its body is not, be it of a declared length or in chunks."""
        return not (self.idle or self._in_head or self._is_answered)

    def feed(self, data: memoryview) -> list[Event]:
        """What these bytes complete; pieces of up to 64 KiB keep the limits near their values."""
        self._heard = False
        self._parse(data)
        self._unheard = 0 if self._heard else self._unheard + len(data)
        if self._unheard > self._limits.head:
            self._refuse(rows.InvalidRequest(message="A line of the request is too long."))
        if self._refusal is not None:
            self._events.append(self._refusal)
            self.close()
        events, self._events = self._events, []
        return events

    def give_up(self) -> Arrived:
        """The request as far as it came, whose body is not waited for any longer; nothing is read after it."""
        request = self._request(self._body.finish(), stalled=True)
        self.close()
        return Arrived(request, self._version, keep_alive=False)

    def close(self) -> None:
        """Forget what is half read; the parser holds this reader, so the circle is cut."""
        self._parser = None
        self._body = BodyBuilder()

    def _new_parser(self) -> httptools.HttpRequestParser:
        """One that goes by the chunks where a length is announced beside them (RFC 9112, 6.3).

        ali-oss announces both for a stream that is put with a Content-Length, and its own tests expect that to work.
        """
        parser = httptools.HttpRequestParser(self)
        parser.set_dangerous_leniencies(lenient_chunked_length=True)
        return parser

    def _parse(self, data: memoryview) -> None:
        if self._parser is None:
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            self._decline_upgrade(data[upgrade.args[0] :])
        except httptools.HttpParserInvalidMethodError:
            self._refuse(rows.MethodNotAllowed())
        except httptools.HttpParserCallbackError as error:
            if self._refusal is None:
                raise error.__context__ or error from None
        except httptools.HttpParserError as error:
            self._refuse(rows.InvalidRequest(message=f"The request is not HTTP/1.1: {error}."))

    def _refuse(self, error: OSSError) -> None:
        if self._refusal is None:
            self._refusal = error

    def _decline_upgrade(self, rest: memoryview) -> None:
        """Go on as if no upgrade had been offered: the parser took the body's place for another protocol's.

        Java's HttpClient offers h2c with its first request, whatever its method.
        """
        self._upgrading = False
        self._parser = self._new_parser()
        lines = [f"{name}: {value}" for name, value in self._pairs if name.lower() != "upgrade"]
        head = "\r\n".join([f"PUT / HTTP/{self._version}", *lines, "", ""])
        self._replaying = True
        self._parse(memoryview(head.encode("latin-1")))
        self._parse(rest)

    def on_url(self, url: bytes) -> None:
        """A piece of the request target."""
        if self._replaying:
            return
        self._url += url
        self._count_head(len(url))
        self._stop_if_refused()

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header field, or after the body a trailer, which is counted and dropped."""
        if self._replaying:
            return
        self._count_head(len(name) + len(value))
        if self._in_head:
            self._pairs.append((name.decode("latin-1"), value.strip(b" \t").decode("latin-1")))
            if len(self._pairs) > self._limits.headers:
                self._refuse(rows.InvalidRequest(message="The request has too many headers."))
        self._stop_if_refused()

    def _count_head(self, size: int) -> None:
        self._heard = True
        self._head_size += size
        if self._head_size > self._limits.head:
            self._refuse(rows.InvalidRequest(message="The request's head is too large."))

    def _stop_if_refused(self) -> None:
        if self._refusal is not None:
            raise self._refusal

    def on_headers_complete(self) -> None:
        """The head is whole: everything that can be refused by it is refused now."""
        if self._replaying:
            self._replaying = False
            return
        parser = self._open_parser()
        self._heard = True
        self._in_head = False
        self._head_size = 0
        self._version = parser.get_http_version()
        self._method = parser.get_method().decode("ascii")
        self._headers = Headers(self._pairs)
        self._keep_alive = parser.should_keep_alive() and not self._is_framed_twice()
        self._scheme_now, self._host_now, self._target = self._address()
        self._check_head()
        self._stop_if_refused()
        self._upgrading = parser.should_upgrade()
        if self._version != "1.0" and (self._headers.get("Expect") or "").lower() == "100-continue":
            self._expecting = Expecting()
            self._events.append(self._expecting)
        if self._method in BODILESS and self._announces_body():
            self._is_answered = True
            self._events.append(Arrived(self._request(()), self._version, keep_alive=False))

    def _is_framed_twice(self) -> bool:
        """Whether somebody between the client and here may have read another body: nothing after it is believed."""
        return "Transfer-Encoding" in self._headers and "Content-Length" in self._headers

    def _announces_body(self) -> bool:
        return "Transfer-Encoding" in self._headers or int(self._headers.get("Content-Length") or 0) > 0

    def _open_parser(self) -> httptools.HttpRequestParser:
        if self._parser is None:
            raise RuntimeError("the reader is closed")
        return self._parser

    def _check_head(self) -> None:
        if self._version not in ("1.0", "1.1"):
            self._refuse(rows.InvalidRequest(message=f"HTTP/{self._version} is not supported."))
        hosts = len(self._headers.all("Host"))
        if hosts > 1 or (hosts == 0 and self._version == "1.1"):
            self._refuse(rows.InvalidRequest(message="The request needs exactly one Host header."))
        coding = self._headers.get("Transfer-Encoding")
        if coding is not None and (coding.lower() != "chunked" or len(self._headers.all("Transfer-Encoding")) > 1):
            self._refuse(rows.InvalidRequest(message="The only transfer coding supported is chunked."))
        length = self._headers.get("Content-Length") if coding is None else None
        self._declared = int(length or 0)
        if self._declared > self._limits.body:
            self._refuse(rows.EntityTooLarge())

    def _address(self) -> tuple[str, str, str]:
        """Scheme, authority and origin-form target: an absolute-form target overrules Host (RFC 9112, 3.2.2)."""
        target = self._url.decode("latin-1")
        host = self._headers.get("Host")
        if target.startswith("/"):
            return self._scheme, self._host if host is None else host, target
        absolute = _ABSOLUTE.fullmatch(target)
        if self._method == "CONNECT":
            self._refuse(rows.MethodNotAllowed())
        elif absolute is None:
            self._refuse(rows.InvalidRequest(message="The request target is neither a path nor an http URL."))
        if absolute is None:
            return self._scheme, "", target
        scheme, authority, rest = absolute.groups()
        return scheme.lower(), authority, rest if rest.startswith("/") else f"/{rest}"

    def on_body(self, body: bytes) -> None:
        """A piece of the body, without its chunk framing."""
        self._heard = True
        if self._is_answered:
            return
        if self._expecting is not None:
            self._expecting.waiting = False
        self._body_size += len(body)
        if self._body_size > self._limits.body:
            self._refuse(rows.EntityTooLarge())
            self._stop_if_refused()
        self._body.write(body)

    def on_message_complete(self) -> None:
        """The request is whole, unless the parser ended it early for an upgrade."""
        if self._upgrading or self._is_answered:
            return
        self._heard = True
        if self._expecting is not None:
            self._expecting.waiting = False
        request = self._request(self._body.finish())
        self._body = BodyBuilder()
        self.idle = True
        self._events.append(Arrived(request, self._version, self._keep_alive))

    def _request(self, body: Body, *, stalled: bool = False) -> Request:
        return Request(
            method=self._method,
            scheme=self._scheme_now,
            host=self._host_now,
            target=self._target,
            headers=self._headers,
            body=body,
            source=self._source,
            stalled=stalled,
        )
