"""Assumption A250: an ACL public-read-write lets nobody set tags, not even with x-oss-tagging while writing.

Operations: PutObjectTagging, PutObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.policies import block


def test_nobody_writes_without_tags_only(
    assumption_client: oss_v2.Client, assumption_bucket: str, assumption_nobody: oss_v2.Client, refusal: Refusal
) -> None:
    block(assumption_client, assumption_bucket, on=False)
    assumption_client.put_bucket_acl(oss_v2.PutBucketAclRequest(assumption_bucket, acl="public-read-write"))
    assumption_nobody.put_object(oss_v2.PutObjectRequest(assumption_bucket, "a", body=b"a"))
    tagged = oss_v2.PutObjectRequest(assumption_bucket, "b", tagging="k=v", body=b"b")
    assert refusal(assumption_nobody.put_object, tagged) == (403, "AccessDenied")
