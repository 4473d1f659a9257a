"""Assumption A123: ACL and tags of an object within its retention can be changed.

Operations: PutObjectAcl, PutObjectTagging, DeleteObjectTagging.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.words import initiate, put


def test_acl_and_tags_change(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    put(assumption_client, assumption_bucket)
    initiate(assumption_client, assumption_bucket, 1)
    acl = oss_v2.PutObjectAclRequest(bucket=assumption_bucket, key="a", acl="private")
    assert assumption_client.put_object_acl(acl).status_code == 200
    tags = oss_v2.DeleteObjectTaggingRequest(bucket=assumption_bucket, key="a")
    assert assumption_client.delete_object_tagging(tags).status_code == 204
    assumption_client.abort_bucket_worm(oss_v2.AbortBucketWormRequest(bucket=assumption_bucket))
