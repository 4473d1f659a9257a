"""Assumption A252: an empty resource group id moves the bucket to the default resource group.

Operations: PutBucketResourceGroup.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2


def test_the_default_group(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    reading = oss_v2.GetBucketResourceGroupRequest(assumption_bucket)

    def group() -> str:
        answer = assumption_client.get_bucket_resource_group(reading)
        found: str = answer.bucket_resource_group_configuration.resource_group_id
        return found

    before = group()
    assumption_client.put_bucket_resource_group(
        oss_v2.PutBucketResourceGroupRequest(
            assumption_bucket, oss_v2.BucketResourceGroupConfiguration(resource_group_id="")
        )
    )
    assert group() == before
