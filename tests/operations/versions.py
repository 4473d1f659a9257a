"""Short words for what tests of versions say again and again."""

from __future__ import annotations

import oss2

import fakeoss


def enable(bucket: oss2.Bucket) -> None:
    set_versioning(bucket, "Enabled")


def suspend(bucket: oss2.Bucket) -> None:
    set_versioning(bucket, "Suspended")


def set_versioning(bucket: oss2.Bucket, status: str) -> None:
    configuration = oss2.models.BucketVersioningConfig()
    configuration.status = status
    bucket.put_bucket_versioning(configuration)


def ids(bucket: oss2.Bucket, key: str) -> list[str]:
    """The ids of a key's versions and markers, newest first, seen to be those that ListObjectVersions shows."""
    fake = fakeoss.active()
    assert fake is not None
    found = [version.version_id for version in fake.bucket(bucket.bucket_name).versions(key)]
    listed = bucket.list_object_versions(prefix=key)
    entries = [entry for entry in (*listed.versions, *listed.delete_marker) if entry.key == key]
    assert sorted(entry.versionid for entry in entries) == sorted(found)
    assert [entry.versionid for entry in entries if entry.is_latest] == found[:1]
    return found


def at(version_id: str) -> dict[str, str]:
    """The parameters that name a version."""
    return {"versionId": version_id}
