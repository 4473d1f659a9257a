"""What is refused to those who delete objects, change what is known of them, or wake them."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2

from tests.conftest import BUCKET
from tests.operations.documented.case import Case
from tests.operations.documented.world import KEPT, OTHER_DIGEST

TOO_MANY = [f"key-{number}" for number in range(1001)]
TAGS = oss_v2.Tagging(tag_set=oss_v2.TagSet(tags=[oss_v2.Tag(key="k", value="v")]))


def tagging(**tags: str) -> oss2.models.Tagging:
    """Tags as oss2 sends them."""
    rule = oss2.models.TaggingRule()
    for key, value in tags.items():
        rule.add(key, value)
    return oss2.models.Tagging(rule)


def _days(days: int) -> oss2.models.RestoreConfiguration:
    return oss2.models.RestoreConfiguration(days)


DELETE = (
    Case(
        "DeleteObject",
        409,
        "FileImmutable",
        lambda w: w.kept.delete_object("a"),
        lambda w: oss_v2.DeleteObjectRequest(KEPT, "a"),
    ),
    Case(
        "DeleteMultipleObjects",
        400,
        "InvalidDigest",
        None,
        lambda w: oss_v2.DeleteMultipleObjectsRequest(
            BUCKET, objects=[oss_v2.DeleteObject("a")], headers={"Content-MD5": OTHER_DIGEST}
        ),
    ),
    Case(
        "DeleteMultipleObjects",
        400,
        "MalformedXML",
        lambda w: w.plain.batch_delete_objects(TOO_MANY),
        lambda w: oss_v2.DeleteMultipleObjectsRequest(BUCKET, objects=[oss_v2.DeleteObject(key) for key in TOO_MANY]),
    ),
    Case(
        "DeleteMultipleObjects",
        409,
        "FileImmutable",
        lambda w: w.kept.batch_delete_objects(["a"]),
        lambda w: oss_v2.DeleteMultipleObjectsRequest(KEPT, objects=[oss_v2.DeleteObject("a")]),
    ),
)

ACCESS_CONTROL = (
    Case(
        "PutObjectAcl",
        403,
        "AccessDenied",
        lambda w: w.nobody.put_object_acl("a", "public-read"),
        lambda w: oss_v2.PutObjectAclRequest(BUCKET, "a", acl="public-read"),
        signed=False,
    ),
    Case(
        "PutObjectAcl",
        400,
        "InvalidArgument",
        lambda w: w.plain.put_object_acl("a", "public"),
        lambda w: oss_v2.PutObjectAclRequest(BUCKET, "a", acl="public"),
    ),
    Case(
        "PutObjectAcl",
        404,
        "NoSuchKey",
        lambda w: w.plain.put_object_acl("missing", "private"),
        lambda w: oss_v2.PutObjectAclRequest(BUCKET, "missing", acl="private"),
    ),
)

TAGGING = (
    Case(
        "PutObjectTagging",
        404,
        "NoSuchKey",
        lambda w: w.plain.put_object_tagging("missing", tagging(k="v")),
        lambda w: oss_v2.PutObjectTaggingRequest(BUCKET, "missing", tagging=TAGS),
    ),
    Case(
        "PutObjectTagging",
        400,
        "InvalidTag",
        lambda w: w.plain.put_object_tagging("a", tagging(k="#")),
        lambda w: oss_v2.PutObjectTaggingRequest(
            BUCKET, "a", tagging=oss_v2.Tagging(tag_set=oss_v2.TagSet(tags=[oss_v2.Tag(key="k", value="#")]))
        ),
    ),
    Case(
        "DeleteObjectTagging",
        404,
        "NoSuchKey",
        lambda w: w.plain.delete_object_tagging("missing"),
        lambda w: oss_v2.DeleteObjectTaggingRequest(BUCKET, "missing"),
    ),
)

RESTORE = (
    Case(
        "RestoreObject",
        400,
        "OperationNotSupported",
        lambda w: w.plain.restore_object("a"),
        lambda w: oss_v2.RestoreObjectRequest(BUCKET, "a"),
    ),
    Case(
        "RestoreObject",
        404,
        "NoSuchKey",
        lambda w: w.plain.restore_object("missing"),
        lambda w: oss_v2.RestoreObjectRequest(BUCKET, "missing"),
    ),
    Case(
        "RestoreObject",
        409,
        "RestoreAlreadyInProgress",
        lambda w: w.plain.restore_object("restoring"),
        lambda w: oss_v2.RestoreObjectRequest(BUCKET, "restoring"),
    ),
    Case(
        "RestoreObject",
        400,
        "InvalidArgument",
        lambda w: w.plain.restore_object("frozen", input=_days(1000)),
        lambda w: oss_v2.RestoreObjectRequest(BUCKET, "frozen", restore_request=oss_v2.RestoreRequest(days=1000)),
    ),
    Case(
        "CleanRestoredObject",
        404,
        "NoSuchKey",
        None,
        lambda w: oss_v2.CleanRestoredObjectRequest(BUCKET, "missing"),
    ),
    Case(
        "CleanRestoredObject",
        400,
        "OperationNotSupported",
        None,
        lambda w: oss_v2.CleanRestoredObjectRequest(BUCKET, "a"),
    ),
    Case(
        "CleanRestoredObject",
        409,
        "ArchiveRestoreNotFinished",
        None,
        lambda w: oss_v2.CleanRestoredObjectRequest(BUCKET, "restoring"),
    ),
)

CASES = DELETE + ACCESS_CONTROL + TAGGING + RESTORE
