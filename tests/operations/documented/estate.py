"""Buckets whose configurations are as the documented errors need them, beside the objects of `world`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import alibabacloud_oss_v2 as oss_v2

import fakeoss
from tests.operations.replicating import replicate
from tests.people import OTHER, OWNER, People

BARE, LISTS, STRANGE = "bare-bucket", "lists-bucket", "strange-bucket"
AFAR, APART = "afar-bucket", "apart-bucket"
BUSY, FULL, FAST, CHANGING = "busy-bucket", "full-bucket", "fast-bucket", "changing-bucket"
"""Nothing is set; takes inventories; of another account; in Beijing; in a region that is not public. Much is set; every
limit is reached; what a rule of the busy one goes to, accelerated; on its way to another redundancy."""

FINANCE = "cn-hangzhou-finance"
BOUND, STRANGE_DOMAIN, RISKY, UNFILED = (f"{name}.example.com" for name in ("bound", "strange", "risky", "unfiled"))
POINT, RULE = "entrance", "one"
PER_REGION = 60
TARGETS = tuple(f"target-{number}" for number in range(100))

SETTINGS: Mapping[str, Any] = {
    "buckets_per_region": PER_REGION,
    "daily_inventory_objects": 1,
    "weekly_inventory_objects": 1,
    "kms_enabled": False,
    "redundancy_start": timedelta(0),
    "redundancy_tasks": 1,
    "verify_cname": True,
    "verified_domains": ("example.com",),
    "unfiled_domains": (UNFILED,),
    "risky_domains": (RISKY,),
    "resource_pools": {"pool": ()},
}
"""What makes limits near and authorities strict."""


def furnish(fake: fakeoss.FakeOSS) -> None:
    """Make and configure them all; the home region holds as many buckets as it may afterwards."""
    for name in (BARE, BUSY, FULL, FAST, CHANGING, LISTS):
        fake.create_bucket(name)
    fake.create_bucket(AFAR, region="cn-beijing")
    fake.create_bucket(APART, region=FINANCE)
    _furnish_busy(fake)
    _furnish_strange(fake)
    _furnish_full(fake)
    home = sum(bucket.value.region == "cn-hangzhou" and bucket.value.owner != OTHER for bucket in fake.buckets())
    for number in range(PER_REGION - home):
        fake.create_bucket(f"more-{number}")


def _furnish_busy(fake: fakeoss.FakeOSS) -> None:
    client = fake.client()
    fake.oss2_bucket(FAST).put_bucket_transfer_acceleration("true")
    replicate(fake, FAST, "oss-cn-hangzhou", source=BUSY, id=RULE, transfer_type="oss_acc")
    client.put_bucket_inventory(inventory(BUSY))
    client.put_cname(oss_v2.PutCnameRequest(BUSY, domain(BOUND)))
    client.create_access_point(point(BUSY, POINT))
    client.create_bucket_metadata_configuration(tables(BUSY))
    fake.oss2_bucket(CHANGING).create_bucket_data_redundancy_transition("ZRS")


def _furnish_strange(fake: fakeoss.FakeOSS) -> None:
    people = People(fake)
    people.add("stranger", account=OTHER)
    fake.create_bucket(STRANGE, account=OTHER)
    people.client("stranger").put_cname(oss_v2.PutCnameRequest(STRANGE, domain(STRANGE_DOMAIN)))


def _furnish_full(fake: fakeoss.FakeOSS) -> None:
    client = fake.client()
    for number, target in enumerate(TARGETS):
        region = ("cn-beijing", "cn-shanghai")[number % 2]
        fake.create_bucket(target, region=region)
        replicate(fake, target, f"oss-{region}", source=FULL)
        client.put_cname(oss_v2.PutCnameRequest(FULL, domain(f"{target}.example.com")))
        client.create_access_point(point(FULL, target))
    for number in range(1000):
        client.put_bucket_inventory(inventory(FULL, f"report-{number}"))
        client.create_cname_token(oss_v2.CreateCnameTokenRequest(FULL, domain(f"token-{number}.example.com")))
    quota = oss_v2.QuotaConfiguration(storage_quota=1, mode="Strict")
    client.put_bucket_storage_quota(oss_v2.PutBucketStorageQuotaRequest(FULL, quota))


def inventory(
    bucket: str, name: str = "report", frequency: str = "Monthly", lists: str = LISTS
) -> oss_v2.PutBucketInventoryRequest:
    """A request for an inventory of a bucket."""
    destination = oss_v2.InventoryOSSBucketDestination(
        format="CSV", account_id=OWNER, role_arn=f"acs:ram::{OWNER}:role/AliyunOSSRole", bucket=f"acs:oss:::{lists}"
    )
    schedule = oss_v2.InventorySchedule(frequency=frequency, day_of_month=1 if frequency == "Monthly" else None)
    made = oss_v2.InventoryConfiguration(
        id=name,
        is_enabled=True,
        included_object_versions="Current",
        schedule=schedule,
        destination=oss_v2.InventoryDestination(oss_bucket_destination=destination),
    )
    return oss_v2.PutBucketInventoryRequest(bucket, name, inventory_configuration=made)


def point(bucket: str, name: str) -> oss_v2.CreateAccessPointRequest:
    """A request for an access point."""
    made = oss_v2.CreateAccessPointConfiguration(access_point_name=name, network_origin="internet")
    return oss_v2.CreateAccessPointRequest(bucket, made)


def domain(name: str) -> oss_v2.BucketCnameConfiguration:
    """The document about a domain."""
    return oss_v2.BucketCnameConfiguration(cname=oss_v2.Cname(domain=name))


def tables(bucket: str) -> oss_v2.CreateBucketMetadataConfigurationRequest:
    """A request for metadata tables."""
    expiration = oss_v2.MetadataTableRecordExpiration(expiration="DISABLED")
    journal = oss_v2.JournalTableConfiguration(record_expiration=expiration)
    wanted = oss_v2.MetadataConfiguration(journal_table_configuration=journal)
    return oss_v2.CreateBucketMetadataConfigurationRequest(bucket, wanted)
