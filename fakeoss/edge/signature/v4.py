"""Signature version 4: a canonical request, its hash in the string to sign, and a key for one day and region."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from fakeoss.edge.signature.canonical import escape, escaped_query, octets, resource_path, signed_headers, utf8
from fakeoss.edge.signature.claim import Claim, Scope
from fakeoss.wire.message import Request

ALGORITHM = "OSS4-HMAC-SHA256"
DEFAULT_HEADERS = ("content-type", "content-md5")
"""Headers signed whenever they are sent, besides all that begin with `x-oss-`."""


class KeyCache:
    """Keys derived from (secret, scope), the most recently used `limit` of them; one for each fake.

    Each is handed out as an HMAC that the key is worked into already, to be copied for every text that is signed.
    """

    __slots__ = ("signing_key",)

    def __init__(self, limit: int = 256) -> None:
        """Start empty."""
        self.signing_key = lru_cache(limit)(_begun)


def _begun(secret: str, scope: Scope) -> hmac.HMAC:
    """The HMAC of nothing yet by the derived key."""
    return hmac.new(derive(secret, scope), digestmod="sha256")


def derive(secret: str, scope: Scope) -> bytes:
    """The key that signs one day's requests of one secret to one region and product."""
    key = utf8("aliyun_v4" + secret)
    for part in (scope.date, scope.region, scope.product, "aliyun_v4_request"):
        key = hmac.digest(key, utf8(part), "sha256")
    return key


def canonical_request(claim: Claim, request: Request, bucket: str | None, key: str | None) -> bytes:
    """Verb, encoded path, encoded query, headers, names of the additional headers, hash of the payload."""
    path = escape(resource_path(bucket, key), "/")
    query = escaped_query(claim.query, "x-oss-signature" if claim.place == "query" else "") if claim.query else ""
    headers = signed_headers(request, (*DEFAULT_HEADERS, *claim.additional))
    payload = request.headers.first.get("x-oss-content-sha256") or "UNSIGNED-PAYLOAD"
    return octets(f"{request.method}\n{path}\n{query}\n{headers}\n{';'.join(claim.additional)}\n{payload}")


def string_to_sign(claim: Claim, scope: Scope, canonical: bytes) -> bytes:
    """Algorithm, time, scope, hash of the canonical request."""
    digest = hashlib.sha256(canonical).hexdigest()
    return utf8(f"{ALGORITHM}\n{claim.date}\n{scope.text}\n{digest}")


def signature(signing_key: hmac.HMAC, text: bytes) -> str:
    """Hex of the HMAC-SHA256 of the string to sign; the key stays as it is."""
    signed = signing_key.copy()
    signed.update(text)
    return signed.hexdigest()
