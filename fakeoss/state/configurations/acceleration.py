"""Transfer acceleration of a bucket."""

from __future__ import annotations

from fakeoss.schema import boolean, schema


@schema("TransferAccelerationConfiguration")
class TransferAcceleration:
    """Whether the accelerate endpoints serve the bucket (reference 7.5.1); at once, not within 30 minutes."""

    enabled: bool = boolean("Enabled")
