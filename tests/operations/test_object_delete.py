"""Objects deleted one by one and many at once; versions and markers are test_object_versions.py's."""

from __future__ import annotations

import base64
import hashlib

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

from fakeoss.wire.message import Reply
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused, Untouched, error_of

ODD = ["a", "dir/b c", "中文", "a&<b>'\"", "\x01\x1f", "a%20b+c", "new\nline", " "]


def digest(body: bytes) -> dict[str, str]:
    return {"Content-MD5": base64.b64encode(hashlib.md5(body).digest()).decode()}


def delete(raw: Raw, body: bytes, **headers: str) -> Reply:
    return raw("POST", "/?delete", {**digest(body), **headers}, body)


def named(*keys: str) -> bytes:
    return f"<Delete>{''.join(f'<Object><Key>{key}</Key></Object>' for key in keys)}</Delete>".encode()


def test_a_deleted_object_is_gone_and_a_missing_one_is_no_error(bucket: oss2.Bucket) -> None:
    bucket.put_object("a", b"")
    assert bucket.delete_object("a").status == 204
    assert not bucket.object_exists("a")
    assert bucket.delete_object("a").status == 204


def test_many_are_deleted_with_any_key(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    for delete_all in (
        lambda: bucket.batch_delete_objects(ODD).deleted_keys,
        lambda: [
            row.key
            for row in client.delete_multiple_objects(
                oss_v2.DeleteMultipleObjectsRequest(
                    bucket=BUCKET, objects=[oss_v2.DeleteObject(key=key) for key in ODD], encoding_type="url"
                )
            ).deleted_objects
        ],
    ):
        for key in ODD:
            bucket.put_object(key, b"")
        assert delete_all() == ODD
        assert bucket.list_objects().object_list == []


def test_the_answer_lists_what_is_missing_too(bucket: oss2.Bucket) -> None:
    bucket.put_object("a", b"")
    assert bucket.batch_delete_objects(["a", "missing"]).deleted_keys == ["a", "missing"]


@pytest.mark.parametrize(("quiet", "answer"), [("true", False), ("false", True), ("", True)])
def test_a_quiet_deletion_answers_nothing(bucket: oss2.Bucket, raw: Raw, quiet: str, answer: bool) -> None:
    body = named("a").replace(b"<Delete>", f"<Delete><Quiet>{quiet}</Quiet>".encode())
    reply = delete(raw, body)
    assert (reply.status, b"<Deleted>" in reply.data()) == (200, answer)


@pytest.mark.parametrize("where", ["header", "query"])
def test_the_answers_keys_are_encoded_on_demand(bucket: oss2.Bucket, raw: Raw, where: str) -> None:
    body = named("a/b c")
    headers = {**digest(body), **({"Encoding-type": "url"} if where == "header" else {})}
    reply = raw("POST", "/?delete" + ("&encoding-type=url" if where == "query" else ""), headers, body)
    assert b"<EncodingType>url</EncodingType>" in reply.data()
    assert b"<Key>a%2Fb%20c</Key>" in reply.data()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x",
        b"<Other/>",
        b"<Delete/>",
        b"<Delete><Quiet>perhaps</Quiet><Object><Key>0</Key></Object></Delete>",
        b"<Delete><Object><Key>0</Key></Object><!--" + bytes(2 << 20) + b"--></Delete>",
        named(*map(str, range(1001))),
    ],
)
def test_anything_else_is_malformed_and_deletes_nothing(bucket: oss2.Bucket, refused: Refused, body: bytes) -> None:
    bucket.put_object("0", b"")
    refused(400, "MalformedXML", "POST", "/?delete", digest(body), body)


@pytest.mark.parametrize(
    ("objects", "code", "message"),
    [
        (b"<Object/>", "UserKeyMustBeSpecified", "User key must be specified."),
        (b"<Object><VersionId>null</VersionId></Object>", "UserKeyMustBeSpecified", "User key must be specified."),
        (b"<Object><Key></Key></Object>", "InvalidObjectName", "The Object name can not be empty."),
    ],
)
def test_every_object_has_a_key(bucket: oss2.Bucket, refused: Refused, objects: bytes, code: str, message: str) -> None:
    bucket.put_object("0", b"")
    body = b"<Delete><Object><Key>0</Key></Object>" + objects + b"</Delete>"
    assert refused(400, code, "POST", "/?delete", digest(body), body)["Message"] == message


def test_a_thousand_are_deleted_at_once(bucket: oss2.Bucket, raw: Raw) -> None:
    assert delete(raw, named(*map(str, range(1000)))).status == 200


def test_two_megabytes_are_read(bucket: oss2.Bucket, raw: Raw) -> None:
    bucket.put_object("0", b"")
    body = named("0")
    body += b" " * ((2 << 20) - len(body))
    assert delete(raw, body).status == 200
    assert not bucket.object_exists("0")


def test_deleting_is_refused_key_by_key_and_then_nothing_is_deleted(
    bucket: oss2.Bucket, raw: Raw, untouched: Untouched
) -> None:
    bucket.put_object("a", b"", headers={"x-oss-object-acl": "public-read-write"})
    bucket.put_object("b", b"")
    body = named("a", "b")
    with untouched():
        reply = raw("POST", "/?delete", digest(body), body, signed=False)
    assert (reply.status, error_of(reply)["Code"]) == (403, "AccessDenied")


@pytest.mark.parametrize("item", [b"<Key></Key>", b"<Key>a</Key><VersionId>none</VersionId>"])
def test_who_may_not_delete_is_told_so_whatever_the_list_names(
    bucket: oss2.Bucket, raw: Raw, untouched: Untouched, item: bytes
) -> None:
    bucket.put_object("a", b"")
    body = b"<Delete><Object>" + item + b"</Object></Delete>"
    with untouched():
        reply = raw("POST", "/?delete", digest(body), body, signed=False)
        assert (reply.status, error_of(reply)["Code"]) == (403, "AccessDenied")
        assert delete(raw, body).status == 400


def test_the_digest_is_needed_and_judged(bucket: oss2.Bucket, refused: Refused) -> None:
    refused(400, "MissingArgument", "POST", "/?delete", {}, named("a"))
    refused(400, "InvalidDigest", "POST", "/?delete", digest(b"other"), named("a"))


def test_an_unknown_encoding_is_an_invalid_argument(bucket: oss2.Bucket, refused: Refused) -> None:
    body = named("a")
    refused(400, "InvalidArgument", "POST", "/?delete&encoding-type=utf8", digest(body), body)


def test_nothing_is_deleted_in_a_bucket_that_is_not_there(raw: Raw) -> None:
    for reply in (delete(raw, named("a")), raw("DELETE", "/a")):
        assert (reply.status, error_of(reply)["Code"]) == (404, "NoSuchBucket")
