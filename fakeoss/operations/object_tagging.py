"""PutObjectTagging, GetObjectTagging and DeleteObjectTagging."""

from __future__ import annotations

from dataclasses import replace

from fakeoss import errors
from fakeoss.operations import object_headers, reading, tagging
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import checked_body
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import document, empty
from fakeoss.operations.tagging import Tags
from fakeoss.wire import xml
from fakeoss.wire.bind import params, query
from fakeoss.wire.message import Reply
from fakeoss.wire.xml import Node


@params
class OfVersion:
    """What the three operations take."""

    version_id: str | None = query("versionId", default=None)


@operation("PutObjectTagging", OfVersion)
def put_object_tagging(call: Call, ask: OfVersion) -> Reply:
    """Set all tags of an object or of one version; its Last-Modified stays (reference 8.6.1).

    Raises MalformedXML and the InvalidTag family.
    """
    tags = _tags(xml.parse(checked_body(call)))
    tagging.check(tags)
    return _tagged(call, ask.version_id, tags, 200)


def _tags(node: Node) -> Tags:
    sets = node.children_named("TagSet")
    if node.name != "Tagging" or len(sets) != 1:
        raise errors.MalformedXML(ErrorDetail="A Tagging with one TagSet is expected.")
    return tuple(_tag(tag) for tag in sets[0].children_named("Tag"))


def _tag(node: Node) -> tuple[str, str]:
    key, value = node.text_of("Key", None), node.text_of("Value", None)
    if key is None or value is None:
        raise errors.MalformedXML(ErrorDetail="A Tag needs Key and Value.")
    return key, value


def _tagged(call: Call, version_id: str | None, tags: Tags, status: int) -> Reply:
    bucket = call.bucket()
    version = reading.find_attributes(bucket, call.key, version_id)
    changed = bucket.objects.replace(call.key, replace(version, tags=tags))
    call.save(replace(bucket, objects=changed))
    return empty(status, object_headers.version_id(bucket, version))


@operation("GetObjectTagging", OfVersion)
def get_object_tagging(call: Call, ask: OfVersion) -> Reply:
    """The tags in the order in which they were given, none for an object that has none (reference 8.6.2)."""
    bucket = call.bucket()
    version = reading.find_attributes(bucket, call.key, ask.version_id)
    rows = [("Tag", [("Key", key), ("Value", value)]) for key, value in version.tags]
    return document("Tagging", [("TagSet", rows)], headers=object_headers.version_id(bucket, version))


@operation("DeleteObjectTagging", OfVersion)
def delete_object_tagging(call: Call, ask: OfVersion) -> Reply:
    """Remove all tags; that there are none is no error (reference 8.6.3)."""
    return _tagged(call, ask.version_id, (), 204)
