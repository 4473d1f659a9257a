"""What is refused to those who read objects."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.conftest import BUCKET
from tests.operations.documented.case import Case
from tests.operations.documented.world import MISSING, UNKNOWN_VERSION, VERSIONED
from tests.operations.versions import at

ANY = {"If-None-Match": "*"}
OTHER = {"If-Match": '"other"'}

GET_OBJECT = (
    Case(
        "GetObject",
        404,
        "NoSuchKey",
        lambda w: w.plain.get_object("missing"),
        lambda w: oss_v2.GetObjectRequest(BUCKET, "missing"),
    ),
    Case(
        "GetObject",
        404,
        "NoSuchBucket",
        lambda w: w.missing.get_object("a"),
        lambda w: oss_v2.GetObjectRequest(MISSING, "a"),
    ),
    Case(
        "GetObject",
        404,
        "NoSuchVersion",
        lambda w: w.versioned.get_object("hidden", params=at(UNKNOWN_VERSION)),
        lambda w: oss_v2.GetObjectRequest(VERSIONED, "hidden", version_id=UNKNOWN_VERSION),
    ),
    Case(
        "GetObject",
        403,
        "AccessDenied",
        lambda w: w.nobody.get_object("a"),
        lambda w: oss_v2.GetObjectRequest(BUCKET, "a"),
        signed=False,
    ),
    Case(
        "GetObject",
        404,
        "SymlinkTargetNotExist",
        lambda w: w.plain.get_object("dangling"),
        lambda w: oss_v2.GetObjectRequest(BUCKET, "dangling"),
    ),
    Case(
        "GetObject",
        400,
        "InvalidTargetType",
        lambda w: w.plain.get_object("chain"),
        lambda w: oss_v2.GetObjectRequest(BUCKET, "chain"),
    ),
    Case(
        "GetObject",
        403,
        "InvalidObjectState",
        lambda w: w.plain.get_object("frozen"),
        lambda w: oss_v2.GetObjectRequest(BUCKET, "frozen"),
    ),
    Case(
        "GetObject",
        304,
        "NotModified",
        lambda w: w.plain.get_object("a", headers=ANY),
        lambda w: oss_v2.GetObjectRequest(BUCKET, "a", if_none_match="*"),
    ),
    Case(
        "GetObject",
        412,
        "PreconditionFailed",
        lambda w: w.plain.get_object("a", headers=OTHER),
        lambda w: oss_v2.GetObjectRequest(BUCKET, "a", if_match='"other"'),
    ),
    Case(
        "GetObject",
        416,
        "InvalidRange",
        lambda w: w.plain.get_object("a", byte_range=(100, 200), headers={"x-oss-range-behavior": "standard"}),
        lambda w: oss_v2.GetObjectRequest(BUCKET, "a", range_header="bytes=100-200", range_behavior="standard"),
    ),
    Case(
        "GetObject",
        405,
        "MethodNotAllowed",
        lambda w: w.versioned.get_object("hidden", params=at(w.marker)),
        lambda w: oss_v2.GetObjectRequest(VERSIONED, "hidden", version_id=w.marker),
    ),
)

HEAD_OBJECT = (
    Case(
        "HeadObject",
        404,
        "NoSuchKey",
        lambda w: w.plain.head_object("missing"),
        lambda w: oss_v2.HeadObjectRequest(BUCKET, "missing"),
    ),
    Case(
        "HeadObject",
        404,
        "NoSuchBucket",
        lambda w: w.missing.head_object("a"),
        lambda w: oss_v2.HeadObjectRequest(MISSING, "a"),
    ),
    Case(
        "HeadObject",
        404,
        "SymlinkTargetNotExist",
        lambda w: w.plain.head_object("dangling"),
        lambda w: oss_v2.HeadObjectRequest(BUCKET, "dangling"),
    ),
    Case(
        "HeadObject",
        400,
        "InvalidTargetType",
        lambda w: w.plain.head_object("chain"),
        lambda w: oss_v2.HeadObjectRequest(BUCKET, "chain"),
    ),
    Case(
        "HeadObject",
        304,
        "NotModified",
        lambda w: w.plain.head_object("a", headers=ANY),
        lambda w: oss_v2.HeadObjectRequest(BUCKET, "a", if_none_match="*"),
    ),
    Case(
        "HeadObject",
        412,
        "PreconditionFailed",
        lambda w: w.plain.head_object("a", headers=OTHER),
        lambda w: oss_v2.HeadObjectRequest(BUCKET, "a", if_match='"other"'),
    ),
    Case(
        "HeadObject",
        405,
        "MethodNotAllowed",
        lambda w: w.versioned.head_object("hidden", params=at(w.marker)),
        lambda w: oss_v2.HeadObjectRequest(VERSIONED, "hidden", version_id=w.marker),
    ),
)

OF_AN_OBJECT = (
    Case(
        "GetObjectMeta",
        404,
        "NoSuchKey",
        lambda w: w.plain.get_object_meta("missing"),
        lambda w: oss_v2.GetObjectMetaRequest(BUCKET, "missing"),
    ),
    Case(
        "GetObjectMeta",
        405,
        "MethodNotAllowed",
        lambda w: w.versioned.get_object_meta("hidden", params=at(w.marker)),
        lambda w: oss_v2.GetObjectMetaRequest(VERSIONED, "hidden", version_id=w.marker),
    ),
    Case(
        "GetObjectAcl",
        403,
        "AccessDenied",
        lambda w: w.nobody.get_object_acl("a"),
        lambda w: oss_v2.GetObjectAclRequest(BUCKET, "a"),
        signed=False,
    ),
    Case(
        "GetObjectAcl",
        404,
        "NoSuchKey",
        lambda w: w.plain.get_object_acl("missing"),
        lambda w: oss_v2.GetObjectAclRequest(BUCKET, "missing"),
    ),
    Case(
        "GetSymlink",
        404,
        "NoSuchKey",
        lambda w: w.plain.get_symlink("missing"),
        lambda w: oss_v2.GetSymlinkRequest(BUCKET, "missing"),
    ),
    Case(
        "GetSymlink",
        400,
        "NotSymlink",
        lambda w: w.plain.get_symlink("a"),
        lambda w: oss_v2.GetSymlinkRequest(BUCKET, "a"),
    ),
    Case(
        "GetObjectTagging",
        404,
        "NoSuchKey",
        lambda w: w.plain.get_object_tagging("missing"),
        lambda w: oss_v2.GetObjectTaggingRequest(BUCKET, "missing"),
    ),
)

CASES = GET_OBJECT + HEAD_OBJECT + OF_AN_OBJECT
