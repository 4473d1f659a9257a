"""Hotlink protection: what is set comes back, and whom it keeps out."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fakeoss
from tests.conftest import BUCKET, Raw
from tests.people import People, refusal

ENTRY = st.text(st.characters(min_codepoint=33, blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cn")), min_size=1)
PUT = oss_v2.PutBucketRefererRequest
GET = oss_v2.GetBucketRefererRequest
URL = f"https://{BUCKET}.oss-cn-hangzhou.aliyuncs.com/a.txt"


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    empty=st.booleans(),
    query=st.booleans(),
    path=st.booleans(),
    white=st.lists(ENTRY, max_size=4),
    black=st.lists(ENTRY, max_size=4),
)
def test_what_is_set_comes_back(
    bucket: oss2.Bucket,
    client: oss_v2.Client,
    empty: bool,
    query: bool,
    path: bool,
    white: list[str],
    black: list[str],
) -> None:
    client.put_bucket_referer(
        PUT(
            BUCKET,
            oss_v2.RefererConfiguration(
                allow_empty_referer=empty,
                allow_truncate_query_string=query,
                truncate_path=path,
                referer_list=oss_v2.RefererList(referers=white),
                referer_blacklist=oss_v2.RefererBlacklist(referers=black),
            ),
        )
    )
    read = client.get_bucket_referer(GET(BUCKET)).referer_configuration
    assert (read.allow_empty_referer, read.allow_truncate_query_string, read.truncate_path) == (empty, query, path)
    assert (read.referer_list.referers or []) == white
    assert ((read.referer_blacklist and read.referer_blacklist.referers) or []) == black
    bucket.put_bucket_referer(oss2.models.BucketReferer(empty, white, query, black))
    old = bucket.get_bucket_referer()
    assert (old.allow_empty_referer, old.referers, old.allow_truncate_query_string) == (empty, white, query)
    assert old.black_referers == black
    assert client.get_bucket_referer(GET(BUCKET)).referer_configuration.truncate_path is False


def test_a_bucket_without_it_allows_everything(bucket: oss2.Bucket) -> None:
    read = bucket.get_bucket_referer()
    assert (read.allow_empty_referer, read.allow_truncate_query_string, read.referers) == (True, True, [])


def test_a_document_without_lists_clears_them(bucket: oss2.Bucket, raw: Raw) -> None:
    bucket.put_bucket_referer(oss2.models.BucketReferer(False, ["http://a.example"]))
    document = b"<RefererConfiguration><AllowEmptyReferer>true</AllowEmptyReferer></RefererConfiguration>"
    assert raw("PUT", "/?referer", {}, document).status == 200
    assert bucket.get_bucket_referer().referers == []


@pytest.mark.parametrize("body", [
    b"", b"x", b"<Other/>",
    b"<RefererConfiguration><AllowEmptyReferer>yes</AllowEmptyReferer></RefererConfiguration>",
])  # fmt: skip
def test_malformed_documents_change_nothing(bucket: oss2.Bucket, raw: Raw, body: bytes) -> None:
    bucket.put_bucket_referer(oss2.models.BucketReferer(False, ["http://a.example"]))
    reply = raw("PUT", "/?referer", {}, body)
    assert (reply.status, b"<Code>MalformedXML</Code>" in reply.data()) == (400, True)
    assert bucket.get_bucket_referer().referers == ["http://a.example"]


class TestEffect:
    """Only unsigned and presigned requests for objects are looked at."""

    @pytest.fixture(autouse=True)
    def _protected(self, bucket: oss2.Bucket) -> None:
        bucket.put_bucket_acl("public-read")
        bucket.put_object("a.txt", b"a")
        bucket.put_bucket_referer(
            oss2.models.BucketReferer(
                False, ["http://www.example.com", "https://*.example.org"], True, ["http://www.example.com/bad"]
            )
        )

    @pytest.mark.parametrize(
        ("referer", "ec"),
        [
            ("http://www.example.com/page?q=1", None),
            ("https://img.example.org", None),
            ("http://www.example.com/bad/page", "0003-00000502"),
            ("http://elsewhere.example", "0003-00000503"),
            (None, "0003-00000501"),
            ("", "0003-00000501"),
        ],
    )
    def test_unsigned_requests(self, oss: fakeoss.FakeOSS, referer: str | None, ec: str | None) -> None:
        headers = {} if referer is None else {"Referer": referer}
        reply = requests.get(URL, headers=headers)
        assert reply.headers.get("x-oss-ec") == ec
        assert reply.status_code == (200 if ec is None else 403)
        if ec is not None:
            assert "You are denied by bucket referer policy." in reply.text
            assert "Referer rules refuse" in (oss.requests[-1].why or "")

    @pytest.mark.parametrize("version", ["v1", "v2", "v4"])
    def test_presigned_urls_even_of_the_owner(self, oss: fakeoss.FakeOSS, version: str) -> None:
        url = People(oss).bucket("owner", version=version).sign_url("GET", "a.txt", 60)
        assert requests.get(url).headers["x-oss-ec"] == "0003-00000501"
        assert requests.get(url, headers={"Referer": "http://www.example.com/"}).content == b"a"

    def test_signed_requests_and_listings_are_not_looked_at(self, oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
        assert bucket.get_object("a.txt").read() == b"a"
        nobody = People(oss).bucket("anonymous")
        assert refusal(nobody.list_objects) == (0, "", "")

    def test_names_in_other_scripts(self, bucket: oss2.Bucket) -> None:
        bucket.put_bucket_referer(oss2.models.BucketReferer(False, ["http://例子.example"]))
        referer = "http://例子.example/页".encode()
        assert requests.get(URL, headers={"Referer": referer}).status_code == 200
        assert requests.get(URL, headers={"Referer": "http://别的.example/".encode()}).status_code == 403
        assert requests.get(URL, headers={"Referer": b"\xff\xfe"}).status_code == 403
