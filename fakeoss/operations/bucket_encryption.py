"""PutBucketEncryption, GetBucketEncryption and DeleteBucketEncryption."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.operations.configuring import deleting, reading, setting
from fakeoss.state.configurations.encryption import BucketEncryption

PUT_BUCKET_ENCRYPTION = setting("PutBucketEncryption", BucketEncryption)
GET_BUCKET_ENCRYPTION = reading("GetBucketEncryption", BucketEncryption, missing=errors.NoSuchServerSideEncryptionRule)
DELETE_BUCKET_ENCRYPTION = deleting("DeleteBucketEncryption", BucketEncryption)
