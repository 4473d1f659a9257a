"""The judgement: the signature computed again and compared with the one that was sent."""

from __future__ import annotations

from dataclasses import replace

from fakeoss import errors
from fakeoss.edge.signature import networks
from fakeoss.edge.signature.claim import Claim
from fakeoss.edge.signature.compute import Computed, Subject, compute
from fakeoss.edge.signature.explain import explain
from fakeoss.edge.signature.v4 import KeyCache
from fakeoss.errors import OSSError, Row

ROWS = {"V1": errors.SignatureDoesNotMatch, "V2": errors.SignatureDoesNotMatchV2, "V4": errors.SignatureDoesNotMatchV4}


def verify(subject: Subject, secret: str, keys: KeyCache) -> None:
    """Return if the signature is the one that `secret` gives; else raise SignatureDoesNotMatch.

    The refusal carries what the service shows: OSSAccessKeyId, SignatureProvided, StringToSign,
    StringToSignBytes and, for V4, CanonicalRequest.
    """
    computed = compute(subject, secret, keys)
    if computed.signature != subject.claim.provided:
        raise mismatch(subject, computed).because(explain(subject, computed, secret, keys))


def mismatch(subject: Subject, computed: Computed) -> OSSError:
    """The refusal of a wrong signature, with the strings the service computed it from."""
    text = computed.string_to_sign
    elements = {
        "OSSAccessKeyId": subject.claim.access_key_id,
        "SignatureProvided": subject.claim.provided,
        "StringToSign": text.decode("utf-8", "replace"),
        "StringToSignBytes": text.hex(" ").upper(),
    }
    if computed.canonical_request is not None:
        elements["CanonicalRequest"] = computed.canonical_request.decode("utf-8", "replace")
    return _row_of(subject.claim)(**elements)


def _row_of(claim: Claim) -> Row:
    if claim.version == "V4" and any(name == networks.MASK for name, _ in claim.query):
        return replace(errors.SignatureDoesNotMatchV4, ec="0002-00000225")
    return ROWS[claim.version]
