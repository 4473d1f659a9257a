"""Assumption A240: a statement that allows all but some is public.

Operations: GetBucketPolicyStatus, PutBucketPolicy.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.policies import block, is_public, put_policy, statement


def test_all_but_one_is_everybody(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    block(assumption_client, assumption_bucket, on=False)
    allowing = statement("Allow", "oss:GetObject", assumption_bucket, NotPrincipal=["1111111111111111"])
    put_policy(assumption_client, assumption_bucket, allowing)
    assert is_public(assumption_client, assumption_bucket)
