"""Mirroring: what a bucket lacks is fetched from an origin, kept, and answered."""

from __future__ import annotations

import threading
from typing import Any

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
import requests

import fakeoss
from tests.edge.mirroring import ABSENT, FAILED, ORIGIN, URL, Bucket, Mirror, Origin, bucket, keys, mirror, origin, sent
from tests.people import refusal

__all__ = ["bucket", "mirror", "origin"]


class TestFetching:
    """Once, and then it is an object like any other."""

    def test_a_missing_object_comes_from_the_origin_and_stays(
        self, oss: fakeoss.FakeOSS, bucket: Bucket, mirror: Mirror, origin: Origin
    ) -> None:
        mirror()
        origin.get(
            f"{ORIGIN}img/a%20b.png", body=b"PNG", content_type="image/png", headers={"Cache-Control": "no-cache"}
        )
        answer = requests.get(f"{URL}img/a%20b.png?x=1")
        assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (200, b"PNG", "image/png")
        assert answer.headers["x-oss-tag"] == "MIRROR http%3a%2f%2forigin.example.com%2fimg%2fa%2520b.png"
        kept = bucket.get_object("img/a b.png")
        assert (kept.read(), kept.headers["Content-Type"], kept.headers["Cache-Control"]) == (
            b"PNG",
            "image/png",
            "no-cache",
        )
        assert kept.headers["x-oss-tag"].startswith("MIRROR ")
        assert len(origin.calls) == 1
        assert sent(origin).url == f"{ORIGIN}img/a%20b.png"
        assert dict(sent(origin).headers) == {"User-Agent": "aliyun-oss-mirror"}
        assert [(entry.operation, entry.status) for entry in oss.requests][-2:] == [
            ("GetObject", 200),
            ("GetObject", 200),
        ]

    def test_signed_clients_mirror_too(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        mirror()
        origin.get(f"{ORIGIN}a", body=b"a")
        assert bucket.get_object("a").read() == b"a"

    def test_a_range_of_what_is_fetched_whole(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        mirror()
        origin.get(f"{ORIGIN}a", body=b"0123456789")
        answer = requests.get(f"{URL}a", headers={"Range": "bytes=2-4"})
        assert (answer.status_code, answer.content) == (206, b"234")
        assert "Range" not in sent(origin).headers
        assert bucket.get_object("a").read() == b"0123456789"

    @pytest.mark.parametrize(
        ("redirect", "condition", "url"),
        [
            ({"mirror_url": f"{ORIGIN}base/"}, {}, f"{ORIGIN}base/img/a"),
            ({"replace_key_prefix_with": "pics/"}, {"key_prefix_equals": "img/"}, f"{ORIGIN}pics/a"),
            ({"enable_replace_prefix": True}, {"key_prefix_equals": "img/"}, f"{ORIGIN}a"),
            ({"replace_key_with": "x/${key}.png"}, {}, f"{ORIGIN}x/img/a.png"),
            ({"pass_query_string": True}, {}, f"{ORIGIN}img/a?x=1&y=%20"),
            ({"mirror_pass_query_string": True}, {}, f"{ORIGIN}img/a?x=1&y=%20"),
        ],
    )
    def test_where_it_is_fetched(
        self,
        bucket: Bucket,
        mirror: Mirror,
        origin: Origin,
        redirect: dict[str, Any],
        condition: dict[str, Any],
        url: str,
    ) -> None:
        mirror(condition={"http_error_code_returned_equals": 404, **condition}, **redirect)
        origin.get(url.partition("?")[0], body=b"a")
        assert requests.get(f"{URL}img/a?x=1&y=%20").content == b"a"
        assert sent(origin).url == url
        assert bucket.get_object("img/a").read() == b"a"

    def test_only_what_is_missing(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        bucket.put_object("there", b"mine")
        bucket.put_object("private", b"p", headers={"x-oss-object-acl": "private"})
        mirror(condition={"key_prefix_equals": ""})
        assert requests.get(f"{URL}there").content == b"mine"
        assert requests.get(f"{URL}private").status_code == 403
        assert len(origin.calls) == 0

    def test_who_may_not_read_does_not_mirror(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        mirror()
        bucket.put_bucket_acl("private")
        assert requests.get(f"{URL}a").status_code == 403
        assert len(origin.calls) == 0

    def test_a_bucket_of_the_fake_as_origin(self, oss: fakeoss.FakeOSS, bucket: Bucket, mirror: Mirror) -> None:
        oss.create_bucket("source", acl="public-read", objects={"a.txt": b"from afar"})
        mirror(mirror_url="https://source.oss-cn-hangzhou.aliyuncs.com/")
        assert bucket.get_object("a.txt").read() == b"from afar"
        asked = [(entry.bucket, entry.source) for entry in oss.requests][-2:]
        assert ("source", "mirror") in asked
        assert refusal(bucket.get_object, "b.txt")[:2] == ABSENT

    def test_the_bucket_of_a_host_that_is_set(self, oss: fakeoss.FakeOSS, bucket: Bucket, mirror: Mirror) -> None:
        oss.create_bucket("source", acl="public-read", objects={"a.txt": b"from afar"})
        host = oss_v2.MirrorHeadersSet(key="Host", value="source.oss-cn-hangzhou.aliyuncs.com")
        mirror(mirror_url="http://oss-cn-hangzhou.aliyuncs.com/", mirror_headers=oss_v2.MirrorHeaders(sets=[host]))
        assert bucket.get_object("a.txt").read() == b"from afar"

    def test_a_chain_of_buckets(self, oss: fakeoss.FakeOSS, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        mirror()
        origin.get(f"{ORIGIN}a", body=b"a")
        oss.create_bucket("second", acl="public-read")
        second = oss.oss2_bucket("second")
        condition = oss2.models.Condition("", 404)
        chained = oss2.models.Redirect("Mirror", mirror_url=URL)
        rule = oss2.models.RoutingRule(1, condition, chained)
        second.put_bucket_website(oss2.models.BucketWebsite("index.html", "error.html", [rule]))
        assert second.get_object("a").read() == b"a"
        assert (keys(bucket), keys(second)) == (["a"], ["a"])

    def test_a_ring_ends(self, oss: fakeoss.FakeOSS, bucket: Bucket, mirror: Mirror) -> None:
        mirror(mirror_url=URL)
        assert refusal(bucket.get_object, "a")[:2] == FAILED
        assert "the mirrors lead in a ring" in [entry.why for entry in oss.requests]
        assert keys(bucket) == []


class TestHead:
    """Only where the rule lets it."""

    def test_it_is_not_mirrored(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        mirror()
        assert requests.head(f"{URL}a").status_code == 404
        assert len(origin.calls) == 0

    def test_or_asked_and_not_kept(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        mirror(mirror_allow_head_object=True)
        origin.head(f"{ORIGIN}a", headers={"Content-Type": "image/png", "Content-Length": "7"})
        answer = requests.head(f"{URL}a")
        assert (answer.status_code, answer.headers["Content-Type"], answer.headers["Content-Length"]) == (
            200,
            "image/png",
            "7",
        )
        assert not bucket.object_exists("b")
        assert keys(bucket) == []


class TestRedirects:
    """Of the origin: followed unless the rule says otherwise."""

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_followed(self, bucket: Bucket, mirror: Mirror, origin: Origin, status: int) -> None:
        mirror()
        origin.get(f"{ORIGIN}a", status=status, headers={"Location": "/b"})
        origin.get(f"{ORIGIN}b", status=status, headers={"Location": "https://other.example/c"})
        origin.get("https://other.example/c", body=b"c")
        assert bucket.get_object("a").read() == b"c"
        assert bucket.head_object("a").headers["x-oss-tag"] == "MIRROR http%3a%2f%2forigin.example.com%2fa"

    def test_or_passed_on(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        mirror(mirror_follow_redirect=False)
        origin.get(f"{ORIGIN}a", status=302, headers={"Location": "https://other.example/c"})
        answer = requests.get(f"{URL}a", allow_redirects=False)
        assert (answer.status_code, answer.headers["Location"]) == (302, "https://other.example/c")
        assert keys(bucket) == []

    def test_ten_at_most(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        mirror()
        for number in range(11):
            origin.get(f"{ORIGIN}{number}", status=302, headers={"Location": f"/{number + 1}"})
        origin.get(f"{ORIGIN}11", body=b"there")
        assert bucket.get_object("1").read() == b"there"
        assert refusal(bucket.get_object, "0")[:2] == FAILED

    def test_into_nowhere(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        mirror()
        origin.get(f"{ORIGIN}a", status=302, headers={"Location": "http://[::1/"})
        assert refusal(bucket.get_object, "a")[:2] == FAILED

    def test_from_nowhere(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        mirror(mirror_url="http://[::1/")
        assert refusal(bucket.get_object, "a")[:2] == FAILED


class TestMeanwhile:
    """While the origin is asked, nothing waits."""

    def test_the_origin_may_use_the_bucket(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        """The fetch holds no lock, be it from another thread."""
        mirror()

        def reply(_: requests.PreparedRequest) -> tuple[int, dict[str, str], bytes]:
            writer = threading.Thread(target=bucket.put_object, args=("log", b"asked"))
            writer.start()
            writer.join(10)
            assert not writer.is_alive()
            return 200, {}, b"a"

        origin.add_callback("GET", f"{ORIGIN}a", reply)
        assert bucket.get_object("a").read() == b"a"
        assert bucket.get_object("log").read() == b"asked"

    def test_an_object_written_in_the_meantime_wins(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        mirror()

        def reply(_: requests.PreparedRequest) -> tuple[int, dict[str, str], bytes]:
            bucket.put_object("a", b"mine")
            return 200, {}, b"theirs"

        origin.add_callback("GET", f"{ORIGIN}a", reply)
        assert bucket.get_object("a").read() == b"mine"
        assert bucket.get_object("a").read() == b"mine"

    def test_only_passed_on(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        mirror(mirror_proxy_pass=True)
        origin.get(f"{ORIGIN}a", body=b"a")
        for _ in range(2):
            assert bucket.get_object("a").read() == b"a"
        assert (len(origin.calls), keys(bucket)) == (2, [])


def test_versions_of_what_is_mirrored(bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig(oss2.BUCKET_VERSIONING_ENABLE))
    bucket.put_object("a", b"mine")
    bucket.delete_object("a")
    mirror()
    origin.get(f"{ORIGIN}a", body=b"theirs")
    answer = bucket.get_object("a")
    assert answer.read() == b"theirs"
    assert answer.headers["x-oss-version-id"] == bucket.list_object_versions().versions[0].versionid
