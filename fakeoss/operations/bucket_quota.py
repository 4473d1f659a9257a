"""What a bucket may hold: its storage capacity (`?qos`) and its storage quota (`?quota`)."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import deleting, reading, setting
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import document
from fakeoss.state.configurations.quota import UNLIMITED, StorageCapacity, StorageQuota, used
from fakeoss.wire import schema_xml
from fakeoss.wire.message import Reply

PUT_BUCKET_USER_QOS = setting("PutBucketUserQos", StorageCapacity)
GET_BUCKET_USER_QOS = reading(
    "GetBucketUserQos", StorageCapacity, default=lambda _: StorageCapacity(gigabytes=UNLIMITED)
)
PUT_BUCKET_STORAGE_QUOTA = setting("PutBucketStorageQuota", StorageQuota)
DELETE_BUCKET_STORAGE_QUOTA = deleting("DeleteBucketStorageQuota", StorageQuota)


@operation("GetBucketStorageQuota")
def get_bucket_storage_quota(call: Call) -> Reply:
    """The quota, with what the bucket holds now; raises NoSuchBucketStorageQuotaConfiguration."""
    bucket = call.bucket()
    quota = bucket.configuration(StorageQuota)
    if quota is None:
        raise errors.NoSuchBucketStorageQuotaConfiguration(BucketName=bucket.name)
    return document("QuotaConfiguration", [*schema_xml.elements(quota), ("CurrentUsage", used(bucket))])
