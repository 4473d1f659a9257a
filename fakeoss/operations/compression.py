"""gzip on request: text objects of 1 KB and more, for clients that accept it (reference 8.1.2)."""

from __future__ import annotations

import gzip
from collections.abc import Mapping

from fakeoss.operations.object_headers import Pairs, without
from fakeoss.state.payload import Payload
from fakeoss.wire.message import Reply

SMALLEST = 1024
"""Bytes from which an object is worth compressing."""

TYPES = frozenset(
    {
        "text/cache-manifest",
        "text/xml",
        "text/plain",
        "text/css",
        "application/javascript",
        "application/x-javascript",
        "application/rss+xml",
        "application/json",
        "text/json",
    }
)


def is_due(headers: Mapping[str, str], pairs: Pairs, size: int) -> bool:
    """Whether the whole object shall go out compressed; an encoding of its own is left alone."""
    if size < SMALLEST or not _accepts_gzip(headers.get("accept-encoding", "")):
        return False
    found = {name.lower(): value for name, value in pairs}
    return "content-encoding" not in found and found.get("content-type", "").partition(";")[0].strip() in TYPES


def _accepts_gzip(accepted: str) -> bool:
    """Whether a list such as `deflate, gzip;q=0.5` names gzip, and not with `q=0`."""
    if "gzip" not in accepted.lower():
        return False
    for item in accepted.lower().replace(" ", "").split(","):
        coding, _, weight = item.partition(";q=")
        if coding == "gzip":
            return not weight or weight.strip("0.") != ""
    return False


def compressed(pairs: Pairs, payload: Payload) -> Reply:
    """The answer in gzip: chunked, without length, ETag or MD5, since none of them fits what is sent."""
    kept = without(pairs, "ETag", "Content-MD5")
    headers = (*kept, ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"), ("Vary", "Accept-Encoding"))
    return Reply(200, headers, (gzip.compress(payload.data(), mtime=0),))
