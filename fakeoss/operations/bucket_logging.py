"""Operations on access logs and on the user-defined fields of their lines."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import deleting, reading, setting
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.access_log import BucketLogging, UserDefinedLogFields


def _checked(call: Call, bucket: Bucket, value: BucketLogging) -> BucketLogging:
    """Refuse a target that is not there (assumption A222), elsewhere or another's, or that he must not write to."""
    if value.target is None:
        return value
    name = value.target.bucket
    target = call.world.buckets.get(name)
    if target is None or target.region != bucket.region:
        raise errors.InvalidTargetBucketForLogging(TargetBucket=name)
    if target.owner != bucket.owner:
        raise errors.LoggingTargetNotOwned(TargetBucket=name)
    call.judge.permit("oss:PutObject", target, value.target.prefix, "write")
    return value


PUT_BUCKET_LOGGING = setting("PutBucketLogging", BucketLogging, before=_checked)
GET_BUCKET_LOGGING = reading("GetBucketLogging", BucketLogging, default=lambda bucket: BucketLogging())
DELETE_BUCKET_LOGGING = deleting("DeleteBucketLogging", BucketLogging)

PUT_USER_DEFINED_LOG_FIELDS_CONFIG = setting("PutUserDefinedLogFieldsConfig", UserDefinedLogFields)
GET_USER_DEFINED_LOG_FIELDS_CONFIG = reading(
    "GetUserDefinedLogFieldsConfig", UserDefinedLogFields, missing=errors.NoSuchUserDefinedLogFieldsConfig
)
DELETE_USER_DEFINED_LOG_FIELDS_CONFIG = deleting("DeleteUserDefinedLogFieldsConfig", UserDefinedLogFields)
