"""What is refused to those who want logs and inventories."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2

from tests.conftest import BUCKET
from tests.operations.documented.case import Case
from tests.operations.documented.estate import AFAR, BARE, BUSY, FULL, STRANGE, inventory
from tests.operations.documented.ways import listing


def _logging(bucket: str, target: str) -> oss_v2.PutBucketLoggingRequest:
    enabled = oss_v2.LoggingEnabled(target_bucket=target, target_prefix="log/")
    return oss_v2.PutBucketLoggingRequest(bucket, oss_v2.BucketLoggingStatus(logging_enabled=enabled))


LOGGING = (
    Case(
        "PutBucketLogging",
        400,
        "InvalidTargetBucketForLogging",
        lambda w: w.of(BARE).put_bucket_logging(oss2.models.BucketLogging(AFAR, "log/")),
        lambda w: _logging(BARE, AFAR),
    ),
    Case(
        "PutBucketLogging",
        403,
        "InvalidTargetBucketForLogging",
        lambda w: w.of(BARE).put_bucket_logging(oss2.models.BucketLogging(STRANGE, "log/")),
        lambda w: _logging(BARE, STRANGE),
    ),
    Case(
        "PutBucketLogging",
        400,
        "MalformedXML",
        None,
        lambda w: oss_v2.OperationInput("PutBucketLogging", "PUT", parameters={"logging": ""}, body="<a", bucket=BARE),
    ),
    Case(
        "GetUserDefinedLogFieldsConfig",
        404,
        "NoSuchUserDefinedLogFieldsConfig",
        None,
        lambda w: oss_v2.GetUserDefinedLogFieldsConfigRequest(BARE),
    ),
)

INVENTORY = (
    Case(
        "PutBucketInventory",
        400,
        "InvalidArgument",
        lambda w: w.of(BARE).put_bucket_inventory_configuration(listing(lists=AFAR)),
        lambda w: inventory(BARE, lists=AFAR),
    ),
    Case(
        "PutBucketInventory",
        400,
        "InventoryExceedLimit",
        lambda w: w.of(FULL).put_bucket_inventory_configuration(listing()),
        lambda w: inventory(FULL),
    ),
    Case(
        "PutBucketInventory",
        409,
        "InventoryAlreadyExist",
        lambda w: w.of(BUSY).put_bucket_inventory_configuration(listing()),
        lambda w: inventory(BUSY),
    ),
    Case(
        "PutBucketInventory",
        400,
        "DailyInventoryExceedLimit",
        lambda w: w.plain.put_bucket_inventory_configuration(listing()),
        lambda w: inventory(BUCKET, frequency="Daily"),
    ),
    Case(
        "PutBucketInventory",
        400,
        "WeeklyInventoryExceedLimit",
        lambda w: w.plain.put_bucket_inventory_configuration(listing(frequency="Weekly")),
        lambda w: inventory(BUCKET, frequency="Weekly"),
    ),
    Case(
        "GetBucketInventory",
        404,
        "NoSuchInventory",
        lambda w: w.of(BUSY).get_bucket_inventory_configuration("unknown"),
        lambda w: oss_v2.GetBucketInventoryRequest(BUSY, "unknown"),
    ),
    Case(
        "DeleteBucketInventory",
        400,
        "InvalidRequest",
        lambda w: w.of(BUSY).delete_bucket_inventory_configuration(""),
        lambda w: oss_v2.DeleteBucketInventoryRequest(BUSY, ""),
    ),
)

CASES = LOGGING + INVENTORY
