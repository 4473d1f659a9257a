"""Objects that the service itself writes into buckets: lists, logs."""

from __future__ import annotations

from datetime import datetime

from fakeoss.state import protection
from fakeoss.state.bucket import Bucket
from fakeoss.state.effects.means import Means
from fakeoss.state.objects import Encryption, Fields, ObjectVersion
from fakeoss.state.payload import Payload
from fakeoss.state.store import World
from fakeoss.state.version_stack import assign_version_id


def receiver(world: World, source: Bucket, name: str) -> Bucket | None:
    """The bucket that what concerns `source` is delivered to: of the same account and region, else None."""
    target = world.buckets.get(name)
    return target if target is not None and (target.owner, target.region) == (source.owner, source.region) else None


def delivered(
    target: Bucket,
    key: str,
    data: bytes,
    content_type: str,
    at: datetime,
    means: Means,
    encryption: Encryption | None = None,
) -> Bucket:
    """The bucket with one more object; as it was where another that must stay is in the way."""
    if protection.of_overwriting(target, key, at) is not None:
        return target
    payload = Payload.of((data,))
    version = ObjectVersion(
        version_id=assign_version_id(target.versioning, means.ids.version()),
        sequence=means.ids.sequence(),
        payload=payload,
        etag=payload.etag,
        last_modified=at.replace(microsecond=0),
        owner=target.owner,
        storage_class=target.storage_class,
        headers=Fields({"Content-Type": content_type}),
        encryption=encryption,
    )
    return target.with_objects(target.objects.put(key, version), at)
