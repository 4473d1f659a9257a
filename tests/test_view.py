"""`oss.bucket(name)`: what a test may ask of a bucket past every rule."""

from __future__ import annotations

import re
from typing import Any

import oss2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fakeoss
from fakeoss import errors
from fakeoss.state.configurations.tagging import BucketTagging

NAMES = st.text("ab/", min_size=1, max_size=4).filter(lambda key: not key.startswith("/"))


@settings(deadline=None)
@given(st.lists(NAMES, max_size=12, unique=True), st.text("ab/", max_size=2))
def test_keys(names: list[str], prefix: str) -> None:
    oss = fakeoss.FakeOSS()
    view = oss.create_bucket("a-bucket", objects=dict.fromkeys(names, b"1"))
    assert list(view) == view.keys() == sorted(names)
    assert view.keys(prefix) == sorted(name for name in names if name.startswith(prefix))
    assert len(view) == len(names)
    assert all(name in view for name in names)


def test_what_a_client_stored(oss: fakeoss.FakeOSS) -> None:
    view = oss.create_bucket("a-bucket", versioning=True, acl="public-read")
    bucket = oss.oss2_bucket("a-bucket")
    headers = {"x-oss-meta-Colour": "blue", "x-oss-tagging": "k=v&l=", "x-oss-object-acl": "private"}
    first = bucket.put_object("a", b"first", headers=headers).versionid
    second = bucket.put_object("a", b"second").versionid
    assert (view.read("a"), view.read("a", first), view.read("a", second)) == (b"second", b"first", b"second")
    assert (view.metadata("a", first), view.metadata("a")) == ({"colour": "blue"}, {})
    assert (view.tags("a", first), view.tags("a")) == ({"k": "v", "l": ""}, {})
    assert (view.acl(), view.acl("a", first), view.acl("a")) == ("public-read", "private", "default")
    assert [version.version_id for version in view.versions("a")] == [second, first]
    assert view.head("a").size == 6
    assert repr(view) == "<bucket 'a-bucket'>"


def test_a_deleted_object(oss: fakeoss.FakeOSS) -> None:
    view = oss.create_bucket("a-bucket", versioning=True, objects={"a": b"1"})
    oss.oss2_bucket("a-bucket").delete_object("a")
    assert ("a" in view, view.keys(), len(view)) == (False, [], 0)
    assert [version.is_delete_marker for version in view.versions("a")] == [True, False]
    with pytest.raises(KeyError, match="'a': the latest version is a delete marker"):
        view.read("a")
    with pytest.raises(KeyError, match="is a delete marker"):
        view.read("a", view.versions("a")[0].version_id)
    assert view.read("a", view.versions("a")[1].version_id) == b"1"


def test_what_is_not_there(oss: fakeoss.FakeOSS) -> None:
    view = oss.create_bucket("a-bucket", objects={"a": b"1"})
    for absent, told in (
        (lambda: view.read("b"), "a-bucket has no object 'b'; there are 'a'"),
        (
            lambda: view.head("a", "no-such-version"),
            "a-bucket has no version 'no-such-version' of 'a'; there are 'null'",
        ),
        (lambda: view.tags("b"), "a-bucket has no object 'b'; there are 'a'"),
    ):
        with pytest.raises(KeyError) as error:
            absent()
        assert error.value.args == (told,)
    assert view.versions("b") == []
    assert 7 not in view
    with pytest.raises(errors.OSSError, match=r"NoSuchBucket.*there are a-bucket"):
        oss.bucket("b-bucket")
    with pytest.raises(TypeError, match=r"give a class of fakeoss\.state\.configurations"):
        view.configuration("CORSConfiguration")  # type: ignore[arg-type]  # the mistake under test


@pytest.mark.parametrize("wrong", [3, None, b"a", ["a"], {}])
def test_what_is_no_text_is_told(oss: fakeoss.FakeOSS, wrong: Any) -> None:
    view = oss.create_bucket("a-bucket", objects={"a": b"1"})
    told = re.escape(repr(wrong))
    with pytest.raises(TypeError, match=f"a prefix of keys is a text, not {told}"):
        view.keys(wrong)
    for ask in (view.read, view.head, view.metadata, view.tags, view.versions):
        with pytest.raises(TypeError, match=f"the key of an object is a text, not {told}"):
            ask(wrong)
    if wrong is not None:
        with pytest.raises(TypeError, match=f"the key of an object is a text, not {told}"):
            view.acl(wrong)
        with pytest.raises(TypeError, match=f"a version is called by its id, a text, not {told}"):
            view.read("a", wrong)


def test_a_message_names_some_keys_of_many(oss: fakeoss.FakeOSS) -> None:
    view = oss.create_bucket("a-bucket")
    with pytest.raises(KeyError, match="no object 'a'; there are none"):
        view.read("a")
    for number in range(11):
        oss.put("a-bucket", f"{number:02d}", b"")
    with pytest.raises(KeyError, match=r"'00', .*'09', \.\.\."):
        view.read("a")


def test_uploads(oss: fakeoss.FakeOSS) -> None:
    view = oss.create_bucket("a-bucket")
    bucket = oss.oss2_bucket("a-bucket")
    upload_id = bucket.init_multipart_upload("big").upload_id
    bucket.upload_part("big", upload_id, 1, b"part")
    (upload,) = view.uploads()
    assert (upload.key, upload.upload_id, upload.size) == ("big", upload_id, 4)
    bucket.abort_multipart_upload("big", upload_id)
    assert view.uploads() == []


def test_configurations(oss: fakeoss.FakeOSS) -> None:
    view = oss.create_bucket("a-bucket")
    assert view.configuration(BucketTagging) is None
    rules = oss2.models.TaggingRule()
    rules.add("k", "v")
    oss.oss2_bucket("a-bucket").put_bucket_tagging(oss2.models.Tagging(rules))
    assert view.configuration(BucketTagging) is not None


def test_it_shows_the_bucket_as_it_is_at_the_moment(oss: fakeoss.FakeOSS) -> None:
    view = oss.create_bucket("a-bucket")
    bucket = oss.oss2_bucket("a-bucket")
    bucket.put_object("a", b"1")
    assert view.keys() == ["a"]
    bucket.delete_object("a")
    bucket.delete_bucket()
    with pytest.raises(errors.OSSError, match="NoSuchBucket"):
        view.keys()
    bucket.create_bucket()
    assert view.keys() == []
