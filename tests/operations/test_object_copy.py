"""Copies: what they keep of their source, and what the request says of them."""

from __future__ import annotations

from urllib.parse import quote

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import elements_of

SOURCE_HEADERS = {
    "Content-Type": "text/plain",
    "Cache-Control": "no-store",
    "Content-Language": "de",
    "x-oss-meta-a": "1",
    "x-oss-tagging": "k=v",
    "x-oss-object-acl": "public-read",
    "x-oss-storage-class": "IA",
}


@pytest.fixture
def source(bucket: oss2.Bucket) -> oss2.Bucket:
    """A bucket with an object `source` that has one of everything."""
    bucket.put_object("source", b"content", headers=SOURCE_HEADERS)
    return bucket


def copied(raw: Raw, target: str = "/copy", **headers: str) -> None:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named.setdefault("x-oss-copy-source", f"/{BUCKET}/source")
    reply = raw("PUT", target, named)
    assert reply.status == 200, reply.data()


def test_a_copy_keeps_content_etag_and_sums(source: oss2.Bucket) -> None:
    result = source.copy_object(BUCKET, "source", "copy")
    before, after = source.head_object("source"), source.head_object("copy")
    assert source.get_object("copy").read() == b"content"
    assert result.etag == before.etag == after.etag
    for name in ("x-oss-hash-crc64ecma", "Content-MD5", "x-oss-object-type"):
        assert after.headers[name] == before.headers[name]


def test_the_answer_tells_etag_and_time(source: oss2.Bucket, raw: Raw) -> None:
    reply = raw("PUT", "/copy", {"x-oss-copy-source": f"/{BUCKET}/source"})
    answer = elements_of(reply)
    assert list(answer) == ["ETag", "LastModified"]
    assert answer["ETag"] == reply.header("ETag") == '"9A0364B9E99BB480DD25E1F0284C8555"'
    assert answer["LastModified"].endswith(".000Z")
    assert reply.header("x-oss-copy-source-version-id") is None


def test_v2_reads_the_answer(source: oss2.Bucket, client: oss_v2.Client) -> None:
    result = client.copy_object(oss_v2.CopyObjectRequest(BUCKET, "copy", source_key="source"))
    assert result.etag == '"9A0364B9E99BB480DD25E1F0284C8555"'
    assert result.last_modified is not None
    assert result.hash_crc64 == client.head_object(oss_v2.HeadObjectRequest(BUCKET, "source")).hash_crc64


