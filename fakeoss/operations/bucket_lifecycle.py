"""PutBucketLifecycle, GetBucketLifecycle and DeleteBucketLifecycle."""

from __future__ import annotations

from dataclasses import replace

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import deleting, reading, setting
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.access_monitor import AccessMonitor
from fakeoss.state.configurations.lifecycle import Lifecycle, LifecycleRule
from fakeoss.state.configurations.lifecycle_overlap import check_overlap
from fakeoss.state.objects import STORAGE_CLASSES
from fakeoss.wire.bind import refuse

OVERLAP = "x-oss-allow-same-action-overlap"


def _checked(call: Call, bucket: Bucket, value: Lifecycle) -> Lifecycle:
    """The rules with an id each; what the bucket and the other rules have against one is raised."""
    allowed = call.headers.get(OVERLAP, "false").lower()
    if allowed not in ("true", "false"):
        raise refuse(OVERLAP, call.headers[OVERLAP])
    check_overlap(value.rules, allowed=allowed == "true")
    return replace(value, rules=tuple(_of_bucket(call, bucket, rule) for rule in value.rules))


def _of_bucket(call: Call, bucket: Bucket, rule: LifecycleRule) -> LifecycleRule:
    """The rule as the bucket keeps it.

    Raises InvalidArgument for a move to a class that is warmer than the bucket's (documentation; its own is taken:
    SDK v2's tests), MalformedXML for a rule by access time where accesses are not tracked.
    """
    for step in rule.moves:
        if STORAGE_CLASSES.index(step.storage_class) < STORAGE_CLASSES.index(bucket.storage_class):
            raise errors.InvalidLifecycleStorageClass(ArgumentName="StorageClass", ArgumentValue=step.storage_class)
    base = rule.atime_base
    if rule.goes_by_access:
        monitor = bucket.configuration(AccessMonitor)
        if monitor is None or monitor.since is None or not monitor.is_enabled:
            raise errors.MalformedXML(ErrorDetail="IsAccessTime needs access tracking.")
        base = int(monitor.since.timestamp()) if base is None else base
    return replace(rule, id=rule.id or call.ids.uuid("lifecycle rule"), atime_base=base)


PUT_BUCKET_LIFECYCLE = setting("PutBucketLifecycle", Lifecycle, before=_checked)
GET_BUCKET_LIFECYCLE = reading("GetBucketLifecycle", Lifecycle, missing=errors.NoSuchLifecycle)
DELETE_BUCKET_LIFECYCLE = deleting("DeleteBucketLifecycle", Lifecycle)
