"""The strategies give only what the service takes, and enough of what clients stumble over."""

from __future__ import annotations

import oss2
import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

import fakeoss
from fakeoss import kit

FEW = settings(max_examples=25, deadline=None, derandomize=True)


@FEW
@given(name=kit.bucket_names(), keys=st.lists(kit.object_keys(), max_size=3, unique=True), data=kit.payloads())
def test_the_service_takes_names_keys_and_contents(name: str, keys: list[str], data: bytes) -> None:
    with fakeoss.mock_oss() as oss:
        bucket = oss.oss2_bucket(name)
        bucket.create_bucket()
        for key in keys:
            bucket.put_object(key, data)
        assert [found.key for found in oss2.ObjectIterator(bucket)] == sorted(keys)
        assert all(bucket.get_object(key).read() == data for key in keys)


@FEW
@given(meta=kit.metadata(), tags=kit.tags())
def test_metadata_and_tags_come_back(meta: dict[str, str], tags: dict[str, str]) -> None:
    with fakeoss.mock_oss() as oss:
        oss.create_bucket("example-bucket")
        bucket = oss.oss2_bucket("example-bucket")
        bucket.put_object("a", b"", headers={f"x-oss-meta-{name}": value for name, value in meta.items()})
        rule = oss2.models.TaggingRule()
        for key, value in tags.items():
            rule.add(key, value)
        bucket.put_object_tagging("a", oss2.models.Tagging(rule))
        assert oss.bucket("example-bucket").metadata("a") == meta
        assert bucket.get_object_tagging("a").tag_set.tagging_rule == tags


@pytest.mark.parametrize("wanted", ["%", "+", "?", "//", "<", "文", " ", "😀", "acl"])
def test_odd_keys_are_among_them(wanted: str) -> None:
    assert wanted in find(kit.object_keys(), lambda key: wanted in key, settings=settings(max_examples=2000))


def test_payloads_stay_below_their_limit() -> None:
    assert find(kit.payloads(max_size=10), lambda data: len(data) == 10)
    large = find(kit.payloads(), lambda data: len(data) > 16_384)
    assert (large, repr(large)) == (b"\0" * 16_385, "b'\\x00' * 16385")
