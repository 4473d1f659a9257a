"""Assumption A110: a KMS key with another algorithm than KMS, or with none, is 400 InvalidArgument.

Operations: PutObject, CopyObject, InitiateMultipartUpload.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import pytest

from tests.assumptions.conftest import Refusal


@pytest.mark.parametrize("algorithm", [None, "AES256"])
def test_it_is_refused(
    assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal, algorithm: str | None
) -> None:
    request = oss_v2.PutObjectRequest(
        assumption_bucket,
        "a",
        body=b"x",
        server_side_encryption=algorithm,
        server_side_encryption_key_id="9468da86-3509-4f8d-a61e-6eab1eac0000",
    )
    assert refusal(assumption_client.put_object, request) == (400, "InvalidArgument")
