"""Tags of a bucket: of laxer characters than an object's, set whole, deleted whole or by key."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fakeoss
from fakeoss.state.configurations.tagging import TAGS_LIMIT, BucketTagging
from tests.conftest import BUCKET, Raw
from tests.operations.comeback import MODEST, held
from tests.operations.conftest import Refused
from tests.people import refusal

PRINTABLE = st.characters(min_codepoint=33, max_codepoint=0x9FFF)
KEYS = st.text(PRINTABLE, min_size=1, max_size=21).filter(
    lambda key: not key.lower().startswith(("http://", "https://", "aliyun")) and not key.startswith("acs")
)
TAGS = st.dictionaries(KEYS, st.text(PRINTABLE, max_size=42), min_size=1, max_size=TAGS_LIMIT)


def of(tags: dict[str, str]) -> oss2.models.Tagging:
    """Tags as oss2 sets them."""
    rules = oss2.models.TaggingRule()
    for key, value in tags.items():
        rules.add(key, value)
    return oss2.models.Tagging(rules)


def read(bucket: oss2.Bucket) -> dict[str, str]:
    """The tags there are."""
    found: dict[str, str] = bucket.get_bucket_tagging().tag_set.tagging_rule
    return found


def document(*tags: tuple[str, str]) -> bytes:
    """A document of these tags."""
    inner = "".join(f"<Tag><Key>{key}</Key><Value>{value}</Value></Tag>" for key, value in tags)
    return f"<Tagging><TagSet>{inner}</TagSet></Tagging>".encode()


@MODEST
@given(tags=TAGS)
def test_what_is_set_comes_back(bucket: oss2.Bucket, client: oss_v2.Client, tags: dict[str, str]) -> None:
    said = oss_v2.TagSet(tags=[oss_v2.Tag(key=key, value=value) for key, value in tags.items()])
    client.put_bucket_tags(oss_v2.PutBucketTagsRequest(BUCKET, tagging=oss_v2.Tagging(tag_set=said)))
    told = client.get_bucket_tags(oss_v2.GetBucketTagsRequest(BUCKET)).tagging.tag_set.tags
    assert {tag.key: tag.value or "" for tag in told} == tags
    bucket.put_bucket_tagging(of(tags))
    assert {key: value or "" for key, value in read(bucket).items()} == tags


@pytest.mark.parametrize(("key", "value"), [("%@abc", "123++"), ("a b", "c=d&e"), ("k" * 64, "v" * 128), ("k", "")])
def test_what_objects_could_not_have(bucket: oss2.Bucket, key: str, value: str) -> None:
    bucket.put_bucket_tagging(of({key: value}))
    assert {key: value or "" for key, value in read(bucket).items()} == {key: value}


def test_a_bucket_without_tags(bucket: oss2.Bucket) -> None:
    assert read(bucket) == {}
    assert bucket.delete_bucket_tagging().status == 204


def test_a_second_setting_replaces_the_first(bucket: oss2.Bucket) -> None:
    bucket.put_bucket_tagging(of({"a": "1", "b": "2"}))
    bucket.put_bucket_tagging(of({"c": "3"}))
    assert read(bucket) == {"c": "3"}


class TestDelete:
    """All of them, or those named."""

    @pytest.fixture(autouse=True)
    def _tags(self, bucket: oss2.Bucket) -> None:
        bucket.put_bucket_tagging(of({"a": "1", "b": "2", "c": "3"}))

    def test_all(self, oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
        bucket.delete_bucket_tagging()
        assert (read(bucket), held(oss, BucketTagging)) == ({}, None)

    @pytest.mark.parametrize(
        ("named", "left"),
        [("a", {"b": "2", "c": "3"}), ("a,c", {"b": "2"}), ("x", {"a": "1", "b": "2", "c": "3"}), ("a,b,c", {})],
    )
    def test_by_key(self, bucket: oss2.Bucket, raw: Raw, named: str, left: dict[str, str]) -> None:
        assert raw("DELETE", f"/?tagging={named}").status == 204
        assert read(bucket) == left


class TestRefusals:
    """Nothing changes."""

    @pytest.fixture(autouse=True)
    def _before(self, bucket: oss2.Bucket) -> None:
        bucket.put_bucket_tagging(of({"before": "1"}))

    @pytest.mark.parametrize(
        ("key", "value", "code"),
        [
            ("", "v", "InvalidTag"),
            ("k" * 65, "v", "InvalidTag"),
            ("é" * 33, "v", "InvalidTag"),
            ("k", "v" * 129, "InvalidTag"),
            ("k", "é" * 65, "InvalidTag"),
            ("http://k", "v", "InvalidTag"),
            ("HTTPS://k", "v", "InvalidTag"),
            ("Aliyunk", "v", "InvalidTag"),
            ("acs:k", "v", "InvalidTag"),
        ],
    )
    def test_bad_tags(self, refused: Refused, key: str, value: str, code: str) -> None:
        refused(400, code, "PUT", "/?tagging", {}, document((key, value)))

    def test_a_key_given_twice(self, refused: Refused) -> None:
        refused(400, "RepeatedTags", "PUT", "/?tagging", {}, document(("k", "1"), ("k", "2")))

    def test_twenty_are_the_most(self, bucket: oss2.Bucket) -> None:
        many = {f"k{number}": "v" for number in range(TAGS_LIMIT)}
        bucket.put_bucket_tagging(of(many))
        assert refusal(bucket.put_bucket_tagging, of({**many, "more": "v"}))[0] == 400
        assert read(bucket) == many

    @pytest.mark.parametrize("body", [b"", b"<Tagging>", b"<Other/>", b"<Tagging/>", b"<Tagging><TagSet/></Tagging>",
                                      b"<Tagging><TagSet><Tag><Value>v</Value></Tag></TagSet></Tagging>"])  # fmt: skip
    def test_malformed_documents(self, refused: Refused, body: bytes) -> None:
        refused(400, "MalformedXML", "PUT", "/?tagging", {}, body)


class TestFromTheStart:
    """PutBucket takes tags in a header."""

    def test_tags_of_a_new_bucket(self, oss: fakeoss.FakeOSS, raw: Raw) -> None:
        assert raw("PUT", "/", {"x-oss-bucket-tagging": "a=1&b%20c=%2F2&d"}).status == 200
        assert {key: value or "" for key, value in read(oss.oss2_bucket(BUCKET)).items()} == {
            "a": "1",
            "b c": "/2",
            "d": "",
        }

    @pytest.mark.parametrize("tags", ["acs=1", "=1", "a=1&a=2", "&".join(f"k{number}=v" for number in range(21))])
    def test_bad_tags_make_no_bucket(self, refused: Refused, raw: Raw, tags: str) -> None:
        reply = raw("PUT", "/", {"x-oss-bucket-tagging": tags})
        assert reply.status == 400
        refused(404, "NoSuchBucket", "GET", "/?tagging")
