"""Where a request carries its signature: nowhere, in the Authorization header or in the URL."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.edge.signature import header, url
from fakeoss.edge.signature.canonical import query_pairs
from fakeoss.edge.signature.claim import Claim
from fakeoss.wire.message import Request

TOKEN_HEADERS = ("x-oss-security-token", "security-token")
"""Both spellings that SDKs use; with V1 the second one is not signed."""


def claim_of(request: Request) -> Claim | None:
    """What the request claims, or None for an anonymous one.

    Raises InvalidArgument, AccessDenied or InvalidRequest where the signature's parts are missing, malformed or
    given twice (help pages 0002-00000002 to 0002-00000236). Nothing is looked up and no signature computed.
    """
    authorization = request.headers.first.get("authorization")
    query = query_pairs(request.target)
    names = dict(reversed(query)) if query else {}
    version = url.version_of(names) if names else None
    if authorization is None:
        return None if version is None else url.claim_of(version, names, query, request.headers, _token(request))
    if version is not None:
        raise errors.SeveralSignatures(Authorization=authorization).because(
            "the request has an Authorization header and a signed URL: one of them must go"
        )
    return header.claim_of(authorization, request.headers, query, _token(request))


def _token(request: Request) -> str | None:
    headers = request.headers.first
    for name in TOKEN_HEADERS:
        if token := headers.get(name):
            return token
    return None
