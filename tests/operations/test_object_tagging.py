"""Tags of objects: in a document, in a header, within their limits."""

from __future__ import annotations

from urllib.parse import quote

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused
from tests.operations.versions import at, enable
from tests.people import OBJECTS, People, allow, document

GOOD = [
    {},
    {"k": "v"},
    {"k": ""},
    {"a" * 128: "b" * 256},
    {"+-=._:/ ": " +-=._:/"},
    {"Key": "1", "key": "2"},
    {"中文": "标签é"},
    {f"key{number}": f"value{number}" for number in range(10)},
]
BAD = [
    ({f"key{number}": "" for number in range(11)}, "InvalidTag"),
    ({"": "v"}, "InvalidTag"),
    ({"a" * 129: "v"}, "InvalidTag"),
    ({"k": "b" * 257}, "InvalidTag"),
    ({"%@abc": "v"}, "InvalidTag"),
    ({"k": "%abc"}, "InvalidTag"),
    ({"k": "a\nb"}, "InvalidTag"),
]


def tagging(tags: dict[str, str]) -> bytes:
    rows = "".join(f"<Tag><Key>{key}</Key><Value>{value}</Value></Tag>" for key, value in tags.items())
    return f"<Tagging><TagSet>{rows}</TagSet></Tagging>".encode()


def header(tags: dict[str, str]) -> dict[str, str]:
    return {"x-oss-tagging": "&".join(f"{quote(key)}={quote(value)}" for key, value in tags.items())}


def tags(bucket: oss2.Bucket, key: str = "a") -> dict[str, str]:
    found: dict[str, str] = bucket.get_object_tagging(key).tag_set.tagging_rule
    return found


@pytest.mark.parametrize("wanted", GOOD)
def test_tags_are_read_as_they_were_set(bucket: oss2.Bucket, raw: Raw, wanted: dict[str, str]) -> None:
    bucket.put_object("a", b"")
    assert raw("PUT", "/a?tagging", body=tagging(wanted)).status == 200
    assert tags(bucket) == wanted


@pytest.mark.parametrize("wanted", GOOD)
def test_a_header_sets_tags_with_the_object(bucket: oss2.Bucket, wanted: dict[str, str]) -> None:
    bucket.put_object("a", b"", headers=header(wanted))
    assert tags(bucket) == wanted
    assert bucket.head_object("a").headers.get("x-oss-tagging-count") == (str(len(wanted)) if wanted else None)


@pytest.mark.parametrize(("wanted", "code"), BAD)
def test_tags_beyond_the_limits_are_refused(
    bucket: oss2.Bucket, refused: Refused, wanted: dict[str, str], code: str
) -> None:
    bucket.put_object("a", b"", headers=header({"old": "1"}))
    refused(400, code, "PUT", "/a?tagging", body=tagging(wanted))
    refused(400, code, "PUT", "/a", header(wanted), b"new")
    assert tags(bucket) == {"old": "1"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x",
        b"<Tagging/>",
        b"<Other><TagSet/></Other>",
        b"<Tagging><TagSet/><TagSet/></Tagging>",
        b"<Tagging><TagSet><Tag/></TagSet></Tagging>",
        b"<Tagging><TagSet><Tag><Key>k</Key></Tag></TagSet></Tagging>",
    ],
)
def test_other_documents_are_malformed(bucket: oss2.Bucket, refused: Refused, body: bytes) -> None:
    bucket.put_object("a", b"")
    refused(400, "MalformedXML", "PUT", "/a?tagging", body=body)


def test_a_key_given_twice_is_refused(bucket: oss2.Bucket, refused: Refused) -> None:
    bucket.put_object("a", b"")
    tag = b"<Tag><Key>k</Key><Value>v</Value></Tag>"
    refused(400, "RepeatedTags", "PUT", "/a?tagging", body=b"<Tagging><TagSet>" + tag * 2 + b"</TagSet></Tagging>")
    refused(400, "InvalidArgument", "PUT", "/a", {"x-oss-tagging": "k=1&k=2"}, b"")


@pytest.mark.parametrize("value", ["%ff=1", "k=%ff"])
def test_a_header_that_is_not_utf_8_is_an_invalid_argument(bucket: oss2.Bucket, refused: Refused, value: str) -> None:
    refused(400, "InvalidArgument", "PUT", "/a", {"x-oss-tagging": value}, b"")


def test_a_body_that_is_not_what_its_digest_says_is_refused(bucket: oss2.Bucket, refused: Refused) -> None:
    bucket.put_object("a", b"")
    refused(400, "InvalidDigest", "PUT", "/a?tagging", {"Content-MD5": "A" * 22 + "=="}, tagging({"k": "v"}))


