"""Refusals for want of room, of overwriting where it is forbidden, and about tables of metadata."""

from __future__ import annotations

from fakeoss.errors.base import Row

NoSuchBucketStorageQuotaConfiguration = Row(
    "NoSuchBucketStorageQuotaConfiguration",
    404,
    "The bucket storage quota configuration does not exist.",
    source="SDK tests give the code; wording ours",
)
BucketStorageQuotaExceeded = Row(
    "BucketStorageQuotaExceeded",
    403,
    "The storage quota of the bucket is exceeded.",
    source="code, status and wording ours: no source tells what a full bucket answers",
)
BucketStorageCapacityExceeded = Row(
    "BucketStorageQuotaExceeded",
    403,
    "The storage capacity of the bucket is exceeded.",
    source="code, status and wording ours: no source tells what a full bucket answers",
)
NoSuchBucketOverwriteConfig = Row(
    "NoSuchBucketOverwriteConfig",
    404,
    "The bucket overwrite configuration does not exist.",
    source="SDK tests give code and status; wording ours",
)
InvalidOverwriteConfig = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0015-00000231",
    source="SDK tests",
)
MetadataConfigurationNotFound = Row(
    "MetadataConfigurationNotFound",
    404,
    "The metadata table configuration does not exist.",
    source="SDK tests (Go v2)",
)
MetadataConfigurationAlreadyExists = Row(
    "MetadataConfigurationAlreadyExists",
    409,
    "The metadata table configuration already exists.",
    source="SDK tests (Go v2) give code and message; status ours",
)
