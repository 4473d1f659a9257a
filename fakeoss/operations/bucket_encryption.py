"""PutBucketEncryption, GetBucketEncryption and DeleteBucketEncryption."""

from __future__ import annotations

from dataclasses import replace

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import deleting, reading, setting
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.encryption import BucketEncryption


def _without_what_needs_kms(_call: Call, _bucket: Bucket, rule: BucketEncryption) -> BucketEncryption:
    return rule if rule.algorithm == "KMS" else replace(rule, key_id=None, data_algorithm=None)


PUT_BUCKET_ENCRYPTION = setting("PutBucketEncryption", BucketEncryption, before=_without_what_needs_kms)
GET_BUCKET_ENCRYPTION = reading("GetBucketEncryption", BucketEncryption, missing=errors.NoSuchServerSideEncryptionRule)
DELETE_BUCKET_ENCRYPTION = deleting("DeleteBucketEncryption", BucketEncryption)
