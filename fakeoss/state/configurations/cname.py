"""Custom domains of a bucket: what binds one, the token that proves it is one's own, and its certificate."""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fakeoss import errors
from fakeoss.schema import boolean, nested, schema, text
from fakeoss.state.x509 import Validity, validity

DOMAINS_LIMIT = 100
TOKENS_LIMIT = 1000
"""Domains of a bucket (documentation: limits) and tokens (reference 7.18.1)."""

TOKEN_LIFE = timedelta(hours=12)
"""How long a token is good (reference 7.18.1)."""

RESERVED = ("aliyuncs.com", "aliyun.com", "aliyun-inc.com", "taobaocdn.com", "taobao.com")
"""Domains nobody may bind, with all below them (documentation: 0018-00000401)."""

SHORTEST = 4
LONGEST = 253

_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+{_LABEL}")
_ARMOUR = re.compile(r"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", re.DOTALL)


@schema()
class CertificateConfiguration:
    """A certificate for a domain: by id, or with its keys; or that the one bound shall go (docs: PutCname)."""

    cert_id: str | None = text("CertId", default=None)
    certificate: str | None = text("Certificate", default=None)
    private_key: str | None = text("PrivateKey", default=None)
    previous_cert_id: str | None = text("PreviousCertId", default=None)
    force: bool = boolean("Force", default=False)
    delete: bool = boolean("DeleteCertificate", default=False)


@schema()
class CnameRequest:
    """The domain a request is about."""

    domain: str = text("Domain", missing=errors.InvalidCname)
    certificate: CertificateConfiguration | None = nested(
        "CertificateConfiguration", CertificateConfiguration, default=None
    )
    wildcard: bool | None = boolean("IsWildCard", default=None)


@schema("BucketCnameConfiguration")
class CnameConfiguration:
    """The document of PutCname, CreateCnameToken and DeleteCname (reference 7.18)."""

    cname: CnameRequest = nested("Cname", CnameRequest)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate in use: `source` is `CAS` where it was named by id, `Upload` where its keys were sent.

    `fingerprint` is the SHA-1 of the certificate sent, None of one that was only named; `validity` is what the
    certificate says of it, None for what is none.
    """

    id: str
    source: str
    bound: datetime
    fingerprint: str | None = None
    validity: Validity | None = None

    @classmethod
    def of(cls, asked: CertificateConfiguration, new_id: str, now: datetime) -> Certificate:
        """The certificate a request brings or names; `new_id` is for one that comes without."""
        if asked.certificate is None:
            return cls(asked.cert_id or new_id, "CAS", now)
        content = _content(asked.certificate)
        fingerprint = hashlib.sha1(content, usedforsecurity=False).digest().hex(":").upper()
        return cls(asked.cert_id or new_id, "Upload", now, fingerprint, validity(content))


def _content(pem: str) -> bytes:
    """The certificate itself where the text is PEM, the text where it is not."""
    armoured = _ARMOUR.search(pem)
    try:
        return b64decode("".join(armoured[1].split()), validate=True) if armoured else pem.encode()
    except ValueError:
        return pem.encode()


@dataclass(frozen=True, slots=True)
class BoundDomain:
    """A domain of a bucket, in lower case."""

    domain: str
    bound: datetime
    certificate: Certificate | None = None
    wildcard: bool | None = None


@dataclass(frozen=True, slots=True)
class CnameToken:
    """What has to be put into the domain's TXT record to prove that it is one's own."""

    domain: str
    token: str
    expires: datetime


def is_within(domain: str, names: Iterable[str]) -> bool:
    """Whether a domain, perhaps with `*.` before it, is one of some or below one."""
    bare = domain.removeprefix("*.")
    return any(bare == name or bare.endswith(f".{name}") for name in names)


def checked_domain(given: str) -> str:
    """The domain in lower case, perhaps `*.` before it.

    Raises InvalidArgument naming a bad one, and CnameIsForbidden for those reserved.
    """
    name = given.strip().lower().removesuffix(".")
    domain = name.removeprefix("*.")
    if domain and len(domain) < SHORTEST:
        raise errors.CnameTooShort(ArgumentName="Domain", ArgumentValue=given)
    if len(domain) > LONGEST or not _DOMAIN.fullmatch(domain) or domain.replace(".", "").isdigit():
        raise errors.InvalidCname(ArgumentName="Domain", ArgumentValue=given)
    if is_within(name, RESERVED):
        raise errors.CnameIsForbidden(Cname=name)
    return name
