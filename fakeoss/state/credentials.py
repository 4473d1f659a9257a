"""Access keys as somebody registers them: checked at once, where a mistake can still be seen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fakeoss import errors
from fakeoss.state.accounts import DEFAULT_ROLE, DEFAULT_SESSION, Credential
from fakeoss.state.policy import parse_ram_policy


def checked_credential(
    access_key_id: str,
    secret: str,
    account_id: str,
    *,
    user: str | None = None,
    role: str | None = None,
    security_token: str | None = None,
    expires: datetime | None = None,
    policy: str | Mapping[str, Any] | None = None,
    enabled: bool = True,
) -> Credential:
    """A key of an account, of its RAM user, or a temporary one of a role (`role` or `role/session`).

    Raises ValueError, naming the key, for what no key can be: an account that is no number, a moment without time
    zone, a policy that RAM would refuse, a user with a token, a role without one; TypeError for what is neither
    moment nor policy.
    """
    _require(bool(access_key_id) and bool(secret), access_key_id, "id and secret must not be empty")
    _require(account_id.isascii() and account_id.isdigit(), access_key_id, f"the account {account_id!r} is no number")
    if expires is not None and not isinstance(expires, datetime):
        raise TypeError(f"expires={expires!r}: give a datetime with a time zone")
    _require(expires is None or expires.tzinfo is not None, access_key_id, f"{expires!r} has no time zone")
    _require(user is None or security_token is None, access_key_id, "a security token is a role's, not a user's")
    _require(role is None or security_token is not None, access_key_id, f"the role {role!r} needs a security token")
    name, _, session = (role or DEFAULT_ROLE).partition("/")
    return Credential(
        access_key_id,
        secret,
        account_id,
        user=user,
        policy=None if policy is None else _checked_policy(access_key_id, policy),
        security_token=security_token,
        expires=expires,
        enabled=enabled,
        role=name,
        session=session or DEFAULT_SESSION,
    )


def _require(holds: bool, access_key_id: str, what: str) -> None:
    if not holds:
        raise ValueError(f"access key {access_key_id!r}: {what}")


def _checked_policy(access_key_id: str, policy: str | Mapping[str, Any]) -> str:
    text = json.dumps(policy) if isinstance(policy, Mapping) else policy
    if not isinstance(text, str):
        raise TypeError(f"access key {access_key_id!r}: a policy is a mapping or its JSON, not {policy!r}")
    try:
        parse_ram_policy(text)
    except errors.OSSError as error:
        raise ValueError(f"access key {access_key_id!r}: the policy is refused, {error.why}") from None
    return text
