"""`requests` carried by the `responses` library: one rule answers every OSS host, everything else goes its way.

Replies with a wire fault, or in chunks, and requests whose body is not as long as they say go down to the wire hook
instead, so that the client's own machinery reads them and meets its own errors. The bridge lets OSS hosts through
any other `RequestsMock` that is active at the same time, the user's own or moto's, but for a rule that the user
wrote for just that method and URL.

Works with `responses` 0.24 and later: earlier ones cannot be told what stands behind them (`real_adapter_send`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import responses
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as RequestsConnectionError
from requests.utils import rewind_body
from urllib3 import HTTPResponse
from urllib3.exceptions import ProtocolError

from fakeoss import activation
from fakeoss.interceptors import framing, handover
from fakeoss.interceptors.patch import Function, Patch, PatchingHook
from fakeoss.interceptors.requests_body import read_body
from fakeoss.interceptors.requests_message import Place, neutral, place_of, response_of
from fakeoss.wire.message import Body, Reply, Request

Send = Callable[..., Response]

_on_request = responses.RequestsMock._on_request
"""The library's own, without our bridge or anybody else's in front of it."""


class _NoCalls(responses.CallList):
    """Remembers nothing: the library's own list keeps every request with its body."""

    def add(self, request: PreparedRequest, response: Any) -> None:
        """Forget it."""

    def add_call(self, call: responses.Call) -> None:
        """Forget it."""


class _Below(Exception):  # noqa: N818 - no error, a way down
    """The request has to go down to the wire, to be answered there by `reply` if there is one already."""

    def __init__(self, body: Body, reply: Reply | None) -> None:
        super().__init__("to be sent below")
        self.body = body
        self.reply = reply


class _Rule(responses.BaseResponse):
    """Answers through the service that is active; the carrier asks it about the fake's own authorities only."""

    def __init__(self) -> None:
        super().__init__("ANY", "http://any/")
        self._calls = _NoCalls()

    def get_response(self, request: PreparedRequest) -> HTTPResponse:
        """The fake's answer; `_Below` where the wire has to give it."""
        place = place_of(request)
        return self.answer(request, place, activation.for_authority(place.scheme, place.authority))

    def answer(self, request: PreparedRequest, place: Place, service: activation.Service | None) -> HTTPResponse:
        """The same where it is known whom the request goes to; reading its body may have ended that fake."""
        body = _whole_body(request)
        if service is None or activation.top() is not service:
            raise _Below(body, None)
        outgoing = neutral(request, place, body)
        if not _is_framed(outgoing):
            raise _Below(body, None)
        reply = activation.answer(service, outgoing)
        if reply.fault is not None or reply.is_withheld or framing.is_chunked(reply):
            raise _Below(body, reply)
        return response_of(reply, outgoing)


def _is_framed(request: Request) -> bool:
    """Whether the headers tell where the body ends; else it takes a wire to see what comes of it."""
    headers = request.headers.first
    declared = headers.get("content-length")
    return declared is None or (declared == str(request.size) and "transfer-encoding" not in headers)


def _whole_body(request: PreparedRequest) -> Body:
    try:
        return read_body(request.body)
    except OSError as error:  # what urllib3 and requests make of an error while they send
        raise RequestsConnectionError(ProtocolError("Connection aborted.", error), request=request) from error


class Carrier(responses.RequestsMock):
    """A `RequestsMock` with one rule, no memory, and the network behind it."""

    def __init__(self, real_send: Send) -> None:
        """`real_send` is `HTTPAdapter.send` as it was before us: other mocks may stand behind it."""
        super().__init__(assert_all_requests_are_fired=False, passthru_prefixes=("",), real_adapter_send=real_send)
        self._send_on = real_send
        self._calls = _NoCalls()
        self._rule = _Rule()
        self.add(self._rule)

    def _find_match(self, request: PreparedRequest) -> tuple[responses.BaseResponse, list[str]]:
        """The one rule: requests that are not for it never come here."""
        return self._rule, []

    def _parse_request_params(self, url: str) -> dict[str, Any]:
        """Nothing matches by parameters, so they are not parsed."""
        return {}

    def _read_filelike_body(self, body: Any) -> Any:
        """Leave the body alone: the rule reads it in blocks, and other hosts' bodies are none of our business."""
        return body

    def _on_request(
        self, adapter: HTTPAdapter, request: PreparedRequest, *, retries: Any = None, **kwargs: Any
    ) -> Response:
        place = place_of(request)
        service = activation.for_authority(place.scheme, place.authority)
        if service is None or handover.is_offering():
            return self._send_on(adapter, request, **kwargs)
        if retries is None:
            adapter.add_headers(request, **kwargs)  # adapters of the user's own may have something to add
        elif isinstance(getattr(request, "_body_position", None), int):
            rewind_body(request)
        try:
            if retries is None and _tries_once(adapter):  # the library does the same, and looks for more to do
                return adapter.build_response(request, self._rule.answer(request, place, service))
            return _on_request(self, adapter, request, retries=retries, **kwargs)
        except _Below as below:
            descent = below
        return self._send_below(adapter, request, descent, kwargs)

    def _send_below(
        self, adapter: HTTPAdapter, request: PreparedRequest, below: _Below, kwargs: dict[str, Any]
    ) -> Response:
        """Send the request, its body in hand, by whatever was there before us."""
        original = request.body
        if original is not None:
            request.body = b"".join(below.body)
        try:
            with handover.offering(below.reply):
                return self._send_on(adapter, request, **kwargs)
        finally:
            request.body = original


def _tries_once(adapter: HTTPAdapter) -> bool:
    """Whether no status makes the adapter send a request again, as with nearly every one."""
    retries = adapter.max_retries
    return not (retries.total or retries.status_forcelist)


class RequestsHook(PatchingHook):
    """Serves `requests`, and OSS hosts under anybody's `responses` mock."""

    def __init__(self) -> None:
        """Prepare the patches."""
        self._carrier = Carrier(HTTPAdapter.send)
        super().__init__(
            Patch(HTTPAdapter, "send", self._carrying),
            Patch(responses.RequestsMock, "_on_request", self._bridging),
        )

    def _carrying(self, send: Function) -> Function:
        self._carrier = Carrier(send)
        carried: Function = self._carrier.unbound_on_send()
        return carried

    def _bridging(self, on_request: Function) -> Function:
        def bridged(mock: responses.RequestsMock, adapter: HTTPAdapter, request: PreparedRequest, **kwargs: Any) -> Any:
            if not _passes(mock, request):
                return on_request(mock, adapter, request, **kwargs)
            if handover.is_offering():
                send_on: Send = mock._real_send
                return send_on(adapter, request, **kwargs)
            return self._carrier._on_request(adapter, request, **kwargs)

        return bridged


def _passes(mock: responses.RequestsMock, request: PreparedRequest) -> bool:
    """Whether the request is the fake's, and `mock` has no rule of the user's for just this method and URL."""
    place = place_of(request)
    if activation.for_authority(place.scheme, place.authority) is None:
        return False
    url = str(request.url)
    return not any(rule.method == request.method and rule._url_matches(rule.url, url) for rule in mock.registered())
