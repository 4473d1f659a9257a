"""Assumption A171: where every origin is allowed, answers name `*` and not the origin that asked.

Operations: OptionObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2


def test_it_is_a_star(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    rule = oss_v2.CORSRule(allowed_origins=["*"], allowed_methods=["PUT"])
    assumption_client.put_bucket_cors(
        oss_v2.PutBucketCorsRequest(assumption_bucket, oss_v2.CORSConfiguration(cors_rules=[rule]))
    )
    asked = oss_v2.OptionObjectRequest(
        assumption_bucket, "a", origin="http://www.example.com", access_control_request_method="PUT"
    )
    assert assumption_client.option_object(asked).access_control_allow_origin == "*"
