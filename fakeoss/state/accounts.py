"""Accounts, their access keys, and who a request turns out to come from.

All values are frozen; a registry with a further key is a new registry, so that a snapshot is a reference.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from fakeoss.values import quickly_made

Kind = Literal["root", "ram-user", "sts", "anonymous"]
"""An account itself, a RAM user of it, somebody in a role of it with a temporary token, or nobody known."""

UID_LENGTHS = range(10, 21)
"""Digits of an account's id."""

DEFAULT_ROLE = "fakeoss"
DEFAULT_SESSION = "session"


@dataclass(frozen=True, slots=True)
class Account:
    """One Alibaba Cloud account. `id` is its 16-digit UID; the owner's display name is the UID unless given."""

    id: str
    display_name: str = ""

    @property
    def name(self) -> str:
        """What answers show as `Owner/DisplayName`."""
        return self.display_name or self.id


@dataclass(frozen=True, slots=True)
class Credential:
    """One access key and whose it is.

    With a `security_token` it is a temporary one of a role (`role`, `session`) and `policy` is the session policy
    that narrows it; without one, a `user` or a `policy` makes it a RAM user's; with neither it is the account's
    own. `policy` is a RAM policy document in JSON, `expires` an aware moment from which the key is refused.
    """

    access_key_id: str
    secret: str = field(repr=False)
    account_id: str
    user: str | None = None
    policy: str | None = None
    security_token: str | None = field(default=None, repr=False)
    expires: datetime | None = None
    enabled: bool = True
    role: str = DEFAULT_ROLE
    session: str = DEFAULT_SESSION

    @property
    def kind(self) -> Kind:
        """Whom a request signed with this key comes from."""
        if self.security_token is not None:
            return "sts"
        return "root" if self.user is None and self.policy is None else "ram-user"

    def expired(self, now: datetime) -> bool:
        """Whether the key's life is over at `now`."""
        return self.expires is not None and now >= self.expires


@quickly_made
@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a request comes from, as permissions see it.

    `name` is the RAM user's name, or `role/session`. A RAM user may do what `policies` allow; a temporary
    key may do what its role may, narrowed by `session_policy` if there is one. `verified` is False where
    nobody registered the key, so that its signature could not be judged.
    """

    kind: Kind
    account_id: str = ""
    access_key_id: str = ""
    name: str = ""
    policies: tuple[str, ...] = ()
    session_policy: str | None = None
    verified: bool = True

    @property
    def is_anonymous(self) -> bool:
        """Whether the request was not signed at all."""
        return self.kind == "anonymous"

    @property
    def is_root(self) -> bool:
        """Whether it is the account itself, whom no RAM policy limits."""
        return self.kind == "root"

    @property
    def user_id(self) -> str:
        """The UID by which a bucket policy names it: an account's own or a RAM user's; else an empty string."""
        if self.kind == "root":
            return self.account_id
        return user_id(self.account_id, self.name) if self.kind == "ram-user" else ""

    @property
    def arn(self) -> str:
        """Its resource name, as RAM spells it; an empty string for the anonymous."""
        if self.kind == "anonymous":
            return ""
        if self.kind == "sts":
            return f"acs:sts::{self.account_id}:assumed-role/{self.name}"
        return f"acs:ram::{self.account_id}:" + ("root" if self.kind == "root" else f"user/{self.name}")

    @property
    def principals(self) -> tuple[str, ...]:
        """Every spelling by which the `Principal` of a policy may name it, besides `*`.

        Bucket policies name accounts and RAM users by UID and assumed roles as `arn:sts::...`, RAM documents by
        `acs:` names; all are understood.
        """
        if self.kind == "anonymous":
            return ()
        names = (self.arn, "arn:" + self.arn.removeprefix("acs:"))
        return names if self.kind == "sts" else (self.user_id, *names)


ANONYMOUS = Identity("anonymous")


def user_id(account_id: str, user: str) -> str:
    """The UID of a RAM user: 18 digits that depend on nothing but account and name."""
    digest = hashlib.blake2b(f"{account_id}/{user}".encode(), digest_size=8).digest()
    return str(2 * 10**17 + int.from_bytes(digest, "big") % 10**17)


def account_of(name: str) -> Account:
    """The account that a UID or a name of one's own stands for.

    A name stands for 16 digits that depend on nothing but it, and is what answers show of the owner. Raises ValueError
    for digits that are too few or too many for a UID; those of old accounts are shorter than 16.
    """
    if name.isascii() and name.isdigit():
        if len(name) not in UID_LENGTHS:
            raise ValueError(f"account={name!r}: an account's id has 16 digits, or give a name that stands for some")
        return Account(name)
    digest = hashlib.blake2b(name.encode(), digest_size=8).digest()
    return Account(str(10**15 + int.from_bytes(digest, "big") % (9 * 10**15)), name)


@dataclass(frozen=True, slots=True)
class Accounts:
    """The registry of accounts and access keys of one fake; `default` is whom unregistered keys count as."""

    default: Account
    accounts: Mapping[str, Account] = field(default_factory=dict)
    credentials: Mapping[str, Credential] = field(default_factory=dict)
    identities: Mapping[str, Identity] = field(default_factory=dict)

    @classmethod
    def of(cls, default: Account, *credentials: Credential) -> Accounts:
        """A registry of one account and keys of it."""
        registry = cls(default, MappingProxyType({default.id: default}))
        for credential in credentials:
            registry = registry.with_credential(credential)
        return registry

    def account(self, account_id: str) -> Account | None:
        """The account with this UID, or None."""
        return self.accounts.get(account_id)

    def display_name(self, account_id: str) -> str:
        """What answers show beside an owner's UID; the UID itself for an account nobody registered."""
        account = self.accounts.get(account_id)
        return account_id if account is None else account.name

    def credential(self, access_key_id: str) -> Credential | None:
        """The key with this id, or None."""
        return self.credentials.get(access_key_id)

    def holder(self, security_token: str) -> Credential | None:
        """The temporary key to which a token belongs, or None."""
        return next((held for held in self.credentials.values() if held.security_token == security_token), None)

    def with_account(self, account: Account) -> Accounts:
        """This registry with an account added, or changed if its UID is known."""
        return replace(self, accounts=MappingProxyType({**self.accounts, account.id: account}))

    def with_credential(self, credential: Credential) -> Accounts:
        """This registry with a key added or replaced; ValueError where its account is unknown."""
        if credential.account_id not in self.accounts:
            raise ValueError(f"no account {credential.account_id!r} to which {credential.access_key_id!r} could belong")
        added = {**self.credentials, credential.access_key_id: credential}
        known = {**self.identities, credential.access_key_id: _identity_of(credential)}
        return replace(self, credentials=MappingProxyType(added), identities=MappingProxyType(known))

    def identity(self, credential: Credential) -> Identity:
        """Whom a request signed with this registered key comes from."""
        return self.identities[credential.access_key_id]

    def default_identity(self, access_key_id: str = "") -> Identity:
        """Whom a key counts as that nobody registered: the default account, unverified."""
        return Identity("root", self.default.id, access_key_id, verified=False)


def _identity_of(credential: Credential) -> Identity:
    kind, policies = credential.kind, () if credential.policy is None else (credential.policy,)
    known = Identity(kind, credential.account_id, credential.access_key_id)
    if kind == "sts":
        return replace(known, name=f"{credential.role}/{credential.session}", session_policy=credential.policy)
    if kind == "ram-user":
        return replace(known, name=credential.user or credential.access_key_id, policies=policies)
    return known
