"""Default server-side encryption of a bucket."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BucketEncryption:
    """The rule for objects written without encryption headers (reference 7.14, PutBucketEncryption)."""

    algorithm: str
    key_id: str | None = None
    data_algorithm: str | None = None
