"""The signature that a request should carry, by whichever version it was signed."""

from __future__ import annotations

from dataclasses import dataclass

from fakeoss.edge.signature import v1, v2, v4
from fakeoss.edge.signature.claim import Claim
from fakeoss.values import quickly_made
from fakeoss.wire.message import Request


@quickly_made
@dataclass(frozen=True, slots=True)
class Subject:
    """What a signature covers. `bucket` and `key` are decoded and as addressed, whichever way that was.

    An alias in the bucket's place (of an access point) counts as the bucket; a CNAME stands for its bucket.
    """

    claim: Claim
    request: Request
    bucket: str | None = None
    key: str | None = None


@quickly_made
@dataclass(frozen=True, slots=True)
class Computed:
    """A signature and the strings it came from; only V4 has a canonical request."""

    signature: str
    string_to_sign: bytes
    canonical_request: bytes | None = None


def compute(subject: Subject, secret: str, keys: v4.KeyCache) -> Computed:
    """Sign the request again with `secret`."""
    claim, request, bucket, key = subject.claim, subject.request, subject.bucket, subject.key
    if claim.scope is not None:
        canonical = v4.canonical_request(claim, request, bucket, key)
        text = v4.string_to_sign(claim, claim.scope, canonical)
        return Computed(v4.signature(keys.signing_key(secret, claim.scope), text), text, canonical)
    version = v1 if claim.version == "V1" else v2
    text = version.string_to_sign(claim, request, bucket, key)
    return Computed(version.signature(secret, text), text)
