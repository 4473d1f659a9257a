"""Assumption A219: an upload that is not complete is not replicated.

Operations: PutBucketReplication.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Wait
from tests.assumptions.scheduling import keys, location, replication
from tests.assumptions.words import put


def test_one_upload_and_one_object(
    assumption_client: oss_v2.Client, assumption_bucket: str, assumption_second_bucket: str, assumption_wait: Wait
) -> None:
    region = location(assumption_client, assumption_bucket)
    rule = replication(assumption_bucket, assumption_second_bucket, region)
    assumption_client.put_bucket_replication(rule)
    assumption_client.initiate_multipart_upload(oss_v2.InitiateMultipartUploadRequest(assumption_bucket, "upload"))
    put(assumption_client, assumption_bucket)
    assumption_wait(600)
    assert keys(assumption_client, assumption_second_bucket) == ["a"]
    uploads = assumption_client.list_multipart_uploads(oss_v2.ListMultipartUploadsRequest(assumption_second_bucket))
    assert not uploads.uploads
