"""What is refused to those who upload in parts."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2

from tests.conftest import BUCKET
from tests.operations.documented.case import Case
from tests.operations.documented.world import OTHER_DIGEST, World
from tests.operations.documented.writes import NEW_ONLY, UNKNOWN_CIPHER, UNKNOWN_CLASS


def _parts(world: World) -> list[oss2.models.PartInfo]:
    return [oss2.models.PartInfo(1, world.etag)]


def _list_of_parts(world: World) -> oss_v2.CompleteMultipartUpload:
    return oss_v2.CompleteMultipartUpload(parts=[oss_v2.UploadPart(1, world.etag)])


INITIATE = (
    Case(
        "InitiateMultipartUpload",
        400,
        "InvalidEncryptionAlgorithmError",
        lambda w: w.plain.init_multipart_upload("b", headers=UNKNOWN_CIPHER),
        lambda w: oss_v2.InitiateMultipartUploadRequest(BUCKET, "b", server_side_encryption="DES"),
    ),
    Case(
        "InitiateMultipartUpload",
        400,
        "InvalidArgument",
        lambda w: w.plain.init_multipart_upload("b", headers=UNKNOWN_CLASS),
        lambda w: oss_v2.InitiateMultipartUploadRequest(BUCKET, "b", storage_class="Warm"),
    ),
    Case(
        "InitiateMultipartUpload",
        409,
        "FileAlreadyExists",
        lambda w: w.plain.init_multipart_upload("a", headers=NEW_ONLY),
        lambda w: oss_v2.InitiateMultipartUploadRequest(BUCKET, "a", forbid_overwrite=True),
    ),
)

UPLOAD_PART = (
    Case(
        "UploadPart",
        404,
        "NoSuchUpload",
        lambda w: w.plain.upload_part("b", w.upload_id, 1, b"x"),
        lambda w: oss_v2.UploadPartRequest(BUCKET, "b", 1, w.upload_id, body=b"x"),
    ),
    Case(
        "UploadPart",
        400,
        "InvalidArgument",
        lambda w: w.plain.upload_part("a", w.upload_id, 10001, b"x"),
        lambda w: oss_v2.UploadPartRequest(BUCKET, "a", 10001, w.upload_id, body=b"x"),
    ),
    Case(
        "UploadPart",
        400,
        "InvalidDigest",
        lambda w: w.plain.upload_part("a", w.upload_id, 1, b"x", headers={"Content-MD5": OTHER_DIGEST}),
        lambda w: oss_v2.UploadPartRequest(BUCKET, "a", 1, w.upload_id, content_md5=OTHER_DIGEST, body=b"x"),
    ),
)

UPLOAD_PART_COPY = (
    Case(
        "UploadPartCopy",
        400,
        "OperationNotSupported",
        lambda w: w.plain.upload_part_copy(BUCKET, "frozen", None, "a", w.upload_id, 1),
        lambda w: oss_v2.UploadPartCopyRequest(BUCKET, "a", 1, w.upload_id, source_key="frozen"),
    ),
    Case(
        "UploadPartCopy",
        412,
        "PreconditionFailed",
        lambda w: w.plain.upload_part_copy(
            BUCKET, "a", None, "a", w.upload_id, 1, headers={"x-oss-copy-source-if-match": '"other"'}
        ),
        lambda w: oss_v2.UploadPartCopyRequest(BUCKET, "a", 1, w.upload_id, source_key="a", if_match='"other"'),
    ),
    Case(
        "UploadPartCopy",
        304,
        "NotModified",
        lambda w: w.plain.upload_part_copy(
            BUCKET, "a", None, "a", w.upload_id, 1, headers={"x-oss-copy-source-if-none-match": w.tag_of_a}
        ),
        lambda w: oss_v2.UploadPartCopyRequest(BUCKET, "a", 1, w.upload_id, source_key="a", if_none_match=w.tag_of_a),
    ),
    Case(
        "UploadPartCopy",
        404,
        "NoSuchKey",
        lambda w: w.plain.upload_part_copy(BUCKET, "missing", None, "a", w.upload_id, 1),
        lambda w: oss_v2.UploadPartCopyRequest(BUCKET, "a", 1, w.upload_id, source_key="missing"),
    ),
    Case(
        "UploadPartCopy",
        404,
        "NoSuchUpload",
        lambda w: w.plain.upload_part_copy(BUCKET, "a", None, "b", w.upload_id, 1),
        lambda w: oss_v2.UploadPartCopyRequest(BUCKET, "b", 1, w.upload_id, source_key="a"),
    ),
)

COMPLETE = (
    Case(
        "CompleteMultipartUpload",
        400,
        "InvalidDigest",
        lambda w: w.plain.complete_multipart_upload("a", w.upload_id, _parts(w), headers={"Content-MD5": OTHER_DIGEST}),
        lambda w: oss_v2.CompleteMultipartUploadRequest(
            BUCKET,
            "a",
            w.upload_id,
            complete_multipart_upload=_list_of_parts(w),
            headers={"Content-MD5": OTHER_DIGEST},
        ),
    ),
    Case(
        "CompleteMultipartUpload",
        409,
        "FileAlreadyExists",
        lambda w: w.plain.complete_multipart_upload("a", w.upload_id, _parts(w), headers=NEW_ONLY),
        lambda w: oss_v2.CompleteMultipartUploadRequest(
            BUCKET, "a", w.upload_id, complete_multipart_upload=_list_of_parts(w), forbid_overwrite=True
        ),
    ),
    Case(
        "AbortMultipartUpload",
        404,
        "NoSuchUpload",
        lambda w: w.plain.abort_multipart_upload("b", w.upload_id),
        lambda w: oss_v2.AbortMultipartUploadRequest(BUCKET, "b", w.upload_id),
    ),
)

CASES = INITIATE + UPLOAD_PART + UPLOAD_PART_COPY + COMPLETE
