"""Assumption A106: a part copied from a symbolic link is 400 OperationNotSupported.

Operations: UploadPartCopy.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.words import begin, part_copy


def test_it_is_refused(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    assumption_client.put_symlink(oss_v2.PutSymlinkRequest(assumption_bucket, "a", symlink_target="target"))
    upload_id = begin(assumption_client, assumption_bucket)
    request = part_copy(assumption_bucket, upload_id)
    assert refusal(assumption_client.upload_part_copy, request) == (400, "OperationNotSupported")
