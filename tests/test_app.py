"""`FakeOSS` by itself: seeding, ready-made clients, direct use, several of them at once."""

from __future__ import annotations

import re
import sys
import threading
import urllib.request
from collections.abc import Callable
from typing import Any

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
import requests

import fakeoss
from fakeoss import activation, errors
from fakeoss.wire.message import Headers, Request


def test_a_bucket_is_made_as_a_client_would(oss: fakeoss.FakeOSS) -> None:
    view = oss.create_bucket(
        "a-bucket",
        region="cn-shanghai",
        acl="public-read",
        versioning="Suspended",
        storage_class="IA",
        objects={"a": "ä"},
    )
    assert oss.requests.count() == 0
    info = oss.oss2_bucket("a-bucket", region="cn-shanghai").get_bucket_info()
    assert (info.location, info.acl.grant, info.storage_class) == ("oss-cn-shanghai", "public-read", "IA")
    assert info.versioning_status == "Suspended"
    assert view.read("a") == "ä".encode()
    assert view.head("a").storage_class == "IA"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"name": "Not A Name"}, "InvalidBucketName"),
        ({"acl": "secret"}, "InvalidArgument"),
        ({"storage_class": "Paper"}, "InvalidArgument"),
        ({"versioning": "Sometimes"}, "MalformedXML"),
        ({"objects": {"a": b"1", "/b": b"2"}}, "InvalidObjectName"),
        ({"objects": {"": b"1"}}, "InvalidObjectName"),
        ({"objects": {"a" * 1024: b"1"}}, "InvalidObjectName|ObjectNameTooLong|InvalidArgument"),
    ],
)
def test_what_the_service_would_refuse_is_refused_and_leaves_no_trace(
    oss: fakeoss.FakeOSS, asked: dict[str, object], code: str
) -> None:
    with pytest.raises(errors.OSSError, match=code):
        oss.create_bucket(**{"name": "a-bucket", **asked})  # type: ignore[arg-type]  # mistakes under test
    assert oss.buckets() == []


@pytest.mark.parametrize(
    ("objects", "told"),
    [
        (["a"], r"objects=\['a'\]: give contents by key"),
        ({"a": 1}, "the content of 'a' is bytes or text, not 1"),
        ({1: b"a"}, "the key of an object is a text, not 1"),
    ],
)
def test_what_is_no_content_is_told_and_leaves_no_trace(oss: fakeoss.FakeOSS, objects: Any, told: str) -> None:
    with pytest.raises(TypeError, match=told):
        oss.create_bucket("a-bucket", objects=objects)
    assert oss.buckets() == []


def test_put_takes_headers(oss: fakeoss.FakeOSS) -> None:
    view = oss.create_bucket("a-bucket")
    oss.put("a-bucket", "a", "text", content_type="text/plain", x_oss_meta_colour="blue")
    assert view.head("a").headers["Content-Type"] == "text/plain"
    assert view.metadata("a") == {"colour": "blue"}
    with pytest.raises(errors.OSSError, match="NoSuchBucket"):
        oss.put("b-bucket", "a", b"1")


def test_headers_that_are_put_are_utf_8_as_those_of_clients(oss: fakeoss.FakeOSS) -> None:
    view = oss.create_bucket("a-bucket")
    oss.put("a-bucket", "seeded", b"1", x_oss_meta_colour="蓝", content_language="é")
    url = oss.oss2_bucket("a-bucket").sign_url("PUT", "sent", 60, headers={"x-oss-meta-colour": "蓝"})
    assert requests.put(url, b"1", headers={"x-oss-meta-colour": "蓝".encode()}).status_code == 200
    for key in ("seeded", "sent"):
        with urllib.request.urlopen(oss.oss2_bucket("a-bucket").sign_url("GET", key, 60)) as answer:
            assert answer.headers["x-oss-meta-colour"].encode("latin-1").decode() == "蓝"
        assert view.metadata(key) == {"colour": "蓝"}


def test_what_is_not_utf_8_is_shown_a_character_a_byte(oss: fakeoss.FakeOSS) -> None:
    view = oss.create_bucket("a-bucket", acl="public-read-write")
    requests.put("https://a-bucket.oss-cn-hangzhou.aliyuncs.com/sent", b"1", headers={"x-oss-meta-colour": b"\xe9"})
    assert view.metadata("sent") == {"colour": "é"}


@pytest.mark.parametrize(
    ("value", "kind"), [("a\nb", ValueError), ("a\r", ValueError), ("\0", ValueError), (5, TypeError)]
)
def test_what_is_no_header_is_told_and_leaves_no_trace(oss: fakeoss.FakeOSS, value: Any, kind: type[Exception]) -> None:
    view = oss.create_bucket("a-bucket")
    with pytest.raises(kind, match="content-type"):
        oss.put("a-bucket", "a", b"1", content_type=value)
    assert view.keys() == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("acl", "did you mean x_oss_object_acl?"),
        ("x_oss_acl", "did you mean x_oss_object_acl?"),
        ("storage_class", "did you mean x_oss_storage_class?"),
        ("contenttype", "did you mean content_type?"),
        ("colour", "x_oss_meta_..."),
    ],
)
def test_a_header_that_would_be_passed_over_is_told_and_leaves_no_trace(
    oss: fakeoss.FakeOSS, name: str, told: str
) -> None:
    view = oss.create_bucket("a-bucket")
    with pytest.raises(TypeError, match=re.escape(f"PutObject has no header {name}; ") + ".*" + re.escape(told)):
        oss.put("a-bucket", "a", b"1", **{name: "public-read"})
    assert view.keys() == []


