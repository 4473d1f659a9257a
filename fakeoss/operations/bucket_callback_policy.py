"""PutBucketCallbackPolicy, GetBucketCallbackPolicy and DeleteBucketCallbackPolicy."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.operations.configuring import deleting, reading, setting
from fakeoss.state.configurations.callback_policy import BucketCallbackPolicy

PUT_BUCKET_CALLBACK_POLICY = setting("PutBucketCallbackPolicy", BucketCallbackPolicy)
GET_BUCKET_CALLBACK_POLICY = reading(
    "GetBucketCallbackPolicy", BucketCallbackPolicy, missing=errors.BucketCallbackPolicyNotExist
)
DELETE_BUCKET_CALLBACK_POLICY = deleting("DeleteBucketCallbackPolicy", BucketCallbackPolicy)
