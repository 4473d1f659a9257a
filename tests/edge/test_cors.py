"""What answers tell browsers of other origins: on successes and refusals alike, and never without a rule."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
import requests

import fakeoss
from tests.conftest import BUCKET, Raw

URL = f"https://{BUCKET}.oss-cn-hangzhou.aliyuncs.com/a.txt"
PAGE = "https://www.example.com"


def allow(bucket: oss2.Bucket, *rules: oss2.models.CorsRule, vary: bool | None = None) -> None:
    """Set rules; one for GET and PUT from `PAGE` unless given."""
    plain = oss2.models.CorsRule([PAGE], ["GET", "PUT"], expose_headers=["ETag"], max_age_seconds=60)
    bucket.put_bucket_cors(oss2.models.BucketCors(list(rules) or [plain], vary))


def told(answer: requests.Response) -> dict[str, str]:
    """The headers that browsers look at."""
    return {name: value for name, value in answer.headers.items() if name.startswith("Access-Control-")}


@pytest.fixture(autouse=True)
def _object(bucket: oss2.Bucket) -> None:
    bucket.put_bucket_acl("public-read")
    bucket.put_object("a.txt", b"a")


def test_a_page_may_read_an_answer(bucket: oss2.Bucket) -> None:
    allow(bucket)
    answer = requests.get(URL, headers={"Origin": PAGE})
    assert answer.content == b"a"
    assert told(answer) == {
        "Access-Control-Allow-Origin": PAGE,
        "Access-Control-Allow-Methods": "GET, PUT",
        "Access-Control-Expose-Headers": "ETag",
        "Access-Control-Max-Age": "60",
    }


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "a.txt", 200),
        ("GET", "missing", 404),
        ("PUT", "a.txt", 403),
        ("GET", "?acl", 403),
        ("GET", "?nothing=1", 200),
    ],
)
def test_refusals_are_told_like_successes(bucket: oss2.Bucket, method: str, path: str, status: int) -> None:
    allow(bucket)
    answer = requests.request(method, URL.replace("a.txt", path), headers={"Origin": PAGE})
    assert answer.status_code == status
    assert told(answer)["Access-Control-Allow-Origin"] == PAGE


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("GET", {}),
        ("GET", {"Origin": "https://elsewhere.example"}),
        ("HEAD", {"Origin": PAGE}),
        ("GET", {"Origin": ""}),
    ],
)
def test_without_a_rule_nothing_is_told(bucket: oss2.Bucket, method: str, headers: dict[str, str]) -> None:
    allow(bucket)
    answer = requests.request(method, URL, headers=headers)
    assert (answer.status_code, told(answer)) == (200, {})
    assert "Vary" not in answer.headers


def test_a_bucket_without_rules_tells_nothing() -> None:
    assert told(requests.get(URL, headers={"Origin": PAGE})) == {}


def test_every_origin_is_a_star(bucket: oss2.Bucket) -> None:
    allow(bucket, oss2.models.CorsRule(["*"], ["GET"]))
    assert told(requests.get(URL, headers={"Origin": PAGE}))["Access-Control-Allow-Origin"] == "*"


def test_an_origin_with_an_asterisk_is_named(bucket: oss2.Bucket) -> None:
    allow(bucket, oss2.models.CorsRule(["https://*.example.com"], ["GET"]))
    assert told(requests.get(URL, headers={"Origin": PAGE}))["Access-Control-Allow-Origin"] == PAGE
    assert told(requests.get(URL, headers={"Origin": "https://example.com"})) == {}


@pytest.mark.parametrize("headers", [{}, {"Origin": PAGE}, {"Origin": "https://elsewhere.example"}])
@pytest.mark.parametrize("path", ["a.txt", "missing"])
def test_caches_are_told_that_answers_vary(bucket: oss2.Bucket, headers: dict[str, str], path: str) -> None:
    allow(bucket, vary=True)
    assert requests.get(URL.replace("a.txt", path), headers=headers).headers["Vary"] == "Origin"


def test_what_varies_already_varies_still(bucket: oss2.Bucket) -> None:
    bucket.put_object("long.txt", b"x" * 4096, headers={"Content-Type": "text/plain"})
    allow(bucket, vary=True)
    answer = requests.get(URL.replace("a.txt", "long.txt"), headers={"Accept-Encoding": "gzip"})
    assert (answer.headers["Content-Encoding"], answer.headers["Vary"]) == ("gzip", "Accept-Encoding, Origin")


def test_a_signed_client_is_told_as_well(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    allow(bucket)
    answer = bucket.put_object("b.txt", b"b", headers={"Origin": PAGE})
    assert answer.resp.headers["Access-Control-Allow-Origin"] == PAGE
    result = oss.client().get_object(oss_v2.GetObjectRequest(BUCKET, "b.txt", headers={"Origin": PAGE}))
    assert result.headers["Access-Control-Allow-Origin"] == PAGE


def test_rules_of_another_bucket_do_not_count(oss: fakeoss.FakeOSS, bucket: oss2.Bucket, raw: Raw) -> None:
    allow(bucket)
    oss.create_bucket("second", objects={"a.txt": b"a"})
    assert raw("GET", "/a.txt", {"Origin": PAGE}, bucket="second").header("access-control-allow-origin") is None


def test_no_bucket_no_rules(raw: Raw) -> None:
    reply = raw("GET", "/a.txt", {"Origin": PAGE}, bucket="nowhere")
    assert (reply.status, reply.header("access-control-allow-origin")) == (404, None)
