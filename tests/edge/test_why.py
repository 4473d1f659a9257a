"""Explanations: the journal says which statement, ACL, part of a signature, moment or retention decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import oss2
import pytest
import requests
from freezegun import freeze_time

import fakeoss
from tests.people import BUCKET, ENDPOINT, OBJECTS, OTHER, OWNER, People, allow, deny, document, refusal

STRANGER = f"acs:ram::{OTHER}:root"


@pytest.fixture
def oss() -> Iterator[fakeoss.FakeOSS]:
    with fakeoss.mock_oss(strict_auth=True) as fake:
        fake.create_bucket(BUCKET, objects={"a.txt": b"a"})
        yield fake


@pytest.fixture
def people(oss: fakeoss.FakeOSS) -> People:
    people = People(oss)
    people.add("other", account=OTHER)
    return people


def why(people: People, ask: Callable[..., Any], *arguments: Any, **named: Any) -> str:
    """What the journal says of one request; nothing of it may reach the client."""
    refusal(ask, *arguments, **named)
    explanation = people.oss.requests[-1].why
    assert explanation is not None
    return explanation


class TestPolicies:
    def test_which_statement_denies(self, people: People) -> None:
        people.bucket("owner").put_bucket_policy(
            document(
                allow("oss:*", OBJECTS, Principal=[OTHER]),
                deny("oss:Put*", OBJECTS, Principal=[OTHER], Sid="no writing"),
            )
        )
        explanation = why(people, people.bucket("other").put_object, "a.txt", b"x")
        assert explanation == (f"statement 2 (Sid no writing) of the bucket policy denies oss:PutObject to {STRANGER}")

    def test_which_statement_allows(self, people: People) -> None:
        people.bucket("owner").put_bucket_policy(document(allow("oss:Get*", OBJECTS, Principal=[OTHER])))
        explanation = why(people, people.bucket("other").get_object, "a.txt")
        assert people.oss.requests[-1].status == 200
        assert explanation == f"statement 1 of the bucket policy allows oss:GetObject to {STRANGER}"

    def test_that_nothing_allows(self, people: People) -> None:
        explanation = why(people, people.bucket("other").get_bucket_info)
        assert explanation == f"no policy allows oss:GetBucketInfo to {STRANGER}, and only the owner may without one"

    def test_the_policy_of_a_ram_user_and_of_a_session(self, people: People) -> None:
        people.add("banned", policy={"Version": "1", "Statement": [allow("oss:*"), deny("oss:Delete*")]})
        explanation = why(people, people.bucket("banned").delete_object, "a.txt")
        assert explanation == (
            f"statement 2 of the RAM policy denies oss:DeleteObject to acs:ram::{OWNER}:user/{people.key('banned')[0]}"
        )
        people.add("narrow", security_token="t", policy={"Version": "1", "Statement": [allow("oss:GetObject")]})
        explanation = why(people, people.bucket("narrow").put_object, "a.txt", b"x")
        assert explanation == "no statement of the session policy allows oss:PutObject"


class TestAcls:
    def test_which_acl_keeps_closed(self, people: People) -> None:
        explanation = why(people, people.bucket("anonymous").get_object, "a.txt")
        assert explanation == (
            "no policy allows oss:GetObject to anonymous, and bucket ACL private, object ACL default keep read closed "
            "to anonymous"
        )

    def test_which_acl_opens(self, people: People) -> None:
        people.bucket("owner").put_object_acl("a.txt", "public-read")
        explanation = why(people, people.bucket("anonymous").get_object, "a.txt")
        assert explanation == "bucket ACL private, object ACL public-read open read to anonymous"


class TestSignatures:
    @pytest.mark.parametrize("version", ["v1", "v2", "v4"])
    def test_the_difference_that_explains_it(self, people: People, version: str) -> None:
        url = people.bucket("owner", version=version).sign_url("PUT", "b.txt", 60)
        explanation = why(people, requests.put, url, data=b"x", headers={"Content-Type": "text/html"})
        assert "it was signed without the header Content-Type: text/html" in explanation
        assert "string to sign: " in explanation
        assert people.oss.credentials[1] not in explanation, "secrets are not shown"

    def test_another_secret(self, people: People) -> None:
        bucket = oss2.Bucket(oss2.Auth(people.oss.credentials[0], "other secret"), ENDPOINT, BUCKET)
        assert "the secret may be another one" in why(people, bucket.get_object, "a.txt")

    def test_a_key_nobody_registered(self, people: People) -> None:
        bucket = oss2.Bucket(oss2.Auth("LTAI5tWho", "secret"), ENDPOINT, BUCKET)
        explanation = why(people, bucket.get_object, "a.txt")
        assert explanation.startswith(
            "nobody registered the access key 'LTAI5tWho' and strict_auth is on; registered are "
        )
        assert people.key("other")[0] in explanation


class TestTime:
    def test_until_when_a_url_was_good(self, people: People) -> None:
        noon = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
        with freeze_time(noon) as frozen:
            url = people.bucket("owner").sign_url("GET", "a.txt", 60)
            frozen.move_to(noon + timedelta(hours=1))
            explanation = why(people, requests.get, url)
        assert "2026-03-01T12:01:00.000Z" in explanation
        assert "2026-03-01T13:00:00.000Z" in explanation

    def test_how_far_clocks_differ(self, people: People) -> None:
        with freeze_time(datetime(2026, 3, 1, 12, tzinfo=timezone.utc)):
            headers = {
                "Date": "Sun, 01 Mar 2026 11:44:59 GMT",
                "Authorization": f"OSS {people.oss.credentials[0]}:eA==",
            }
            explanation = why(people, requests.get, f"https://{BUCKET}.{ENDPOINT[8:]}/a.txt", headers=headers)
        assert people.oss.requests[-1].error == "RequestTimeTooSkewed"
        assert "2026-03-01" in explanation


def test_which_retention_holds(people: People) -> None:
    bucket = people.bucket("owner")
    worm = bucket.init_bucket_worm(1).worm_id
    bucket.complete_bucket_worm(worm)
    explanation = why(people, bucket.delete_object, "a.txt")
    assert people.oss.requests[-1].error == "FileImmutable"
    assert f"a.txt is kept by the bucket's retention policy {worm} (Locked, 1 days) until " in explanation


def test_where_a_bucket_is(people: People) -> None:
    people.oss.create_bucket("far-bucket", region="cn-shanghai")
    explanation = why(people, people.bucket("owner", "far-bucket").get_object, "a.txt")
    assert explanation == "the bucket is in cn-shanghai, the request went to cn-hangzhou"


def test_nothing_is_said_of_what_needs_no_reason(people: People) -> None:
    owner = people.bucket("owner")
    owner.get_object("a.txt")
    owner.put_bucket_policy(document(allow("oss:*", OBJECTS, Principal=[OTHER])))
    owner.get_object("a.txt")
    assert [entry.why for entry in people.oss.requests] == [None, None, None]


def test_no_explanation_ever_travels_in_an_answer(people: People) -> None:
    people.bucket("owner").put_bucket_policy(document(deny("oss:*", Principal=[OTHER], Sid="secret reason")))
    with pytest.raises(oss2.exceptions.AccessDenied) as refused:
        people.bucket("other").get_object("a.txt")
    assert "secret reason" in (people.oss.requests[-1].why or "")
    assert "secret reason" not in str(refused.value.details) + str(dict(refused.value.headers))
