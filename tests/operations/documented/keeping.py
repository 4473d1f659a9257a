"""What is refused to those who switch versioning, list versions, and keep objects from being changed."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.words import initiate_request, versioning
from tests.conftest import BUCKET
from tests.operations.documented.case import Case
from tests.operations.documented.world import KEPT, MISSING, VERSIONED, WORM, retain
from tests.operations.versions import enable, suspend

PAST = "2000-01-01T00:00:00.000Z"
NO_ID = "1666E2CFB2B3418****"

VERSIONING = (
    Case(
        "PutBucketVersioning",
        403,
        "AccessDenied",
        lambda w: enable(w.nobody),
        lambda w: versioning(BUCKET, "Enabled"),
        signed=False,
    ),
    Case(
        "PutBucketVersioning",
        400,
        "InvalidArgument",
        None,
        lambda w: oss_v2.PutBucketVersioningRequest(
            BUCKET, versioning_configuration=oss_v2.VersioningConfiguration(status=None)
        ),
    ),
    Case(
        "PutBucketVersioning",
        400,
        "InvalidRequest",
        lambda w: suspend(w.worm),
        lambda w: versioning(WORM, "Suspended"),
    ),
    Case(
        "GetBucketVersioning",
        403,
        "AccessDenied",
        lambda w: w.nobody.get_bucket_versioning(),
        lambda w: oss_v2.GetBucketVersioningRequest(BUCKET),
        signed=False,
    ),
    Case(
        "GetBucketVersioning",
        404,
        "NoSuchBucket",
        lambda w: w.missing.get_bucket_versioning(),
        lambda w: oss_v2.GetBucketVersioningRequest(MISSING),
    ),
    Case(
        "ListObjectVersions",
        404,
        "NoSuchBucket",
        lambda w: w.missing.list_object_versions(),
        lambda w: oss_v2.ListObjectVersionsRequest(MISSING),
    ),
    Case(
        "ListObjectVersions",
        403,
        "AccessDenied",
        lambda w: w.nobody.list_object_versions(),
        lambda w: oss_v2.ListObjectVersionsRequest(BUCKET),
        signed=False,
    ),
    Case(
        "ListObjectVersions",
        400,
        "InvalidArgument",
        lambda w: w.plain.list_object_versions(max_keys=1001),
        lambda w: oss_v2.ListObjectVersionsRequest(BUCKET, max_keys=1001),
    ),
)

RETENTION_OF_BUCKETS = (
    Case(
        "InitiateBucketWorm",
        400,
        "InvalidWORMConfiguration",
        lambda w: w.plain.init_bucket_worm(25551),
        lambda w: initiate_request(BUCKET, 25551),
    ),
    Case(
        "InitiateBucketWorm",
        403,
        "WORMConfigurationLocked",
        lambda w: w.kept.init_bucket_worm(3),
        lambda w: initiate_request(KEPT, 3),
    ),
    Case(
        "InitiateBucketWorm",
        400,
        "InvalidRequest",
        lambda w: w.worm.init_bucket_worm(3),
        lambda w: initiate_request(WORM, 3),
    ),
    Case(
        "AbortBucketWorm",
        404,
        "NoSuchWORMConfiguration",
        lambda w: w.plain.abort_bucket_worm(),
        lambda w: oss_v2.AbortBucketWormRequest(BUCKET),
    ),
    Case(
        "AbortBucketWorm",
        403,
        "WORMConfigurationLocked",
        lambda w: w.kept.abort_bucket_worm(),
        lambda w: oss_v2.AbortBucketWormRequest(KEPT),
    ),
    Case(
        "CompleteBucketWorm",
        404,
        "NoSuchWORMConfiguration",
        lambda w: w.plain.complete_bucket_worm(NO_ID),
        lambda w: oss_v2.CompleteBucketWormRequest(BUCKET, NO_ID),
    ),
    Case(
        "CompleteBucketWorm",
        403,
        "WORMConfigurationLocked",
        lambda w: w.kept.complete_bucket_worm(w.worm_id),
        lambda w: oss_v2.CompleteBucketWormRequest(KEPT, w.worm_id),
    ),
    Case(
        "ExtendBucketWorm",
        404,
        "NoSuchWORMConfiguration",
        lambda w: w.plain.extend_bucket_worm(NO_ID, 3),
        lambda w: _extend(BUCKET, NO_ID, 3),
    ),
    Case(
        "ExtendBucketWorm",
        400,
        "InvalidWORMConfiguration",
        lambda w: w.kept.extend_bucket_worm(w.worm_id, 1),
        lambda w: _extend(KEPT, w.worm_id, 1),
    ),
    Case(
        "GetBucketWorm",
        404,
        "NoSuchWORMConfiguration",
        lambda w: w.plain.get_bucket_worm(),
        lambda w: oss_v2.GetBucketWormRequest(BUCKET),
    ),
)


def _extend(bucket: str, worm_id: str, days: int) -> oss_v2.ExtendBucketWormRequest:
    return oss_v2.ExtendBucketWormRequest(
        bucket, worm_id, extend_worm_configuration=oss_v2.ExtendWormConfiguration(retention_period_in_days=days)
    )


def _switch_on(bucket: str, enabled: str) -> oss_v2.PutBucketObjectWormConfigurationRequest:
    return oss_v2.PutBucketObjectWormConfigurationRequest(
        bucket, object_worm_configuration=oss_v2.ObjectWormConfiguration(object_worm_enabled=enabled)
    )


def _hold(bucket: str, key: str, status: str) -> oss_v2.PutObjectLegalHoldRequest:
    return oss_v2.PutObjectLegalHoldRequest(bucket, key, legal_hold=oss_v2.LegalHold(status=status))


RETENTION_OF_OBJECTS = (
    Case("PutBucketObjectWormConfiguration", 400, "InvalidRequest", None, lambda w: _switch_on(BUCKET, "Enabled")),
    Case("PutBucketObjectWormConfiguration", 400, "MalformedXML", None, lambda w: _switch_on(VERSIONED, "On")),
    Case("PutObjectRetention", 404, "NoSuchKey", None, lambda w: retain("missing")),
    Case("PutObjectRetention", 400, "InvalidRequest", None, lambda w: retain("hidden", bucket=VERSIONED)),
    Case("PutObjectRetention", 400, "MalformedXML", None, lambda w: retain("free", mode="FOREVER")),
    Case("PutObjectRetention", 400, "InvalidArgument", None, lambda w: retain("free", until=PAST)),
    Case("PutObjectRetention", 403, "AccessDenied", None, lambda w: retain("a", until="2998-01-01T00:00:00.000Z")),
    Case("PutObjectRetention", 409, "FileImmutable", None, lambda w: retain("a", mode="GOVERNANCE")),
    Case("GetObjectRetention", 404, "NoSuchKey", None, lambda w: oss_v2.GetObjectRetentionRequest(WORM, "missing")),
    Case("GetObjectRetention", 400, "InvalidRequest", None, lambda w: oss_v2.GetObjectRetentionRequest(BUCKET, "a")),
    Case("PutObjectLegalHold", 404, "NoSuchKey", None, lambda w: _hold(WORM, "missing", "ON")),
    Case("PutObjectLegalHold", 400, "InvalidRequest", None, lambda w: _hold(BUCKET, "a", "ON")),
    Case("PutObjectLegalHold", 400, "MalformedXML", None, lambda w: _hold(WORM, "a", "PERHAPS")),
    Case("GetObjectLegalHold", 404, "NoSuchKey", None, lambda w: oss_v2.GetObjectLegalHoldRequest(WORM, "missing")),
    Case("GetObjectLegalHold", 400, "InvalidRequest", None, lambda w: oss_v2.GetObjectLegalHoldRequest(BUCKET, "a")),
)

CASES = VERSIONING + RETENTION_OF_BUCKETS + RETENTION_OF_OBJECTS
