"""The signature of a PostObject form: it covers the base64 policy and nothing else.

Help pages "A V1 signature in a PostObject request", "A V4 signature in a PostObject request", 0002-00000701 to
0002-00000715.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fakeoss import errors
from fakeoss.edge.signature import times, v1, v2, v4
from fakeoss.edge.signature.canonical import utf8
from fakeoss.edge.signature.claim import Claim
from fakeoss.edge.signature.scope import CREDENTIAL, split_credential
from fakeoss.errors import OSSError

Fields = Mapping[str, str]
"""The form's fields before the file, by name in lower case."""

LONGEST = 7 * 24 * 60 * 60
"""Seconds after x-oss-date during which a V4 form may be sent."""

MARKS = (
    "policy",
    "signature",
    "ossaccesskeyid",
    "x-oss-signature",
    "x-oss-signature-version",
    "x-oss-credential",
    "x-oss-access-key-id",
)


def claim_of_form(fields: Fields) -> Claim | None:
    """What a form claims, None for one that carries no part of a signature.

    Raises the service's InvalidArgument where a part is missing or malformed.
    """
    if not any(name in fields for name in MARKS):
        return None
    version = fields.get("x-oss-signature-version")
    if version is None:
        claim = _plain("V1", fields, "OSSAccessKeyId", "Signature")
    elif version == "OSS2":
        claim = _plain("V2", fields, "x-oss-access-key-id", "x-oss-signature")
    elif version == v4.ALGORITHM:
        claim = _v4(fields)
    else:
        row = replace(errors.InvalidSignatureVersion, ec="0002-00000701")
        raise row(ArgumentName="x-oss-signature-version", ArgumentValue=version).because(
            f"the field x-oss-signature-version is {version!r}, neither OSS2 nor {v4.ALGORITHM}"
        )
    _part(fields, "policy", "702", "702")
    return replace(claim, token=fields.get("x-oss-security-token") or None)


def verify_form(claim: Claim, policy: str, secret: str, keys: v4.KeyCache) -> None:
    """Return if `secret` signed the base64 `policy`; else raise SignatureDoesNotMatch."""
    text = utf8(policy)
    if claim.scope is not None:
        signature = v4.signature(keys.signing_key(secret, claim.scope), text)
    else:
        signature = (v1 if claim.version == "V1" else v2).signature(secret, text)
    if signature != claim.provided:
        raise errors.SignatureDoesNotMatchForm(
            OSSAccessKeyId=claim.access_key_id,
            SignatureProvided=claim.provided,
            StringToSign=policy,
            StringToSignBytes=text.hex(" ").upper(),
        ).because(
            f"the form's {claim.version} signature is {claim.provided}; of the policy {policy!r} it is {signature}"
        )


def _plain(version: str, fields: Fields, key_field: str, signature_field: str) -> Claim:
    access_key_id = _part(fields, key_field, "706", "707")
    provided = _part(fields, signature_field, "703", "704")
    return Claim("V1" if version == "V1" else "V2", "form", access_key_id, provided, "")


def _v4(fields: Fields) -> Claim:
    stated = _part(fields, "x-oss-credential", "706", "710")
    provided = _part(fields, "x-oss-signature", "703", "704")
    date = _part(fields, "x-oss-date", "706", "706")
    credential = split_credential(stated)
    if credential is None:
        row = replace(errors.InvalidCredentialInUrl, ec="0002-00000710")
        raise row(ArgumentName="x-oss-credential", ArgumentValue=stated).because(
            f"the field x-oss-credential is {stated!r}; it must read {CREDENTIAL}"
        )
    signed_at = times.seconds_of(date)
    if signed_at is None:
        raise errors.InvalidArgument(ArgumentName="x-oss-date", ArgumentValue=date).because(
            f"the field x-oss-date is {date!r}; it must read like '20221220T084818Z'"
        )
    return Claim(
        "V4",
        "form",
        credential[0],
        provided,
        date,
        scope=credential[1],
        signed_at=signed_at,
        until=signed_at + LONGEST,
        raw=stated,
    )


def _part(fields: Fields, name: str, missing: str, empty: str) -> str:
    value = fields.get(name.lower())
    if not value:
        raise _missing(name, missing if value is None else empty)
    return value


def _missing(name: str, ec: str) -> OSSError:
    row = replace(errors.PostFieldMissing, ec=f"0002-00000{ec}")
    return row(field=name, ArgumentName=name).because(f"the form has no field {name}, or an empty one")
