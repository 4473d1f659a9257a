"""Whom a request comes from, judged in three steps between which the caller may ask its own questions.

`presented` looks at the request alone, `known` at the access key, `proven` at the signature. The real service
tells of a missing bucket before it tells of a bad key, but after it refuses a malformed or outdated signature.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from fakeoss import errors
from fakeoss.edge.signature import (
    Claim,
    KeyCache,
    Subject,
    claim_of,
    claim_of_form,
    judge_scope,
    judge_time,
    verify,
    verify_form,
)
from fakeoss.state.accounts import ANONYMOUS, Accounts, Credential, Identity
from fakeoss.wire.message import Request


def identify_form(
    fields: Mapping[str, str],
    *,
    accounts: Accounts,
    clocks: Sequence[datetime],
    keys: KeyCache,
    strict_auth: bool = False,
    region: str | None = None,
) -> Identity:
    """Whom a PostObject form comes from; `fields` are those before the file, by name in lower case."""
    claim = claim_of_form(fields)
    if claim is None:
        return ANONYMOUS
    judge_scope(claim, region)
    judge_time(claim, clocks)
    credential = known(claim, accounts, clocks[0], strict_auth)
    if credential is None:
        return accounts.default_identity(claim.access_key_id)
    verify_form(claim, fields["policy"], credential.secret, keys)
    return accounts.identity(credential)


def presented(request: Request, clocks: Sequence[datetime], region: str | None = None) -> Claim | None:
    """What the request claims, None for an anonymous one; judged are its shape, its scope and its time.

    Raises InvalidArgument, InvalidRequest, AccessDenied (of signed URLs: incomplete, expired, not valid yet) and
    RequestTimeTooSkewed.
    """
    claim = claim_of(request)
    if claim is not None:
        judge_scope(claim, region)
        judge_time(claim, clocks)
    return claim


def known(claim: Claim, accounts: Accounts, now: datetime, strict_auth: bool) -> Credential | None:
    """The access key of the claim, or None for one that nobody registered while `strict_auth` is off.

    Raises InvalidAccessKeyId, InvalidSecurityToken, AccessKeyIdAndSecurityTokenNotMatch, SecurityTokenExpired.
    """
    access_key_id = claim.access_key_id
    if not (access_key_id.isascii() and access_key_id.isprintable()):
        row = replace(errors.InvalidAccessKeyId, ec="0002-00000901")
        raise row(OSSAccessKeyId=access_key_id).because("the access key id has characters that no key has")
    credential = accounts.credential(access_key_id)
    if credential is not None:
        _judge_key(claim, credential, accounts, now)
    elif strict_auth:
        raise errors.InvalidAccessKeyId(OSSAccessKeyId=access_key_id).because(
            f"nobody registered the access key {access_key_id!r} and strict_auth is on; "
            f"registered are {', '.join(sorted(accounts.credentials)) or 'none'}"
        )
    return credential


def proven(subject: Subject, credential: Credential | None, accounts: Accounts, keys: KeyCache) -> Identity:
    """The identity behind the claim; raises SignatureDoesNotMatch.

    Without a credential nothing can be judged, and it is the default account's.
    """
    if credential is None:
        return accounts.default_identity(subject.claim.access_key_id)
    verify(subject, credential.secret, keys)
    return accounts.identity(credential)


def _judge_key(claim: Claim, credential: Credential, accounts: Accounts, now: datetime) -> None:
    if not credential.enabled:
        raise errors.AccessKeyDisabled(OSSAccessKeyId=claim.access_key_id).because(
            f"the access key {claim.access_key_id!r} was registered as disabled"
        )
    if credential.security_token is not None and claim.token is None:
        raise errors.InvalidAccessKeyId(OSSAccessKeyId=claim.access_key_id).because(
            "the key is a temporary one and the request carries no security token"
        )
    if claim.token != credential.security_token:
        _refuse_token(claim, accounts)
    if credential.expired(now):
        raise errors.SecurityTokenExpired().because(f"the key was good until {credential.expires}, it is {now}")


def _refuse_token(claim: Claim, accounts: Accounts) -> None:
    holder = accounts.holder(claim.token or "")
    if holder is None:
        raise errors.InvalidSecurityToken().because("nobody registered the security token of the request")
    raise errors.AccessKeyIdAndSecurityTokenNotMatch().because(
        f"the security token is that of {holder.access_key_id!r}, the request was signed by {claim.access_key_id!r}"
    )
