"""Refusals by retention: bucket policies (WORM), object retention, versioning beside them."""

from __future__ import annotations

from fakeoss.errors.base import Row

NoSuchWORMConfiguration = Row(
    "NoSuchWORMConfiguration",
    404,
    "The WORM Configuration does not exist.",
    "0027-00000009",
    source="docs: HTTP 404; docs: 0027-00000009; oss2 exceptions",
)
NoSuchWORMId = Row("NoSuchWORMConfiguration", 404, "The specified WORM ID does not exist.", source="docs: HTTP 404")
WORMConfigurationLocked = Row(
    "WORMConfigurationLocked", 403, "The WORM Configuration is locked.", source="docs: HTTP 403; oss2 exceptions"
)
InvalidWORMConfiguration = Row(
    "InvalidWORMConfiguration",
    400,
    "Invalid WORM Configuration.",
    "0027-00000002",
    source="docs: HTTP 400; docs: 0027-00000002, 0027-00000005; oss2 tests",
)
MissingRetentionPeriod = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0027-00000004",
    source="docs: 0027-00000004; pairing inferred",
)
RetentionWithVersioning = Row(
    "InvalidRequest",
    400,
    "A retention policy can not be created on a bucket whose versioning is suspended.",
    "0027-00000003",
    source="docs: 0027-00000003; wording ours; pairing inferred",
)
VersioningWithRetention = Row(
    "InvalidRequest",
    400,
    "Versioning can not be suspended on a bucket with a retention policy.",
    "0012-00000006",
    source="docs: 0012-00000006; wording ours; pairing inferred",
)
VersioningStatusMissing = Row(
    "InvalidArgument", 400, "The Versioning element must be specified.", source="docs: HTTP 400"
)
EmptyVersioningStatus = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0012-00000003",
    source="oss2 tests; docs: 0012-00000003",
)
InvalidVersioningStatus = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0012-00000004",
    source="SDK tests; docs: 0012-00000004; the reference says InvalidArgument",
)
ObjectWormRequired = Row(
    "InvalidRequest",
    400,
    "Object retention is not enabled for this bucket.",
    source="docs: PutObjectRetention; wording ours",
)
NoSuchObjectWormConfiguration = Row(
    "NoSuchObjectWormConfiguration",
    404,
    "Object retention is not enabled for this bucket.",
    source="docs: GetBucketObjectWormConfiguration: HTTP 404; code and wording ours",
)
ObjectRetentionWithoutVersioning = Row(
    "InvalidRequest",
    400,
    "Object retention can only be enabled for a bucket whose versioning is enabled.",
    source="docs: PutBucketObjectWormConfiguration; pairing inferred; wording ours",
)
ObjectRetentionBesideBucketRetention = Row(
    "InvalidRequest",
    400,
    "Object retention can not be enabled for a bucket with a retention policy.",
    source="docs: PutBucketObjectWormConfiguration; pairing inferred; wording ours",
)
BucketRetentionBesideObjectRetention = Row(
    "InvalidRequest",
    400,
    "A retention policy can not be created on a bucket with object retention.",
    source="docs: InitiateBucketWorm; pairing inferred; wording ours",
)
VersioningWithObjectRetention = Row(
    "InvalidRequest",
    400,
    "Versioning can not be suspended on a bucket with object retention.",
    source="docs: PutBucketObjectWormConfiguration; pairing inferred; wording ours",
)
AppendWithObjectRetention = Row(
    "OperationNotSupported",
    400,
    "AppendObject is not supported in a bucket with object retention.",
    source="docs: PutBucketObjectWormConfiguration; pairing inferred; wording ours",
)
RetentionOfAppendable = Row(
    "OperationNotSupported",
    400,
    "Retention of an appendable object is not supported.",
    source="docs: PutObjectRetention; pairing inferred; wording ours",
)
RetentionShortened = Row(
    "AccessDenied",
    403,
    "Access denied because the object is protected by its retention.",
    source="docs: PutObjectRetention; wording ours",
)
