"""What is refused to those who set rules, policies, encryption and tags of buckets."""

from __future__ import annotations

from typing import Any

import alibabacloud_oss_v2 as oss_v2
import oss2

from tests.conftest import BUCKET
from tests.operations.documented.case import Ask, Case
from tests.operations.documented.estate import BARE, FAST
from tests.operations.documented.ways import EXPIRING, SAID, expiring
from tests.operations.documented.world import OTHER_DIGEST

_BOTH = {
    "transitions": [oss_v2.LifecycleRuleTransition(days=5, storage_class="IA")],
    "expiration": oss_v2.LifecycleRuleExpiration(days=5),
}


def _lifecycle(**actions: Any) -> oss_v2.PutBucketLifecycleRequest:
    made = oss_v2.LifecycleRule(prefix="a/", status="Enabled", **actions)
    return oss_v2.PutBucketLifecycleRequest(BARE, lifecycle_configuration=oss_v2.LifecycleConfiguration(rules=[made]))


LIFECYCLE = (
    Case(
        "PutBucketLifecycle",
        400,
        "InvalidArgument",
        lambda w: w.of(BARE).put_bucket_lifecycle(
            oss2.models.BucketLifecycle(
                [expiring("one", 5, storage_transitions=[oss2.models.StorageTransition(days=5, storage_class="IA")])]
            )
        ),
        lambda w: _lifecycle(**_BOTH),
    ),
    Case(
        "PutBucketLifecycle",
        400,
        "InvalidRequest",
        lambda w: w.of(BARE).put_bucket_lifecycle(oss2.models.BucketLifecycle([expiring("one"), expiring("two")])),
        lambda w: oss_v2.PutBucketLifecycleRequest(
            BARE, lifecycle_configuration=oss_v2.LifecycleConfiguration(rules=EXPIRING.rules * 2)
        ),
    ),
)


def _accelerated(enabled: str) -> oss_v2.OperationInput:
    body = f"<TransferAccelerationConfiguration><Enabled>{enabled}</Enabled></TransferAccelerationConfiguration>"
    return oss_v2.OperationInput(
        "PutBucketTransferAcceleration", "PUT", parameters={"transferAcceleration": ""}, body=body, bucket=FAST
    )


ACCELERATION = (
    Case(
        "PutBucketTransferAcceleration",
        400,
        "MalformedXML",
        lambda w: w.of(FAST).put_bucket_transfer_acceleration("perhaps"),
        lambda w: _accelerated("perhaps"),
    ),
    Case(
        "PutBucketTransferAcceleration",
        409,
        "TransferAccAlreadyInUse",
        lambda w: w.of(FAST).put_bucket_transfer_acceleration("false"),
        lambda w: _accelerated("false"),
    ),
    Case(
        "GetObject",
        403,
        "TransferAccelerationDisabled",
        lambda w: oss2.Bucket(
            w.plain.auth, "https://oss-accelerate.aliyuncs.com", BUCKET, region=w.plain.region
        ).get_object("a"),
        None,
    ),
)


WRONG = {"Content-MD5": OTHER_DIGEST}


def _digested(operation: str) -> Ask:
    """The good request of an operation with the digest of another document."""
    _, named = SAID[operation]
    return lambda w: getattr(oss_v2, f"{operation}Request")(BUCKET, **named, headers=WRONG)


_WEBSITE = oss_v2.WebsiteConfiguration(index_document=oss_v2.IndexDocument(suffix="index.html"))
_CORS = oss_v2.CORSConfiguration(cors_rules=[oss_v2.CORSRule(allowed_origins=["*"], allowed_methods=["GET"])])

DIGESTS = (
    Case("PutBucketLogging", 400, "InvalidDigest", None, _digested("PutBucketLogging")),
    Case("PutBucketReferer", 400, "InvalidDigest", None, _digested("PutBucketReferer")),
    Case(
        "PutBucketWebsite",
        400,
        "InvalidDigest",
        None,
        lambda w: oss_v2.PutBucketWebsiteRequest(BUCKET, _WEBSITE, headers=WRONG),
    ),
    Case(
        "PutBucketCors", 400, "InvalidDigest", None, lambda w: oss_v2.PutBucketCorsRequest(BUCKET, _CORS, headers=WRONG)
    ),
)


