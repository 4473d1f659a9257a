"""How much a bucket may hold: the older storage capacity in GB, and the storage quota in bytes."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.counting import counted
from fakeoss.schema import integer, schema, text
from fakeoss.state.bucket import Bucket

UNLIMITED = -1
GIGABYTE = 1 << 30


@schema("BucketUserQos")
class StorageCapacity:
    """The most a bucket may hold, in GB of 2**30 bytes; -1: no limit (oss2: BucketUserQos)."""

    gigabytes: int = integer("StorageCapacity", lowest=UNLIMITED)


@schema("QuotaConfiguration")
class StorageQuota:
    """The most a bucket may hold, in bytes; mode `Warning` lets it pass (SDK v2: QuotaConfiguration)."""

    limit: int = integer("StorageQuota", lowest=1)
    mode: str = text("Mode", choices=("Strict", "Warning"), bad=errors.InvalidArgument)


def used(bucket: Bucket) -> int:
    """Bytes that a bucket holds: all versions, and the parts of uploads under way."""
    return bucket.objects.tally.size + sum(upload.size for _, upload in bucket.uploads.items())


def check_room(bucket: Bucket, size: int) -> None:
    """Refuse `size` bytes more than the bucket may hold: BucketStorageQuotaExceeded.

    What is written counts before what it replaces is gone, and what was measured is what there is
    (assumption A174: the service measures now and then).
    """
    quota, capacity = bucket.configuration(StorageQuota), bucket.configuration(StorageCapacity)
    if quota is None and capacity is None:
        return
    wanted = used(bucket) + size
    if quota is not None and quota.mode == "Strict" and wanted > quota.limit:
        raise errors.BucketStorageQuotaExceeded(BucketName=bucket.name).because(
            f"the bucket would hold {counted(wanted, 'byte')}; its quota is {quota.limit}"
        )
    if capacity is not None and capacity.gigabytes != UNLIMITED and wanted > capacity.gigabytes * GIGABYTE:
        raise errors.BucketStorageCapacityExceeded(BucketName=bucket.name).because(
            f"the bucket would hold {counted(wanted, 'byte')}; its capacity is {capacity.gigabytes} GB"
        )
