"""Signed URLs of V1, V2 and V4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fakeoss import errors
from fakeoss.edge.signature import times
from fakeoss.edge.signature.additional import flaw_in, names_in
from fakeoss.edge.signature.claim import Claim, Pairs, Version
from fakeoss.edge.signature.scope import CREDENTIAL, split_credential
from fakeoss.errors import OSSError, Row
from fakeoss.wire.message import Headers

VERSIONS: Mapping[str, Version] = {"OSS2": "V2", "OSS4-HMAC-SHA256": "V4"}
MARKS_V1 = ("OSSAccessKeyId", "Signature", "Expires")
MARKS_LATER = ("x-oss-signature-version", "x-oss-signature", "x-oss-credential", "x-oss-access-key-id")

Names = Mapping[str, str]


def version_of(names: Names) -> Version | None:
    """The version of the signature among the query parameters, None where there is none of it.

    A part of a signature without the rest of it is refused, never taken for an unsigned request.
    """
    old = any(name in names for name in MARKS_V1)
    if not any(name in names for name in MARKS_LATER):
        return "V1" if old else None
    stated = names.get("x-oss-signature-version", "")
    if stated not in VERSIONS:
        raise errors.InvalidSignatureVersion(ArgumentName="x-oss-signature-version", ArgumentValue=stated).because(
            f"x-oss-signature-version is {stated!r}; a signed URL has one of {', '.join(VERSIONS)}"
        )
    if old:
        raise errors.SeveralSignatures().because("the URL carries parameters of two signature versions")
    return VERSIONS[stated]


def claim_of(version: Version, names: Names, query: Pairs, headers: Headers, token_header: str | None) -> Claim:
    """What a signed URL claims; raises the service's refusal where a part is missing or malformed.

    The security token of a signed URL must be in the URL too (help page 0002-00000005).
    """
    token = names.get("x-oss-security-token") or names.get("security-token") or None
    if token is None and token_header is not None:
        raise errors.SecurityTokenNotInQuery().because(
            "the security token is in a header; the URL was signed without it"
        )
    claim = {"V1": _v1, "V2": _v2, "V4": _v4}[version](names)
    further = () if version == "V1" else _additional(names, headers)
    return replace(claim, query=query, token=token, additional=further)


def _v1(names: Names) -> Claim:
    until = _unix_time(names.get("Expires"), "067", "068", "Expires")
    access_key_id = _part(names, "OSSAccessKeyId", "071", "072")
    provided = _part(names, "Signature", "074", "075")
    return Claim("V1", "query", access_key_id, provided, names["Expires"], until=until)


def _v2(names: Names) -> Claim:
    until = _unix_time(names.get("x-oss-expires"), "113", "114", "x-oss-expires")
    access_key_id = _part(names, "x-oss-access-key-id", "115", "116")
    provided = _part(names, "x-oss-signature", "118", "119")
    return Claim("V2", "query", access_key_id, provided, names["x-oss-expires"], until=until)


def _v4(names: Names) -> Claim:
    lifetime = _lifetime(names.get("x-oss-expires"))
    stated = names.get("x-oss-credential", "")
    credential = split_credential(stated)
    if credential is None:
        raise errors.InvalidCredentialInUrl(ArgumentName="x-oss-credential", ArgumentValue=stated).because(
            f"x-oss-credential is {stated!r}; it must read {CREDENTIAL}"
        )
    provided = names.get("x-oss-signature", "")
    if not provided:
        raise _missing_v4("x-oss-signature", "219")
    date = names.get("x-oss-date", "")
    signed_at = times.seconds_of(date)
    if signed_at is None or "," in date:
        raise replace(errors.DateRequired, ec="0002-00000505" if date else errors.DateRequired.ec)().because(
            f"x-oss-date is {date!r}; it must read like '20221220T084818Z'"
        )
    return Claim(
        "V4",
        "query",
        credential[0],
        provided,
        date,
        scope=credential[1],
        signed_at=signed_at,
        until=signed_at + lifetime,
        raw=stated,
    )


def _unix_time(text: str | None, missing: str, empty: str, name: str) -> int:
    if not text:
        raise _incomplete(missing if text is None else empty, name)
    if not _is_number(text):
        raise errors.InvalidExpires().because(f"{name} is {text!r}; it takes whole Unix seconds")
    return int(text)


def _lifetime(text: str | None) -> int:
    if not text:
        raise _missing_v4("x-oss-expires", "215" if text is None else "216")
    if not _is_number(text) or not 1 <= int(text) <= times.LONGEST_V4_URL:
        row = replace(errors.InvalidPresignedExpires, ec="0002-00000232")
        raise row(ArgumentName="x-oss-expires", ArgumentValue=text).because(
            f"x-oss-expires is {text!r}; a V4 URL lives 1 to {times.LONGEST_V4_URL} seconds"
        )
    return int(text)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


def _part(names: Names, name: str, missing: str, empty: str) -> str:
    value = names.get(name)
    if not value:
        raise _incomplete(missing if value is None else empty, name)
    return value


def _incomplete(ec: str, name: str) -> OSSError:
    row: Row = replace(errors.QueryAuthenticationIncomplete, ec=f"0002-00000{ec}")
    return row().because(f"the signed URL has no {name}, or an empty one")


def _missing_v4(name: str, ec: str) -> OSSError:
    row = errors.InvalidPresignedExpires if name == "x-oss-expires" else errors.PresignedSignatureMissing
    return replace(row, ec=f"0002-00000{ec}")(ArgumentName=name).because(
        f"the signed URL has no {name}, or an empty one"
    )


def _additional(names: Names, headers: Headers) -> tuple[str, ...]:
    text = names.get("x-oss-additional-headers")
    if text is None:
        return ()
    flaw = flaw_in(text, headers)
    if flaw is not None:
        row = replace(errors.InvalidAdditionalHeaders, ec=f"0002-00000{'076' if flaw.kind == 'empty' else '077'}")
        raise row(ArgumentName="x-oss-additional-headers", ArgumentValue=text).because(flaw.why)
    return names_in(text)
