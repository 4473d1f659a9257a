"""Lifecycle rules made by SDK v2."""

from __future__ import annotations

from typing import Any

import alibabacloud_oss_v2 as oss_v2

from tests.conftest import BUCKET


def put(client: oss_v2.Client, *given_rules: oss_v2.LifecycleRule, **options: Any) -> None:
    client.put_bucket_lifecycle(
        oss_v2.PutBucketLifecycleRequest(
            bucket=BUCKET, lifecycle_configuration=oss_v2.LifecycleConfiguration(rules=list(given_rules)), **options
        )
    )


def get(client: oss_v2.Client) -> list[oss_v2.LifecycleRule]:
    result = client.get_bucket_lifecycle(oss_v2.GetBucketLifecycleRequest(bucket=BUCKET))
    found: list[oss_v2.LifecycleRule] = result.lifecycle_configuration.rules
    return found


def rule(prefix: str = "a/", **actions: Any) -> oss_v2.LifecycleRule:
    return oss_v2.LifecycleRule(prefix=prefix, status="Enabled", **actions)


def expiring(days: int) -> oss_v2.LifecycleRuleExpiration:
    return oss_v2.LifecycleRuleExpiration(days=days)


def moving(days: int, storage_class: str) -> oss_v2.LifecycleRuleTransition:
    return oss_v2.LifecycleRuleTransition(days=days, storage_class=storage_class)
