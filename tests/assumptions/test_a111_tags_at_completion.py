"""Assumption A111: tags in the header of a completion count in the place of the initiation's.

Operations: CompleteMultipartUpload.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2


def test_they_count(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    initiation = oss_v2.InitiateMultipartUploadRequest(assumption_bucket, "a", tagging="k=old")
    upload_id = assumption_client.initiate_multipart_upload(initiation).upload_id
    part = oss_v2.UploadPartRequest(assumption_bucket, "a", part_number=1, upload_id=upload_id, body=b"x")
    assumption_client.upload_part(part)
    completion = oss_v2.CompleteMultipartUploadRequest(assumption_bucket, "a", upload_id=upload_id, complete_all="yes")
    completion.headers = {"x-oss-tagging": "k=new"}
    assumption_client.complete_multipart_upload(completion)
    tags = assumption_client.get_object_tagging(oss_v2.GetObjectTaggingRequest(assumption_bucket, "a")).tag_set
    assert [(tag.key, tag.value) for tag in tags.tags] == [("k", "new")]