def test_setting_tags_replaces_all_and_deleting_removes_all(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    bucket.put_object("a", b"", headers=header({"old": "1"}))
    client.put_object_tagging(
        oss_v2.PutObjectTaggingRequest(
            bucket=BUCKET,
            key="a",
            tagging=oss_v2.Tagging(tag_set=oss_v2.TagSet(tags=[oss_v2.Tag(key="new", value="2")])),
        )
    )
    found = client.get_object_tagging(oss_v2.GetObjectTaggingRequest(bucket=BUCKET, key="a"))
    assert [(tag.key, tag.value) for tag in found.tag_set.tags] == [("new", "2")]
    deleted = client.delete_object_tagging(oss_v2.DeleteObjectTaggingRequest(bucket=BUCKET, key="a"))
    assert deleted.status_code == 204
    assert tags(bucket) == {}
    assert bucket.delete_object_tagging("a").status == 204


def test_tags_keep_the_order_in_which_they_were_given(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    bucket.put_object("a", b"", headers={"x-oss-tagging": "z=1&a=2&m=3"})
    assert list(oss.bucket(BUCKET).tags("a")) == ["z", "a", "m"]


def test_nothing_is_tagged_where_nothing_is(bucket: oss2.Bucket, refused: Refused) -> None:
    refused(404, "NoSuchKey", "PUT", "/a?tagging", body=tagging({"k": "v"}))
    refused(404, "NoSuchKey", "GET", "/a?tagging")
    refused(404, "NoSuchKey", "DELETE", "/a?tagging")


def test_every_way_of_writing_takes_tags(bucket: oss2.Bucket) -> None:
    wanted = header({"k": "v"})
    bucket.put_object("put", b"x", headers=wanted)
    bucket.append_object("appended", 0, b"x", headers=wanted)
    bucket.put_symlink("put", "linked", headers=wanted)
    bucket.copy_object(BUCKET, "put", "copied")
    bucket.copy_object(
        BUCKET, "put", "replaced", headers={"x-oss-tagging-directive": "REPLACE", "x-oss-tagging": "other=1"}
    )
    upload_id = bucket.init_multipart_upload("uploaded", headers=wanted).upload_id
    part = oss2.models.PartInfo(1, bucket.upload_part("uploaded", upload_id, 1, b"x").etag)
    bucket.complete_multipart_upload("uploaded", upload_id, [part])
    for key in ("put", "appended", "linked", "copied", "uploaded"):
        assert tags(bucket, key) == {"k": "v"}, key
    assert tags(bucket, "replaced") == {"other": "1"}


def test_an_overwritten_object_loses_its_tags(bucket: oss2.Bucket) -> None:
    bucket.put_object("a", b"", headers=header({"k": "v"}))
    bucket.put_object("a", b"")
    assert tags(bucket) == {}


def test_tags_are_a_versions_own(bucket: oss2.Bucket) -> None:
    enable(bucket)
    first = bucket.put_object("a", b"", headers=header({"k": "1"})).versionid
    second = bucket.put_object("a", b"", headers=header({"k": "2"})).versionid
    deleted = bucket.delete_object_tagging("a", params=at(first))
    assert deleted.headers["x-oss-version-id"] == first
    assert bucket.get_object_tagging("a", params=at(first)).tag_set.tagging_rule == {}
    assert bucket.get_object_tagging("a", params=at(second)).tag_set.tagging_rule == {"k": "2"}


@pytest.mark.parametrize(
    ("actions", "told"),
    [("oss:GetObject", False), (["oss:GetObject", "oss:GetObjectTagging"], True)],
)
def test_how_many_tags_there_are_is_told_to_those_who_may_read_them(
    bucket: oss2.Bucket, raw: Raw, oss: fakeoss.FakeOSS, actions: str | list[str], told: bool
) -> None:
    bucket.put_object("a", b"", headers={"x-oss-object-acl": "public-read", "x-oss-tagging": "k=v"})
    people = People(oss)
    people.add("ann", user="ann", policy=document(allow(actions, OBJECTS)))
    user = people.bucket("ann")
    for headers in (user.head_object("a").headers, user.get_object("a").headers):
        assert headers.get("x-oss-tagging-count") == ("1" if told else None)
    for method in ("HEAD", "GET"):
        assert raw(method, "/a", signed=False).header("x-oss-tagging-count") is None


def test_the_tags_of_a_version_named_need_a_permission_of_their_own(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    enable(bucket)
    version = at(bucket.put_object("a", b"", headers=header({"k": "v"})).versionid)
    people = People(oss)
    reading = ["oss:GetObject", "oss:GetObjectVersion"]
    people.add("ann", user="ann", policy=document(allow([*reading, "oss:GetObjectTagging"], OBJECTS)))
    user = people.bucket("ann")
    assert user.head_object("a").headers["x-oss-tagging-count"] == "1"
    assert "x-oss-tagging-count" not in user.head_object("a", params=version).headers
