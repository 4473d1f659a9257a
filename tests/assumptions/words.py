"""Requests of SDK v2 that several questions ask."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import alibabacloud_oss_v2 as oss_v2


def put(client: oss_v2.Client, bucket: str, storage_class: str | None = None) -> str | None:
    """An object called `a`; its version id."""
    request = oss_v2.PutObjectRequest(bucket=bucket, key="a", body=b"content", storage_class=storage_class)
    version_id: str | None = client.put_object(request).version_id
    return version_id


def versioning(bucket: str, status: str) -> oss_v2.PutBucketVersioningRequest:
    return oss_v2.PutBucketVersioningRequest(
        bucket=bucket, versioning_configuration=oss_v2.VersioningConfiguration(status=status)
    )


def tracking(bucket: str, status: str) -> oss_v2.PutBucketAccessMonitorRequest:
    return oss_v2.PutBucketAccessMonitorRequest(
        bucket=bucket, access_monitor_configuration=oss_v2.AccessMonitorConfiguration(status=status)
    )


def restore(bucket: str, tier: str) -> oss_v2.RestoreObjectRequest:
    return oss_v2.RestoreObjectRequest(bucket=bucket, key="a", restore_request=oss_v2.RestoreRequest(days=1, tier=tier))


def initiate_request(bucket: str, days: int) -> oss_v2.InitiateBucketWormRequest:
    return oss_v2.InitiateBucketWormRequest(
        bucket=bucket, initiate_worm_configuration=oss_v2.InitiateWormConfiguration(retention_period_in_days=days)
    )


def initiate(client: oss_v2.Client, bucket: str, days: int) -> str:
    """A retention policy in progress; its id."""
    worm_id: str = client.initiate_bucket_worm(initiate_request(bucket, days)).worm_id
    return worm_id


def switch_on(client: oss_v2.Client, bucket: str, mode: str | None = None, years: int | None = None) -> None:
    """Enable versioning and object retention, with a default where a mode is given."""
    client.put_bucket_versioning(versioning(bucket, "Enabled"))
    rule = None
    if mode is not None:
        default = oss_v2.ObjectWormConfigurationRuleDefaultRetention(mode=mode, years=years)
        rule = oss_v2.ObjectWormConfigurationRule(default_retention=default)
    client.put_bucket_object_worm_configuration(
        oss_v2.PutBucketObjectWormConfigurationRequest(
            bucket=bucket,
            object_worm_configuration=oss_v2.ObjectWormConfiguration(object_worm_enabled="Enabled", rule=rule),
        )
    )


def retention(bucket: str, seconds: int, mode: str = "COMPLIANCE") -> oss_v2.PutObjectRetentionRequest:
    until = datetime.now(timezone.utc) + timedelta(seconds=seconds)
    return oss_v2.PutObjectRetentionRequest(
        bucket=bucket,
        key="a",
        retention=oss_v2.Retention(mode=mode, retain_until_date=f"{until:%Y-%m-%dT%H:%M:%S}.000Z"),
    )


def retain(client: oss_v2.Client, bucket: str, seconds: int) -> None:
    """Keep the current version of `a` for some seconds, in compliance mode."""
    client.put_object_retention(retention(bucket, seconds))


def begin(client: oss_v2.Client, bucket: str) -> str:
    """An upload in parts to `b`; its id."""
    upload_id: str = client.initiate_multipart_upload(oss_v2.InitiateMultipartUploadRequest(bucket, "b")).upload_id
    return upload_id


def part_copy(bucket: str, upload_id: str, source_version_id: str | None = None) -> oss_v2.UploadPartCopyRequest:
    """The first part of `b`, copied from `a`."""
    return oss_v2.UploadPartCopyRequest(
        bucket, "b", part_number=1, upload_id=upload_id, source_key="a", source_version_id=source_version_id
    )
