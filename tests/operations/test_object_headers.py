"""What a request says of the object it writes: headers, metadata, ACL, class, tags; kept, shown, refused."""

from __future__ import annotations

import base64

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused, ServiceError

PERSISTENT = "x-oss-persistent-headers"


def b64(value: str | bytes) -> str:
    return base64.b64encode(value.encode() if isinstance(value, str) else value).decode()


# Standard headers


def test_the_five_headers_and_the_type_come_back(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    given = {
        "Content-Type": "text/x-own; charset=utf-8",
        "Cache-Control": "no-cache",
        "Content-Disposition": 'attachment;filename="a;b.jpg"',
        "Content-Encoding": "utf-8",
        "Content-Language": "zh-CN",
        "Expires": "not even a date",
    }
    bucket.put_object("key", b"content", headers=given)
    for shown in (bucket.get_object("key").headers, bucket.head_object("key").headers):
        assert {name: shown[name] for name in given} == given
    request = oss_v2.PutObjectRequest(
        BUCKET, "other", body=b"content", cache_control="no-store", content_type="a/b", expires="soon"
    )
    client.put_object(request)
    head = client.head_object(oss_v2.HeadObjectRequest(BUCKET, "other"))
    assert (head.cache_control, head.content_type, head.expires) == ("no-store", "a/b", "soon")


def test_the_type_is_octet_stream_unless_told(bucket: oss2.Bucket, raw: Raw) -> None:
    for headers in ({}, {"Content-Type": ""}):
        raw("PUT", "/key", headers, b"content")
        assert bucket.head_object("key").content_type == "application/octet-stream"


def test_other_headers_are_forgotten(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    headers = {"auth": "a", "x-oss-auth": "b", "x-oss-unheard-of": "c", "X-Own": "d", "Expires": ""}
    bucket.put_object("key", b"content", headers=headers)
    made = oss.bucket(BUCKET).head("key")
    assert (dict(made.headers), dict(made.meta)) == ({"Content-Type": "application/octet-stream"}, {})


# User metadata


def test_metadata_by_lower_case_name(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    bucket.put_object("key", b"", headers={"X-Oss-Meta-Mixed-Case9": "Value", "x-oss-meta-empty": ""})
    assert dict(oss.bucket(BUCKET).head("key").meta) == {"mixed-case9": "Value", "empty": ""}
    assert bucket.head_object("key").headers["x-oss-meta-mixed-case9"] == "Value"


def test_v2_reads_metadata(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    client.put_object(oss_v2.PutObjectRequest(BUCKET, "key", body=b"", metadata={"a": "1", "b-c": "2"}))
    assert client.head_object(oss_v2.HeadObjectRequest(BUCKET, "key")).metadata == {"a": "1", "b-c": "2"}


def test_metadata_is_bytes(bucket: oss2.Bucket) -> None:
    value = "中文é"
    bucket.put_object("key", b"", headers={"x-oss-meta-text": value.encode()})
    shown = bucket.head_object("key").headers["x-oss-meta-text"]
    assert shown.encode("latin-1").decode() == value


@pytest.mark.parametrize("name", ["under_score", "dot.ted", "sl/ash", "", "star*"])
def test_names_of_metadata(bucket: oss2.Bucket, refused: Refused, name: str) -> None:
    error = refused(400, "InvalidArgument", "PUT", "/key", {f"x-oss-meta-{name}": "v"}, b"content")
    assert (error["EC"], error["ArgumentName"]) == ("0011-00000004", f"x-oss-meta-{name}")


@pytest.mark.parametrize("value", ["a\x00b", "a\x1bb", "a\x7fb"])
def test_values_of_metadata(bucket: oss2.Bucket, refused: Refused, value: str) -> None:
    error = refused(400, "InvalidArgument", "PUT", "/key", {"x-oss-meta-a": value}, b"content")
    assert error["EC"] == "0011-00000005"


def test_eight_kilobytes_of_metadata(bucket: oss2.Bucket, refused: Refused, raw: Raw) -> None:
    name = "x-oss-meta-a"
    assert raw("PUT", "/key", {name: "v" * (8192 - len(name))}, b"content").status == 200
    error = refused(400, "InvalidArgument", "PUT", "/key", {name: "v" * (8193 - len(name))}, b"content")
    assert error["EC"] == "0011-00000002"
    refused(400, "InvalidArgument", "PUT", "/key", {f"x-oss-meta-{n}": "v" * 1000 for n in range(9)}, b"content")


def test_v2_is_told_of_too_much_metadata(
    bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError
) -> None:
    request = oss_v2.PutObjectRequest(BUCKET, "key", body=b"", metadata={"a": "v" * 8192})
    assert service_error(client.put_object, request).code == "InvalidArgument"


# ACL, storage class, tags


@pytest.mark.parametrize("acl", ["default", "private", "public-read", "public-read-write"])
def test_an_acl_is_set_with_the_object(bucket: oss2.Bucket, acl: str) -> None:
    bucket.put_object("key", b"", headers={"x-oss-object-acl": acl})
    assert bucket.get_object_acl("key").acl == acl


@pytest.mark.parametrize("acl", ["", "Private", "public", "authenticated-read"])
def test_an_unknown_acl(bucket: oss2.Bucket, refused: Refused, acl: str) -> None:
    error = refused(400, "InvalidArgument", "PUT", "/key", {"x-oss-object-acl": acl}, b"content")
    assert (error["EC"], error["ArgumentValue"]) == ("0017-00000104", acl)


@pytest.mark.parametrize("storage_class", ["Standard", "IA", "Archive", "ColdArchive", "DeepColdArchive"])
def test_an_object_has_a_class_of_its_own(bucket: oss2.Bucket, client: oss_v2.Client, storage_class: str) -> None:
    client.put_object(oss_v2.PutObjectRequest(BUCKET, "key", body=b"", storage_class=storage_class))
    assert bucket.head_object("key").headers["x-oss-storage-class"] == storage_class
    assert [entry.storage_class for entry in bucket.list_objects().object_list] == [storage_class]


def test_an_object_has_the_class_of_its_bucket(oss: fakeoss.FakeOSS) -> None:
    oss.create_bucket("ia-bucket", storage_class="IA")
    bucket = oss.oss2_bucket("ia-bucket")
    bucket.put_object("key", b"")
    bucket.put_object("warm", b"", headers={"x-oss-storage-class": "Standard"})
    assert bucket.head_object("key").headers["x-oss-storage-class"] == "IA"
    assert bucket.head_object("warm").headers["x-oss-storage-class"] == "Standard"


@pytest.mark.parametrize(
    ("storage_class", "ec"), [("", "0017-00000131"), ("standard", "0017-00000132"), ("Glacier", "0017-00000132")]
)
def test_an_unknown_class(bucket: oss2.Bucket, refused: Refused, storage_class: str, ec: str) -> None:
    headers = {"x-oss-storage-class": storage_class}
    error = refused(400, "InvalidArgument", "PUT", "/key", headers, b"content")
    assert (error["EC"], error["ArgumentName"]) == (ec, "x-oss-storage-class")


def test_tags_are_counted(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    client.put_object(oss_v2.PutObjectRequest(BUCKET, "key", body=b"", tagging="a=1&b&c%2Bd=%E4%B8%AD"))
    assert bucket.head_object("key").headers["x-oss-tagging-count"] == "3"
    assert bucket.get_object_tagging("key").tag_set.tagging_rule == {"a": "1", "b": "", "c+d": "中"}
    bucket.put_object("key", b"", headers={"x-oss-tagging": ""})
    assert "x-oss-tagging-count" not in bucket.get_object("key").headers


@pytest.mark.parametrize("tagging", ["a=1&a=2", "a=1=2", "aa=bb=cc", "a=%ff"])
def test_a_tagging_header_is_a_query(bucket: oss2.Bucket, refused: Refused, tagging: str) -> None:
    error = refused(400, "InvalidArgument", "PUT", "/key", {"x-oss-tagging": tagging}, b"content")
    assert error["EC"] == "0010-00000219"


# Persistent headers


def test_headers_of_ones_own_come_back(bucket: oss2.Bucket) -> None:
    given = f"X-Own:{b64('a, b: c')}, Other:{b64('中')},Empty:"
    bucket.put_object("key", b"content", headers={PERSISTENT: given})
    for shown in (bucket.get_object("key").headers, bucket.head_object("key").headers):
        assert shown["X-Own"] == "a, b: c"
        assert shown["Other"].encode("latin-1").decode() == "中"
        assert shown["Empty"] == ""
        assert PERSISTENT not in shown


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("", "The format of persistent header is invalid"),
        ("name", "The format of persistent header is invalid"),
        (":dg==", "The format of persistent header is invalid"),
        ("a:dg==,", "The format of persistent header is invalid"),
        ("a:v", "The header value specified by persistent header is not base64 encoded."),
        ("a:é", "The header value specified by persistent header is not base64 encoded."),
        ("a:" + b64(b"\xff"), "The header value specified by persistent header is not utf-8 encoded."),
        ("a:" + b64("b\r\nc: d"), "The header value specified by persistent header contains CR or LF."),
        ("a:" + b64("b\0c"), "The header value specified by persistent header contains CR or LF."),
        ("a b:dg==", "The header specified by persistent header is not valid HTTP token."),
        ("Host:dg==", "The header specified by persistent header is reserved."),
        ("content-md5:dg==", "The header specified by persistent header is reserved."),
        ("x-oss-meta-a:dg==", "The header specified by persistent header is reserved."),
        ("Content-Type:dg==", "The header value specified by persistent header is not equal to request header value."),
    ],
)
def test_headers_of_ones_own_that_are_refused(bucket: oss2.Bucket, refused: Refused, given: str, message: str) -> None:
    headers = {PERSISTENT: given, "Content-Type": "text/plain"}
    error = refused(400, "InvalidArgument", "PUT", "/key", headers, b"content")
    assert error["Message"].startswith(message)
    assert error["ArgumentName"] == PERSISTENT
