"""Where a request comes from, as policies, access points and TLS rules see it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caller:
    """Where a request comes from and what it says of itself.

    `vpc` is the id of the VPC (`vpc-...`), None on the internet; `tls` the version of the connection
    (`1.2` or `TLSv1.2`), of no account where the request is not `secure`.
    """

    ip: str = "127.0.0.1"
    vpc: str | None = None
    tls: str = "TLSv1.2"
    secure: bool = True
    referer: str | None = None
    user_agent: str | None = None
    mfa: bool = False

    @property
    def tls_number(self) -> str:
        """The bare number of the TLS version, `1.2`."""
        return self.tls.removeprefix("TLSv")