def test_metadata_and_tags_are_copied_but_not_acl_and_class(source: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    source.copy_object(BUCKET, "source", "copy")
    view = oss.bucket(BUCKET)
    before, after = view.head("source"), view.head("copy")
    assert (after.headers, after.meta, after.tags) == (before.headers, before.meta, before.tags)
    assert (after.acl, after.storage_class) == ("default", "Standard")


@pytest.mark.parametrize("directive", ["REPLACE", "Replace", "replace"])
def test_replace_takes_the_metadata_of_the_request(
    source: oss2.Bucket, oss: fakeoss.FakeOSS, raw: Raw, directive: str
) -> None:
    copied(raw, x_oss_metadata_directive=directive, x_oss_meta_b="2", Content_Language="fr", Content_Type="a/b")
    after = oss.bucket(BUCKET).head("copy")
    assert dict(after.meta) == {"b": "2"}
    assert dict(after.headers) == {"Content-Type": "a/b", "Content-Language": "fr"}
    assert after.tags == (("k", "v"),)


def test_replace_without_a_type_keeps_that_of_the_source(source: oss2.Bucket, oss: fakeoss.FakeOSS, raw: Raw) -> None:
    copied(raw, x_oss_metadata_directive="REPLACE")
    assert dict(oss.bucket(BUCKET).head("copy").headers) == {"Content-Type": "text/plain"}


@pytest.mark.parametrize("directive", ["COPY", "copy", None])
def test_copy_ignores_the_metadata_of_the_request(
    source: oss2.Bucket, oss: fakeoss.FakeOSS, raw: Raw, directive: str | None
) -> None:
    given = {} if directive is None else {"x_oss_metadata_directive": directive}
    copied(raw, x_oss_meta_b="2", Content_Type="a/b", **given)
    after = oss.bucket(BUCKET).head("copy")
    assert (dict(after.meta), after.headers["Content-Type"]) == ({"a": "1"}, "text/plain")


def test_tags_are_replaced_only_on_demand(source: oss2.Bucket, oss: fakeoss.FakeOSS, raw: Raw) -> None:
    copied(raw, "/kept", x_oss_tagging="l=w")
    copied(raw, "/replaced", x_oss_tagging="l=w", x_oss_tagging_directive="Replace")
    copied(raw, "/without", x_oss_tagging_directive="REPLACE")
    view = oss.bucket(BUCKET)
    assert [view.tags(key) for key in ("kept", "replaced", "without")] == [{"k": "v"}, {"l": "w"}, {}]
    assert view.metadata("replaced") == {"a": "1"}


def test_acl_and_class_are_those_of_the_request(source: oss2.Bucket, oss: fakeoss.FakeOSS, raw: Raw) -> None:
    copied(raw, x_oss_object_acl="private", x_oss_storage_class="Archive")
    after = oss.bucket(BUCKET).head("copy")
    assert (after.acl, after.storage_class) == ("private", "Archive")


def test_encryption_is_not_copied(bucket: oss2.Bucket) -> None:
    bucket.put_object("source", b"x", headers={"x-oss-server-side-encryption": "KMS"})
    result = bucket.copy_object(BUCKET, "source", "copy")
    assert "x-oss-server-side-encryption" not in result.headers
    assert "x-oss-server-side-encryption" not in bucket.head_object("copy").headers
    result = bucket.copy_object(BUCKET, "source", "copy", headers={"x-oss-server-side-encryption": "AES256"})
    assert result.headers["x-oss-server-side-encryption"] == "AES256"
    assert bucket.head_object("copy").headers["x-oss-server-side-encryption"] == "AES256"


KEYS = [
    "a b",
    "a+b",
    "a%20b",
    "a?versionId=x",
    "a#b",
    "a&b=c",
    "中文/ключ",
    "x\x01\x7f",
    "dir//x",
    "'\"<>",
    "%",
    "a/../b",
]


@pytest.mark.parametrize("key", KEYS)
def test_a_source_may_be_called_anything(bucket: oss2.Bucket, client: oss_v2.Client, key: str) -> None:
    bucket.put_object(key, key.encode())
    bucket.copy_object(BUCKET, key, "one")
    client.copy_object(oss_v2.CopyObjectRequest(BUCKET, "two", source_key=key))
    assert bucket.get_object("one").read() == bucket.get_object("two").read() == key.encode()


def test_a_source_may_be_sent_as_it_is(bucket: oss2.Bucket, raw: Raw, oss: fakeoss.FakeOSS) -> None:
    bucket.put_object("a b/中", b"x")
    copied(raw, x_oss_copy_source=f"/{BUCKET}/a b/中".encode().decode("latin-1"))
    copied(raw, "/plus", x_oss_copy_source=f"/{BUCKET}/{quote('a b/中', safe='')}")
    assert oss.bucket(BUCKET).read("copy") == oss.bucket(BUCKET).read("plus") == b"x"


def test_copies_go_between_buckets_of_a_region(source: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    oss.create_bucket("other-bucket", storage_class="IA")
    other = oss.oss2_bucket("other-bucket")
    other.copy_object(BUCKET, "source", "copy")
    assert other.get_object("copy").read() == b"content"
    assert oss.bucket("other-bucket").head("copy").storage_class == "IA"


def test_a_copy_onto_itself_takes_the_metadata_of_the_request(source: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    source.copy_object(BUCKET, "source", "source", headers={"x-oss-meta-b": "2"})
    after = oss.bucket(BUCKET).head("source")
    assert dict(after.meta) == {"b": "2"}
    assert (after.tags, after.headers["Content-Type"]) == ((("k", "v"),), "text/plain")
    assert after.payload.data() == b"content"


def test_oss2_changes_metadata_by_a_copy_onto_itself(source: oss2.Bucket) -> None:
    source.update_object_meta("source", {"Content-Type": "whatever", "x-oss-meta-category": "novel"})
    head = source.head_object("source")
    assert (head.content_type, head.headers["x-oss-meta-category"]) == ("whatever", "novel")
    source.update_object_meta("source", None)
    assert source.head_object("source").content_type == "whatever"


def test_a_copy_onto_itself_changes_class_only_on_demand(source: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    source.copy_object(BUCKET, "source", "source")
    assert oss.bucket(BUCKET).head("source").storage_class == "IA"
    source.copy_object(BUCKET, "source", "source", headers={"x-oss-storage-class": "Standard"})
    assert oss.bucket(BUCKET).head("source").storage_class == "Standard"


def test_a_multipart_object_is_copied_as_one(bucket: oss2.Bucket) -> None:
    upload_id = bucket.init_multipart_upload("source").upload_id
    bucket.upload_part("source", upload_id, 1, b"part")
    bucket.complete_multipart_upload("source", upload_id, None, headers={"x-oss-complete-all": "yes"})
    bucket.copy_object(BUCKET, "source", "copy")
    before, after = bucket.head_object("source"), bucket.head_object("copy")
    assert (after.etag, after.server_crc, after.object_type) == (before.etag, before.server_crc, "Multipart")
    assert "Content-MD5" not in after.headers


def test_an_appendable_object_changes_its_metadata_and_goes_on(bucket: oss2.Bucket) -> None:
    bucket.append_object("log", 0, b"one")
    bucket.copy_object(BUCKET, "log", "log", headers={"x-oss-meta-a": "1"})
    assert bucket.append_object("log", 3, b"two").next_position == 6
    head = bucket.head_object("log")
    assert (head.object_type, head.headers["x-oss-meta-a"]) == ("Appendable", "1")


def test_a_link_is_copied_as_a_link(bucket: oss2.Bucket) -> None:
    bucket.put_object("target", b"x")
    bucket.put_symlink("target", "link")
    bucket.copy_object(BUCKET, "link", "copy")
    assert bucket.get_symlink("copy").target_key == "target"
    bucket.put_object("target", b"y")
    assert bucket.get_object("copy").read() == b"y"


def test_the_copy_has_its_own_time(source: oss2.Bucket, oss: fakeoss.FakeOSS, raw: Raw) -> None:
    modified = source.head_object("source").last_modified
    oss.clock.advance(hours=1)
    copied(raw)
    assert source.head_object("copy").last_modified >= modified + 3600


def test_a_copy_shares_the_content(bucket: oss2.Bucket, oss: fakeoss.FakeOSS, raw: Raw) -> None:
    bucket.put_object("source", bytes(64 << 20))
    copied(raw)
    view = oss.bucket(BUCKET)
    assert view.head("copy").payload is view.head("source").payload
