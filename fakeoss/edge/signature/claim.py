"""What a signed request claims about itself, before anything is believed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fakeoss.values import quickly_made

Version = Literal["V1", "V2", "V4"]
Place = Literal["header", "query", "form"]

Pairs = tuple[tuple[str, str], ...]
"""Query parameters, decoded, in wire order; an empty value stands for `name` and `name=` alike."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Scope:
    """What a V4 signature is bound to: the day (`20231203`), the region (`cn-hangzhou`) and the product (`oss`)."""

    date: str
    region: str
    product: str

    @property
    def text(self) -> str:
        """The scope as it stands in the credential and in the string to sign."""
        return f"{self.date}/{self.region}/{self.product}/aliyun_v4_request"


@quickly_made
@dataclass(frozen=True, slots=True)
class Claim:
    """Which key signed a request, how, when and over what.

    `provided` is the signature as sent, `additional` the further headers it covers (lower case, sorted).
    `date` is the text that stands for the time in the string to sign. `signed_at` and `until` are Unix
    seconds: the time of signing, and the end of a signed URL's life. `raw` is the `Authorization` header or
    the credential as sent, for refusals that quote it.
    """

    version: Version
    place: Place
    access_key_id: str
    provided: str
    date: str
    query: Pairs = ()
    token: str | None = None
    additional: tuple[str, ...] = ()
    scope: Scope | None = None
    signed_at: int | None = None
    until: int | None = None
    raw: str = ""
