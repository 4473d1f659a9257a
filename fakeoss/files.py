"""Buckets from and to real folders."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from fakeoss import seeding
from fakeoss.edge.service import Service
from fakeoss.state.bucket import Bucket


def load(service: Service, directory: Path, bucket: str, prefix: str) -> int:
    """Put every file below `directory` under `prefix` and its relative path; gives the number of objects.

    The bucket is made if absent. Raises NotADirectoryError.
    """
    if not directory.is_dir():
        raise NotADirectoryError(str(directory))
    files = [path for path in sorted(directory.rglob("*")) if path.is_file()]
    with service.lock:
        if bucket not in service.store.world.buckets:
            seeding.create_bucket(
                service, bucket, region=None, acl=None, versioning=None, storage_class=None, account=None
            )
        for path in files:
            key = prefix + path.relative_to(directory).as_posix()
            seeding.put_object(service, bucket, key, path.read_bytes(), {})
    return len(files)


def dump(bucket: Bucket, directory: Path) -> int:
    """Write the current objects below `directory`; gives the number of files.

    Parts of a key that a file system would take for something else (empty, `.`, `..`) are
    percent-encoded, so that nothing is written outside.
    """
    count = 0
    for key, version in bucket.objects.live():
        path = directory.joinpath(*(_file_name(part) for part in key.split("/")))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(version.payload.segments))
        count += 1
    return count


def _file_name(part: str) -> str:
    if part in ("", ".", ".."):
        return "%2E" * len(part) or "%2F"
    return quote(part, safe=" !#$&'()+,-.;=@[]^_`{}~") if not part.isprintable() or "\\" in part else part
