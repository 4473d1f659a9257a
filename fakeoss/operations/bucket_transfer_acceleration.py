"""PutBucketTransferAcceleration and GetBucketTransferAcceleration."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import reading, setting
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.acceleration import TransferAcceleration
from fakeoss.state.configurations.replication import ACCELERATED
from fakeoss.state.effects import replication


def _checked(call: Call, bucket: Bucket, value: TransferAcceleration) -> TransferAcceleration:
    """Refuse to switch off what a replication to the bucket needs: TransferAccAlreadyInUse (documentation)."""
    for source, each in replication.rules_to(call.world, bucket):
        if not value.enabled and each.state != "closing" and each.rule.destination.transfer_type == ACCELERATED:
            raise errors.TransferAccAlreadyInUse(SourceBucket=source.name, DestinationBucket=bucket.name)
    return value


PUT_BUCKET_TRANSFER_ACCELERATION = setting("PutBucketTransferAcceleration", TransferAcceleration, before=_checked)
GET_BUCKET_TRANSFER_ACCELERATION = reading(
    "GetBucketTransferAcceleration", TransferAcceleration, missing=errors.NoSuchTransferAccelerationConfiguration
)
