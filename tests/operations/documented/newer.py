"""What is refused by operations younger than the reference: redundancy, access points, quotas, pools, tables."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2

from tests.operations.documented.case import Ask, Case
from tests.operations.documented.estate import BARE, BUSY, CHANGING, FULL, POINT, point, tables
from tests.operations.documented.world import World

TASK = "BucketDataRedundancyTransitionTask"


def _change(bucket: str, target: str = "ZRS") -> tuple[Ask, Ask]:
    """Beginning a change of redundancy through oss2 and SDK v2."""
    return (
        lambda w: w.of(bucket).create_bucket_data_redundancy_transition(target),
        lambda w: oss_v2.CreateBucketDataRedundancyTransitionRequest(bucket, target_redundancy_type=target),
    )


def _task(w: World) -> str:
    """The task at work."""
    (found,) = w.of(CHANGING).list_bucket_data_redundancy_transition().data_redundancy_transitions
    task: str = found.task_id
    return task


REDUNDANCY = (
    Case("CreateBucketDataRedundancyTransition", 400, f"{TASK}NotSupport", *_change(BARE, "LRS")),
    Case("CreateBucketDataRedundancyTransition", 409, f"{TASK}AlreadyExist", *_change(CHANGING)),
    Case("CreateBucketDataRedundancyTransition", 400, f"{TASK}ExceedLimit", *_change(BARE)),
    Case(
        "GetBucketDataRedundancyTransition",
        404,
        f"{TASK}NotExist",
        lambda w: w.of(CHANGING).get_bucket_data_redundancy_transition("unknown"),
        lambda w: oss_v2.GetBucketDataRedundancyTransitionRequest(CHANGING, redundancy_transition_taskid="unknown"),
    ),
    Case(
        "DeleteBucketDataRedundancyTransition",
        409,
        f"{TASK}StatusConflict",
        lambda w: w.of(CHANGING).delete_bucket_data_redundancy_transition(_task(w)),
        lambda w: oss_v2.DeleteBucketDataRedundancyTransitionRequest(CHANGING, redundancy_transition_taskid=_task(w)),
    ),
)


def _point(bucket: str, name: str) -> tuple[Ask, Ask]:
    """Making an access point through oss2 and SDK v2."""
    return (
        lambda w: w.of(bucket).create_access_point(oss2.models.CreateAccessPointRequest(name, "internet")),
        lambda w: point(bucket, name),
    )


ACCESS_POINTS = (
    Case("CreateAccessPoint", 409, "AccessPointAlreadyExists", *_point(BUSY, POINT)),
    Case("CreateAccessPoint", 400, "TooManyAccessPoints", *_point(FULL, "one-more")),
    Case(
        "GetAccessPoint",
        404,
        "NoSuchAccessPoint",
        lambda w: w.of(BUSY).get_access_point("unknown"),
        lambda w: oss_v2.GetAccessPointRequest(BUSY, "unknown"),
    ),
    Case(
        "GetAccessPointPolicy",
        404,
        "NoSuchAccessPointPolicy",
        lambda w: w.of(BUSY).get_access_point_policy(POINT),
        lambda w: oss_v2.GetAccessPointPolicyRequest(BUSY, POINT),
    ),
)

ROOM = (
    Case(
        "PutObject",
        403,
        "BucketStorageQuotaExceeded",
        lambda w: w.of(FULL).put_object("a", b"xx"),
        lambda w: oss_v2.PutObjectRequest(FULL, "a", body=b"xx"),
    ),
    Case(
        "GetBucketStorageQuota",
        404,
        "NoSuchBucketStorageQuotaConfiguration",
        None,
        lambda w: oss_v2.GetBucketStorageQuotaRequest(BARE),
    ),
    Case(
        "GetBucketOverwriteConfig",
        404,
        "NoSuchBucketOverwriteConfig",
        None,
        lambda w: oss_v2.GetBucketOverwriteConfigRequest(BARE),
    ),
    Case("GetResourcePoolInfo", 404, "NoSuchResourcePool", lambda w: w.service.get_resource_pool_info("unknown"), None),
)

TABLES = (
    Case(
        "GetBucketMetadataConfiguration",
        404,
        "MetadataConfigurationNotFound",
        None,
        lambda w: oss_v2.GetBucketMetadataConfigurationRequest(BARE),
    ),
    Case(
        "CreateBucketMetadataConfiguration",
        409,
        "MetadataConfigurationAlreadyExists",
        None,
        lambda w: tables(BUSY),
    ),
)

CASES = REDUNDANCY + ACCESS_POINTS + ROOM + TABLES
