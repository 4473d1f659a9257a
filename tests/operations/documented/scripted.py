"""What nothing in the fake comes to by itself: requests that are good, and refused once `oss.fail` says so.

The table in docs/faults.md has a reason for each.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2

from tests.conftest import BUCKET
from tests.operations.documented.case import Ask, Case
from tests.operations.documented.changes import TAGS, tagging
from tests.operations.documented.estate import AFAR, BARE, BOUND, BUSY, RULE, domain
from tests.operations.replicating import request

_PUT: tuple[Ask, Ask] = (
    lambda w: w.plain.put_object("b", b""),
    lambda w: oss_v2.PutObjectRequest(BUCKET, "b", body=b""),
)

WITHOUT_LENGTH = (Case("PutObject", 411, "MissingContentLength", *_PUT),)
"""SDKs tell a length or send chunks (raw requests without either are in test_object_put)."""

DIRECTORIES = (
    Case(
        "DeleteObject",
        409,
        "FileAlreadyExists",
        lambda w: w.plain.delete_object("a"),
        lambda w: oss_v2.DeleteObjectRequest(BUCKET, "a"),
    ),
    Case(
        "PutObjectAcl",
        409,
        "FileAlreadyExists",
        lambda w: w.plain.put_object_acl("a", "private"),
        lambda w: oss_v2.PutObjectAclRequest(BUCKET, "a", acl="private"),
    ),
    Case(
        "GetObjectAcl",
        409,
        "FileAlreadyExists",
        lambda w: w.plain.get_object_acl("a"),
        lambda w: oss_v2.GetObjectAclRequest(BUCKET, "a"),
    ),
    Case(
        "PutObjectTagging",
        409,
        "FileAlreadyExists",
        lambda w: w.plain.put_object_tagging("a", tagging(k="v")),
        lambda w: oss_v2.PutObjectTaggingRequest(BUCKET, "a", tagging=TAGS),
    ),
)
"""Where a directory stands in a bucket with a hierarchical namespace."""

_REPLICATE: tuple[Ask, Ask] = (
    lambda w: w.of(BARE).put_bucket_replication(
        oss2.models.ReplicationRule(target_bucket_name=AFAR, target_bucket_location="oss-cn-beijing")
    ),
    lambda w: request(AFAR, "oss-cn-beijing", source=BARE),
)

OVERTAKEN = (
    Case("PutBucketReplication", 400, "BucketAlreadyHasReplicationConfiguration", *_REPLICATE),
    Case(
        "DeleteBucketReplication",
        409,
        "TransferAccAlreadyInUse",
        lambda w: w.of(BUSY).delete_bucket_replication(RULE),
        lambda w: oss_v2.DeleteBucketReplicationRequest(BUSY, oss_v2.ReplicationRules(ids=[RULE])),
    ),
    Case(
        "ListCname",
        404,
        "NoSuchCname",
        lambda w: w.of(BARE).list_bucket_cname(),
        lambda w: oss_v2.ListCnameRequest(BARE),
    ),
    Case(
        "DeleteCname",
        404,
        "NoSuchCname",
        lambda w: w.of(BARE).delete_bucket_cname(BOUND),
        lambda w: oss_v2.DeleteCnameRequest(BARE, domain(BOUND)),
    ),
    Case(
        "GetBucketTags",
        404,
        "NoSuchBucketObjectTagging",
        lambda w: w.of(BARE).get_bucket_tagging(),
        lambda w: oss_v2.GetBucketTagsRequest(BARE),
    ),
    Case(
        "PutObjectTagging",
        400,
        "InvalidTaggingKey",
        lambda w: w.plain.put_object_tagging("a", tagging(k="v")),
        lambda w: oss_v2.PutObjectTaggingRequest(BUCKET, "a", tagging=TAGS),
    ),
    Case(
        "GetObject",
        404,
        "NoSuchCacheControlConfiguration",
        lambda w: w.plain.get_object("a"),
        lambda w: oss_v2.GetObjectRequest(BUCKET, "a"),
    ),
)
"""Where another source, younger or nearer to the service, says otherwise, or none says what brings it about."""

CASES = WITHOUT_LENGTH + DIRECTORIES + OVERTAKEN
