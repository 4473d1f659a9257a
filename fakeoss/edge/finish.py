"""The last step of every answer: the headers all answers share, and the shape of refusals."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import datetime

from fakeoss import errors
from fakeoss.wire import dates, xml
from fakeoss.wire.message import Reply, Request

BODILESS = frozenset({204, 304})
"""Statuses whose answers never have a body."""

_LENGTHS = frozenset({"Content-Length", "Transfer-Encoding"})
"""Headers by which an operation says itself how long its answer is, as operations spell them."""


def finish(
    reply: Reply, request: Request, now: datetime, request_id: str, further: Iterable[tuple[str, str]] = ()
) -> Reply:
    """The reply with `Server`, `Date`, `Content-Length`, `Connection`, `x-oss-request-id` and `further` headers."""
    common = [("Server", "AliyunOSS"), ("Date", dates.http_date(now))]
    if reply.status != 304 and _LENGTHS.isdisjoint(dict(reply.headers)):
        common.append(("Content-Length", str(reply.size)))
    common += [("Connection", "keep-alive"), ("x-oss-request-id", request_id)]
    body = () if request.method == "HEAD" or reply.status in BODILESS else reply.body
    headers = (*common, *reply.headers, *further, ("x-oss-server-time", "1"))
    return Reply(reply.status, headers, body, reply.fault, reply.is_withheld)


def refusal(error: errors.OSSError, request: Request, request_id: str) -> Reply:
    """The answer for a refusal: an `Error` document, or its base64 in `x-oss-err` for HEAD.

    A 304 carries neither.
    """
    headers = list(error.headers)
    if error.status == 304:
        return Reply(304, tuple(headers))
    document = xml.render("Error", _elements(error, request, request_id))
    headers.append(("Content-Type", "application/xml"))
    if error.ec:
        headers.append(("x-oss-ec", error.ec))
    if request.method == "HEAD":
        headers.append(("x-oss-err", base64.b64encode(document).decode()))
        headers.append(("Content-Length", "0"))
        return Reply(error.status, tuple(headers))
    return Reply(error.status, tuple(headers), (document,))


def _elements(error: errors.OSSError, request: Request, request_id: str) -> list[xml.Element]:
    elements: list[xml.Element] = [
        ("Code", error.code),
        ("Message", error.message),
        ("RequestId", request_id),
        ("HostId", request.host.partition(":")[0]),
    ]
    if error.detail:
        elements.append(("AccessDeniedDetail", error.detail))
    elements += error.elements.items()
    if error.ec:
        elements.append(("EC", error.ec))
        elements.append(("RecommendDoc", f"https://api.aliyun.com/troubleshoot?q={error.ec}"))
    return elements
