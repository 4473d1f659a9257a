"""PutBucketOverwriteConfig, GetBucketOverwriteConfig and DeleteBucketOverwriteConfig."""

from __future__ import annotations

from dataclasses import replace

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import deleting, reading, setting
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.overwrite import OverwriteConfiguration


def _with_ids(call: Call, _bucket: Bucket, asked: OverwriteConfiguration) -> OverwriteConfiguration:
    """Every rule with an id: a UUID where the request gives none (documentation: PutBucketOverwriteConfig)."""
    rules = tuple(replace(rule, id=rule.id or call.ids.uuid("overwrite rule")) for rule in asked.rules)
    return replace(asked, rules=rules)


PUT_BUCKET_OVERWRITE_CONFIG = setting("PutBucketOverwriteConfig", OverwriteConfiguration, before=_with_ids)
GET_BUCKET_OVERWRITE_CONFIG = reading(
    "GetBucketOverwriteConfig", OverwriteConfiguration, missing=errors.NoSuchBucketOverwriteConfig
)
DELETE_BUCKET_OVERWRITE_CONFIG = deleting("DeleteBucketOverwriteConfig", OverwriteConfiguration)
