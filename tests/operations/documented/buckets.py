"""What is refused to those who make, list and read buckets, and ask for what was never set."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2

from tests.conftest import BUCKET, ENDPOINT
from tests.operations.documented.case import Case
from tests.operations.documented.estate import BARE, STRANGE

SERVICE = (
    Case(
        "ListBuckets",
        403,
        "AccessDenied",
        lambda w: oss2.Service(oss2.AnonymousAuth(), f"https://{ENDPOINT}").list_buckets(),
        lambda w: oss_v2.ListBucketsRequest(),
        signed=False,
    ),
    Case(
        "DescribeRegions",
        403,
        "AccessDenied",
        lambda w: oss2.Service(oss2.AnonymousAuth(), f"https://{ENDPOINT}").describe_regions(),
        lambda w: oss_v2.DescribeRegionsRequest(),
        signed=False,
    ),
    Case(
        "DescribeRegions",
        400,
        "InvalidArgument",
        lambda w: w.service.describe_regions("oss_cn"),
        lambda w: oss_v2.DescribeRegionsRequest(regions="oss_cn"),
    ),
    Case(
        "DescribeRegions",
        404,
        "NoSuchRegion",
        lambda w: w.service.describe_regions("oss-cn-atlantis"),
        lambda w: oss_v2.DescribeRegionsRequest(regions="oss-cn-atlantis"),
    ),
)

_GROUP = {"x-oss-resource-group-id": "rg-unknown"}

BUCKETS = (
    Case("PutBucket", 400, "InvalidBucketName", None, None),
    Case(
        "PutBucket",
        400,
        "TooManyBuckets",
        lambda w: w.of("one-too-many").create_bucket(),
        lambda w: oss_v2.PutBucketRequest("one-too-many"),
    ),
    Case(
        "PutBucket",
        409,
        "BucketAlreadyExists",
        lambda w: w.of(STRANGE).create_bucket(),
        lambda w: oss_v2.PutBucketRequest(STRANGE),
    ),
    Case(
        "PutBucket",
        400,
        "ResourceGroupIdPreCheckError",
        lambda w: w.of("of-a-group").create_bucket(headers=_GROUP),
        lambda w: oss_v2.PutBucketRequest("of-a-group", resource_group_id="rg-unknown"),
    ),
    Case(
        "PutBucketResourceGroup",
        400,
        "ResourceGroupIdPreCheckError",
        lambda w: w.plain.put_bucket_resource_group("rg-unknown"),
        lambda w: oss_v2.PutBucketResourceGroupRequest(
            BUCKET, oss_v2.BucketResourceGroupConfiguration(resource_group_id="rg-unknown")
        ),
    ),
    Case(
        "DeleteBucket",
        409,
        "BucketNotEmpty",
        lambda w: w.plain.delete_bucket(),
        lambda w: oss_v2.DeleteBucketRequest(BUCKET),
    ),
    Case(
        "ListObjects",
        400,
        "InvalidArgument",
        lambda w: w.plain.list_objects(max_keys=1001),
        lambda w: oss_v2.ListObjectsRequest(BUCKET, max_keys=1001),
    ),
    Case(
        "PutBucketAcl",
        400,
        "InvalidArgument",
        lambda w: w.plain.put_bucket_acl("nobody"),
        lambda w: oss_v2.PutBucketAclRequest(BUCKET, acl="nobody"),
    ),
)


def _missing(operation: str, code: str, oss2_method: str) -> Case:
    """What is not there cannot be read."""
    return Case(
        operation,
        404,
        code,
        lambda w: getattr(w.of(BARE), oss2_method)(),
        lambda w: getattr(oss_v2, f"{operation}Request")(BARE),
    )


NOT_THERE = (
    _missing("GetBucketLifecycle", "NoSuchLifecycle", "get_bucket_lifecycle"),
    _missing(
        "GetBucketTransferAcceleration", "NoSuchTransferAccelerationConfiguration", "get_bucket_transfer_acceleration"
    ),
    _missing("GetBucketPolicy", "NoSuchBucketPolicy", "get_bucket_policy"),
    _missing("GetBucketWebsite", "NoSuchWebsiteConfiguration", "get_bucket_website"),
    _missing("GetBucketEncryption", "NoSuchServerSideEncryptionRule", "get_bucket_encryption"),
    _missing("GetBucketCors", "NoSuchCORSConfiguration", "get_bucket_cors"),
    _missing("ListBucketInventory", "NoSuchInventory", "list_bucket_inventory_configurations"),
)

CASES = SERVICE + BUCKETS + NOT_THERE
