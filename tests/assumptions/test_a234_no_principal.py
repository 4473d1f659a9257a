"""Assumption A234: a statement without a Principal means everybody.

Operations: PutBucketPolicy.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.policies import block, get, is_public, put, put_policy, statement


def test_nobody_reads_by_a_statement_without_principal(
    assumption_client: oss_v2.Client, assumption_bucket: str, assumption_nobody: oss_v2.Client
) -> None:
    put(assumption_client, assumption_bucket)
    block(assumption_client, assumption_bucket, on=False)
    put_policy(assumption_client, assumption_bucket, statement("Allow", "oss:GetObject", assumption_bucket))
    assert is_public(assumption_client, assumption_bucket)
    assert assumption_nobody.get_object(get(assumption_bucket)).body.content == b"content"
