"""Finding the version a request reads: by key, version id and through links, with the refusals of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.access_monitor import AccessMonitor
from fakeoss.state.configurations.access_point import AccessPoint
from fakeoss.state.configurations.archive_direct_read import ArchiveDirectRead
from fakeoss.state.objects import DeleteMarker, ObjectVersion
from fakeoss.values import quickly_made

_VERSION_ID = re.compile(r"[A-Za-z0-9._-]{32,1024}={0,2}\Z")


@quickly_made
@dataclass(frozen=True, slots=True)
class Found:
    """What a read shows: `version` is what was named, `target` what its content comes from (itself but for links).

    `version_id` is the id that named it, None where none did.
    """

    bucket: Bucket
    key: str
    version: ObjectVersion
    target: ObjectVersion
    version_id: str | None = None


def check_version_id(version_id: str | None) -> None:
    """Refuse an empty version id and one no service would make."""
    if version_id is None:
        return
    if not version_id:
        raise errors.EmptyVersionId(ArgumentName="versionId", ArgumentValue="")
    if version_id != "null" and not is_version_id(version_id):
        raise errors.InvalidVersionId(ArgumentName="versionId", ArgumentValue=version_id)


def is_version_id(text: str) -> bool:
    """Whether the text has the shape of an id the service gives out: base64 of a packed record, not short."""
    return _VERSION_ID.match(text) is not None


def find(bucket: Bucket, key: str, version_id: str | None) -> ObjectVersion:
    """The current version of a key, or the one named.

    Raises NoSuchKey, with `x-oss-delete-marker` where a marker hides the key; NoSuchVersion; and
    MethodNotAllowed for a marker asked for by its id.
    """
    check_version_id(version_id)
    if version_id is None:
        return _current(bucket, key)
    found = bucket.objects.get(key, version_id)
    if found is None:
        raise errors.NoSuchVersion(Key=key, VersionId=version_id)
    if isinstance(found, DeleteMarker):
        raise errors.DeleteMarkerMethodNotAllowed(Method="GET", ResourceType="DeleteMarker").with_headers(
            ("Allow", "DELETE"), *marker_headers(found)
        )
    return found


def find_attributes(bucket: Bucket, key: str, version_id: str | None) -> ObjectVersion:
    """As `find`, for what is kept beside the content: ACL, tags, retention and the like.

    A marker asked for by its id is NoSuchKey here (reference 8.4.1, 8.4.2 and 8.6.1; for 8.1.10 assumption A133).
    """
    if version_id is not None and isinstance(marker := bucket.objects.get(key, version_id), DeleteMarker):
        raise errors.NoSuchKey(Key=key).with_headers(*marker_headers(marker))
    return find(bucket, key, version_id)


def _current(bucket: Bucket, key: str) -> ObjectVersion:
    found = bucket.objects.current(key)
    if isinstance(found, ObjectVersion):
        return found
    refusal = errors.NoSuchKey(Key=key)
    if found is not None:
        refusal = refusal.with_headers(*marker_headers(found))
    raise refusal


def marker_headers(marker: DeleteMarker) -> tuple[tuple[str, str], ...]:
    """What answers tell of a delete marker in the way."""
    return (("x-oss-delete-marker", "true"), ("x-oss-version-id", marker.version_id))


def open_object(call: Call, version_id: str | None) -> Found:
    """What a read of the addressed object shows, a link followed to where the caller may read as well.

    Raises what `find` raises, SymlinkTargetNotExist, InvalidTargetType and AccessDenied.
    """
    bucket = call.bucket()
    version = find(bucket, call.key, version_id)
    target = follow(bucket, version)
    if version.symlink_target is not None:
        call.judge.permit("oss:GetObject", bucket, version.symlink_target, "read")
    return Found(bucket, call.key, version, target, version_id)


def follow(bucket: Bucket, version: ObjectVersion) -> ObjectVersion:
    """The object a link stands for, or the object itself; raises SymlinkTargetNotExist, InvalidTargetType."""
    if version.symlink_target is None:
        return version
    target = bucket.objects.current(version.symlink_target)
    if not isinstance(target, ObjectVersion):
        raise errors.SymlinkTargetNotExist(SymlinkTarget=version.symlink_target)
    if target.kind == "Symlink":
        raise errors.InvalidTargetType(Type=target.kind, TargetFile=version.symlink_target)
    return target


def permit_tags(
    call: Call, bucket: Bucket, key: str, version_id: str | None, through: AccessPoint | None = None
) -> None:
    """Ask whether the caller may read the tags of an object, or of a version named; raises AccessDenied."""
    action = "oss:GetObjectTagging" if version_id is None else "oss:GetObjectVersionTagging"
    call.judge.permit(action, bucket, key, "config", version_id, through)


def check_readable(call: Call, bucket: Bucket, version: ObjectVersion, key: str | None = None) -> None:
    """Refuse the content of an archived object that is neither restored nor read directly: InvalidObjectState.

    `key` names it in the refusal where it is not the one addressed.
    """
    if is_frozen(call, version) and not _is_read_directly(bucket, version):
        raise errors.InvalidObjectState(ObjectName=call.key if key is None else key).because(
            f"the object's storage class is {version.storage_class} and it is not restored"
        )


def is_frozen(call: Call, version: ObjectVersion) -> bool:
    """Whether an object is archived and its content not restored."""
    if version.storage_class not in ("Archive", "ColdArchive", "DeepColdArchive"):
        return False
    return version.restore is None or not version.restore.is_readable(call.now)


def _is_read_directly(bucket: Bucket, version: ObjectVersion) -> bool:
    configuration = bucket.configuration(ArchiveDirectRead)
    return version.storage_class == "Archive" and configuration is not None and configuration.enabled


def note_access(call: Call, found: Found) -> None:
    """Remember that the content was read now, where the bucket tracks accesses (GetObject alone: assumption A136)."""
    monitor = found.bucket.configuration(AccessMonitor)
    if monitor is None or not monitor.is_noted(found.target, call.now):
        return
    key = found.version.symlink_target or found.key
    read = replace(found.target, accessed_at=call.second)
    call.save(replace(found.bucket, objects=found.bucket.objects.replace(key, read)))
