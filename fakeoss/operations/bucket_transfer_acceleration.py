"""PutBucketTransferAcceleration and GetBucketTransferAcceleration."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.operations.configuring import reading, setting
from fakeoss.state.configurations.acceleration import TransferAcceleration

PUT_BUCKET_TRANSFER_ACCELERATION = setting("PutBucketTransferAcceleration", TransferAcceleration)
GET_BUCKET_TRANSFER_ACCELERATION = reading(
    "GetBucketTransferAcceleration", TransferAcceleration, missing=errors.NoSuchTransferAccelerationConfiguration
)
