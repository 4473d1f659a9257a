"""Websites: index and error pages, and rules that send requests elsewhere. Mirroring: test_mirror.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
import requests

import fakeoss
from tests.conftest import BUCKET
from tests.people import refusal

URL = f"https://{BUCKET}.oss-cn-hangzhou.aliyuncs.com/"
PAGES = {
    "index.html": b"<h1>home</h1>",
    "docs/index.html": b"<h1>docs</h1>",
    "error.html": b"<h1>gone</h1>",
    "a.txt": b"a",
    "new/a b.txt": b"moved",
}

Host: TypeAlias = Callable[..., None]


@pytest.fixture
def site(oss: fakeoss.FakeOSS) -> oss2.Bucket:
    """A public bucket with pages, not yet a website."""
    oss.create_bucket(BUCKET, acl="public-read")
    bucket = oss.oss2_bucket(BUCKET)
    for key, content in PAGES.items():
        bucket.put_object(key, content)
    return bucket


@pytest.fixture
def host(site: oss2.Bucket, client: oss_v2.Client) -> Host:
    """Makes the bucket a website: `host(redirect_rules..., index={...}, error={...})`."""

    def call(
        *rules: oss_v2.RoutingRule, index: dict[str, Any] | None = None, error: dict[str, Any] | None = None
    ) -> None:
        website = oss_v2.WebsiteConfiguration(
            index_document=None if index is None else oss_v2.IndexDocument(**index),
            error_document=None if error is None else oss_v2.ErrorDocument(**error),
            routing_rules=oss_v2.RoutingRules(routing_rules=list(rules)) if rules else None,
        )
        client.put_bucket_website(oss_v2.PutBucketWebsiteRequest(BUCKET, website))

    return call


def rule(
    kind: str = "External", number: int = 1, condition: dict[str, Any] | None = None, **redirect: Any
) -> oss_v2.RoutingRule:
    """A rule for missing objects unless its condition says otherwise."""
    said = {"http_error_code_returned_equals": 404} if condition is None else condition
    return oss_v2.RoutingRule(
        rule_number=number,
        condition=oss_v2.RoutingRuleCondition(**said),
        redirect=oss_v2.RoutingRuleRedirect(redirect_type=kind, **redirect),
    )


def get(path: str = "", **options: Any) -> requests.Response:
    """What a browser asks, without following redirects."""
    return requests.get(URL + path, allow_redirects=False, **options)


class TestIndexPage:
    """The page of the root and of directories."""

    def test_a_browser_at_the_root_gets_it_and_a_client_the_list(
        self, oss: fakeoss.FakeOSS, site: oss2.Bucket, host: Host
    ) -> None:
        host(index={"suffix": "index.html"})
        answer = get()
        assert (answer.status_code, answer.content) == (200, PAGES["index.html"])
        assert answer.headers["Content-Type"] == "text/html"
        assert (oss.requests[-1].operation, oss.requests[-1].key) == ("GetObject", "index.html")
        assert len(site.list_objects().object_list) == len(PAGES)
        assert oss.requests[-1].operation == "ListObjects"

    def test_one_who_signs_badly_is_no_browser(self, host: Host) -> None:
        host(index={"suffix": "index.html"})
        for headers in ({"Authorization": "OSS a:b", "Date": "nonsense"}, {"Authorization": "nonsense"}):
            assert "<Error>" in get(headers=headers).text

    def test_one_who_lists_gets_the_list(self, host: Host) -> None:
        host(index={"suffix": "index.html"})
        assert "<ListBucketResult" in get("?prefix=docs/").text
        assert "<ListBucketResult" in get("?max-keys=1").text
        assert "<VersioningConfiguration" not in get("?versioning").text

    def test_without_a_website_a_browser_gets_the_list(self, site: oss2.Bucket) -> None:
        assert "<ListBucketResult" in get().text

    def test_a_missing_index_page(self, site: oss2.Bucket, host: Host) -> None:
        host(index={"suffix": "index.html"})
        site.delete_object("index.html")
        assert (get().status_code, "<Key>index.html</Key>" in get().text) == (404, True)

    def test_head_is_told_without_a_body(self, host: Host) -> None:
        host(index={"suffix": "index.html"})
        answer = requests.head(URL)
        assert (answer.status_code, answer.headers["Content-Length"], answer.content) == (200, "13", b"")

    @pytest.mark.parametrize("path", ["docs/", "nowhere/", "docs/deep/"])
    def test_directories_get_that_of_the_root(self, host: Host, path: str) -> None:
        host(index={"suffix": "index.html"})
        assert get(path).content == PAGES["index.html"]

    def test_or_their_own(self, host: Host) -> None:
        host(index={"suffix": "index.html", "support_sub_dir": True})
        assert get("docs/").content == PAGES["docs/index.html"]
        assert get().content == PAGES["index.html"]
        assert get("nowhere/").status_code == 404

    def test_a_key_that_ends_in_a_slash_belongs_to_the_directory(self, site: oss2.Bucket, host: Host) -> None:
        site.put_object("docs/", b"marker")
        host(index={"suffix": "index.html", "support_sub_dir": True})
        assert get("docs/").content == PAGES["docs/index.html"]
        assert site.get_object("docs/").read() == b"marker"

    def test_a_client_gets_it_where_the_key_is_missing(self, site: oss2.Bucket, host: Host) -> None:
        host(index={"suffix": "index.html", "support_sub_dir": True})
        assert site.get_object("docs/").read() == PAGES["docs/index.html"]
        assert site.head_object("docs/").content_length == 13
        assert refusal(site.get_object, "nowhere/")[:2] == (404, "NoSuchKey")

    def test_what_the_directory_may_not_show(self, site: oss2.Bucket, host: Host) -> None:
        site.put_object_acl("docs/index.html", "private")
        host(index={"suffix": "index.html", "support_sub_dir": True})
        assert get("docs/").status_code == 403

    @pytest.mark.parametrize(
        ("kind", "status", "place"),
        [(None, 302, "/docs/"), (0, 302, "/docs/"), (1, 404, None), (2, 200, None)],
    )
    def test_a_directory_without_its_slash(self, host: Host, kind: int | None, status: int, place: str | None) -> None:
        host(index={"suffix": "index.html", "support_sub_dir": True, "type": kind})
        answer = get("docs")
        assert (answer.status_code, answer.headers.get("Location")) == (status, place)
        if kind == 2:
            assert answer.content == PAGES["docs/index.html"]

    def test_only_where_directories_count(self, host: Host) -> None:
        host(index={"suffix": "index.html", "support_sub_dir": False, "type": 0})
        assert get("docs").status_code == 404

    def test_a_redirect_is_followed(self, host: Host) -> None:
        host(index={"suffix": "index.html", "support_sub_dir": True, "type": 0})
        assert requests.get(URL + "docs").content == PAGES["docs/index.html"]

    def test_in_path_style_the_bucket_stays(self, oss: fakeoss.FakeOSS, host: Host) -> None:
        host(index={"suffix": "index.html", "support_sub_dir": True})
        with oss.serve() as server:
            answer = requests.get(f"{server.url}/{BUCKET}/docs", allow_redirects=False)
            assert answer.headers["Location"] == f"/{BUCKET}/docs/"
            assert requests.get(f"{server.url}/{BUCKET}/docs").content == PAGES["docs/index.html"]

    def test_objects_are_served_as_ever(self, host: Host) -> None:
        host(index={"suffix": "index.html"}, error={"key": "error.html"})
        assert get("a.txt").content == b"a"
        assert get("a.txt", headers={"Range": "bytes=0-0"}).status_code == 206
        assert get("a.txt?acl").status_code == 403

    def test_a_custom_domain(self, site: oss2.Bucket, host: Host) -> None:
        site.put_bucket_cname(oss2.models.PutBucketCnameRequest("www.example.com"))
        host(index={"suffix": "index.html"})
        assert requests.get("https://www.example.com/").content == PAGES["index.html"]


class TestErrorPage:
    """The page of objects that do not exist."""

    @pytest.mark.parametrize(("status", "expected"), [(None, 404), (404, 404), (200, 200)])
    def test_it_comes_whole(self, oss: fakeoss.FakeOSS, host: Host, status: int | None, expected: int) -> None:
        host(error={"key": "error.html", "http_status": status})
        answer = get("missing", headers={"Range": "bytes=0-1", "If-None-Match": "*"})
        assert (answer.status_code, answer.content) == (expected, PAGES["error.html"])
        assert answer.headers["Content-Type"] == "text/html"
        assert oss.requests[-1].error == ("NoSuchKey" if expected == 404 else None)

    def test_a_signed_client_gets_it_too(self, site: oss2.Bucket, host: Host) -> None:
        host(error={"key": "error.html"})
        with pytest.raises(oss2.exceptions.NotFound) as caught:
            site.get_object("missing")
        assert caught.value.status == 404

    def test_not_for_head_and_not_for_other_refusals(self, site: oss2.Bucket, host: Host) -> None:
        host(error={"key": "error.html"})
        site.put_object_acl("a.txt", "private")
        assert requests.head(URL + "missing").headers.get("Content-Length") in (None, "0")
        assert "<Code>AccessDenied</Code>" in get("a.txt").text

    @pytest.mark.parametrize("gone", ["deleted", "private"])
    def test_a_page_that_cannot_be_shown(self, site: oss2.Bucket, host: Host, gone: str) -> None:
        host(error={"key": "error.html"})
        if gone == "deleted":
            site.delete_object("error.html")
        else:
            site.put_object_acl("error.html", "private")
        answer = get("missing")
        assert (answer.status_code, "<Code>NoSuchKey</Code>" in answer.text) == (404, True)

    def test_writes_are_not_touched(self, site: oss2.Bucket, host: Host) -> None:
        host(index={"suffix": "index.html"}, error={"key": "error.html"})
        assert requests.put(URL + "new.txt", data=b"x").status_code == 403
        site.delete_object("missing")


class TestRedirects:
    """External and AliCDN."""

    @pytest.mark.parametrize("kind", ["External", "AliCDN"])
    @pytest.mark.parametrize(
        ("redirect", "place"),
        [
            ({"host_name": "www.example.com"}, "https://www.example.com/old/a%20b.txt"),
            ({"host_name": "www.example.com", "protocol": "http"}, "http://www.example.com/old/a%20b.txt"),
            ({"protocol": "http"}, f"http://{BUCKET}.oss-cn-hangzhou.aliyuncs.com/old/a%20b.txt"),
            ({"replace_key_with": "new/$%7B"}, f"{URL}new/%24%257B"),
            ({"replace_key_with": "pre/${key}.suf"}, f"{URL}pre/old/a%20b.txt.suf"),
            ({"replace_key_prefix_with": "new/"}, f"{URL}new/a%20b.txt"),
            ({"enable_replace_prefix": True}, f"{URL}a%20b.txt"),
            (
                {"host_name": "www.example.com", "pass_query_string": True},
                "https://www.example.com/old/a%20b.txt?x=1&y",
            ),
            ({"host_name": "www.example.com", "pass_query_string": False}, "https://www.example.com/old/a%20b.txt"),
        ],
    )
    def test_where_it_leads(self, host: Host, kind: str, redirect: dict[str, Any], place: str) -> None:
        condition = {"key_prefix_equals": "old/", "http_error_code_returned_equals": 404}
        host(rule(kind, condition=condition, **redirect))
        answer = get("old/a%20b.txt?x=1&y")
        assert (answer.status_code, answer.headers["Location"], answer.content) == (301, place, b"")

    @pytest.mark.parametrize("code", [302, 303, 307, 308])
    def test_its_status(self, host: Host, code: int) -> None:
        host(rule(host_name="www.example.com", http_redirect_code=code))
        assert get("missing").status_code == code

    def test_a_client_follows_it_through_the_fake(self, host: Host) -> None:
        host(rule(condition={"key_prefix_equals": "old/"}, replace_key_prefix_with="new/"))
        assert requests.get(URL + "old/a%20b.txt").content == b"moved"

    def test_it_comes_before_index_and_error_pages(self, host: Host) -> None:
        host(rule(host_name="www.example.com"), index={"suffix": "index.html"}, error={"key": "error.html"})
        assert get("missing").status_code == 301
        assert get("a.txt").status_code == 200


class TestConditions:
    """All of them must hold."""

    @pytest.mark.parametrize(
        ("condition", "path", "headers", "meets"),
        [
            ({"key_prefix_equals": "old/"}, "old/x", {}, True),
            ({"key_prefix_equals": "old/"}, "older", {}, False),
            ({"key_suffix_equals": ".jpg"}, "x.jpg", {}, True),
            ({"key_suffix_equals": ".jpg"}, "x.jpeg", {}, False),
            ({"key_prefix_equals": "a", "key_suffix_equals": ".jpg"}, "b.jpg", {}, False),
            ({"http_error_code_returned_equals": 404}, "missing", {}, True),
            ({"http_error_code_returned_equals": 404}, "a.txt", {}, False),
            ({"http_error_code_returned_equals": 403}, "private.txt", {}, True),
            ({"http_error_code_returned_equals": 403}, "missing", {}, False),
            ({}, "missing", {}, True),
            ({}, "private.txt", {}, True),
            ({}, "a.txt", {}, True),
            ({"equals": "1"}, "missing", {"X-Test": "1"}, True),
            ({"equals": "1"}, "missing", {"X-Test": "2"}, False),
            ({"equals": "1"}, "missing", {}, False),
            ({}, "missing", {"X-Test": "anything"}, True),
            ({"starts_with": "ab"}, "missing", {"X-Test": "abc"}, True),
            ({"starts_with": "ab"}, "missing", {"X-Test": "ba"}, False),
            ({"ends_with": "bc"}, "missing", {"X-Test": "abc"}, True),
            ({"starts_with": "ab", "ends_with": "bc"}, "missing", {"X-Test": "abx"}, False),
        ],
    )
    def test_one_rule(
        self, site: oss2.Bucket, host: Host, condition: dict[str, Any], path: str, headers: dict[str, str], meets: bool
    ) -> None:
        site.put_object("private.txt", b"p", headers={"x-oss-object-acl": "private"})
        said = dict(condition)
        header = {name: said.pop(name) for name in ("equals", "starts_with", "ends_with") if name in said}
        if header or headers:
            said["include_headers"] = [oss_v2.RoutingRuleIncludeHeader(key="x-test", **header)]
        host(rule(condition=said, host_name="www.example.com"))
        assert (get(path, headers=headers).status_code == 301) is meets

    def test_the_host_is_a_header_too(self, host: Host) -> None:
        named = oss_v2.RoutingRuleIncludeHeader(key="Host", equals=URL.split("/")[2])
        host(rule(condition={"include_headers": [named]}, host_name="www.example.com"))
        assert get("a.txt").status_code == 301

    def test_the_lowest_number_comes_first(self, host: Host) -> None:
        host(rule(number=3, host_name="third.example"), rule(number=1, host_name="first.example"),
             rule(number=2, host_name="second.example"))  # fmt: skip
        assert get("missing").headers["Location"] == "https://first.example/missing"

    def test_only_the_first_that_fits(self, host: Host) -> None:
        host(rule(number=1, condition={"key_prefix_equals": "x/"}, host_name="first.example"),
             rule(number=2, host_name="second.example"))  # fmt: skip
        assert get("missing").headers["Location"] == "https://second.example/missing"

    @pytest.mark.parametrize("path", ["?acl", "a.txt?acl", "a.txt?versionId=x", "a.txt?x-oss-process=image/info"])
    def test_only_whole_objects_are_looked_at(self, host: Host, path: str) -> None:
        host(rule(condition={}, host_name="www.example.com"))
        assert get(path).status_code != 301


class TestInternal:
    """Another object of the bucket answers."""

    def test_it_answers_under_the_old_name(self, oss: fakeoss.FakeOSS, host: Host) -> None:
        host(rule("Internal", condition={"key_prefix_equals": "old/"}, replace_key_prefix_with="new/"))
        answer = get("old/a%20b.txt")
        assert (answer.status_code, answer.content) == (200, b"moved")
        assert oss.requests[-1].key == "old/a b.txt"

    def test_where_it_leads_to_nothing_the_refusal_stays(self, host: Host) -> None:
        host(rule("Internal", replace_key_with="nowhere"), error={"key": "error.html"})
        assert get("missing").content == PAGES["error.html"]

    def test_what_may_not_be_read_is_not_shown(self, site: oss2.Bucket, host: Host) -> None:
        site.put_object("secret", b"s", headers={"x-oss-object-acl": "private"})
        host(rule("Internal", replace_key_with="secret"))
        assert "<Code>AccessDenied</Code>" in get("missing").text
        assert site.get_object("missing").read() == b"s"

    def test_ranges_and_conditions_are_the_requests(self, host: Host) -> None:
        host(rule("Internal", replace_key_with="new/a b.txt"))
        assert get("missing", headers={"Range": "bytes=1-2"}).content == b"ov"
