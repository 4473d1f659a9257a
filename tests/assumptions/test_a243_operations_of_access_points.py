"""Assumption A243: an access point serves objects, listings and its own policy; all else is AccessDenied.

Operations: CreateAccessPoint.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.policies import delete_access_point, get, make_access_point, put


def test_the_bucket_is_not_managed_through_it(
    assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal
) -> None:
    put(assumption_client, assumption_bucket)
    alias = make_access_point(assumption_client, assumption_bucket)
    try:
        assert assumption_client.get_object(get(alias)).body.content == b"content"
        listed = assumption_client.list_objects_v2(oss_v2.ListObjectsV2Request(alias)).contents
        assert [found.key for found in listed] == ["a"]
        for call, request in (
            (assumption_client.get_bucket_info, oss_v2.GetBucketInfoRequest(alias)),
            (assumption_client.put_bucket_acl, oss_v2.PutBucketAclRequest(alias, acl="private")),
            (assumption_client.delete_bucket, oss_v2.DeleteBucketRequest(alias)),
        ):
            assert refusal(call, request) == (403, "AccessDenied")
    finally:
        delete_access_point(assumption_client, assumption_bucket)
