"""Assumption A242: blocked public access refuses a public bucket ACL and a public policy as it does object ACLs.

Operations: PutBucketPublicAccessBlock, PutBucketAcl, PutBucketPolicy.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.policies import block, document, put, statement


def test_acl_and_policy(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    block(assumption_client, assumption_bucket, on=True)
    put(assumption_client, assumption_bucket)
    public = document(statement("Allow", "oss:GetObject", assumption_bucket, Principal=["*"]))
    for call, request in (
        (assumption_client.put_object_acl, oss_v2.PutObjectAclRequest(assumption_bucket, "a", acl="public-read")),
        (assumption_client.put_bucket_acl, oss_v2.PutBucketAclRequest(assumption_bucket, acl="public-read")),
        (assumption_client.put_bucket_policy, oss_v2.PutBucketPolicyRequest(assumption_bucket, body=public)),
    ):
        assert refusal(call, request) == (403, "AccessDenied")
