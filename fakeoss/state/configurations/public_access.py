"""Block Public Access: of an account, a bucket or an access point."""

from __future__ import annotations

from fakeoss.schema import boolean, schema

OF_ACCOUNT = "public access block"
"""The name under which an account's setting is kept among its values."""


@schema("PublicAccessBlockConfiguration")
class PublicAccessBlock:
    """Whether public ACLs and public policies count (docs: Block public access)."""

    enabled: bool = boolean("BlockPublicAccess", default=False)
