"""Assumption A105: a part copied from a delete marker by its id is 400 InvalidArgument.

Operations: UploadPartCopy.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.words import begin, part_copy, versioning


def test_it_is_refused(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    assumption_client.put_bucket_versioning(versioning(assumption_bucket, "Enabled"))
    marker = assumption_client.delete_object(oss_v2.DeleteObjectRequest(assumption_bucket, "a")).version_id
    upload_id = begin(assumption_client, assumption_bucket)
    request = part_copy(assumption_bucket, upload_id, source_version_id=marker)
    assert refusal(assumption_client.upload_part_copy, request) == (400, "InvalidArgument")
