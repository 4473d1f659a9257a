"""PutBucketAccessMonitor and GetBucketAccessMonitor."""

from __future__ import annotations

from dataclasses import replace

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import reading, setting
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.access_monitor import DISABLED, AccessMonitor
from fakeoss.state.configurations.lifecycle import Lifecycle


def _begun(call: Call, bucket: Bucket, value: AccessMonitor) -> AccessMonitor:
    """The configuration with the moment at which tracking began; what was enabled goes on.

    Raises InvalidRequest where it is disabled while lifecycle rules go by it (assumption A135).
    """
    present = bucket.configuration(AccessMonitor)
    if not value.is_enabled:
        lifecycle = bucket.configuration(Lifecycle)
        if lifecycle is not None and any(rule.goes_by_access for rule in lifecycle.rules):
            raise errors.AccessMonitorInUse(BucketName=bucket.name)
        return value
    began = present.since if present is not None and present.is_enabled else call.second
    return replace(value, since=began)


PUT_BUCKET_ACCESS_MONITOR = setting("PutBucketAccessMonitor", AccessMonitor, before=_begun)
GET_BUCKET_ACCESS_MONITOR = reading(
    "GetBucketAccessMonitor", AccessMonitor, default=lambda _: AccessMonitor(status=DISABLED)
)
