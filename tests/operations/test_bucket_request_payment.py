"""Pay-by-requester: the setting, whom it keeps out, and what those who pay are told."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
import requests

import fakeoss
from tests.conftest import BUCKET, Raw
from tests.people import OTHER, People, allow, document, refusal

PAYING = {"x-oss-request-payer": "requester"}


def test_the_owner_pays_until_told_otherwise(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    assert bucket.get_bucket_request_payment().payer == "BucketOwner"
    for payer in ("Requester", "BucketOwner"):
        bucket.put_bucket_request_payment(payer)
        answer = client.get_bucket_request_payment(oss_v2.GetBucketRequestPaymentRequest(BUCKET))
        assert answer.request_payment_configuration.payer == payer
        client.put_bucket_request_payment(
            oss_v2.PutBucketRequestPaymentRequest(BUCKET, oss_v2.RequestPaymentConfiguration(payer=payer))
        )
        assert bucket.get_bucket_request_payment().payer == payer


@pytest.mark.parametrize("payer", ["", "requester", "Nobody"])
def test_an_unknown_payer_is_refused_and_changes_nothing(bucket: oss2.Bucket, payer: str) -> None:
    bucket.put_bucket_request_payment("Requester")
    assert refusal(bucket.put_bucket_request_payment, payer)[:2] == (400, "MalformedXML")
    assert bucket.get_bucket_request_payment().payer == "Requester"


def test_a_document_without_payer_is_refused(bucket: oss2.Bucket, raw: Raw) -> None:
    reply = raw("PUT", "/?requestPayment", {}, b"<RequestPaymentConfiguration/>")
    assert (reply.status, b"<Code>MalformedXML</Code>" in reply.data()) == (400, True)


class TestEffect:
    @pytest.fixture
    def people(self, oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> People:
        people = People(oss)
        people.add("other", account=OTHER)
        people.add("mate", user="mate", policy={"Version": "1", "Statement": [allow("oss:*")]})
        bucket.put_object("a.txt", b"a")
        bucket.put_bucket_policy(document(allow("oss:*", Principal=[OTHER])))
        bucket.put_bucket_request_payment("Requester")
        return people

    def test_others_must_say_that_they_pay(self, oss: fakeoss.FakeOSS, people: People) -> None:
        theirs = people.bucket("other")
        assert refusal(theirs.get_object, "a.txt") == (403, "AccessDenied", "0003-00000703")
        assert "x-oss-request-payer does not say requester" in (oss.requests[-1].why or "")
        answer = theirs.get_object("a.txt", headers=PAYING)
        assert (answer.read(), answer.headers["x-oss-request-charged"]) == (b"a", "requester")
        answer = theirs.put_object("b.txt", b"b", headers=PAYING)
        assert answer.headers["x-oss-request-charged"] == "requester"

    def test_sdk_v2_says_it_by_a_parameter(self, people: People) -> None:
        client = people.client("other")
        assert refusal(client.get_object, oss_v2.GetObjectRequest(BUCKET, "a.txt"))[0] == 403
        answer = client.get_object(oss_v2.GetObjectRequest(BUCKET, "a.txt", request_payer="requester"))
        assert (answer.body.content, answer.headers["x-oss-request-charged"]) == (b"a", "requester")

    def test_the_owner_and_its_users_need_not(self, bucket: oss2.Bucket, people: People) -> None:
        for who in ("owner", "mate"):
            answer = people.bucket(who).get_object("a.txt")
            assert answer.read() == b"a"
            assert "x-oss-request-charged" not in answer.headers

    def test_nobody_cannot_pay(self, bucket: oss2.Bucket, people: People) -> None:
        bucket.put_bucket_acl("public-read")
        nobody = people.bucket("anonymous")
        assert refusal(nobody.get_object, "a.txt", headers=PAYING) == (403, "AccessDenied", "0003-00000701")

    @pytest.mark.parametrize("version", ["v1", "v2", "v4"])
    def test_presigned_urls_carry_it_as_a_signed_parameter(self, people: People, version: str) -> None:
        theirs = people.bucket("other", version=version)
        reply = requests.get(theirs.sign_url("GET", "a.txt", 60))
        assert (reply.status_code, reply.headers["x-oss-ec"]) == (403, "0003-00000702")
        reply = requests.get(theirs.sign_url("GET", "a.txt", 60, params=dict(PAYING)))
        assert (reply.content, reply.headers["x-oss-request-charged"]) == (b"a", "requester")

    def test_each_key_of_a_batch(self, bucket: oss2.Bucket, people: People) -> None:
        theirs = people.bucket("other")
        assert refusal(theirs.batch_delete_objects, ["a.txt"])[:2] == (403, "AccessDenied")
        assert bucket.object_exists("a.txt")
        bucket.put_object("b.txt", b"b")
        answer = theirs.batch_delete_objects(["a.txt", "b.txt"], headers=PAYING)
        assert answer.headers["x-oss-request-charged"] == "requester"
        assert not bucket.object_exists("a.txt")

    def test_copying_from_the_bucket_counts_too(self, oss: fakeoss.FakeOSS, people: People) -> None:
        oss.create_bucket("their-bucket", account=OTHER)
        mine = people.bucket("other", "their-bucket")
        assert refusal(mine.copy_object, BUCKET, "a.txt", "copy.txt")[:2] == (403, "AccessDenied")
        mine.copy_object(BUCKET, "a.txt", "copy.txt", headers=PAYING)
        assert oss.bucket("their-bucket").read("copy.txt") == b"a"