def _cors(count: int) -> oss_v2.PutBucketCorsRequest:
    rules = [oss_v2.CORSRule(allowed_origins=["*"], allowed_methods=["GET"])] * count
    return oss_v2.PutBucketCorsRequest(BARE, oss_v2.CORSConfiguration(cors_rules=rules))


CORS = (
    Case(
        "PutBucketCors",
        400,
        "CORSRuleBeyondLimit",
        lambda w: w.of(BARE).put_bucket_cors(oss2.models.BucketCors([oss2.models.CorsRule(["*"], ["GET"])] * 21)),
        lambda w: _cors(21),
    ),
    Case(
        "OptionObject",
        403,
        "AccessForbidden",
        None,
        lambda w: oss_v2.OptionObjectRequest(
            BARE, "a", origin="https://www.example.com", access_control_request_method="GET"
        ),
    ),
    Case(
        "OptionObject",
        400,
        "BadRequest",
        None,
        lambda w: oss_v2.OperationInput("OptionObject", "OPTIONS", bucket=BARE, key="a"),
    ),
)

POLICY = (
    Case(
        "PutBucketPolicy",
        400,
        "InvalidPolicyDocument",
        lambda w: w.of(BARE).put_bucket_policy("{}"),
        lambda w: oss_v2.PutBucketPolicyRequest(BARE, "{}"),
    ),
)


def _encryption(algorithm: str, key_id: str | None = None, data: str | None = None) -> tuple[Ask, Ask]:
    """The default of a bucket as oss2 and SDK v2 set it."""
    rule_of_oss2 = oss2.models.ServerSideEncryptionRule()
    rule_of_oss2.sse_algorithm, rule_of_oss2.kms_master_keyid = algorithm, key_id
    rule_of_oss2.kms_data_encryption = data
    default = oss_v2.ApplyServerSideEncryptionByDefault(
        sse_algorithm=algorithm, kms_master_key_id=key_id, kms_data_encryption=data
    )
    made = oss_v2.ServerSideEncryptionRule(apply_server_side_encryption_by_default=default)
    return (
        lambda w: w.of(BARE).put_bucket_encryption(rule_of_oss2),
        lambda w: oss_v2.PutBucketEncryptionRequest(BARE, made),
    )


ENCRYPTION = (
    Case("PutBucketEncryption", 400, "InvalidEncryptionAlgorithmError", *_encryption("DES")),
    Case("PutBucketEncryption", 400, "InvalidArgument", *_encryption("AES256", "my-key")),
    Case("PutBucketEncryption", 400, "InvalidDataEncryptionAlgorithmError", *_encryption("KMS", None, "DES")),
    Case("PutBucketEncryption", 400, "InvalidParameter", *_encryption("KMS", "k" * 257)),
)


def _tagging(*pairs: tuple[str, str]) -> tuple[Ask | None, Ask]:
    """Tags of a bucket as the SDKs set them; oss2 keeps them in a dictionary, so that none is there twice."""
    ours = oss2.models.Tagging(oss2.models.TaggingRule())
    for key, value in pairs:
        ours.tag_set.add(key, value)
    tags = oss_v2.Tagging(tag_set=oss_v2.TagSet(tags=[oss_v2.Tag(key=key, value=value) for key, value in pairs]))
    is_told = len({key for key, _ in pairs}) == len(pairs)
    return (
        (lambda w: w.of(BARE).put_bucket_tagging(ours)) if is_told else None,
        lambda w: oss_v2.PutBucketTagsRequest(BARE, tags),
    )


TAGS = (
    Case("PutBucketTags", 400, "InvalidTag", *_tagging(("acs:a", "b"))),
    Case("PutBucketTags", 400, "RepeatedTags", *_tagging(("a", "b"), ("a", "c"))),
    Case("PutBucketTags", 400, "TooManyTags", *_tagging(*((f"key-{number}", "") for number in range(21)))),
)

CASES = LIFECYCLE + ACCELERATION + DIGESTS + CORS + POLICY + ENCRYPTION + TAGS
