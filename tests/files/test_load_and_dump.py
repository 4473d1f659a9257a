"""`oss.load` and `oss.dump`: what a client stored is what a client of another fake finds."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import oss2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fakeoss
from fakeoss import errors
from fakeoss.files import INDEX
from fakeoss.state.bucket import Bucket
from fakeoss.state.objects import DeleteMarker, Encryption, Fields, ObjectVersion, Restore, Retention, Version
from fakeoss.state.payload import Payload
from fakeoss.state.version_stack import VersionStack
from tests.files.test_paths import keys

UTC = timezone.utc
FIELDS = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40, deadline=None
)

texts = st.text(max_size=6)
moments = st.datetimes(datetime(2001, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - made aware
some_fields = st.dictionaries(st.sampled_from(["a", "Content-Type", "x y"]), texts, max_size=2).map(Fields)


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


ANY: dict[str, st.SearchStrategy[Any]] = {
    "last_modified": moments,
    "owner": texts,
    "kind": st.sampled_from(["Normal", "Appendable", "Multipart", "Symlink"]),
    "storage_class": st.sampled_from(["Standard", "Archive"]),
    "headers": some_fields,
    "meta": some_fields,
    "acl": st.sampled_from(["default", "public-read"]),
    "tags": st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
    "encryption": optional(st.builds(Encryption, texts, optional(texts), optional(texts))),
    "symlink_target": optional(texts),
    "restore": optional(st.builds(Restore, texts, st.integers(1, 9), moments, moments, moments)),
    "retention": optional(st.builds(Retention, texts, moments)),
    "legal_hold": optional(st.booleans()),
    "sealed_at": optional(moments),
    "part_sizes": st.lists(st.integers(0, 99), max_size=3).map(tuple),
    "accessed_at": optional(moments),
    "transitioned_at": optional(moments),
    "is_replica": st.booleans(),
}
"""What each field of a version may hold."""


@st.composite
def versions(draw: st.DrawFn, version_id: str) -> Version:
    if draw(st.integers(0, 4)) == 0:
        return DeleteMarker(version_id, 1, draw(moments), "owner")
    payload = Payload.of([draw(st.binary(max_size=20))])
    if draw(st.booleans()):
        payload = payload.without_md5()
    etag = draw(st.sampled_from([payload.etag, "0" * 32 + "-2"]))
    needed = {name: ANY[name] for name in ("last_modified", "owner")}
    others = {name: strategy for name, strategy in ANY.items() if name not in needed}
    some = draw(st.fixed_dictionaries(needed, optional=others))
    return ObjectVersion(version_id=version_id, sequence=1, payload=payload, etag=etag, **some)


@st.composite
def buckets(draw: st.DrawFn) -> Bucket:
    made = Bucket(
        "a-bucket",
        "owner",
        "cn-shanghai",
        datetime(2020, 1, 1, tzinfo=UTC),
        acl=draw(st.sampled_from(["private", "public-read"])),
        storage_class=draw(st.sampled_from(["Standard", "IA"])),
        versioning=draw(st.sampled_from(["Enabled", "Suspended"])),
        redundancy=draw(st.sampled_from(["LRS", "ZRS"])),
        comment=draw(texts),
    )
    objects = made.objects
    for key in draw(st.lists(keys, max_size=5, unique=True)):
        stack = VersionStack()
        for number in range(draw(st.integers(1, 3))):
            stack = stack.put(draw(versions(draw(st.sampled_from(["null", f"id-{number}"])))))
        objects = objects.with_stack(key, stack)
    return replace(made, objects=objects)


def holding(bucket: Bucket) -> fakeoss.FakeOSS:
    """A fake with this very bucket in it."""
    oss = fakeoss.FakeOSS()
    oss._service.store.world = oss._service.store.world.with_bucket(bucket)
    return oss


def content(bucket: Bucket) -> Any:
    """All of a bucket that is dumped, comparable; numbers that order versions are given anew."""
    about = [(field.name, getattr(bucket, field.name)) for field in fields(bucket) if field.name in ABOUT]
    stacks = [(key, [replace(version, sequence=0) for version in stack]) for key, stack in bucket.objects.items()]
    digests = [version.payload.md5 for _, stack in stacks for version in stack if isinstance(version, ObjectVersion)]
    return about, stacks, digests


ABOUT = {"region", "acl", "storage_class", "redundancy", "versioning", "hierarchical", "comment"}


@FIELDS
@given(bucket=buckets())
def test_all_that_was_dumped_comes_back(bucket: Bucket, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("dumped")
    live = holding(bucket).dump("a-bucket", folder)
    oss = fakeoss.FakeOSS()
    assert oss.load(folder, "another-bucket") == live == len(oss.bucket("another-bucket"))
    assert content(oss.bucket("another-bucket").value) == content(bucket)


def test_every_field_of_a_version_is_among_them() -> None:
    """A field added to versions has to come back too."""
    assert {field.name for field in fields(ObjectVersion)} == {*ANY, "version_id", "sequence", "payload", "etag"}


@pytest.fixture
def oss() -> fakeoss.FakeOSS:
    return fakeoss.FakeOSS()


def written(folder: Path) -> list[str]:
    """Relative paths of all files but those aside."""
    paths = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return sorted(path for path in paths if not path.startswith(".fakeoss/"))


def test_a_plain_folder(oss: fakeoss.FakeOSS, tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c.txt").write_bytes(b"deep")
    (tmp_path / "a%20b").write_bytes(b"as it stands")
    assert oss.load(tmp_path, "a-bucket", "some/") == 2
    assert oss.load(str(tmp_path), "a-bucket") == 2
    assert oss.bucket("a-bucket").keys() == ["a%20b", "a/b/c.txt", "some/a%20b", "some/a/b/c.txt"]
    assert oss.bucket("a-bucket").read("a/b/c.txt") == b"deep"
    assert oss.bucket("a-bucket").head("a/b/c.txt").headers["Content-Type"] == "application/octet-stream"


def test_a_dump_is_readable(oss: fakeoss.FakeOSS, tmp_path: Path) -> None:
    objects = {"a.txt": b"1", "中/文.txt": b"2", "../../out": b"3", "a.txt/b": b"4", "folder/": b""}
    oss.create_bucket("a-bucket", objects=objects)
    assert oss.dump("a-bucket", tmp_path / "new" / "folder") == 5
    assert written(tmp_path) == [
        "new/folder/%2E%2E/%2E%2E/out",
        "new/folder/.fakeoss/content/000001",
        "new/folder/.fakeoss/index.json",
        "new/folder/a.txt",
        "new/folder/folder/%2F",
        "new/folder/中/文.txt",
    ]
    other = fakeoss.FakeOSS()
    other.load(tmp_path / "new" / "folder", "a-bucket", "again/")
    assert {key: other.bucket("a-bucket").read(key) for key in other.bucket("a-bucket")} == {
        f"again/{key}": data for key, data in objects.items()
    }


def test_a_client_finds_what_another_stored(tmp_path: Path) -> None:
    headers = {"x-oss-meta-colour": "blue", "Content-Type": "text/x-test", "x-oss-object-acl": "public-read"}
    with fakeoss.mock_oss() as oss:
        oss.create_bucket("a-bucket", versioning=True, acl="public-read")
        bucket = oss.oss2_bucket("a-bucket")
        first = bucket.put_object("a", b"first", headers={**headers, "x-oss-tagging": "k=v"}).versionid
        bucket.put_object("a", b"second")
        bucket.put_object("gone", b"x")
        bucket.delete_object("gone")
        oss.dump("a-bucket", tmp_path)
    with fakeoss.mock_oss() as oss:
        assert oss.load(tmp_path, "a-bucket") == 1
        bucket = oss.oss2_bucket("a-bucket")
        old = bucket.get_object("a", params={"versionId": first})
        assert (old.read(), old.headers["x-oss-meta-colour"], old.content_type) == (b"first", "blue", "text/x-test")
        assert bucket.get_object("a").read() == b"second"
        assert bucket.get_bucket_acl().acl == "public-read"
        assert oss.bucket("a-bucket").tags("a", first) == {"k": "v"}
        assert oss.bucket("a-bucket").acl("a", first) == "public-read"
        assert len(oss.bucket("a-bucket").versions("gone")) == 2
        with pytest.raises(oss2.exceptions.NoSuchKey):
            bucket.get_object("gone")
        bucket.put_object("a", b"third")
        assert [version.size for version in oss.bucket("a-bucket").versions("a")] == [5, 6, 5]


def test_a_bucket_without_versions_takes_the_current_objects(oss: fakeoss.FakeOSS, tmp_path: Path) -> None:
    oss.create_bucket("a-bucket", versioning=True, objects={"a": b"1"})
    oss.put("a-bucket", "a", b"2")
    oss.dump("a-bucket", tmp_path)
    oss.create_bucket("plain-bucket", objects={"a": b"0", "b": b"0"})
    assert oss.load(tmp_path, "plain-bucket") == 1
    view = oss.bucket("plain-bucket")
    assert {key: view.read(key) for key in view} == {"a": b"2", "b": b"0"}
    assert [version.version_id for version in view.versions("a")] == ["null"]


def test_loaded_where_it_comes_from_nothing_is_there_twice(oss: fakeoss.FakeOSS, tmp_path: Path) -> None:
    oss.create_bucket("a-bucket", versioning=True, objects={"a": b"1", "b": b"2"})
    oss.dump("a-bucket", tmp_path)
    oss.put("a-bucket", "a", b"2")
    before = oss.bucket("a-bucket").versions("a")
    assert oss.load(tmp_path, "a-bucket") == 2
    assert oss.bucket("a-bucket").versions("a") == before


def test_rules_hold_for_what_is_loaded(tmp_path: Path) -> None:
    source = fakeoss.FakeOSS()
    source.create_bucket("a-bucket", objects={"logs/a": b"1", "b": b"2"})
    source.dump("a-bucket", tmp_path)
    with fakeoss.mock_oss() as oss:
        view = oss.create_bucket("a-bucket")
        expiration = oss2.models.LifecycleExpiration(days=3)
        rule = oss2.models.LifecycleRule("r", "logs/", status="Enabled", expiration=expiration)
        oss.oss2_bucket("a-bucket").put_bucket_lifecycle(oss2.models.BucketLifecycle([rule]))
        oss.load(tmp_path, "a-bucket")
        assert view.keys() == ["b", "logs/a"]
        oss.clock.advance(days=10)
        assert view.keys() == ["b"]


def test_files_may_be_edited_and_added(oss: fakeoss.FakeOSS, tmp_path: Path) -> None:
    oss.create_bucket("a-bucket")
    oss.put("a-bucket", "a", b"1", x_oss_meta_colour="blue")
    oss.dump("a-bucket", tmp_path)
    (tmp_path / "a").write_bytes(b"edited")
    (tmp_path / "new").write_bytes(b"new")
    assert oss.load(tmp_path, "other-bucket") == 2
    view = oss.bucket("other-bucket")
    assert (view.read("a"), view.read("new")) == (b"edited", b"new")
    assert view.metadata("a") == {"colour": "blue"}
    assert view.head("a").etag == Payload.of([b"edited"]).etag


def test_a_second_dump_takes_the_place_of_the_first(oss: fakeoss.FakeOSS, tmp_path: Path) -> None:
    oss.create_bucket("a-bucket", versioning=True, objects={"a": b"1"})
    oss.put("a-bucket", "a", b"2")
    oss.dump("a-bucket", tmp_path)
    oss.create_bucket("b-bucket", objects={"a": b"3"})
    assert oss.dump("b-bucket", tmp_path) == 1
    assert oss.load(tmp_path, "c-bucket") == 1
    assert oss.bucket("c-bucket").read("a") == b"3"
    assert not list((tmp_path / ".fakeoss").glob("content/*"))


def test_what_was_deleted_meanwhile_does_not_come_back(oss: fakeoss.FakeOSS, tmp_path: Path) -> None:
    oss.create_bucket("a-bucket", versioning=True, objects={"a": b"1", "b/c/d": b"2", "b/e": b"3", "gone": b"4"})
    with fakeoss.mock_oss(oss):
        oss.oss2_bucket("a-bucket").delete_object("gone")
    oss.dump("a-bucket", tmp_path)
    (tmp_path / "b" / "mine").write_bytes(b"added by hand")
    oss.create_bucket("b-bucket", objects={"a/now/a/folder": b"4"})
    oss.dump("b-bucket", tmp_path)
    assert written(tmp_path) == ["a/now/a/folder", "b/mine"]
    assert not (tmp_path / "b" / "c").exists()
    oss.load(tmp_path, "c-bucket")
    assert oss.bucket("c-bucket").keys() == ["a/now/a/folder", "b/mine"]


def test_nothing_outside_is_removed(oss: fakeoss.FakeOSS, tmp_path: Path) -> None:
    (tmp_path / "kept").write_bytes(b"kept")
    folder = tmp_path / "folder"
    oss.create_bucket("a-bucket", objects={"a": b"1"})
    oss.dump("a-bucket", folder)
    index = folder / INDEX
    index.write_text(index.read_text().replace('"file": "a"', '"file": "../kept"'))
    oss.dump("a-bucket", folder)
    assert (tmp_path / "kept").read_bytes() == b"kept"


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": 99}', '{"format": 1}'])
def test_an_index_of_somebody_else_s_is_left_alone(oss: fakeoss.FakeOSS, tmp_path: Path, text: str) -> None:
    oss.create_bucket("a-bucket", objects={"a": b"1"})
    (tmp_path / ".fakeoss").mkdir()
    (tmp_path / INDEX).write_text(text)
    with pytest.raises(ValueError, match=r"index\.json is not the index of a dump"):
        oss.dump("a-bucket", tmp_path)
    with pytest.raises(ValueError, match=r"index\.json is not the index of a dump"):
        oss.load(tmp_path, "b-bucket")
    assert (tmp_path / INDEX).read_text() == text
    assert [view.name for view in oss.buckets()] == ["a-bucket"]


def test_nothing_is_written_through_a_link(oss: fakeoss.FakeOSS, tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.mkdir()
    folder.mkdir()
    (folder / "a").symlink_to(outside)
    oss.create_bucket("a-bucket", objects={"a/b": b"1"})
    with pytest.raises(ValueError, match="leads out"):
        oss.dump("a-bucket", folder)
    assert list(outside.iterdir()) == []


def test_an_index_that_leads_out_is_refused(oss: fakeoss.FakeOSS, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    folder = tmp_path / "folder"
    oss.create_bucket("a-bucket", objects={"a": b"1"})
    oss.dump("a-bucket", folder)
    index = folder / INDEX
    index.write_text(index.read_text().replace('"file": "a"', '"file": "../secret"'))
    with pytest.raises(ValueError, match="leads out"):
        oss.load(folder, "b-bucket")
    assert [view.name for view in oss.buckets()] == ["a-bucket"]


def test_what_cannot_be_loaded_leaves_no_trace(oss: fakeoss.FakeOSS, tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError):
        oss.load(tmp_path / "nothing", "a-bucket")
    with pytest.raises(errors.OSSError, match="InvalidBucketName"):
        oss.load(tmp_path, "NotAName")
    (tmp_path / ".fakeoss").mkdir()
    (tmp_path / INDEX).write_text(json.dumps({"format": 99}))
    with pytest.raises(ValueError, match="format"):
        oss.load(tmp_path, "a-bucket")
    assert oss.buckets() == []
    with pytest.raises(errors.OSSError, match="NoSuchBucket"):
        oss.dump("a-bucket", tmp_path / "new")
    assert not (tmp_path / "new").exists()
