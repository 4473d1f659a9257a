"""Retention of single objects: PutBucketObjectWormConfiguration, PutObjectRetention, PutObjectLegalHold and theirs."""

from __future__ import annotations

from dataclasses import replace

from fakeoss import errors
from fakeoss.operations import object_headers, reading, retaining
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import checked_body, setting
from fakeoss.operations.configuring import reading as reading_of
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import document, empty
from fakeoss.state import worm
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.object_worm import COMPLIANCE, MODES, ObjectWorm
from fakeoss.state.objects import ObjectVersion, Retention
from fakeoss.wire import dates, xml
from fakeoss.wire.bind import params, query
from fakeoss.wire.message import Reply
from fakeoss.wire.xml import Node


def _check_bucket(call: Call, bucket: Bucket, value: ObjectWorm) -> ObjectWorm:
    """Refuse a bucket without versioning, and one with a retention policy of its own."""
    if bucket.versioning != "Enabled":
        raise errors.ObjectRetentionWithoutVersioning(BucketName=bucket.name)
    if worm.policy(bucket, call.now) is not None:
        raise errors.ObjectRetentionBesideBucketRetention(BucketName=bucket.name)
    return value


PUT_BUCKET_OBJECT_WORM_CONFIGURATION = setting("PutBucketObjectWormConfiguration", ObjectWorm, before=_check_bucket)
GET_BUCKET_OBJECT_WORM_CONFIGURATION = reading_of(
    "GetBucketObjectWormConfiguration", ObjectWorm, missing=errors.NoSuchObjectWormConfiguration
)


@params
class OfVersion:
    """What the operations on a version take."""

    version_id: str | None = query("versionId", default=None)


def _version(call: Call, version_id: str | None) -> tuple[Bucket, ObjectVersion]:
    bucket = call.bucket()
    retaining.enabled(bucket)
    return bucket, reading.find_attributes(bucket, call.key, version_id)


def _changed(call: Call, bucket: Bucket, version: ObjectVersion) -> Reply:
    call.save(replace(bucket, objects=bucket.objects.replace(call.key, version)))
    return empty(200, object_headers.version_id(bucket, version))


def _document(call: Call, root: str) -> Node:
    node = xml.parse(checked_body(call))
    if node.name != root:
        raise errors.MalformedXML(ErrorDetail=f"The root element must be {root}, not {node.name}.")
    return node


@operation("PutObjectRetention", OfVersion)
def put_object_retention(call: Call, ask: OfVersion) -> Reply:
    """Keep a version until a date (documentation: PutObjectRetention).

    Raises MalformedXML; InvalidArgument for a date that has passed; InvalidRequest without object retention
    on the bucket; OperationNotSupported for an appendable object. Of retention that still holds, FileImmutable
    for another mode, and AccessDenied for an earlier date, unless it is governance and the request bypasses it.
    """
    bucket, version = _version(call, ask.version_id)
    asked = _retention(call)
    if version.kind == "Appendable":
        raise errors.RetentionOfAppendable(Key=call.key)
    _check_change(call, bucket, version, asked)
    return _changed(call, bucket, replace(version, retention=asked))


def _retention(call: Call) -> Retention:
    node = _document(call, "Retention")
    mode, until = node.text_of("Mode", ""), node.text_of("RetainUntilDate", "")
    if mode not in MODES or dates.parse_iso_date(until) is None:
        raise errors.MalformedXML(ErrorDetail="Retention must have Mode and RetainUntilDate.")
    return Retention(mode, retaining.future("RetainUntilDate", until, call.now))


def _check_change(call: Call, bucket: Bucket, version: ObjectVersion, asked: Retention) -> None:
    """Refuse what retention that still holds does not yield to.

    Nobody changes governance into compliance, leave to bypass it or not (seen by multicloudj's tests against
    the service), nor the other way round (assumption A140).
    """
    present = version.retention
    if present is None or not present.holds(call.now):
        return
    reason = f"{call.key} has {present.mode} retention until {present.until:%Y-%m-%d %H:%M:%S} UTC"
    if asked.mode != present.mode:
        raise errors.FileImmutable(Key=call.key).because(reason)
    if asked.until < present.until and (present.mode == COMPLIANCE or not retaining.bypasses(call, bucket, call.key)):
        raise errors.RetentionShortened(Key=call.key).because(reason)


@operation("GetObjectRetention", OfVersion)
def get_object_retention(call: Call, ask: OfVersion) -> Reply:
    """A version's retention, over or not; both elements are empty where there is none.

    Documentation: GetObjectRetention. Raises InvalidRequest without object retention on the bucket.
    """
    bucket, version = _version(call, ask.version_id)
    found = version.retention
    return document(
        "Retention",
        [
            ("Mode", found.mode if found else ""),
            ("RetainUntilDate", dates.iso_date(found.until) if found else ""),
        ],
        headers=object_headers.version_id(bucket, version),
    )


@operation("PutObjectLegalHold", OfVersion)
def put_object_legal_hold(call: Call, ask: OfVersion) -> Reply:
    """Put a version on hold or lift the hold; raises MalformedXML, InvalidRequest (SDK v2, `LegalHold`)."""
    bucket, version = _version(call, ask.version_id)
    status = _document(call, "LegalHold").text_of("Status", "")
    if status not in ("ON", "OFF"):
        raise errors.MalformedXML(ErrorDetail="Status must be ON or OFF.")
    return _changed(call, bucket, replace(version, legal_hold=status == "ON"))


@operation("GetObjectLegalHold", OfVersion)
def get_object_legal_hold(call: Call, ask: OfVersion) -> Reply:
    """Whether a version is on hold, OFF where that was never said (assumption A127)."""
    bucket, version = _version(call, ask.version_id)
    status = "ON" if version.legal_hold else "OFF"
    return document("LegalHold", [("Status", status)], headers=object_headers.version_id(bucket, version))
