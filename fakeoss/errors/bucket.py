"""Refusals about buckets and their listings."""

from __future__ import annotations

from fakeoss.errors.base import Row

NoSuchBucket = Row(
    "NoSuchBucket",
    404,
    "The specified bucket does not exist.",
    "0015-00000101",
    source="reference 2022; docs: HTTP 404; SDK tests",
)
InvalidBucketName = Row(
    "InvalidBucketName", 400, "The specified bucket is not valid.", source="reference 2022; docs: HTTP 400"
)
BucketAlreadyExists = Row(
    "BucketAlreadyExists",
    409,
    "The requested bucket name is not available. The bucket namespace is shared by all users of the "
    "system. Please select a different name and try again.",
    "0015-00000104",
    source="reference 2022; docs: HTTP 409; SDK tests",
)
BucketAlreadyExistsInRegion = Row(
    "BucketAlreadyExists", 409, "Bucket already exists can't modify location", source="docs: HTTP 409"
)
BucketAlreadyExistsWithStorageClass = Row(
    "BucketAlreadyExists", 409, "Bucket already exists can't modify storage type", source="docs: HTTP 409"
)
BucketAlreadyExistsWithRedundancy = Row(
    "BucketAlreadyExists", 409, "Bucket already exists can't modify data redundancy type", source="docs: HTTP 409"
)
BucketAlreadyExistsWithNamespace = Row(
    "BucketAlreadyExists",
    409,
    "Bucket already exists can't modify hierarchical namespace status",
    source="reference 2022; wording ours",
)
BucketNotEmpty = Row(
    "BucketNotEmpty", 409, "The bucket has objects. Please delete them first.", "0015-00000301", source="SDK tests"
)
BucketNotEmptyOfParts = Row(
    "BucketNotEmpty", 409, "The bucket you tried to delete is not empty.", source="reference 2022; docs: HTTP 409"
)
BucketNotEmptyOfAccessPoints = Row(
    "BucketNotEmpty",
    409,
    "The bucket has access points. Please delete them first.",
    source="docs: Delete buckets, prerequisites; code and wording ours",
)
TooManyBuckets = Row(
    "TooManyBuckets",
    400,
    "You have attempted to create more buckets than allowed.",
    source="reference 2022; docs: HTTP 400",
)
ResourceGroupIdPreCheckError = Row(
    "ResourceGroupIdPreCheckError",
    400,
    "The resource group id precheck error",
    "0039-00000003",
    source="reference 2022; SDK tests",
)
InvalidBucketAcl = Row(
    "InvalidArgument", 400, "no such bucket access control exists", source="reference 2022; SDK tests"
)
InvalidBucketStorageClass = Row("InvalidArgument", 400, "No such bucket storage class exists.", source="docs: HTTP 400")
InvalidLocationConstraint = Row(
    "InvalidLocationConstraint",
    400,
    "The specified location-constraint is not valid.",
    source="PutBucket of references before 2022; Java SDK tests",
)
InvalidHostPutBucket = Row(
    "InvalidHostPutBucket",
    400,
    "Your host is invalid. Please put bucket use Open Storage Service standard host.",
    source="docs: HTTP 400",
)
NoSuchRegion = Row("NoSuchRegion", 404, "NoSuchRegion", source="reference 2022; docs: HTTP 404")
InvalidMaxKeys = Row(
    "InvalidArgument",
    400,
    "Argument max-keys must be an integer between 1 and 1000.",
    "0015-00000402",
    source="reference 2022; docs: 0015-00000402; wording ours",
)
InvalidVersionIdMarker = Row(
    "InvalidArgument",
    400,
    "The version-id-marker is not a version id.",
    "0012-00000105",
    source="docs: 0012-00000105; wording ours; pairing inferred",
)
VersionIdMarkerAlone = Row(
    "InvalidArgument",
    400,
    "A version-id-marker needs a key-marker.",
    "0012-00000106",
    source="docs: 0012-00000106; wording ours; pairing inferred",
)
InvalidMaxKeysOfVersions = Row(
    "InvalidArgument",
    400,
    "Argument max-keys must be an integer between 1 and 1000.",
    "0012-00000102",
    source="reference 2022; docs: 0012-00000102; wording ours",
)
InvalidMaxKeysOfBuckets = Row(
    "InvalidArgument",
    400,
    "Argument max-keys must be an integer between 1 and 1000.",
    source="docs: max-keys of ListBuckets; wording ours",
)
InvalidContinuationToken = Row(
    "InvalidArgument",
    400,
    "The continuation token provided is incorrect.",
    source="docs: continuation-token of ListObjectsV2; SDK tests; wording ours",
)
ListingParameterTooLong = Row(
    "InvalidArgument", 400, "The prefix, marker or delimiter is too long.", source="reference 2022; wording ours"
)
