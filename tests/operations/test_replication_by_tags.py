"""Replication of objects by their tags, which no SDK has words for yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import oss2
import pytest

import fakeoss
from fakeoss.wire import xml
from tests.conftest import Raw
from tests.operations.conftest import Refused
from tests.operations.replicating import FAR, NEAR

TARGET = "/?replication&comp=add"


@pytest.fixture
def oss() -> Iterator[fakeoss.FakeOSS]:
    """A fake in which replication takes no time, with two versioned buckets."""
    with fakeoss.mock_oss(replication_start=timedelta(0)) as fake:
        fake.create_bucket(NEAR, versioning=True)
        fake.create_bucket(FAR, region="cn-beijing", versioning=True)
        yield fake


@pytest.fixture
def near(oss: fakeoss.FakeOSS) -> oss2.Bucket:
    return oss.oss2_bucket(NEAR)


def rule(*pairs: tuple[str, str], match: str = "") -> bytes:
    """A rule for objects with these tags."""
    tags = "".join(f"<UserTagging><Key>{key}</Key><Value>{value}</Value></UserTagging>" for key, value in pairs)
    how = f"<FilterType>{match}</FilterType>" if match else ""
    return (
        f"<ReplicationConfiguration><Rule><ID>one</ID><Destination><Bucket>{FAR}</Bucket>"
        f"<Location>oss-cn-beijing</Location></Destination><UserTaggings>{how}{tags}</UserTaggings></Rule>"
        "</ReplicationConfiguration>"
    ).encode()


def put(near: oss2.Bucket, key: str, tags: str) -> None:
    near.put_object(key, key.encode(), headers={"x-oss-tagging": tags} if tags else {})


@pytest.mark.parametrize(("match", "arrived"), [("AND", ["both"]), ("", ["both"]), ("OR", ["both", "colour", "shape"])])
def test_objects_with_all_tags_or_any_are_replicated(
    oss: fakeoss.FakeOSS, near: oss2.Bucket, raw: Raw, match: str, arrived: list[str]
) -> None:
    put(near, "both", "colour=red&shape=round&size=3")
    assert raw("POST", TARGET, body=rule(("colour", "red"), ("shape", "round"), match=match), bucket=NEAR).status == 200
    put(near, "colour", "colour=red")
    put(near, "shape", "shape=round")
    put(near, "other", "colour=blue")
    put(near, "none", "")
    assert oss.bucket(FAR).keys() == arrived


def test_an_object_arrives_once_it_has_the_tag(oss: fakeoss.FakeOSS, near: oss2.Bucket, raw: Raw) -> None:
    raw("POST", TARGET, body=rule(("colour", "red")), bucket=NEAR)
    put(near, "late", "")
    assert oss.bucket(FAR).keys() == []
    tags = oss2.models.TaggingRule()
    tags.add("colour", "red")
    near.put_object_tagging("late", oss2.models.Tagging(tags))
    assert oss.bucket(FAR).read("late") == b"late"


def test_what_is_set_comes_back(oss: fakeoss.FakeOSS, near: oss2.Bucket, raw: Raw) -> None:
    raw("POST", TARGET, body=rule(("colour", "red"), ("shape", ""), match="OR"), bucket=NEAR)
    shown = xml.parse(raw("GET", "/?replication", bucket=NEAR).data())
    (told,) = shown.children_named("Rule")
    (filtered,) = told.children_named("UserTaggings")
    assert filtered.text_of("FilterType", "") == "OR"
    pairs = [(tag.text_of("Key", ""), tag.text_of("Value", "")) for tag in filtered.children_named("UserTagging")]
    assert pairs == [("colour", "red"), ("shape", "")]
    assert [found.rule_id for found in near.get_bucket_replication().rule_list] == ["one"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (rule(("colour", "red"), match="XOR"), "InvalidArgument"),
        (rule(("", "red")), "InvalidArgument"),
        (rule(), "MalformedXML"),
        (rule(*((f"k{number}", "") for number in range(11))), "TooManyFilterObjectTags"),
    ],
)
def test_what_no_filter_is(near: oss2.Bucket, refused: Refused, body: bytes, code: str) -> None:
    refused(400, code, "POST", TARGET, {}, body, bucket=NEAR)


def test_both_buckets_keep_versions(oss: fakeoss.FakeOSS, refused: Refused) -> None:
    oss.create_bucket("plain-near")
    oss.create_bucket("plain-far", region="cn-beijing")
    body = rule(("colour", "red")).replace(FAR.encode(), b"plain-far")
    refused(400, "InvalidBucketStatus", "POST", TARGET, {}, body, bucket="plain-near")
