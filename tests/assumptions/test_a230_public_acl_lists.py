"""Assumption A230: a public bucket ACL lets everybody list objects, not only read them.

Operations: PutBucketAcl, ListObjects, ListObjectsV2.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.policies import block, put


def test_nobody_lists_a_public_bucket(
    assumption_client: oss_v2.Client, assumption_bucket: str, assumption_nobody: oss_v2.Client, refusal: Refusal
) -> None:
    put(assumption_client, assumption_bucket)
    listing = oss_v2.ListObjectsV2Request(assumption_bucket)
    assert refusal(assumption_nobody.list_objects_v2, listing) == (403, "AccessDenied")
    block(assumption_client, assumption_bucket, on=False)
    assumption_client.put_bucket_acl(oss_v2.PutBucketAclRequest(assumption_bucket, acl="public-read"))
    assert [found.key for found in assumption_nobody.list_objects_v2(listing).contents] == ["a"]
