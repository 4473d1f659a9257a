"""Assumption A113: an object cannot be begun by an append with a named KMS key: 400 InvalidArgument.

Operations: AppendObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal


def test_it_is_refused(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    request = oss_v2.AppendObjectRequest(assumption_bucket, "a", position=0, body=b"x", server_side_encryption="KMS")
    request.headers = {"x-oss-server-side-encryption-key-id": "9468da86-3509-4f8d-a61e-6eab1eac0000"}
    assert refusal(assumption_client.append_object, request) == (400, "InvalidArgument")
