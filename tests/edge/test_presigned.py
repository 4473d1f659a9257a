"""Presigned URLs of both SDKs in every version, used with plain requests: what they carry, and when they end."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import alibabacloud_oss_v2 as oss_v2
import pytest
import requests
from freezegun import freeze_time

import fakeoss
from tests.people import BUCKET, REGION, People

VERSIONS = ["v1", "v2", "v4"]
NOW = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
EXPIRED = {"v1": "0002-00000069", "v2": "0002-00000069", "v4": "0002-00000236"}
KEYS = ["a.txt", "dir/with spaces/ü+%20?#.txt", "中文/文件"]


@pytest.fixture
def oss() -> Iterator[fakeoss.FakeOSS]:
    with fakeoss.mock_oss(strict_auth=True) as fake:
        fake.create_bucket(BUCKET, objects={"a.txt": b"hello"})
        yield fake


@pytest.fixture
def people(oss: fakeoss.FakeOSS) -> People:
    people = People(oss)
    people.add("role", security_token="CAIS+/token=")
    return people


def told(reply: requests.Response) -> tuple[int, str]:
    """Status and fine-grained code of a refusal."""
    return reply.status_code, reply.headers.get("x-oss-ec", "")


@pytest.mark.parametrize("who", ["owner", "role"])
@pytest.mark.parametrize("version", VERSIONS)
class TestMethods:
    @pytest.mark.parametrize("key", KEYS)
    @pytest.mark.parametrize("slash_safe", [True, False])
    def test_put_get_head_and_delete(
        self, oss: fakeoss.FakeOSS, people: People, version: str, who: str, key: str, slash_safe: bool
    ) -> None:
        bucket = people.bucket(who, version=version)

        def url(method: str) -> str:
            return str(bucket.sign_url(method, key, 60, slash_safe=slash_safe))

        assert requests.put(url("PUT"), data=b"new").status_code == 200
        assert oss.bucket(BUCKET).read(key) == b"new"
        assert requests.get(url("GET")).content == b"new"
        reply = requests.head(url("HEAD"))
        assert (reply.status_code, reply.headers["Content-Length"]) == (200, "3")
        assert requests.delete(url("DELETE")).status_code == 204
        assert key not in oss.bucket(BUCKET)
        assert requests.get(url("GET")).status_code == 404

    def test_post_begins_and_ends_an_upload(self, oss: fakeoss.FakeOSS, people: People, version: str, who: str) -> None:
        bucket = people.bucket(who, version=version)
        begun = requests.post(bucket.sign_url("POST", "big", 60, params={"uploads": ""}))
        assert begun.status_code == 200
        upload = begun.text.partition("<UploadId>")[2].partition("</UploadId>")[0]
        part = {"partNumber": "1", "uploadId": upload}
        etag = requests.put(bucket.sign_url("PUT", "big", 60, params=part), data=b"part").headers["ETag"]
        whole = f"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{etag}</ETag></Part>"
        url = bucket.sign_url("POST", "big", 60, params={"uploadId": upload})
        assert requests.post(url, data=f"{whole}</CompleteMultipartUpload>").status_code == 200
        assert oss.bucket(BUCKET).read("big") == b"part"

    def test_delete_aborts_an_upload(self, oss: fakeoss.FakeOSS, people: People, version: str, who: str) -> None:
        bucket = people.bucket(who, version=version)
        upload = bucket.init_multipart_upload("big").upload_id
        url = bucket.sign_url("DELETE", "big", 60, params={"uploadId": upload})
        assert requests.delete(url).status_code == 204
        assert oss.bucket(BUCKET).uploads() == []

    def test_one_url_serves_one_method_and_one_key(
        self, oss: fakeoss.FakeOSS, people: People, version: str, who: str
    ) -> None:
        url = people.bucket(who, version=version).sign_url("GET", "a.txt", 60)
        for reply in (requests.put(url, data=b"x"), requests.delete(url), requests.get(url.replace("a.txt", "b.txt"))):
            assert (reply.status_code, "<Code>SignatureDoesNotMatch</Code>" in reply.text) == (403, True)
        assert oss.bucket(BUCKET).read("a.txt") == b"hello"

    def test_response_headers_may_be_overridden(
        self, oss: fakeoss.FakeOSS, people: People, version: str, who: str
    ) -> None:
        overrides = {
            "response-content-type": "application/json",
            "response-content-disposition": 'attachment; filename="ü.txt"',
            "response-cache-control": "no-cache",
        }
        url = people.bucket(who, version=version).sign_url("GET", "a.txt", 60, params=overrides)
        reply = requests.get(url)
        assert (reply.content, reply.headers["Content-Type"]) == (b"hello", "application/json")
        assert reply.headers["Content-Disposition"].encode("latin-1").decode() == 'attachment; filename="ü.txt"'
        assert reply.headers["Cache-Control"] == "no-cache"
        spoilt = requests.get(url.replace("no-cache", "no-store"))
        assert (spoilt.status_code, "<Code>SignatureDoesNotMatch</Code>" in spoilt.text) == (403, True)

    def test_callback_parameters_are_signed(self, oss: fakeoss.FakeOSS, people: People, version: str, who: str) -> None:
        callback = base64.b64encode(json.dumps({"callbackUrl": "http://cb.example", "callbackBody": "x"}).encode())
        bucket = people.bucket(who, version=version)
        url = bucket.sign_url("GET", "a.txt", 60, params={"callback": callback.decode(), "callback-var": "e30="})
        assert requests.get(url).content == b"hello"
        spoilt = requests.get(url.replace("callback-var=e30", "callback-var=e31"))
        assert (spoilt.status_code, "<Code>SignatureDoesNotMatch</Code>" in spoilt.text) == (403, True)


@pytest.mark.parametrize("version", VERSIONS)
class TestTime:
    def test_a_url_expires(self, oss: fakeoss.FakeOSS, people: People, version: str) -> None:
        with freeze_time(NOW) as frozen:
            url = people.bucket("owner", version=version).sign_url("GET", "a.txt", 60)
            frozen.move_to(NOW + timedelta(seconds=59))
            assert requests.get(url).content == b"hello"
            frozen.move_to(NOW + timedelta(seconds=61))
            reply = requests.get(url)
        assert (reply.status_code, "<Code>AccessDenied</Code>" in reply.text) == (403, True)
        assert "<Message>Request has expired.</Message>" in reply.text
        assert "<Expires>2026-03-01T12:01:00.000Z</Expires>" in reply.text
        assert "<ServerTime>2026-03-01T12:01:01.000Z</ServerTime>" in reply.text
        assert reply.headers["x-oss-ec"] == EXPIRED[version]
        assert oss.requests[-1].error == "AccessDenied"
        assert "2026-03-01" in (oss.requests[-1].why or "")

    def test_the_fakes_own_clock_moves_it_too(self, oss: fakeoss.FakeOSS, people: People, version: str) -> None:
        url = people.bucket("owner", version=version).sign_url("GET", "a.txt", 3600)
        oss.clock.advance(minutes=59)
        assert requests.get(url).content == b"hello"
        oss.clock.advance(minutes=2)
        assert requests.get(url).status_code == 403

    def test_seven_days(self, oss: fakeoss.FakeOSS, people: People, version: str) -> None:
        with freeze_time(NOW) as frozen:
            url = people.bucket("owner", version=version).sign_url("GET", "a.txt", 604_800)
            frozen.move_to(NOW + timedelta(days=6, hours=23))
            assert requests.get(url).content == b"hello"


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_half_a_century_with_the_older_versions(people: People, version: str) -> None:
    url = people.bucket("owner", version=version).sign_url("GET", "a.txt", 1_650_801_600)
    assert requests.get(url).content == b"hello"


def test_no_more_than_seven_days_with_v4(people: People) -> None:
    url = people.bucket("owner", version="v4").sign_url("GET", "a.txt", 604_801)
    reply = requests.get(url)
    assert (reply.status_code, "<Code>InvalidArgument</Code>" in reply.text) == (400, True)


def test_v4_with_additional_headers(people: People) -> None:
    bucket = people.bucket("owner", version="v4")
    headers = {"custom-header": "abc", "Range": "bytes=1-3"}
    url = bucket.sign_url("GET", "a.txt", 60, headers={"custom-header": "abc"}, additional_headers={"custom-header"})
    assert requests.get(url, headers=headers).content == b"ell"
    spoilt = requests.get(url, headers={"custom-header": "abd"})
    assert told(spoilt)[0] == 403
    assert told(requests.get(url)) == (400, "0002-00000077")


@pytest.mark.parametrize("version", VERSIONS)
class TestHeaders:
    def test_the_content_type_is_part_of_it(self, oss: fakeoss.FakeOSS, people: People, version: str) -> None:
        bucket = people.bucket("owner", version=version)
        url = bucket.sign_url("PUT", "b.txt", 60, headers={"Content-Type": "text/plain"})
        assert requests.put(url, data=b"b", headers={"Content-Type": "text/plain"}).status_code == 200
        assert oss.bucket(BUCKET).head("b.txt").headers["Content-Type"] == "text/plain"
        other = requests.put(url, data=b"b", headers={"Content-Type": "text/html"})
        assert (other.status_code, "<Code>SignatureDoesNotMatch</Code>" in other.text) == (403, True)
        unsigned = bucket.sign_url("PUT", "b.txt", 60)
        reply = requests.put(unsigned, data=b"b", headers={"Content-Type": "text/html"})
        assert (reply.status_code, "<Code>SignatureDoesNotMatch</Code>" in reply.text) == (403, True)
        assert "it was signed without the header Content-Type: text/html" in (oss.requests[-1].why or "")

    def test_signed_oss_headers_must_be_sent(self, oss: fakeoss.FakeOSS, people: People, version: str) -> None:
        headers = {"x-oss-meta-author": "me", "x-oss-object-acl": "private"}
        url = people.bucket("owner", version=version).sign_url("PUT", "b.txt", 60, headers=headers)
        assert requests.put(url, data=b"b", headers=headers).status_code == 200
        assert oss.bucket(BUCKET).metadata("b.txt") == {"author": "me"}
        assert requests.put(url, data=b"b").status_code == 403

    def test_a_range_is_not_part_of_it(self, people: People, version: str) -> None:
        url = people.bucket("owner", version=version).sign_url("GET", "a.txt", 60)
        assert requests.get(url, headers={"Range": "bytes=1-2"}).content == b"el"

    def test_a_limit_and_a_payer_may_stand_in_the_url(self, people: People, version: str) -> None:
        params = {"x-oss-traffic-limit": "819200", "x-oss-request-payer": "requester"}
        url = people.bucket("owner", version=version).sign_url("GET", "a.txt", 60, params=params)
        assert requests.get(url).content == b"hello"

    def test_a_signature_in_url_and_header_is_one_too_many(
        self, oss: fakeoss.FakeOSS, people: People, version: str
    ) -> None:
        url = people.bucket("owner", version=version).sign_url("GET", "a.txt", 60)
        reply = requests.get(url, headers={"Authorization": f"OSS {oss.credentials[0]}:c2ln"})
        assert (reply.status_code, "<Code>InvalidArgument</Code>" in reply.text) == (400, True)


def test_a_url_of_nobody_is_a_plain_one_with_parameters(oss: fakeoss.FakeOSS, people: People) -> None:
    oss.put(BUCKET, "open.txt", b"open", x_oss_object_acl="public-read")
    nobody = people.bucket("anonymous")
    url = nobody.sign_url("GET", "open.txt", 60, params={"para1": "test"})
    assert url == f"https://{BUCKET}.oss-{REGION}.aliyuncs.com/open.txt?para1=test"
    assert requests.get(url).content == b"open"
    assert requests.get(nobody.sign_url("GET", "a.txt", 60)).status_code == 403


def test_nobody_may_override_response_headers(oss: fakeoss.FakeOSS, people: People) -> None:
    oss.put(BUCKET, "open.txt", b"open", x_oss_object_acl="public-read")
    url = people.bucket("anonymous").sign_url("GET", "open.txt", 60, params={"response-content-type": "text/html"})
    reply = requests.get(url)
    assert (reply.status_code, "<Code>InvalidRequest</Code>" in reply.text) == (400, True)
    assert "Request specific response headers cannot be used for anonymous GET requests." in reply.text
    assert requests.get(url, headers={"Authorization": ""}).status_code == 400


# SDK v2 presigns whole requests, and says itself how to send them.

Made = Callable[[], Any]
V2_REQUESTS: dict[str, Made] = {
    "GetObject": lambda: oss_v2.GetObjectRequest(BUCKET, "a.txt", response_content_type="text/html"),
    "HeadObject": lambda: oss_v2.HeadObjectRequest(BUCKET, "a.txt"),
    "PutObject": lambda: oss_v2.PutObjectRequest(BUCKET, "new/ü.txt", metadata={"author": "me"}),
    "InitiateMultipartUpload": lambda: oss_v2.InitiateMultipartUploadRequest(BUCKET, "big"),
}


@pytest.mark.parametrize("who", ["owner", "role"])
@pytest.mark.parametrize("version", ["v1", "v4"])
class TestSdkV2:
    @pytest.mark.parametrize("name", V2_REQUESTS)
    def test_a_presigned_request_is_served_until_it_expires(
        self, oss: fakeoss.FakeOSS, people: People, name: str, version: str, who: str
    ) -> None:
        with freeze_time(NOW) as frozen:
            signed = people.client(who, version=version).presign(V2_REQUESTS[name](), expires=timedelta(minutes=5))
            assert signed.expiration.replace(tzinfo=timezone.utc) == NOW + timedelta(minutes=5)
            frozen.move_to(NOW + timedelta(minutes=4))
            reply = requests.request(signed.method, signed.url, headers=signed.signed_headers, data=b"")
            assert reply.status_code == 200
            assert oss.requests[-1].operation == name
            frozen.move_to(NOW + timedelta(minutes=6))
            late = requests.request(signed.method, signed.url, headers=signed.signed_headers, data=b"")
        assert told(late) == (403, EXPIRED[version])

    def test_uploads_from_beginning_to_end(self, oss: fakeoss.FakeOSS, people: People, version: str, who: str) -> None:
        client = people.client(who, version=version)
        upload = client.initiate_multipart_upload(oss_v2.InitiateMultipartUploadRequest(BUCKET, "big")).upload_id
        part = client.presign(oss_v2.UploadPartRequest(BUCKET, "big", part_number=1, upload_id=upload))
        etag = requests.put(part.url, headers=part.signed_headers, data=b"part").headers["ETag"]
        parts = oss_v2.CompleteMultipartUpload(parts=[oss_v2.UploadPart(part_number=1, etag=etag)])
        end = client.presign(
            oss_v2.CompleteMultipartUploadRequest(BUCKET, "big", upload, complete_multipart_upload=parts)
        )
        body = f"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{etag}</ETag></Part>"
        body += "</CompleteMultipartUpload>"
        assert requests.post(end.url, headers=end.signed_headers, data=body).status_code == 200
        assert oss.bucket(BUCKET).read("big") == b"part"

    def test_an_upload_is_aborted(self, oss: fakeoss.FakeOSS, people: People, version: str, who: str) -> None:
        client = people.client(who, version=version)
        upload = client.initiate_multipart_upload(oss_v2.InitiateMultipartUploadRequest(BUCKET, "big")).upload_id
        signed = client.presign(oss_v2.AbortMultipartUploadRequest(BUCKET, "big", upload))
        assert requests.delete(signed.url, headers=signed.signed_headers).status_code == 204
        assert oss.bucket(BUCKET).uploads() == []

    def test_signed_headers_must_be_sent(self, oss: fakeoss.FakeOSS, people: People, version: str, who: str) -> None:
        """As the vendor's test_presign_without_signed_headers."""
        request = oss_v2.PutObjectRequest(BUCKET, "b.txt", content_type="text/plain", metadata={"author": "me"})
        signed = people.client(who, version=version).presign(request)
        assert signed.signed_headers
        assert requests.put(signed.url, data=b"b").status_code == 403
        assert requests.put(signed.url, data=b"b", headers=signed.signed_headers).status_code == 200


def test_the_urls_of_a_role_end_with_its_token(oss: fakeoss.FakeOSS) -> None:
    people = People(oss)
    people.add("short", security_token="token", expires=NOW + timedelta(minutes=10))
    with freeze_time(NOW) as frozen:
        url = people.bucket("short").sign_url("GET", "a.txt", 3600)
        assert requests.get(url).content == b"hello"
        frozen.move_to(NOW + timedelta(minutes=11))
        assert told(requests.get(url)) == (403, "0002-00000007")


def test_a_session_policy_narrows_its_urls(oss: fakeoss.FakeOSS) -> None:
    people = People(oss)
    reading = {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "oss:GetObject", "Resource": "*"}]}
    people.add("reader", security_token="token", policy=reading)
    bucket = people.bucket("reader", version="v4")
    assert requests.get(bucket.sign_url("GET", "a.txt", 60)).content == b"hello"
    assert told(requests.put(bucket.sign_url("PUT", "a.txt", 60), data=b"x")) == (403, "0003-00000301")
