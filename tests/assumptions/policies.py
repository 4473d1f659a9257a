"""Policies and objects that the questions about access need."""

from __future__ import annotations

import json
from typing import Any

import alibabacloud_oss_v2 as oss_v2


def statement(effect: str, action: str, bucket: str, **more: Any) -> dict[str, Any]:
    """A statement about a bucket and all its objects."""
    resources = [f"acs:oss:*:*:{bucket}", f"acs:oss:*:*:{bucket}/*"]
    return {"Effect": effect, "Action": [action], "Resource": resources, **more}


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "1", "Statement": list(statements)})


def put_policy(client: oss_v2.Client, bucket: str, *statements: dict[str, Any]) -> None:
    client.put_bucket_policy(oss_v2.PutBucketPolicyRequest(bucket, body=document(*statements)))


def delete_policy(client: oss_v2.Client, bucket: str) -> None:
    client.delete_bucket_policy(oss_v2.DeleteBucketPolicyRequest(bucket))


def is_public(client: oss_v2.Client, bucket: str) -> bool:
    answer = client.get_bucket_policy_status(oss_v2.GetBucketPolicyStatusRequest(bucket))
    found: bool = answer.policy_status.is_public
    return found


def block(client: oss_v2.Client, bucket: str, on: bool) -> None:
    """Switch Block Public Access of a bucket."""
    client.put_bucket_public_access_block(
        oss_v2.PutBucketPublicAccessBlockRequest(bucket, oss_v2.PublicAccessBlockConfiguration(block_public_access=on))
    )


def put(client: oss_v2.Client, bucket: str, key: str = "a") -> None:
    client.put_object(oss_v2.PutObjectRequest(bucket, key, body=b"content"))


def get(bucket: str, key: str = "a") -> oss_v2.GetObjectRequest:
    return oss_v2.GetObjectRequest(bucket, key)


def make_access_point(client: oss_v2.Client, bucket: str, name: str = "fakeoss-ap") -> str:
    """An access point open to the internet; its alias."""
    configuration = oss_v2.CreateAccessPointConfiguration(access_point_name=name, network_origin="internet")
    alias: str = client.create_access_point(oss_v2.CreateAccessPointRequest(bucket, configuration)).alias
    return alias


def delete_access_point(client: oss_v2.Client, bucket: str, name: str = "fakeoss-ap") -> None:
    client.delete_access_point(oss_v2.DeleteAccessPointRequest(bucket, access_point_name=name))
