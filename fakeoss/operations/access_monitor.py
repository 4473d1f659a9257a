"""PutBucketAccessMonitor and GetBucketAccessMonitor."""

from __future__ import annotations

from dataclasses import replace

from fakeoss.operations.call import Call
from fakeoss.operations.configuring import reading, setting
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.access_monitor import DISABLED, AccessMonitor


def _begun(call: Call, bucket: Bucket, value: AccessMonitor) -> AccessMonitor:
    """The configuration with the moment at which tracking began; what was enabled goes on."""
    present = bucket.configuration(AccessMonitor)
    if not value.is_enabled:
        return value
    began = present.since if present is not None and present.is_enabled else call.second
    return replace(value, since=began)


PUT_BUCKET_ACCESS_MONITOR = setting("PutBucketAccessMonitor", AccessMonitor, before=_begun)
GET_BUCKET_ACCESS_MONITOR = reading(
    "GetBucketAccessMonitor", AccessMonitor, default=lambda _: AccessMonitor(status=DISABLED)
)
