"""The Authorization header of V1, V2 and V4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from fakeoss import errors
from fakeoss.edge.signature import times
from fakeoss.edge.signature.additional import flaw_in, names_in
from fakeoss.edge.signature.claim import Claim, Pairs, Scope
from fakeoss.edge.signature.scope import CREDENTIAL, split_credential
from fakeoss.errors import OSSError
from fakeoss.wire.message import Headers

FIELDS_V2 = {"AccessKeyId", "AdditionalHeaders", "Signature"}
FIELDS_V4 = {"Credential", "AdditionalHeaders", "Signature"}
FLAWS_V2 = {"empty": "110", "gap": "111", "absent": "112"}
FLAWS_V4 = {"empty": "209", "gap": "210", "absent": "211"}
"""Ends of the fine-grained codes for a list of additional headers; 210 and 211 are inferred from those of V2."""
UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD"


def claim_of(authorization: str, headers: Headers, query: Pairs, token: str | None) -> Claim:
    """What an Authorization header claims; raises the service's InvalidArgument for a malformed one."""
    scheme, _, rest = authorization.partition(" ")
    rest = rest.strip()
    if scheme == "OSS4-HMAC-SHA256":
        return _v4(authorization, rest, headers, query, token)
    if scheme == "OSS2":
        return _v2(authorization, rest, headers, query, token)
    if scheme == "OSS":
        return _v1(authorization, rest, headers, query, token)
    if scheme.startswith("OSS"):
        raise malformed(authorization, "061", f"{scheme!r} is no signature version: OSS, OSS2, OSS4-HMAC-SHA256 are")
    raise errors.UnsupportedAuthorizationType(ArgumentName="Authorization", ArgumentValue=authorization).because(
        f"{scheme!r} is no signature of OSS (OSS, OSS2, OSS4-HMAC-SHA256); those of S3 clients are not understood"
    )


def malformed(authorization: str, ec: str, why: str) -> OSSError:
    """The refusal of a malformed header; `ec` is the end of the fine-grained code."""
    row = replace(errors.InvalidAuthorizationHeader, ec=f"0002-00000{ec}")
    return row(Authorization=authorization).because(why)


def _v1(authorization: str, rest: str, headers: Headers, query: Pairs, token: str | None) -> Claim:
    access_key_id, colon, provided = rest.rpartition(":")
    if not colon:
        raise malformed(authorization, "062", "there is no ':' between access key id and signature")
    if not access_key_id or not provided:
        raise malformed(authorization, "063", "the access key id or the signature is empty")
    text, signed_at = _moment(headers.get("x-oss-date") or headers.get("date"))
    return Claim("V1", "header", access_key_id, provided, text, query, token, signed_at=signed_at, raw=authorization)


def _v2(authorization: str, rest: str, headers: Headers, query: Pairs, token: str | None) -> Claim:
    fields = _fields(authorization, rest, ":", "1", FIELDS_V2)
    access_key_id = _field(authorization, fields, "AccessKeyId", "105", "106")
    provided = _field(authorization, fields, "Signature", "108", "109")
    further = _additional(authorization, fields, headers, FLAWS_V2)
    text, signed_at = _moment(headers.get("date") or headers.get("x-oss-date"))
    return Claim(
        "V2", "header", access_key_id, provided, text, query, token, further, signed_at=signed_at, raw=authorization
    )


def _v4(authorization: str, rest: str, headers: Headers, query: Pairs, token: str | None) -> Claim:
    front, _, provided = rest.rpartition("Signature=")
    credential = _alone(front) if provided.isalnum() else None
    further: tuple[str, ...] = ()
    if credential is None:
        credential, provided, further = _read_v4(authorization, rest, headers)
    sent = headers.first
    payload = sent.get("x-oss-content-sha256")
    if payload is not None and payload != UNSIGNED_PAYLOAD:
        raise errors.InvalidContentSha256(ArgumentName="x-oss-content-sha256", ArgumentValue=payload).because(
            f"x-oss-content-sha256 is {payload!r}; V4 signs no content, and it must be {UNSIGNED_PAYLOAD}"
        )
    text, signed_at = _moment(sent.get("x-oss-date") or sent.get("date"))
    return Claim(
        "V4",
        "header",
        credential[0],
        provided,
        text,
        query,
        token,
        further,
        credential[1],
        signed_at,
        raw=authorization,
    )


@lru_cache(64)
def _alone(front: str) -> tuple[str, Scope] | None:
    """The credential where nothing but it stands before the signature, as in nearly every header; else None."""
    name, _, value = front.rstrip().partition("=")
    credential, comma, rest = value.partition(",")
    return split_credential(credential.rstrip()) if name == "Credential" and comma and not rest else None


def _read_v4(authorization: str, rest: str, headers: Headers) -> tuple[tuple[str, Scope], str, tuple[str, ...]]:
    """Credential, signature and additional headers, whatever their order; raises the refusal of what is wrong."""
    fields = _fields(authorization, rest, "=", "2", FIELDS_V4)
    credential = split_credential(_field(authorization, fields, "Credential", "205", "206"))
    if credential is None:
        raise errors.InvalidCredential(Authorization=authorization).because(f"the credential must read {CREDENTIAL}")
    provided = _field(authorization, fields, "Signature", "207", "208")
    return credential, provided, _additional(authorization, fields, headers, FLAWS_V4)


def _moment(text: str | None) -> tuple[str, int]:
    if not text:
        raise errors.DateRequired().because("the signed request has neither a Date nor an x-oss-date header")
    seconds = times.seconds_of(text)
    if seconds is None:
        raise replace(errors.DateRequired, ec="0002-00000505")().because(
            f"{text!r} is neither like 'Tue, 20 Dec 2022 08:48:18 GMT' nor like '20221220T084818Z'"
        )
    return text, seconds


def _fields(authorization: str, rest: str, separator: str, family: str, known: set[str]) -> dict[str, str]:
    """The fields of `name<separator>value, ...`; `family` is 1 for V2 and 2 for V4 in the fine-grained codes."""
    parts = [part.strip() for part in rest.split(",")]
    if not 2 <= len(parts) <= 3:
        raise malformed(authorization, f"{family}02", f"two or three fields are needed, here are {len(parts)}")
    fields: dict[str, str] = {}
    for part in parts:
        name, found, value = part.partition(separator)
        if not found:
            raise malformed(authorization, f"{family}03", f"there is no {separator!r} in {part!r}")
        if name not in known or name in fields:
            raise malformed(authorization, f"{family}04", f"{name!r} is unknown or given twice")
        fields[name] = value
    return fields


def _field(authorization: str, fields: dict[str, str], name: str, missing: str, empty: str) -> str:
    value = fields.get(name)
    if not value:
        raise malformed(authorization, missing if value is None else empty, f"{name} is missing or empty")
    return value


def _additional(
    authorization: str, fields: dict[str, str], headers: Headers, codes: Mapping[str, str]
) -> tuple[str, ...]:
    text = fields.get("AdditionalHeaders")
    if text is None:
        return ()
    flaw = flaw_in(text, headers)
    if flaw is not None:
        raise malformed(authorization, codes[flaw.kind], flaw.why)
    return names_in(text)
