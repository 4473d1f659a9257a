"""Retention of single objects in the headers of requests and answers, and the leave to bypass it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.state import protection
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.object_worm import MODES, ObjectWorm
from fakeoss.state.objects import ObjectVersion, Retention
from fakeoss.wire import dates
from fakeoss.wire.bind import boolean, refuse

MODE = "x-oss-object-worm-mode"
UNTIL = "x-oss-object-worm-retain-until-date"
HOLD = "x-oss-object-worm-legal-hold"
BYPASS = "x-oss-bypass-governance-retention"
"""Headers as SDK v2 names them."""


def enabled(bucket: Bucket) -> ObjectWorm:
    """The bucket's object retention; raises InvalidRequest where it has none."""
    found = bucket.configuration(ObjectWorm)
    if found is None:
        raise errors.ObjectWormRequired(BucketName=bucket.name)
    return found


def retention(bucket: Bucket, headers: Mapping[str, str], now: datetime) -> Retention | None:
    """The retention a writing request asks for, None where it asks for none.

    Raises InvalidRequest without object retention on the bucket, InvalidArgument for a mode or a date that
    is bad, past, or without the other.
    """
    mode, until = headers.get(MODE), headers.get(UNTIL)
    if mode is None and until is None:
        return None
    enabled(bucket)
    if mode not in MODES:
        raise refuse(MODE, mode or "")
    return Retention(mode, future(UNTIL, until or "", now))


def future(name: str, value: str, now: datetime) -> datetime:
    """A time such as `2025-11-10T16:00:00.000Z`, cut to seconds and still to come; otherwise InvalidArgument."""
    moment = dates.parse_iso_date(value)
    if moment is None:
        raise refuse(name, value)
    moment = moment.replace(microsecond=0)
    if moment <= now:
        raise refuse(name, value, "The retain until date must be in the future.")
    return moment


def legal_hold(bucket: Bucket, headers: Mapping[str, str]) -> bool | None:
    """The legal hold a writing request asks for; raises InvalidRequest, and InvalidArgument but for ON and OFF."""
    value = headers.get(HOLD)
    if value is None:
        return None
    enabled(bucket)
    if value not in ("ON", "OFF"):
        raise refuse(HOLD, value)
    return value == "ON"


def default(bucket: Bucket, now: datetime) -> Retention | None:
    """The retention that a new object of the bucket gets where its writer asks for none."""
    configuration = bucket.configuration(ObjectWorm)
    if configuration is None or configuration.default_retention is None:
        return None
    return configuration.default_retention.begun(now)


def of_version(version: ObjectVersion) -> list[tuple[str, str]]:
    """What GetObject and HeadObject tell of a version's retention, over or not, and of a hold while it lasts.

    That retention which is over is still told is assumption A129.
    """
    pairs = []
    if version.retention is not None:
        pairs += [(MODE, version.retention.mode), (UNTIL, dates.iso_date(version.retention.until))]
    if version.legal_hold:
        pairs.append((HOLD, "ON"))
    return pairs


def bypasses(call: Call, bucket: Bucket, key: str) -> bool:
    """Whether the request bypasses governance retention; raises AccessDenied where the caller may not."""
    if BYPASS not in call.headers or not boolean(BYPASS, call.headers[BYPASS]):
        return False
    call.judge.permit("oss:BypassGovernanceRetention", bucket, key, "config")
    return True


def check_delete(call: Call, bucket: Bucket, key: str, version_id: str | None) -> None:
    """Raise FileImmutable where a version that must stay would go, and the request does not or may not bypass it."""
    found = protection.of_deletion(bucket, key, version_id, call.now)
    bypass = found is not None and found.can_be_bypassed and bypasses(call, bucket, key)
    protection.check_delete(bucket, key, version_id, call.now, bypass=bypass)
