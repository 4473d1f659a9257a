"""`x-oss-expiration`: what answers tell of the lifecycle rule that will delete an object."""

from __future__ import annotations

from fakeoss.operations.call import Call
from fakeoss.operations.object_headers import Pairs
from fakeoss.state.bucket import Bucket
from fakeoss.state.objects import ObjectVersion
from fakeoss.wire import dates, encoding


def of_expiry(call: Call, bucket: Bucket, version: ObjectVersion) -> Pairs:
    """The header for the version addressed, if it is the current one and a rule deletes it.

    `expiry-date` is the run that will do it, `rule-id` is percent-encoded (assumption A212).
    """
    if "LifecyclePlan" not in bucket.configurations or bucket.objects.current(call.key) is not version:
        return []
    from fakeoss.state.effects.lifecycle import expiry_of

    found = expiry_of(bucket, call.key, version, call.now, call.settings.lifecycle_hour)
    if found is None:
        return []
    at, rule_id = found
    return [("x-oss-expiration", f'expiry-date="{dates.http_date(at)}", rule-id="{encoding.url_encode(rule_id)}"')]
