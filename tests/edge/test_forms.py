"""Forms say who sends them: `Call.admit_form` judges that, and what they ask for."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timezone

import pytest

import fakeoss
from fakeoss.edge import access
from fakeoss.edge.hosts import locate
from fakeoss.edge.service import Service
from fakeoss.edge.visit import Visit
from fakeoss.errors import OSSError
from fakeoss.operations.call import Call
from fakeoss.operations.catalogue import catalogue
from fakeoss.wire.message import Headers, Request
from tests.people import BUCKET, OWNER, People


@pytest.fixture
def people(oss: fakeoss.FakeOSS) -> People:
    oss.create_bucket(BUCKET)
    return People(oss)


def call_of(service: Service, **headers: str) -> tuple[Call, Visit]:
    host = f"{BUCKET}.oss-cn-hangzhou.aliyuncs.com"
    request = Request("POST", "https", host, "/", Headers(headers.items()))
    visit = Visit(request, datetime.now(timezone.utc), "0" * 24)
    visit.address = locate(service, request)
    visit.bucket, visit.found = visit.address.bucket, service.store.world.buckets.get(BUCKET)
    return access.admit(service, visit, catalogue()["PostObject"].row), visit


def test_nobody_may_write_to_a_private_bucket(people: People) -> None:
    call, visit = call_of(people.oss._service)
    assert call.identity.is_anonymous
    with pytest.raises(OSSError) as refused:
        call.admit_form({}, "d.txt")
    assert (refused.value.code, visit.key) == ("AccessDenied", "d.txt")


def test_and_to_a_public_one(people: People) -> None:
    people.bucket("owner").put_bucket_acl("public-read-write")
    call, visit = call_of(people.oss._service)
    call.admit_form({}, "d.txt")
    assert (call.key, call.identity.is_anonymous) == ("d.txt", True)
    assert visit.why == "bucket ACL public-read-write, object ACL default open write to anonymous"


def test_a_signed_form_has_a_sender(people: People) -> None:
    call, _ = call_of(people.oss._service)
    call.admit_form(signed(people, "owner"), "d.txt")
    assert (call.identity.account_id, call.identity.is_root) == (OWNER, True)


def test_a_wrong_signature_is_refused(people: People) -> None:
    call, _ = call_of(people.oss._service)
    with pytest.raises(OSSError) as refused:
        call.admit_form(signed(people, "owner") | {"signature": "c2lnbmF0dXJl"}, "d.txt")
    assert refused.value.code == "SignatureDoesNotMatch"


def test_its_fields_are_judged_like_headers(people: People) -> None:
    people.bucket("owner").put_bucket_public_access_block(True)
    call, _ = call_of(people.oss._service)
    with pytest.raises(OSSError) as refused:
        call.admit_form(signed(people, "owner") | {"x-oss-object-acl": "public-read"}, "d.txt")
    assert refused.value.ec == "0016-00000901"


def test_its_key_is_judged(people: People) -> None:
    call, _ = call_of(people.oss._service)
    with pytest.raises(OSSError) as refused:
        call.admit_form(signed(people, "owner"), "k" * 1024)
    assert (refused.value.status, refused.value.code) == (400, "InvalidObjectName")


def signed(people: People, who: str) -> dict[str, str]:
    key_id, secret = people.key(who)
    policy = base64.b64encode(b'{"expiration":"2999-01-01T00:00:00.000Z","conditions":[]}')
    signature = base64.b64encode(hmac.new(secret.encode(), policy, hashlib.sha1).digest())
    return {"ossaccesskeyid": key_id, "policy": policy.decode(), "signature": signature.decode()}
