"""Assumption A255: a default encryption with SM4 for the data needs KMS: InvalidDataEncryptionAlgorithmError."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal


def test_sm4_with_aes256(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    inner = oss_v2.ApplyServerSideEncryptionByDefault(sse_algorithm="AES256", kms_data_encryption="SM4")
    rule = oss_v2.ServerSideEncryptionRule(apply_server_side_encryption_by_default=inner)
    request = oss_v2.PutBucketEncryptionRequest(assumption_bucket, rule)
    assert refusal(assumption_client.put_bucket_encryption, request) == (400, "InvalidDataEncryptionAlgorithmError")
