"""Real-time access to archived objects of a bucket."""

from __future__ import annotations

from fakeoss.schema import boolean, schema


@schema("ArchiveDirectReadConfiguration")
class ArchiveDirectRead:
    """Whether objects of class Archive are read without being restored first.

    Documentation: PutBucketArchiveDirectRead. Colder classes are never read so.
    """

    enabled: bool = boolean("Enabled")
