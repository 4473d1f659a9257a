"""Signature version 2: as version 1, but HMAC-SHA256, every query parameter, and headers named in the signature."""

from __future__ import annotations

import base64
import hmac

from fakeoss.edge.signature.canonical import escape, escaped_query, joined, octets, resource_path, signed_headers, utf8
from fakeoss.edge.signature.claim import Claim
from fakeoss.wire.message import Request


def string_to_sign(claim: Claim, request: Request, bucket: str | None, key: str | None) -> bytes:
    """Verb, Content-MD5, Content-Type, date, headers, names of the additional headers, encoded resource."""
    headers = request.headers
    lines = (request.method, joined(headers, "content-md5"), joined(headers, "content-type"), claim.date)
    head = "\n".join(lines) + "\n" + signed_headers(request, claim.additional)
    return octets(f"{head}{';'.join(claim.additional)}\n{resource(claim, bucket, key)}")


def resource(claim: Claim, bucket: str | None, key: str | None) -> str:
    """The path with every `/` encoded too, and all query parameters but the signature itself."""
    path = escape(resource_path(bucket, key))
    query = escaped_query(claim.query, "x-oss-signature" if claim.place == "query" else "")
    return f"{path}?{query}" if query else path


def signature(secret: str, text: bytes) -> str:
    """Base64 of the HMAC-SHA256 of the string to sign."""
    return base64.b64encode(hmac.digest(utf8(secret), text, "sha256")).decode()
