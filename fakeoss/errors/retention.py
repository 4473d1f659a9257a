"""Refusals by retention: bucket policies (WORM), object retention, versioning beside them."""

from __future__ import annotations

from fakeoss.errors.base import Row

NoSuchWORMConfiguration = Row(
    "NoSuchWORMConfiguration", 404, "The WORM Configuration does not exist.", source="docs: HTTP 404; oss2 exceptions"
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
RetentionWithVersioning = Row(
    "InvalidRequest",
    400,
    "A retention policy can not be created on a bucket with versioning.",
    "0027-00000003",
    source="docs: 0027-00000003; wording ours; pairing inferred",
)
VersioningWithRetention = Row(
    "InvalidRequest",
    400,
    "Versioning can not be changed on a bucket with a retention policy.",
    "0012-00000006",
    source="docs: 0012-00000006; wording ours; pairing inferred",
)
VersioningStatusMissing = Row(
    "InvalidArgument", 400, "The Versioning element must be specified.", source="docs: HTTP 400"
)
InvalidVersioningStatus = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    source="SDK tests; the reference says InvalidArgument",
)
ObjectWormRequired = Row(
    "InvalidRequest",
    400,
    "Object retention is not enabled for this bucket.",
    source="docs: PutObjectRetention; wording ours",
)
RetentionShortened = Row(
    "AccessDenied",
    403,
    "Access denied because the object is protected by its retention.",
    source="docs: PutObjectRetention; wording ours",
)
