"""TLS versions and cipher suites that a bucket takes."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.schema import boolean, nested, schema, texts

TLS_VERSIONS = ("TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3")


@schema()
class Tls:
    """Which versions are allowed while `enabled` (docs: PutBucketHttpsConfig)."""

    enabled: bool = boolean("Enable")
    versions: tuple[str, ...] = texts("TLSVersion", choices=TLS_VERSIONS)

    def validate(self) -> None:
        """Refuse a restriction that names no version (the SDKs' tests)."""
        if self.enabled and not self.versions:
            raise errors.MalformedXML(ErrorDetail="TLSVersion is missing.")


@schema()
class CipherSuite:
    """Which cipher suites are allowed; kept and answered, for a fake knows none."""

    enabled: bool = boolean("Enable")
    strong: bool | None = boolean("StrongCipherSuite", default=None)
    custom: tuple[str, ...] = texts("CustomCipherSuite")
    custom_tls13: tuple[str, ...] = texts("TLS13CustomCipherSuite")


@schema("HttpsConfiguration")
class HttpsConfiguration:
    """The TLS configuration of a bucket; it binds the owner's account as well (assumption A254)."""

    tls: Tls = nested("TLS", Tls)
    cipher_suite: CipherSuite | None = nested("CipherSuite", CipherSuite, default=None)

    @property
    def required_versions(self) -> tuple[str, ...]:
        """The versions a request may use, empty where any will do."""
        return self.tls.versions if self.tls.enabled else ()


DEFAULT = HttpsConfiguration(tls=Tls(enabled=False, versions=()))
"""What a bucket answers that has none."""
