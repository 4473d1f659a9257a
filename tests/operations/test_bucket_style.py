"""Image styles: what is set comes back, through both SDKs, and what is refused."""

from __future__ import annotations

from datetime import datetime

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fakeoss
from fakeoss.state.configurations.style import STYLES_LIMIT
from tests.conftest import BUCKET
from tests.operations.comeback import MODEST
from tests.operations.conftest import Refused, ServiceError
from tests.people import refusal

NAMES = st.text(st.sampled_from("abcXYZ019-_."), min_size=1, max_size=63)
CONTENT = st.text(st.characters(min_codepoint=33, max_codepoint=0x9FFF, exclude_characters=";()'*?"), min_size=1)


def style(client: oss_v2.Client, name: str) -> oss_v2.StyleInfo:
    """What GetStyle tells."""
    return client.get_style(oss_v2.GetStyleRequest(BUCKET, style_name=name)).style


@MODEST
@given(name=NAMES, content=CONTENT, category=st.sampled_from([None, "image", "document", "video"]))
def test_what_is_set_comes_back(
    bucket: oss2.Bucket, client: oss_v2.Client, name: str, content: str, category: str | None
) -> None:
    said = oss_v2.StyleContent(content=content)
    client.put_style(oss_v2.PutStyleRequest(BUCKET, style_name=name, category=category, style=said))
    read = style(client, name)
    assert (read.name, read.content, read.category) == (name, content, category or "image")
    old = bucket.get_bucket_style(name)
    assert (old.name, old.content) == (name, content)
    bucket.put_bucket_style(name, content)
    assert bucket.get_bucket_style(name).content == content
    bucket.delete_bucket_style(name)


def test_a_second_setting_keeps_the_time_of_making(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    client = oss.client()
    bucket.put_bucket_style("small", "image/resize,w_100")
    before = style(client, "small")
    oss.clock.advance(hours=1)
    bucket.put_bucket_style("small", "image/resize,w_50")
    after = style(client, "small")
    assert (after.content, after.create_time) == ("image/resize,w_50", before.create_time)
    assert datetime.fromisoformat(after.last_modify_time[:-1]) > datetime.fromisoformat(before.last_modify_time[:-1])


def test_all_are_listed_by_name(client: oss_v2.Client, bucket: oss2.Bucket) -> None:
    assert bucket.list_bucket_style().styles == []
    for name in ("b", "a", "C"):
        bucket.put_bucket_style(name, "image/resize,p_50")
    assert [found.name for found in bucket.list_bucket_style().styles] == ["C", "a", "b"]
    listed = client.list_style(oss_v2.ListStyleRequest(BUCKET)).style_list.styles
    assert [found.name for found in listed] == ["C", "a", "b"]


def test_a_deleted_one_is_gone(bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError) -> None:
    bucket.put_bucket_style("small", "image/resize,w_100")
    for _ in range(2):
        assert client.delete_style(oss_v2.DeleteStyleRequest(BUCKET, style_name="small")).status_code == 204
    error = service_error(client.get_style, oss_v2.GetStyleRequest(BUCKET, style_name="small"))
    assert (error.status_code, error.code) == (404, "NoSuchStyle")


class TestRefusals:
    """Nothing changes."""

    @pytest.fixture(autouse=True)
    def _before(self, bucket: oss2.Bucket) -> None:
        bucket.put_bucket_style("small", "image/resize,w_100")

    @pytest.mark.parametrize(
        ("name", "ec"),
        [("", "0017-00000250"), ("a" * 64, "0017-00000250"), ("a/b", "0017-00000251"), ("a%20b", "0017-00000251"),
         ("%C3%A9", "0017-00000251")],
    )  # fmt: skip
    def test_bad_names(self, refused: Refused, name: str, ec: str) -> None:
        for method in ("PUT", "GET", "DELETE"):
            body = b"<Style><Content>image/resize,w_1</Content></Style>" if method == "PUT" else b""
            error = refused(400, "InvalidArgument", method, f"/?style&styleName={name}", {}, body)
            assert (error["ArgumentName"], error["EC"]) == ("styleName", ec)

    @pytest.mark.parametrize("content", ["", " ", "image/resize,w_1;", "(image)", "image*", "'image'", "image?"])
    def test_bad_content(self, refused: Refused, content: str) -> None:
        body = f"<Style><Content>{content}</Content></Style>".encode()
        assert refused(400, "BadRequest", "PUT", "/?style&styleName=small", {}, body)["EC"] == "0017-00000253"

    @pytest.mark.parametrize("body", [b"", b"<Style>", b"<Other/>", b"<Style/>"])
    def test_malformed_documents(self, refused: Refused, body: bytes) -> None:
        refused(400, "MalformedXML", "PUT", "/?style&styleName=small", {}, body)

    def test_a_category_that_is_none(self, refused: Refused) -> None:
        body = b"<Style><Content>image/resize,w_1</Content></Style>"
        error = refused(400, "InvalidArgument", "PUT", "/?style&styleName=small&category=music", {}, body)
        assert error["ArgumentName"] == "category"

    def test_fifty_are_the_most(self, bucket: oss2.Bucket) -> None:
        for number in range(STYLES_LIMIT - 1):
            bucket.put_bucket_style(f"style{number}", "image/resize,w_1")
        assert refusal(bucket.put_bucket_style, "more", "image/resize,w_1")[:2] == (400, "InvalidArgument")
        bucket.put_bucket_style("small", "image/resize,w_1")
        assert len(bucket.list_bucket_style().styles) == 50
