"""Buckets from and to real folders."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from fakeoss import clock, seeding
from fakeoss.edge import settling
from fakeoss.edge.service import Service
from fakeoss.files.paths import SIDE, Paths
from fakeoss.files.records import Record, marker_from, record_of, version_from
from fakeoss.state.bucket import Bucket
from fakeoss.state.objects import NULL, ObjectVersion, Version
from fakeoss.state.version_stack import VersionStack

INDEX = f"{SIDE}/index.json"
"""Where `dump` writes what files do not say: keys, metadata, tags, ACLs, versions, delete markers."""

FORMAT = 1

_OF_BUCKET = ("region", "acl", "storage_class", "redundancy", "versioning", "hierarchical", "comment")


def dump(bucket: Bucket, directory: Path) -> int:
    """Write the objects of `bucket` below `directory`; gives the number of current ones.

    A file with an object's content is named after its key, percent-encoded where a file system would take that
    for something else, so that nothing is written outside. Older versions and keys that cannot be files go to
    the folder `.fakeoss`, with an index that tells all the rest. Uploads and bucket configurations are not written.
    What an earlier dump wrote there goes first, other files stay. Raises ValueError for an index that is not dump's.
    """
    side = directory / SIDE
    if (directory / INDEX).exists():
        _remove_dumped(directory, _index(directory))
        shutil.rmtree(side)
    side.mkdir(parents=True)
    writer = _Writer(directory)
    objects = [{"key": key, "versions": writer.write(key, stack)} for key, stack in bucket.objects.items()]
    about = {name: getattr(bucket, name) for name in _OF_BUCKET}
    document = {"format": FORMAT, "bucket": {"name": bucket.name, **about}, "objects": objects}
    (directory / INDEX).write_text(json.dumps(document, indent=1), encoding="utf-8")
    return bucket.objects.live_count


def _remove_dumped(directory: Path, index: dict[str, Any]) -> None:
    """Remove the files that an index tells of, and the folders that are empty then; never one outside."""
    root = directory.resolve()
    records = [record for entry in index["objects"] for record in entry["versions"]]
    for file in [directory / record["file"] for record in records if "file" in record]:
        if file.is_file() and file.parent.resolve().is_relative_to(root):
            file.unlink()
            _remove_empty(file.parent, root)


def _remove_empty(folder: Path, root: Path) -> None:
    while folder.resolve() != root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


class _Writer:
    """Writes contents into files, each under a path of its own."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._root = directory.resolve()
        self._paths = Paths()
        self._aside = 0

    def write(self, key: str, stack: VersionStack) -> list[Record]:
        """Write the contents of a key's versions; gives their records, each with its file's path."""
        records = []
        for version in stack:
            record = record_of(version)
            if isinstance(version, ObjectVersion):
                path = self._paths.of(key) if version is stack.latest else None
                record["file"] = path or self._path_aside()
                self._write_file(record["file"], version)
            records.append(record)
        return records

    def _path_aside(self) -> str:
        self._aside += 1
        return f"{SIDE}/content/{self._aside:06d}"

    def _write_file(self, path: str, version: ObjectVersion) -> None:
        target = self._directory / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_symlink() or not target.parent.resolve().is_relative_to(self._root):
            raise ValueError(f"{target} leads out of {self._directory}")
        with target.open("wb") as file:
            file.writelines(version.payload.segments)


def load(service: Service, directory: Path, bucket: str, prefix: str) -> int:
    """Put every file below `directory` under `prefix` and its relative path; gives the number of objects.

    The bucket is made if absent. What `dump` wrote comes back with all it was, under the same version ids, and makes a
    bucket like the one it came from; a bucket that has never kept versions takes the current ones only.
    Raises NotADirectoryError, and ValueError for an index that is not dump's.
    """
    if not directory.is_dir():
        raise NotADirectoryError(str(directory))
    index = _index(directory)
    with seeding.whole_or_not_at_all(service):
        settling.settle(service, clock.now())
        if bucket not in service.store.world.buckets:
            _create(service, bucket, index["bucket"])
        before = service.store.world
        loader = _Loader(service, directory, bucket)
        count = sum(loader.put(prefix + entry["key"], entry["versions"]) for entry in index["objects"])
        settling.follow(service, before, clock.now())
        return count + _load_files(service, directory, bucket, prefix, loader.read)


def _index(directory: Path) -> dict[str, Any]:
    path = directory / INDEX
    if not path.exists():
        return {"bucket": {}, "objects": []}
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path} is not the index of a dump: {error}") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT or not {"bucket", "objects"} <= set(document):
        raise ValueError(f"{path} is not the index of a dump of format {FORMAT}")
    return document


def _create(service: Service, name: str, about: Record) -> None:
    seeding.create_bucket(
        service,
        name,
        region=about.get("region"),
        acl=about.get("acl"),
        versioning=about.get("versioning"),
        storage_class=about.get("storage_class"),
        account=None,
    )
    world = service.store.world
    further = {name: about[name] for name in ("redundancy", "hierarchical", "comment") if name in about}
    service.store.world = world.with_bucket(replace(world.buckets[name], **further))


class _Loader:
    """Puts versions back into a bucket; `read` are the files whose content they have."""

    def __init__(self, service: Service, directory: Path, bucket: str) -> None:
        self._service = service
        self._directory = directory
        self._root = directory.resolve()
        self._bucket = bucket
        self.read: set[str] = set()

    def put(self, key: str, records: list[Record]) -> bool:
        """Put the versions of one key, given newest first; whether an object is current then."""
        bucket = self._service.store.world.buckets[self._bucket]
        versions = [self._version(record) for record in records]
        if bucket.versioning is None:
            versions = [replace(version, version_id=NULL) for version in versions[:1]]
            versions = [version for version in versions if isinstance(version, ObjectVersion)]
        objects = bucket.objects
        for version in reversed(versions):
            stack = objects.stack(key)
            if version.version_id == NULL or stack is None or version.version_id not in stack:
                objects = objects.put(key, version)
        self._service.store.world = self._service.store.world.with_bucket(bucket.with_objects(objects, clock.now()))
        return isinstance(objects.current(key), ObjectVersion)

    def _version(self, record: Record) -> Version:
        sequence = self._service.ids.sequence()
        if record.get("delete_marker"):
            return marker_from(record, sequence)
        path = record.pop("file")
        self.read.add(path)
        file = self._directory / path
        if not file.resolve().is_relative_to(self._root):
            raise ValueError(f"the index leads out of {self._directory}: {path}")
        return version_from(record, sequence, file.read_bytes())


def _load_files(service: Service, directory: Path, bucket: str, prefix: str, known: set[str]) -> int:
    """Put the files that no index tells of, in order of their paths; gives their number."""
    count = 0
    for folder, folders, names in os.walk(directory):
        folders.sort()
        if folder == str(directory) and (directory / INDEX).exists():
            folders.remove(SIDE)
        for name in sorted(names):
            file = Path(folder, name)
            path = file.relative_to(directory).as_posix()
            if path not in known:
                seeding.put_object(service, bucket, prefix + path, file.read_bytes(), {})
                count += 1
    return count