def test_ready_made_clients(oss: fakeoss.FakeOSS) -> None:
    bucket = oss.oss2_bucket("a-bucket", region="cn-beijing")
    assert oss.buckets() == []
    bucket.create_bucket()
    assert oss.bucket("a-bucket").value.region == "cn-beijing"
    client = oss.client(region="cn-beijing")
    client.put_object(oss_v2.PutObjectRequest(bucket="a-bucket", key="a", body=b"1"))
    assert [view.name for view in oss.buckets()] == ["a-bucket"]
    assert oss.bucket("a-bucket").keys() == ["a"]


@pytest.mark.parametrize(
    ("module", "make", "told"),
    [
        ("oss2", lambda oss: oss.oss2_bucket("a-bucket"), "pip install oss2"),
        ("alibabacloud_oss_v2", lambda oss: oss.client(), "pip install alibabacloud-oss-v2"),
    ],
)
def test_an_sdk_that_is_missing_is_named_with_its_cure(
    oss: fakeoss.FakeOSS, monkeypatch: pytest.MonkeyPatch, module: str, make: Callable[..., Any], told: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ImportError, match=told) as missing:
        make(oss)
    assert missing.value.name == module


def test_what_is_neither_name_nor_region_is_told(oss: fakeoss.FakeOSS) -> None:
    view: Any = oss.create_bucket("a-bucket")
    for ask in (oss.oss2_bucket, oss.bucket, oss.create_bucket, lambda name: oss.put(name, "a", b"")):
        with pytest.raises(TypeError, match="a bucket is called by its name, such as 'my-bucket', not <bucket 'a-b"):
            ask(view)
    told = "region='oss-cn-beijing': give the id of a region, such as 'cn-hangzhou'"
    with pytest.raises(ValueError, match=told):
        oss.client("oss-cn-beijing")
    with pytest.raises(ValueError, match=told):
        oss.oss2_bucket("a-bucket", "oss-cn-beijing")


def test_direct_use_needs_no_interception() -> None:
    oss = fakeoss.FakeOSS()
    oss.create_bucket("a-bucket", acl="public-read", objects={"a": b"hello"})
    reply = oss.handle(Request("GET", "https", "a-bucket.oss-cn-hangzhou.aliyuncs.com", "/a", Headers()))
    assert (reply.status, reply.data()) == (200, b"hello")
    assert oss.requests[0].source == "direct"
    assert repr(oss) == "<FakeOSS: 1 bucket, 1 request>"
    assert activation.top() is None


def test_two_fakes_share_nothing() -> None:
    one, two = fakeoss.FakeOSS(), fakeoss.FakeOSS()
    one.create_bucket("a-bucket")
    one.fail("*", times=None)
    one.add_credentials("LTAInew", "secret")
    assert two.buckets() == []
    two.create_bucket("a-bucket")
    with fakeoss.mock_oss(two):
        assert two.oss2_bucket("a-bucket").get_bucket_acl().acl == "private"


def test_one_process_one_stack_for_all_threads(oss: fakeoss.FakeOSS) -> None:
    oss.create_bucket("a-bucket")

    def work(name: str) -> None:
        bucket = oss2.Bucket(oss2.Auth("any", "key"), "https://oss-cn-hangzhou.aliyuncs.com", "a-bucket")
        for number in range(20):
            bucket.put_object(f"{name}/{number}", b"1")

    threads = [threading.Thread(target=work, args=(str(number),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(oss.bucket("a-bucket")) == 80
    assert oss.requests.count("PutObject") == 80


def test_a_server_for_a_block() -> None:
    oss = fakeoss.FakeOSS(endpoints=("localhost:1",))
    with oss.serve() as server:
        port = server.endpoint.rpartition(":")[2]
        bucket = oss2.Bucket(oss2.Auth(*oss.credentials), server.url, "a-bucket", is_path_style=True)
        bucket.create_bucket()
        bucket.put_object("a", b"1")
        named = oss2.Bucket(oss2.Auth(*oss.credentials), f"http://localhost:{port}", "a-bucket", is_path_style=True)
        assert named.get_object("a").read() == b"1"
        assert server.endpoint in oss.settings.endpoints
    assert oss.settings.endpoints == ("localhost:1",)
    with pytest.raises(oss2.exceptions.RequestError):
        bucket.get_object("a")


def test_two_servers_of_one_fake() -> None:
    oss = fakeoss.FakeOSS()
    oss.create_bucket("a-bucket", objects={"a": b"1"})
    with oss.serve() as one:
        with oss.serve() as two:
            assert one.endpoint != two.endpoint
        bucket = oss2.Bucket(oss2.Auth(*oss.credentials), one.url, "a-bucket", is_path_style=True)
        assert bucket.get_object("a").read() == b"1"
