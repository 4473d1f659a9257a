"""Text that goes out as gzip to whom accepts it."""

from __future__ import annotations

import gzip

import oss2
import pytest
import requests

import fakeoss
from fakeoss.wire.message import Reply
from tests.conftest import BUCKET, ENDPOINT, Raw

TEXT = b"text " * 205
ACCEPTS = {"Accept-Encoding": "gzip"}


def is_compressed(reply: Reply) -> bool:
    return reply.header("Content-Encoding") == "gzip" and gzip.decompress(reply.data()) == TEXT


def put(bucket: oss2.Bucket, headers: dict[str, str] | None = None, content: bytes = TEXT) -> None:
    bucket.put_object("key", content, headers={"Content-Type": "text/plain", **(headers or {})})


def test_what_a_compressed_answer_tells(bucket: oss2.Bucket, raw: Raw) -> None:
    put(bucket)
    reply = raw("GET", "/key", ACCEPTS)
    assert is_compressed(reply)
    assert (reply.status, reply.header("Transfer-Encoding"), reply.header("Vary")) == (
        200,
        "chunked",
        "Accept-Encoding",
    )
    for name in ("Content-Length", "ETag", "Content-MD5"):
        assert reply.header(name) is None
    assert reply.header("x-oss-object-type") == "Normal"


@pytest.mark.parametrize(
    "content_type",
    [
        "text/cache-manifest",
        "text/xml",
        "text/plain",
        "text/css",
        "application/javascript",
        "application/x-javascript",
        "application/rss+xml",
        "application/json",
        "text/json",
        "text/plain; charset=utf-8",
    ],
)
def test_types_worth_it(bucket: oss2.Bucket, raw: Raw, content_type: str) -> None:
    put(bucket, {"Content-Type": content_type})
    assert is_compressed(raw("GET", "/key", ACCEPTS))


@pytest.mark.parametrize("content_type", ["text/html", "image/png", "application/octet-stream", "text/plainer"])
def test_types_left_alone(bucket: oss2.Bucket, raw: Raw, content_type: str) -> None:
    put(bucket, {"Content-Type": content_type})
    assert raw("GET", "/key", ACCEPTS).data() == TEXT


@pytest.mark.parametrize(("size", "expected"), [(1023, False), (1024, True)])
def test_one_kilobyte_is_the_least(bucket: oss2.Bucket, raw: Raw, size: int, expected: bool) -> None:
    put(bucket, content=TEXT[:size])
    reply = raw("GET", "/key", ACCEPTS)
    assert (reply.header("Content-Encoding") == "gzip") is expected
    assert (gzip.decompress(reply.data()) if expected else reply.data()) == TEXT[:size]


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("gzip", True),
        ("deflate, gzip", True),
        ("GZIP;q=0.5, *;q=0", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("deflate", False),
        ("identity", False),
        ("xgzip", False),
        ("*", False),
        ("", False),
    ],
)
def test_who_accepts_gzip(bucket: oss2.Bucket, raw: Raw, accepted: str, expected: bool) -> None:
    put(bucket)
    reply = raw("GET", "/key", {"Accept-Encoding": accepted})
    assert is_compressed(reply) is expected
    assert expected or reply.data() == TEXT


def test_nobody_who_does_not_ask_gets_gzip(bucket: oss2.Bucket, raw: Raw) -> None:
    put(bucket)
    assert raw("GET", "/key").data() == TEXT
    result = bucket.get_object("key")
    assert (result.read(), result.content_length) == (TEXT, len(TEXT))


def test_an_encoding_of_its_own_is_left_alone(bucket: oss2.Bucket, raw: Raw) -> None:
    put(bucket, {"Content-Encoding": "utf-8"})
    assert raw("GET", "/key", ACCEPTS).data() == TEXT
    put(bucket)
    assert raw("GET", "/key?response-content-encoding=br", ACCEPTS).data() == TEXT


def test_ranges_and_heads_are_never_compressed(bucket: oss2.Bucket, raw: Raw) -> None:
    put(bucket)
    assert raw("GET", "/key", {**ACCEPTS, "Range": "bytes=0-1023"}).data() == TEXT[:1024]
    assert raw("HEAD", "/key", ACCEPTS).header("Content-Length") == str(len(TEXT))


def test_a_type_asked_for_counts(bucket: oss2.Bucket, raw: Raw) -> None:
    put(bucket, {"Content-Type": "image/png"})
    assert is_compressed(raw("GET", "/key?response-content-type=text/plain", ACCEPTS))


def test_clients_decompress(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    put(bucket, {"x-oss-object-acl": "public-read"})
    answer = requests.get(f"https://{BUCKET}.{ENDPOINT}/key", timeout=5)
    assert (answer.headers["Content-Encoding"], answer.content) == ("gzip", TEXT)
    assert b"".join(bucket.get_object("key", headers=ACCEPTS)) == TEXT
