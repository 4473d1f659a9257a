"""PutBucketArchiveDirectRead and GetBucketArchiveDirectRead."""

from __future__ import annotations

from fakeoss.operations.configuring import reading, setting
from fakeoss.state.configurations.archive_direct_read import ArchiveDirectRead

PUT_BUCKET_ARCHIVE_DIRECT_READ = setting("PutBucketArchiveDirectRead", ArchiveDirectRead)
GET_BUCKET_ARCHIVE_DIRECT_READ = reading(
    "GetBucketArchiveDirectRead", ArchiveDirectRead, default=lambda _: ArchiveDirectRead(enabled=False)
)
