"""DeleteObject and DeleteMultipleObjects."""

from __future__ import annotations

from dataclasses import dataclass

from fakeoss import errors
from fakeoss.operations import reading, retaining
from fakeoss.operations.call import Call
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import document, empty
from fakeoss.state.bucket import Bucket
from fakeoss.state.objects import DeleteMarker
from fakeoss.state.version_stack import assign_version_id
from fakeoss.wire import checksums, encoding, xml
from fakeoss.wire.bind import either, params, query
from fakeoss.wire.message import Reply
from fakeoss.wire.xml import Element, Node

KEYS_LIMIT = 1000
BODY_LIMIT = 2 << 20
"""Keys and bytes in one DeleteMultipleObjects request (reference 8.1.6)."""


@dataclass(frozen=True, slots=True)
class Deletion:
    """What a deletion did: the marker it made or removed, if it was one, and the id that was named."""

    bucket: Bucket
    marker: DeleteMarker | None = None
    version_id: str | None = None


def delete(call: Call, bucket: Bucket, key: str, version_id: str | None) -> Deletion:
    """Remove one version for good, or hide the key behind a delete marker; nothing there is no error.

    Raises FileImmutable for a version that must stay.
    """
    retaining.check_delete(call, bucket, key, version_id)
    if version_id is not None:
        return _delete_version(call, bucket, key, version_id)
    identifier = assign_version_id(bucket.versioning, call.ids.version())
    marker = DeleteMarker(identifier, call.ids.sequence(), call.second, bucket.owner)
    objects = bucket.objects.delete(key, bucket.versioning, marker)
    changed = bucket.with_objects(objects, call.second)
    return Deletion(changed, marker if bucket.versioning is not None else None)


def _delete_version(call: Call, bucket: Bucket, key: str, version_id: str) -> Deletion:
    reading.check_version_id(version_id)
    found = bucket.objects.get(key, version_id)
    if found is None:
        return Deletion(bucket, None, version_id)
    changed = bucket.with_objects(bucket.objects.remove(key, version_id), call.second)
    return Deletion(changed, found if isinstance(found, DeleteMarker) else None, version_id)


@params
class DeleteObject:
    """What DeleteObject takes."""

    version_id: str | None = query("versionId", default=None)


@operation("DeleteObject", DeleteObject)
def delete_object(call: Call, ask: DeleteObject) -> Reply:
    """Remove one version, or hide the key behind a delete marker; 204 even where nothing was there."""
    deletion = delete(call, call.bucket(), call.key, ask.version_id)
    call.save(deletion.bucket)
    headers = []
    if deletion.marker is not None:
        headers.append(("x-oss-delete-marker", "true"))
    identifier = deletion.version_id or (deletion.marker and deletion.marker.version_id)
    if identifier and deletion.bucket.versioning is not None:
        headers.append(("x-oss-version-id", identifier))
    return empty(204, headers)


@params
class DeleteMultipleObjects:
    """What DeleteMultipleObjects takes beside its document."""

    encoding_type: str | None = either("encoding-type", default=None)


@dataclass(frozen=True, slots=True)
class Named:
    """One object of the list to delete."""

    key: str
    version_id: str | None


@operation("DeleteMultipleObjects", DeleteMultipleObjects)
def delete_multiple_objects(call: Call, ask: DeleteMultipleObjects) -> Reply:
    """Delete up to 1,000 objects or versions; the answer lists them unless `Quiet` is true (reference 8.1.6).

    One that may not be deleted refuses them all (assumption A249), and so does one that must stay (assumption A126).
    Permission comes before what a key says: ossfs's own tests delete an empty key from another account's bucket.
    """
    url = encoding.wants_url(ask.encoding_type)
    quiet, named = _named(call)
    bucket = call.bucket()
    rows: list[Element] = []
    for item in named:
        action = "oss:DeleteObjectVersion" if item.version_id else "oss:DeleteObject"
        call.judge.permit(action, bucket, item.key, "write")
        _check(item)
        deletion = delete(call, bucket, item.key, item.version_id)
        bucket = deletion.bucket
        rows.append(("Deleted", _deleted(item, deletion, url)))
    call.save(bucket)
    if quiet:
        return empty(200)
    encoded: list[Element] = [("EncodingType", "url")] if url else []
    return document("DeleteResult", encoded + rows)


def _named(call: Call) -> tuple[bool, list[Named]]:
    data = call.request.data()
    if "content-md5" not in call.headers:
        raise errors.DeleteDigestMissing(ArgumentName="Content-MD5")
    checksums.check_md5(call.headers["content-md5"], checksums.md5(data))
    root = xml.parse_delete(data, BODY_LIMIT)
    if root.name != "Delete":
        raise errors.MalformedDelete(ErrorDetail="the root node is not named Delete.")
    named = [_item(node) for node in root.children_named("Object")]
    if not named:
        raise errors.DeleteWithoutKeys(ErrorDetail="No object is named.")
    if len(named) > KEYS_LIMIT:
        raise errors.TooManyDeleteKeys()
    quiet = root.text_of("Quiet", "").strip().lower() or "false"
    if quiet not in ("true", "false"):
        raise errors.MalformedDelete(ErrorDetail="Quiet is neither true nor false.")
    return quiet == "true", named


def _item(node: Node) -> Named:
    key = node.text_of("Key", None)
    if key is None:
        raise errors.UserKeyMustBeSpecified()
    return Named(key, node.text_of("VersionId", None) or None)


def _check(item: Named) -> None:
    if not item.key:
        raise errors.ObjectNameEmpty()
    reading.check_version_id(item.version_id)


def _deleted(item: Named, deletion: Deletion, url: bool) -> list[Element]:
    elements: list[Element] = [("Key", encoding.url_encode(item.key) if url else item.key)]
    if deletion.bucket.versioning is None:
        return elements
    if item.version_id is not None:
        elements.append(("VersionId", item.version_id))
    if deletion.marker is not None:
        elements += [("DeleteMarker", True), ("DeleteMarkerVersionId", deletion.marker.version_id)]
    return elements
