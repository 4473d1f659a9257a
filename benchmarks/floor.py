"""The client's own floor: the same client, and a canned answer where the service would be."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.response import HTTPResponse

from fakeoss.wire.message import BLOCK, Reply


@contextmanager
def canned(replies: Mapping[str, Reply]) -> Iterator[None]:
    """Answer every request of `requests` with the reply of its method, made beforehand."""
    send = HTTPAdapter.send

    def answer(self: HTTPAdapter, request: requests.PreparedRequest, **_: Any) -> requests.Response:
        reply = replies[str(request.method)]
        drain(request.body)
        body = io.BytesIO(reply.data())
        raw = HTTPResponse(
            body,
            dict(reply.headers),
            reply.status,
            reason=reply.reason,
            preload_content=False,
            decode_content=False,
            request_method=request.method,
        )
        return self.build_response(request, raw)

    HTTPAdapter.send = answer  # type: ignore[method-assign, assignment] # the floor stands in the network's place
    try:
        yield
    finally:
        HTTPAdapter.send = send  # type: ignore[method-assign] # what was there before


def drain(body: Any) -> None:
    """Read a body to its end, as any transport does: the SDKs count their checksums meanwhile."""
    if hasattr(body, "read"):
        while body.read(BLOCK):
            pass
    elif body is not None and not isinstance(body, bytes | str):
        for _ in body:
            pass
