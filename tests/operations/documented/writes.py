"""What is refused to those who write objects, copy them and link to them."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2

from tests.conftest import BUCKET
from tests.operations.documented.case import Case
from tests.operations.documented.world import KEPT, MISSING, OTHER_DIGEST

UNKNOWN_CLASS = {"x-oss-storage-class": "Warm"}
UNKNOWN_CIPHER = {"x-oss-server-side-encryption": "DES"}
NEW_ONLY = {"x-oss-forbid-overwrite": "true"}


class Short:
    """Ten bytes by its own account, three in fact."""

    def __init__(self) -> None:
        self._left = b"abc"

    def __len__(self) -> int:
        return 10

    def read(self, size: int = -1) -> bytes:
        """What is left."""
        data, self._left = self._left, b""
        return data


PUT_OBJECT = (
    Case(
        "PutObject",
        400,
        "RequestTimeout",
        lambda w: oss2.Bucket(
            w.plain.auth, w.plain.endpoint, BUCKET, connect_timeout=100, region=w.plain.region
        ).put_object("b", Short()),
        None,
    ),
    Case(
        "PutObject",
        403,
        "AccessDenied",
        lambda w: w.nobody.put_object("b", b""),
        lambda w: oss_v2.PutObjectRequest(BUCKET, "b", body=b""),
        signed=False,
    ),
    Case(
        "PutObject",
        404,
        "NoSuchBucket",
        lambda w: w.missing.put_object("b", b""),
        lambda w: oss_v2.PutObjectRequest(MISSING, "b", body=b""),
    ),
    Case(
        "PutObject",
        400,
        "InvalidObjectName",
        lambda w: w.plain.put_object("\\b", b""),
        lambda w: oss_v2.PutObjectRequest(BUCKET, "\\b", body=b""),
    ),
    Case(
        "PutObject",
        400,
        "InvalidArgument",
        lambda w: w.plain.put_object("b", b"", headers=UNKNOWN_CLASS),
        lambda w: oss_v2.PutObjectRequest(BUCKET, "b", body=b"", storage_class="Warm"),
    ),
    Case(
        "PutObject",
        400,
        "InvalidEncryptionAlgorithmError",
        lambda w: w.plain.put_object("b", b"", headers=UNKNOWN_CIPHER),
        lambda w: oss_v2.PutObjectRequest(BUCKET, "b", body=b"", server_side_encryption="DES"),
    ),
    Case(
        "PutObject",
        400,
        "InvalidDigest",
        lambda w: w.plain.put_object("b", b"x", headers={"Content-MD5": OTHER_DIGEST}),
        lambda w: oss_v2.PutObjectRequest(BUCKET, "b", body=b"x", content_md5=OTHER_DIGEST),
    ),
    Case(
        "PutObject",
        409,
        "FileAlreadyExists",
        lambda w: w.plain.put_object("a", b"", headers=NEW_ONLY),
        lambda w: oss_v2.PutObjectRequest(BUCKET, "a", body=b"", forbid_overwrite=True),
    ),
    Case(
        "PutObject",
        409,
        "FileImmutable",
        lambda w: w.kept.put_object("a", b""),
        lambda w: oss_v2.PutObjectRequest(KEPT, "a", body=b""),
    ),
)

APPEND_OBJECT = (
    Case(
        "AppendObject",
        409,
        "ObjectNotAppendable",
        lambda w: w.plain.append_object("a", 7, b"x"),
        lambda w: oss_v2.AppendObjectRequest(BUCKET, "a", 7, body=b"x"),
    ),
    Case(
        "AppendObject",
        409,
        "PositionNotEqualToLength",
        lambda w: w.plain.append_object("growing", 2, b"x"),
        lambda w: oss_v2.AppendObjectRequest(BUCKET, "growing", 2, body=b"x"),
    ),
    Case(
        "AppendObject",
        400,
        "InvalidArgument",
        lambda w: w.plain.append_object("b", 0, b"x", headers=UNKNOWN_CLASS),
        lambda w: oss_v2.AppendObjectRequest(BUCKET, "b", 0, body=b"x", storage_class="Warm"),
    ),
    Case(
        "AppendObject",
        409,
        "FileImmutable",
        lambda w: w.kept.append_object("growing", 3, b"x"),
        lambda w: oss_v2.AppendObjectRequest(KEPT, "growing", 3, body=b"x"),
    ),
    Case(
        "SealAppendObject",
        404,
        "NoSuchKey",
        None,
        lambda w: oss_v2.SealAppendObjectRequest(BUCKET, "missing", 0),
    ),
    Case(
        "SealAppendObject",
        409,
        "PositionNotEqualToLength",
        None,
        lambda w: oss_v2.SealAppendObjectRequest(BUCKET, "growing", 2),
    ),
)

COPY_OBJECT = (
    Case(
        "CopyObject",
        400,
        "InvalidArgument",
        lambda w: w.plain.copy_object(BUCKET, "a", "b", headers={"x-oss-metadata-directive": "MERGE"}),
        lambda w: oss_v2.CopyObjectRequest(BUCKET, "b", source_key="a", metadata_directive="MERGE"),
    ),
    Case(
        "CopyObject",
        412,
        "PreconditionFailed",
        lambda w: w.plain.copy_object(BUCKET, "a", "b", headers={"x-oss-copy-source-if-match": '"other"'}),
        lambda w: oss_v2.CopyObjectRequest(BUCKET, "b", source_key="a", if_match='"other"'),
    ),
    Case(
        "CopyObject",
        304,
        "NotModified",
        lambda w: w.plain.copy_object(BUCKET, "a", "b", headers={"x-oss-copy-source-if-none-match": w.tag_of_a}),
        lambda w: oss_v2.CopyObjectRequest(BUCKET, "b", source_key="a", if_none_match=w.tag_of_a),
    ),
    Case(
        "CopyObject",
        409,
        "FileAlreadyExists",
        lambda w: w.plain.copy_object(BUCKET, "a", "growing", headers=NEW_ONLY),
        lambda w: oss_v2.CopyObjectRequest(BUCKET, "growing", source_key="a", forbid_overwrite=True),
    ),
    Case(
        "CopyObject",
        409,
        "FileImmutable",
        lambda w: w.kept.copy_object(BUCKET, "a", "a"),
        lambda w: oss_v2.CopyObjectRequest(KEPT, "a", source_bucket=BUCKET, source_key="a"),
    ),
    Case(
        "CopyObject",
        404,
        "NoSuchKey",
        lambda w: w.plain.copy_object(BUCKET, "missing", "b"),
        lambda w: oss_v2.CopyObjectRequest(BUCKET, "b", source_key="missing"),
    ),
    Case(
        "CopyObject",
        403,
        "InvalidObjectState",
        lambda w: w.plain.copy_object(BUCKET, "frozen", "b"),
        lambda w: oss_v2.CopyObjectRequest(BUCKET, "b", source_key="frozen"),
    ),
)

PUT_SYMLINK = (
    Case(
        "PutSymlink",
        400,
        "InvalidArgument",
        lambda w: w.plain.put_symlink("a", "new", headers=UNKNOWN_CLASS),
        lambda w: oss_v2.PutSymlinkRequest(BUCKET, "new", symlink_target="a", storage_class="Warm"),
    ),
    Case(
        "PutSymlink",
        409,
        "FileAlreadyExists",
        lambda w: w.plain.put_symlink("a", "link", headers=NEW_ONLY),
        lambda w: oss_v2.PutSymlinkRequest(BUCKET, "link", symlink_target="a", forbid_overwrite="true"),
    ),
    Case(
        "PutSymlink",
        409,
        "FileImmutable",
        lambda w: w.kept.put_symlink("growing", "a"),
        lambda w: oss_v2.PutSymlinkRequest(KEPT, "a", symlink_target="growing"),
    ),
)

_BY_KMS = {"x-oss-server-side-encryption": "KMS"}

KMS_IS_OFF = (
    Case(
        "PutObject",
        403,
        "KmsServiceNotEnabled",
        lambda w: w.plain.put_object("b", b"", headers=_BY_KMS),
        lambda w: oss_v2.PutObjectRequest(BUCKET, "b", body=b"", server_side_encryption="KMS"),
    ),
    Case(
        "CopyObject",
        403,
        "KmsServiceNotEnabled",
        lambda w: w.plain.copy_object(BUCKET, "a", "b", headers=_BY_KMS),
        lambda w: oss_v2.CopyObjectRequest(BUCKET, "b", source_key="a", server_side_encryption="KMS"),
    ),
    Case(
        "AppendObject",
        403,
        "KmsServiceNotEnabled",
        lambda w: w.plain.append_object("b", 0, b"", headers=_BY_KMS),
        lambda w: oss_v2.AppendObjectRequest(BUCKET, "b", 0, body=b"", server_side_encryption="KMS"),
    ),
    Case(
        "InitiateMultipartUpload",
        403,
        "KmsServiceNotEnabled",
        lambda w: w.plain.init_multipart_upload("b", headers=_BY_KMS),
        lambda w: oss_v2.InitiateMultipartUploadRequest(BUCKET, "b", server_side_encryption="KMS"),
    ),
)

CASES = KMS_IS_OFF + PUT_OBJECT + APPEND_OBJECT + COPY_OBJECT + PUT_SYMLINK
