"""What any operation on a bucket is refused with: the bucket is not there, or nobody knows who asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import alibabacloud_oss_v2 as oss_v2
import oss2

from fakeoss.operations.catalogue import catalogue
from fakeoss.operations.rows import Row
from tests.conftest import BUCKET
from tests.operations.documented.case import Case
from tests.operations.documented.estate import BOUND, LISTS, RULE, domain, inventory
from tests.operations.documented.world import MISSING

GROUPS = (
    "bucket basic",
    "bucket acl",
    "lifecycle",
    "transfer acceleration",
    "replication",
    "bucket policy",
    "inventory",
    "logging",
    "website",
    "referer",
    "bucket tagging",
    "encryption",
    "request payment",
    "cors",
    "cname",
)
"""Those in which the reference says so operation by operation."""


def expiring(name: str, days: int = 1, **said: Any) -> oss2.models.LifecycleRule:
    """A lifecycle rule of oss2 by which objects expire."""
    return oss2.models.LifecycleRule(name, "a/", expiration=oss2.models.LifecycleExpiration(days=days), **said)


def listing(name: str = "report", frequency: str = "Daily", lists: str = LISTS) -> oss2.models.InventoryConfiguration:
    """An inventory of oss2."""
    return oss2.models.InventoryConfiguration(
        inventory_id=name,
        is_enabled=True,
        included_object_versions="Current",
        inventory_schedule=oss2.models.InventorySchedule(frequency),
        inventory_destination=oss2.models.InventoryDestination(
            bucket_destination=oss2.models.InventoryBucketDestination(
                account_id="1234567890123456",
                role_arn="acs:ram::1234567890123456:role/AliyunOSSRole",
                bucket=lists,
                inventory_format="CSV",
            )
        ),
    )


EXPIRING = oss_v2.LifecycleConfiguration(
    rules=[oss_v2.LifecycleRule(prefix="a/", status="Enabled", expiration=oss_v2.LifecycleRuleExpiration(days=1))]
)

SAID: Mapping[str, tuple[tuple[Any, ...], Mapping[str, Any]]] = {
    "PutBucketAcl": (("private",), {"acl": "private"}),
    "PutBucketLifecycle": ((oss2.models.BucketLifecycle([expiring("one")]),), {"lifecycle_configuration": EXPIRING}),
    "PutBucketTransferAcceleration": (
        ("true",),
        {"transfer_acceleration_configuration": oss_v2.TransferAccelerationConfiguration(enabled=True)},
    ),
    "GetBucketReplicationProgress": ((RULE,), {"rule_id": RULE}),
    "DeleteBucketReplication": ((RULE,), {"replication_rules": oss_v2.ReplicationRules(ids=[RULE])}),
    "PutBucketInventory": (
        (listing(),),
        {"inventory_id": "report", "inventory_configuration": inventory(BUCKET).inventory_configuration},
    ),
    "DeleteBucketInventory": (("report",), {"inventory_id": "report"}),
    "PutBucketLogging": (
        (oss2.models.BucketLogging(BUCKET, "log/"),),
        {
            "bucket_logging_status": oss_v2.BucketLoggingStatus(
                logging_enabled=oss_v2.LoggingEnabled(target_bucket=BUCKET, target_prefix="log/")
            )
        },
    ),
    "PutBucketReferer": (
        (oss2.models.BucketReferer(True, []),),
        {"referer_configuration": oss_v2.RefererConfiguration(allow_empty_referer=True)},
    ),
    "PutBucketRequestPayment": (
        ("Requester",),
        {"payment_configuration": oss_v2.RequestPaymentConfiguration(payer="Requester")},
    ),
    "DeleteCname": ((BOUND,), {"bucket_cname_configuration": domain(BOUND)}),
}
"""What is said by oss2, and by SDK v2, where an operation wants more than its bucket."""


def _cases() -> Iterator[Case]:
    for row in (entry.row for entry in catalogue().values() if entry.operation):
        if row.group in GROUPS and "NoSuchBucket" in row.errors:
            yield _asked(row, 404, "NoSuchBucket")
        if row.group in GROUPS and "AccessDenied" in row.errors:
            yield _asked(row, 403, "AccessDenied")


def _asked(row: Row, status: int, code: str) -> Case:
    plain, named = SAID.get(row.name, ((), {}))
    is_missing = code == "NoSuchBucket"
    name = MISSING if is_missing else BUCKET
    method = row.oss2[0].removeprefix("Bucket.")
    return Case(
        row.name,
        status,
        code,
        lambda w: getattr(w.missing if is_missing else w.nobody, method)(*plain),
        lambda w: getattr(oss_v2, f"{row.name}Request")(name, **named),
        signed=is_missing,
    )


CASES = tuple(_cases())
