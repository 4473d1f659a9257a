"""Rules and schedules that the questions about the passing of time need."""

from __future__ import annotations

import csv
import gzip
import io
import json
from typing import Any

import alibabacloud_oss_v2 as oss_v2

DAY = 24 * 3600


def lifecycle(bucket: str, *rules: oss_v2.LifecycleRule) -> oss_v2.PutBucketLifecycleRequest:
    return oss_v2.PutBucketLifecycleRequest(
        bucket=bucket, lifecycle_configuration=oss_v2.LifecycleConfiguration(rules=list(rules))
    )


def replication(bucket: str, target: str, region: str, **said: Any) -> oss_v2.PutBucketReplicationRequest:
    """A rule that copies one bucket to another of the same region."""
    destination = oss_v2.ReplicationDestination(bucket=target, location=f"oss-{region}")
    rule = oss_v2.ReplicationRule(destination=destination, **said)
    return oss_v2.PutBucketReplicationRequest(
        bucket=bucket, replication_configuration=oss_v2.ReplicationConfiguration(rules=[rule])
    )


def location(client: oss_v2.Client, bucket: str) -> str:
    """The bare region of a bucket."""
    found: str = client.get_bucket_location(oss_v2.GetBucketLocationRequest(bucket=bucket)).location
    return found.removeprefix("oss-")


def keys(client: oss_v2.Client, bucket: str, prefix: str = "") -> list[str]:
    request = oss_v2.ListObjectsV2Request(bucket=bucket, prefix=prefix)
    return [found.key for found in client.list_objects_v2(request).contents or ()]


def read(client: oss_v2.Client, bucket: str, key: str) -> bytes:
    data: bytes = client.get_object(oss_v2.GetObjectRequest(bucket, key)).body.content
    return data


def inventory(
    client: oss_v2.Client, bucket: str, owner: str, fields: list[str], chosen: oss_v2.InventoryFilter | None = None
) -> None:
    """Have a bucket listed every day, into itself."""
    configuration = oss_v2.InventoryConfiguration(
        id="daily",
        is_enabled=True,
        included_object_versions="Current",
        schedule=oss_v2.InventorySchedule(frequency="Daily"),
        filter=chosen or oss_v2.InventoryFilter(prefix="a"),
        optional_fields=oss_v2.OptionalFields(fields=fields),
        destination=oss_v2.InventoryDestination(
            oss_bucket_destination=oss_v2.InventoryOSSBucketDestination(
                format="CSV",
                account_id=owner,
                role_arn=f"acs:ram::{owner}:role/AliyunOSSRole",
                bucket=f"acs:oss:::{bucket}",
                prefix="lists",
            )
        ),
    )
    client.put_bucket_inventory(
        oss_v2.PutBucketInventoryRequest(bucket=bucket, inventory_id="daily", inventory_configuration=configuration)
    )


def lists(client: oss_v2.Client, bucket: str) -> list[str]:
    """The keys of the manifests written so far."""
    return [key for key in keys(client, bucket, "lists/") if key.endswith("manifest.json")]


def text(client: oss_v2.Client, bucket: str) -> str:
    """The CSV of the first list."""
    manifest = json.loads(read(client, bucket, lists(client, bucket)[0]))
    return gzip.decompress(read(client, bucket, manifest["files"][0]["key"])).decode()


def rows(client: oss_v2.Client, bucket: str) -> list[list[str]]:
    """The rows of the first list."""
    return list(csv.reader(io.StringIO(text(client, bucket))))


def logging(bucket: str, target: str) -> oss_v2.PutBucketLoggingRequest:
    """Logs of a bucket, under `log/` of another."""
    enabled = oss_v2.LoggingEnabled(target_bucket=target, target_prefix="log/")
    return oss_v2.PutBucketLoggingRequest(bucket, oss_v2.BucketLoggingStatus(logging_enabled=enabled))
