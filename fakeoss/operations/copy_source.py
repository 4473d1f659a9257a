"""The source of a copy: `x-oss-copy-source` read, found, and held against the conditions on it.

Shared by CopyObject and UploadPartCopy (reference 8.1.3, 8.3.3). The header is `/bucket/key`, the key
percent-encoded, with `?versionId=` and an id or nothing behind it (docs: 0016-00000304, 0042-00000301).
"""

from __future__ import annotations

from dataclasses import dataclass

from fakeoss import errors
from fakeoss.operations import reading
from fakeoss.operations.call import Call
from fakeoss.operations.object_headers import Pairs
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.access_point import ALIAS_SUFFIX, AccessPoint
from fakeoss.state.objects import DeleteMarker, ObjectVersion
from fakeoss.wire import encoding
from fakeoss.wire.conditions import Conditions

HEADER = "x-oss-copy-source"


@dataclass(frozen=True, slots=True)
class Place:
    """What the header names, `bucket` as written; `version_id` is None where it names none."""

    bucket: str
    key: str
    version_id: str | None


@dataclass(frozen=True, slots=True)
class CopySource:
    """The version that is copied, where it stands, and the version id that named it, if one did.

    `point` is the access point whose alias stood in the bucket's place, if one did.
    """

    bucket: Bucket
    key: str
    version: ObjectVersion
    version_id: str | None
    point: AccessPoint | None = None

    @property
    def headers(self) -> Pairs:
        """`x-oss-copy-source-version-id`, once the source's bucket ever had versioning."""
        if self.bucket.versioning is None:
            return []
        return [("x-oss-copy-source-version-id", self.version.version_id)]


@dataclass(frozen=True, slots=True)
class Refusals:
    """How an operation refuses a header that names no object, an empty one, and a delete marker (assumption A105)."""

    malformed: errors.Row
    empty: errors.Row
    delete_marker: errors.Row


OF_OBJECT = Refusals(errors.InvalidCopySource, errors.InvalidCopySource, errors.CopySourceIsDeleteMarker)
OF_PART = Refusals(errors.InvalidPartCopySource, errors.EmptyPartCopySource, errors.PartCopySourceIsDeleteMarker)


def parse(header: str, refusals: Refusals = OF_OBJECT) -> Place:
    """Read the header; raises InvalidArgument, and InvalidObjectName for a key that is not UTF-8."""
    if not header:
        raise refusals.empty(ArgumentName=HEADER, ArgumentValue=header)
    path, question, query = header.partition("?")
    slash, bucket, key = _parts(path)
    if not (slash and bucket and key):
        raise refusals.malformed(ArgumentName=HEADER, ArgumentValue=header)
    return Place(encoding.decode_key(bucket), encoding.decode_key(key), _version_id(query) if question else None)


def _parts(path: str) -> tuple[str, str, str]:
    """The leading slash, the bucket and the key; empty text where one is missing."""
    bucket, _, key = path[1:].partition("/")
    return "/" if path.startswith("/") else "", bucket, key


def _version_id(query: str) -> str:
    name, _, value = query.partition("=")
    if name != "versionId":
        raise errors.UnknownCopySourceParameter(ArgumentName=HEADER, ArgumentValue=query)
    if not value:
        raise errors.EmptyCopySourceVersionId(ArgumentName="versionId", ArgumentValue="")
    return encoding.decode_key(value)


def find(call: Call, refusals: Refusals = OF_OBJECT) -> CopySource:
    """The version to copy, which the caller may read and whose conditions hold.

    The alias of an access point may take the bucket's place (assumption A255). Raises what `parse` raises,
    NoSuchBucket, AccessDenied (also across regions), NoSuchKey, NoSuchVersion, the refusal of delete markers,
    PreconditionFailed and NotModified.
    """
    place = parse(call.headers[HEADER], refusals)
    reading.check_version_id(place.version_id)
    point = call.world.access_points.get(place.bucket) if place.bucket.endswith(ALIAS_SUFFIX) else None
    bucket = call.bucket(place.bucket if point is None else point.bucket)
    if bucket.region != call.bucket().region:
        raise errors.CopyAcrossRegions().because(f"{bucket.name} is in {bucket.region}, the copy in another region")
    action = "oss:GetObject" if place.version_id is None else "oss:GetObjectVersion"
    call.judge.permit(action, bucket, place.key, "read", place.version_id, point)
    version = _version(bucket, place, refusals)
    Conditions.of_copy_source(call.headers).require(version.etag, version.last_modified)
    return CopySource(bucket, place.key, version, place.version_id, point)


def _version(bucket: Bucket, place: Place, refusals: Refusals) -> ObjectVersion:
    found = bucket.objects.get(place.key, place.version_id)
    if isinstance(found, DeleteMarker):
        refusal = errors.NoSuchKey if place.version_id is None else refusals.delete_marker
        raise refusal(Key=place.key).because("the source is a delete marker")
    if found is not None:
        return found
    if place.version_id is None:
        raise errors.NoSuchKey(Key=place.key)
    raise errors.NoSuchCopySourceVersion(Key=place.key, VersionId=place.version_id)
