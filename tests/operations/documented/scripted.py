"""What nothing in the fake comes to by itself: requests that are good, and refused once `oss.fail` says so."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.conftest import BUCKET
from tests.operations.documented.case import Ask, Case
from tests.operations.documented.changes import TAGS, tagging

_PUT: tuple[Ask, Ask] = (
    lambda w: w.plain.put_object("b", b""),
    lambda w: oss_v2.PutObjectRequest(BUCKET, "b", body=b""),
)

KMS_IS_OFF = (
    Case("PutObject", 403, "KmsServiceNotEnabled", *_PUT),
    Case(
        "CopyObject",
        403,
        "KmsServiceNotEnabled",
        lambda w: w.plain.copy_object(BUCKET, "a", "b"),
        lambda w: oss_v2.CopyObjectRequest(BUCKET, "b", source_key="a"),
    ),
    Case(
        "AppendObject",
        403,
        "KmsServiceNotEnabled",
        lambda w: w.plain.append_object("growing", 3, b"x"),
        lambda w: oss_v2.AppendObjectRequest(BUCKET, "growing", 3, body=b"x"),
    ),
    Case(
        "InitiateMultipartUpload",
        403,
        "KmsServiceNotEnabled",
        lambda w: w.plain.init_multipart_upload("b"),
        lambda w: oss_v2.InitiateMultipartUploadRequest(BUCKET, "b"),
    ),
)
"""The fake's key service is always there."""

BODIES_LATE_OR_WITHOUT_END = (
    Case("PutObject", 400, "RequestTimeout", *_PUT),
    Case("PutObject", 411, "MissingContentLength", *_PUT),
)
"""The fake waits for nobody; SDKs tell a length or send chunks (raw requests without either are in test_object_put)."""

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

CASES = KMS_IS_OFF + BODIES_LATE_OR_WITHOUT_END + DIRECTORIES
