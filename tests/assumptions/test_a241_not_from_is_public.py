"""Assumption A241: a condition that only excludes an address does not make a statement less public.

Operations: GetBucketPolicyStatus, PutBucketPolicy.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.policies import block, is_public, put_policy, statement


def test_from_everywhere_but_one_network(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    block(assumption_client, assumption_bucket, on=False)
    for operator, public in (("NotIpAddress", True), ("IpAddress", False)):
        place = {operator: {"acs:SourceIp": ["192.0.2.0/24"]}}
        allowing = statement("Allow", "oss:GetObject", assumption_bucket, Principal=["*"], Condition=place)
        put_policy(assumption_client, assumption_bucket, allowing)
        assert is_public(assumption_client, assumption_bucket) is public
