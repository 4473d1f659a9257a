"""Assumption A170: a document of CORS rules beyond 16 KB is MalformedXML.

Operations: PutBucketCors.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal


def test_it_is_malformed(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    rules = [
        oss_v2.CORSRule(allowed_origins=[f"http://{'x' * 1000}{number}.example"], allowed_methods=["GET"])
        for number in range(20)
    ]
    request = oss_v2.PutBucketCorsRequest(assumption_bucket, oss_v2.CORSConfiguration(cors_rules=rules))
    assert refusal(assumption_client.put_bucket_cors, request) == (400, "MalformedXML")
