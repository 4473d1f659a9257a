"""Mirroring: what origins are told, what is kept of their answers, and what becomes of their failures."""

from __future__ import annotations

import urllib.request
from email.utils import format_datetime
from typing import Any, ClassVar

import alibabacloud_oss_v2 as oss_v2
import pytest
import requests

import fakeoss
from tests.conftest import BUCKET
from tests.edge.mirroring import ABSENT, FAILED, ORIGIN, URL, Bucket, Mirror, Origin, bucket, keys, mirror, origin, sent
from tests.people import refusal

__all__ = ["bucket", "mirror", "origin"]


class TestHeaders:
    """Which headers of a request reach the origin."""

    GIVEN: ClassVar = {"X-One": "1", "X-Two": "2", "X-Oss-Three": "3", "Range": "bytes=0-0", "Accept": "text/plain"}

    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            ({"pass_all": True}, {"x-one": "1", "x-two": "2", "accept": "text/plain"}),
            ({"pass_all": False, "passs": ["X-ONE"]}, {"x-one": "1"}),
            ({"passs": ["X-Three", "x-oss-three", "Range", "Authorization"]}, {}),
            ({"pass_all": True, "removes": ["x-two", "accept"]}, {"x-one": "1"}),
            ({"passs": ["x-one"], "removes": ["x-one"]}, {}),
            ({"sets": [oss_v2.MirrorHeadersSet(key="X-Set", value="s")]}, {"x-set": "s"}),
            ({"passs": ["x-one"], "sets": [oss_v2.MirrorHeadersSet(key="x-one", value="s")]}, {"x-one": "s"}),
        ],
    )
    def test_passed_removed_and_set(
        self,
        bucket: Bucket,
        mirror: Mirror,
        origin: Origin,
        said: dict[str, Any],
        expected: dict[str, str],
    ) -> None:
        mirror(mirror_headers=oss_v2.MirrorHeaders(**said))
        origin.get(f"{ORIGIN}a", body=b"a")
        requests.get(f"{URL}a", headers=self.GIVEN)
        found = {name.lower(): value for name, value in sent(origin).headers.items()}
        watched = {"x-one", "x-two", "x-oss-three", "range", "accept", "x-set", "authorization"}
        assert {name: value for name, value in found.items() if name in watched} == expected
        assert found["user-agent"] == "aliyun-oss-mirror"
        assert found.get("host", "origin.example.com") == "origin.example.com"

    def test_the_host_may_be_passed_or_set(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        origin.get(f"{ORIGIN}a", body=b"a")
        origin.get(f"{ORIGIN}b", body=b"b")
        mirror(mirror_headers=oss_v2.MirrorHeaders(passs=["Host"]))
        requests.get(f"{URL}a")
        assert sent(origin).headers["host"] == URL.split("/")[2]
        mirror(mirror_headers=oss_v2.MirrorHeaders(sets=[oss_v2.MirrorHeadersSet(key="Host", value="virtual.example")]))
        requests.get(f"{URL}b")
        assert sent(origin).headers["Host"] == "virtual.example"

    def test_what_is_kept_of_the_origins(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        said = {
            "Content-Disposition": "attachment", "Content-Language": "en", "Expires": "0",
            "x-oss-meta-colour": "red", "Set-Cookie": "no", "ETag": '"theirs"', "X-Other": "no",
        }  # fmt: skip
        for key in ("a", "b"):
            origin.get(f"{ORIGIN}{key}", body=b"a", headers=said)
        mirror()
        kept = bucket.get_object("a").headers
        assert (kept["Content-Disposition"], kept["Content-Language"], kept["Expires"]) == ("attachment", "en", "0")
        assert not {"x-oss-meta-colour", "Set-Cookie", "X-Other"} & set(kept)
        assert kept["ETag"] == '"0CC175B9C0F1B6A831C399E269772661"'
        mirror(mirror_save_oss_meta=True)
        assert bucket.get_object("b").headers["x-oss-meta-colour"] == "red"

    def test_further_headers_of_the_answer(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        more = [oss_v2.ReturnHeader(key="X-Mirrored", value="yes")]
        mirror(mirror_return_headers=oss_v2.MirrorReturnHeaders(return_headers=more))
        origin.get(f"{ORIGIN}a", body=b"a")
        assert requests.get(f"{URL}a").headers["X-Mirrored"] == "yes"
        assert "X-Mirrored" not in requests.get(f"{URL}a").headers

    def test_further_headers_beyond_latin_1_are_utf_8(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        more = [oss_v2.ReturnHeader(key="X-Mirrored", value="是")]
        mirror(mirror_return_headers=oss_v2.MirrorReturnHeaders(return_headers=more))
        origin.get(f"{ORIGIN}a", body=b"a")
        with urllib.request.urlopen(bucket.sign_url("GET", "a", 60)) as answer:
            assert answer.headers["X-Mirrored"].encode("latin-1").decode() == "是"

    def test_what_the_connection_needs_is_not_for_a_rule_to_say(
        self, bucket: Bucket, mirror: Mirror, origin: Origin
    ) -> None:
        said = {"Content-Length": "9", "Transfer-Encoding": "chunked", "Content-Type": "text/x-mine"}
        more = [oss_v2.ReturnHeader(key=key, value=value) for key, value in said.items()]
        mirror(mirror_return_headers=oss_v2.MirrorReturnHeaders(return_headers=more))
        origin.get(f"{ORIGIN}a", body=b"a", content_type="text/x-theirs")
        answer = requests.get(f"{URL}a")
        assert (answer.content, answer.headers["Content-Length"], answer.headers["Content-Type"]) == (
            b"a",
            "1",
            "text/x-mine",
        )
        assert "Transfer-Encoding" not in answer.headers

    def test_tags_and_times(self, bucket: Bucket, oss: fakeoss.FakeOSS, mirror: Mirror, origin: Origin) -> None:
        modified = oss.clock.now().replace(year=2020, month=2, day=2, microsecond=0)
        tags = oss_v2.MirrorTaggings(taggings=[oss_v2.MirrorTagging(key="from", value="origin")])
        mirror(mirror_taggings=tags, mirror_user_last_modified=True)
        origin.get(f"{ORIGIN}a", body=b"a", headers={"Last-Modified": format_datetime(modified, usegmt=True)})
        assert bucket.get_object("a").last_modified == int(modified.timestamp())
        assert bucket.get_object_tagging("a").tag_set.tagging_rule == {"from": "origin"}


class TestFailures:
    """Nothing is kept of what did not come."""

    def test_an_origin_without_the_object(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        mirror()
        origin.get(f"{ORIGIN}a", status=404, body=b"theirs")
        assert refusal(bucket.get_object, "a")[:2] == ABSENT

    def test_its_absence_gets_the_error_page(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        bucket.put_object("error.html", b"gone")
        mirror(error_page="error.html")
        origin.get(f"{ORIGIN}a", status=404)
        answer = requests.get(f"{URL}a")
        assert (answer.status_code, answer.content) == (404, b"gone")

    @pytest.mark.parametrize("status", [201, 204, 400, 403, 500, 503])
    def test_an_origin_that_refuses(
        self, oss: fakeoss.FakeOSS, bucket: Bucket, mirror: Mirror, origin: Origin, status: int
    ) -> None:
        mirror()
        origin.get(f"{ORIGIN}a", status=status)
        assert refusal(bucket.get_object, "a") == (*FAILED, "0041-00000101")
        assert oss.requests[-1].why == f"{ORIGIN}a answered {status}"
        assert keys(bucket) == []

    def test_an_origin_that_is_not_there(
        self, oss: fakeoss.FakeOSS, bucket: Bucket, mirror: Mirror, origin: Origin
    ) -> None:
        mirror()
        assert refusal(bucket.get_object, "a") == (*FAILED, "0041-00000104")
        assert oss.requests[-1].why == "no origin could be reached for 'a'"

    def test_statuses_that_are_passed_on(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        mirror(transparent_mirror_response_codes="403,503")
        origin.get(f"{ORIGIN}a", status=403, body=b"theirs", content_type="text/x-theirs")
        answer = requests.get(f"{URL}a")
        assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (403, b"theirs", "text/x-theirs")

    def test_a_digest_that_does_not_match(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        wrong = {"Content-MD5": "1B2M2Y8AsgTpgAmY7PhCfg=="}
        for key in ("a", "b"):
            origin.get(f"{ORIGIN}{key}", body=b"body", headers=wrong)
        mirror(mirror_check_md5=True)
        assert bucket.get_object("a").read() == b"body"
        assert keys(bucket) == []
        mirror()
        assert bucket.get_object("b").read() == b"body"
        assert keys(bucket) == ["b"]

    def test_a_full_bucket(self, bucket: Bucket, client: oss_v2.Client, mirror: Mirror, origin: Origin) -> None:
        quota = oss_v2.QuotaConfiguration(storage_quota=2, mode="Strict")
        client.put_bucket_storage_quota(oss_v2.PutBucketStorageQuotaRequest(BUCKET, quota))
        mirror()
        origin.get(f"{ORIGIN}a", body=b"too much")
        assert refusal(bucket.get_object, "a")[:2] == FAILED
        assert keys(bucket) == []

    def test_a_script_after_the_fact(
        self, oss: fakeoss.FakeOSS, bucket: Bucket, mirror: Mirror, origin: Origin
    ) -> None:
        mirror()
        origin.get(f"{ORIGIN}a", body=b"a")
        oss.fail("GetObject", status=503, effect="after", times=1)
        assert refusal(bucket.get_object, "a")[0] == 503
        assert keys(bucket) == ["a"]
        assert len(origin.calls) == 1


class TestFurtherOrigins:
    """Asked in order where those before them fail."""

    @staticmethod
    def alternates(*urls: str) -> oss_v2.MirrorMultiAlternates:
        """Origins, the last of them first."""
        found = [
            oss_v2.MirrorMultiAlternate(mirror_multi_alternate_number=number, mirror_multi_alternate_url=url)
            for number, url in enumerate(urls, 1)
        ]
        return oss_v2.MirrorMultiAlternates(mirror_multi_alternates=found[::-1])

    def test_in_order_of_number(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        mirror(mirror_multi_alternates=self.alternates("http://second.example/", "http://third.example/"))
        origin.get(f"{ORIGIN}a", status=500)
        origin.get("http://third.example/a", body=b"third")
        assert bucket.get_object("a").read() == b"third"
        hosts = [call.request.url for call in origin.calls]
        assert hosts == [f"{ORIGIN}a", "http://second.example/a", "http://third.example/a"]

    def test_a_slave(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        mirror(mirror_url_slave="http://slave.example/")
        origin.get("http://slave.example/a", body=b"slave")
        assert bucket.get_object("a").read() == b"slave"

    @pytest.mark.parametrize(("always", "content"), [(None, None), (True, b"slave")])
    def test_after_any_refusal_only_where_asked(
        self,
        bucket: Bucket,
        mirror: Mirror,
        origin: Origin,
        always: bool | None,
        content: bytes | None,
    ) -> None:
        mirror(mirror_url_slave="http://slave.example/", mirror_switch_all_errors=always)
        origin.get(f"{ORIGIN}a", status=404)
        origin.get("http://slave.example/a", body=b"slave")
        if content is None:
            assert refusal(bucket.get_object, "a")[:2] == ABSENT
        else:
            assert bucket.get_object("a").read() == content

    def test_the_last_tells(self, bucket: Bucket, mirror: Mirror, origin: Origin) -> None:
        mirror(mirror_url_slave="http://slave.example/")
        origin.get(f"{ORIGIN}a", status=500)
        origin.get("http://slave.example/a", status=502)
        assert refusal(bucket.get_object, "a")[:2] == FAILED
