"""What the rules see of a request: identities, versions, tags, prefixes, transport, each key of a batch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
import requests

import fakeoss
from fakeoss.edge import rules
from tests.people import BUCKET, NOT_REFUSED, OBJECTS, OTHER, OWNER, People, allow, deny, document, refusal

DENIED = (403, "AccessDenied")


@pytest.fixture
def people(oss: fakeoss.FakeOSS) -> People:
    people = People(oss)
    people.add("other", account=OTHER)
    oss.create_bucket(BUCKET, objects={"a.txt": b"a", "b.txt": b"b", "private/c.txt": b"c"})
    return people


class TestIdentities:
    def test_a_ram_user_may_do_what_its_policy_allows(self, people: People) -> None:
        statement = allow(["oss:GetObject", "oss:ListObjects"], [OBJECTS, f"acs:oss:*:*:{BUCKET}"])
        people.add("reader", policy={"Version": "1", "Statement": [statement]})
        for reading in (people.bucket("reader"), people.bucket("reader", version="v4")):
            assert reading.get_object("a.txt").read() == b"a"
            assert len(reading.list_objects().object_list) == 3
            assert refusal(reading.put_object, "a.txt", b"x") == (*DENIED, "0003-00000001")
            assert refusal(reading.get_bucket_info) == (*DENIED, "0003-00000001")
            assert refusal(reading.get_object_tagging, "a.txt") == (*DENIED, "0003-00000202")

    def test_a_ram_user_is_told_which_action_no_policy_allows(self, people: People) -> None:
        newcomer = people.add("newcomer", user="newcomer")
        reply = requests.get(people.bucket("newcomer").sign_url("GET", "a.txt", 60))
        start = reply.text.index("<AccessDeniedDetail>")
        assert reply.text[:start].endswith("</HostId>")
        assert reply.text[start : reply.text.index("<EC>")] == (
            "<AccessDeniedDetail><PolicyType>AccountLevelIdentityBasedPolicy</PolicyType>"
            f"<AuthPrincipalOwnerId>{OWNER}</AuthPrincipalOwnerId><AuthPrincipalType>SubUser</AuthPrincipalType>"
            f"<AuthPrincipalDisplayName>{newcomer.user_id}</AuthPrincipalDisplayName>"
            "<NoPermissionType>ImplicitDeny</NoPermissionType><AuthAction>oss:GetObject</AuthAction>"
            "</AccessDeniedDetail>"
        )
        by_v2 = refusal(people.client("newcomer").get_object, oss_v2.GetObjectRequest(BUCKET, "a.txt"))
        assert by_v2 == refusal(people.bucket("newcomer").get_object, "a.txt") == (*DENIED, "0003-00000001")

    def test_a_ram_user_without_a_policy_may_nothing(self, people: People) -> None:
        people.add("newcomer", user="newcomer")
        assert refusal(people.bucket("newcomer").get_object, "a.txt")[:2] == DENIED
        assert refusal(people.service("newcomer").list_buckets)[:2] == DENIED

    def test_a_bucket_policy_names_a_ram_user_by_its_number(self, people: People) -> None:
        user = people.add("newcomer", user="newcomer")
        people.add("stranger", user="stranger")
        assert len(user.user_id) == 18
        people.bucket("owner").put_bucket_policy(document(allow("oss:GetObject", OBJECTS, Principal=[user.user_id])))
        assert people.bucket("newcomer").get_object("a.txt").read() == b"a"
        assert refusal(people.bucket("stranger").get_object, "a.txt")[:2] == DENIED

    def test_and_a_role_by_its_name(self, people: People) -> None:
        role = people.add("visitor", account=OTHER, role="visitor/s-1", security_token="token")
        assert role.arn == f"acs:sts::{OTHER}:assumed-role/visitor/s-1"
        principal = f"arn:sts::{OTHER}:assumed-role/visitor/*"
        people.bucket("owner").put_bucket_policy(document(allow("oss:GetObject", OBJECTS, Principal=[principal])))
        assert people.bucket("visitor").get_object("a.txt").read() == b"a"
        assert refusal(people.bucket("other").get_object, "a.txt")[:2] == DENIED

    def test_a_session_policy_only_takes_away(self, people: People) -> None:
        people.add("session", security_token="one", policy={"Version": "1", "Statement": [allow("oss:GetObject")]})
        session = people.bucket("session")
        assert session.get_object("a.txt").read() == b"a"
        assert refusal(session.put_object, "a.txt", b"x") == (*DENIED, "0003-00000301")
        people.add(
            "foreign", account=OTHER, security_token="two", policy={"Version": "1", "Statement": [allow("oss:*")]}
        )
        assert refusal(people.bucket("foreign").get_object, "a.txt")[:2] == DENIED

    def test_each_account_lists_its_own_buckets_and_owns_what_it_makes(self, people: People) -> None:
        people.bucket("other", "their-bucket").create_bucket()
        assert [bucket.name for bucket in people.service("other").list_buckets().buckets] == ["their-bucket"]
        assert [bucket.name for bucket in people.service("owner").list_buckets().buckets] == [BUCKET]
        assert people.bucket("other", "their-bucket").get_bucket_info().owner.id == OTHER

    def test_an_account_may_go_by_a_name(self, oss: fakeoss.FakeOSS, people: People) -> None:
        partner = people.add("partner", account="partner")
        assert len(partner.user_id) == 16
        assert partner.user_id.isdigit()
        assert people.add("second", account="partner").account_id == partner.account_id != OWNER
        oss.create_bucket("their-bucket", account="partner")
        shown = people.bucket("second", "their-bucket").get_bucket_info().owner
        assert (shown.id, shown.display_name) == (partner.user_id, "partner")
        assert refusal(people.bucket("partner").get_object, "a.txt")[:2] == DENIED
        people.bucket("owner").put_bucket_policy(document(allow("oss:*", OBJECTS, Principal=[partner.user_id])))
        assert people.bucket("partner").get_object("a.txt").read() == b"a"

    @pytest.mark.parametrize("account", ["12", "0" * 21])
    def test_no_account_has_an_id_like_that(self, oss: fakeoss.FakeOSS, account: str) -> None:
        for make in (
            lambda: oss.add_credentials("LTAI5tNew", "secret", account=account),
            lambda: oss.create_bucket("new-bucket", account=account),
        ):
            with pytest.raises(ValueError, match="an account's id has 16 digits"):
                make()
        assert oss.buckets() == []

    def test_objects_belong_to_the_bucket_whoever_writes_them(self, people: People) -> None:
        people.bucket("owner").put_bucket_policy(document(allow("oss:*", Principal=[OTHER])))
        theirs = people.bucket("other")
        theirs.put_object("d.txt", b"d")
        shown = people.client("owner").get_object_acl(oss_v2.GetObjectAclRequest(BUCKET, "d.txt"))
        assert shown.owner.id == OWNER
        assert {found.owner.id for found in theirs.list_objects().object_list} == {OWNER}

    def test_an_expired_token(self, people: People) -> None:
        past = datetime.now(timezone.utc) - timedelta(seconds=1)
        people.add("late", security_token="token", expires=past)
        assert refusal(people.bucket("late").get_object, "a.txt") == (403, "SecurityTokenExpired", "0002-00000007")

    def test_a_key_that_was_switched_off(self, people: People) -> None:
        people.add("gone")
        gone = people.bucket("gone")
        assert gone.get_object("a.txt").read() == b"a"
        people.add("gone", enabled=False)
        assert refusal(gone.get_object, "a.txt") == (403, "InvalidAccessKeyId", "0002-00000903")
        assert "registered as disabled" in (people.oss.requests[-1].why or "")

    def test_a_token_of_somebody_else_and_none_at_all(self, oss: fakeoss.FakeOSS, people: People) -> None:
        people.add("one", security_token="token one")
        people.add("two", security_token="token two")
        swapped = oss2.StsAuth(*people.key("one"), "token two")
        assert refusal(oss2.Bucket(swapped, people.bucket("one").endpoint, BUCKET).get_object, "a.txt")[:2] == (
            403,
            "AccessKeyIdAndSecurityTokenNotMatch",
        )
        made_up = oss2.StsAuth(*people.key("one"), "token three")
        assert refusal(oss2.Bucket(made_up, people.bucket("one").endpoint, BUCKET).get_object, "a.txt")[:2] == (
            403,
            "InvalidSecurityToken",
        )
        without = oss2.Auth(*people.key("one"))
        assert refusal(oss2.Bucket(without, people.bucket("one").endpoint, BUCKET).get_object, "a.txt")[:2] == (
            403,
            "InvalidAccessKeyId",
        )


class TestWhatConditionsSee:
    @pytest.mark.parametrize(
        ("condition", "ask", "allowed"),
        [
            ({"StringEquals": {"oss:Prefix": ["private/"]}}, lambda b: b.list_objects(prefix="private/"), True),
            ({"StringEquals": {"oss:Prefix": ["private/"]}}, lambda b: b.list_objects(), False),
            ({"StringLike": {"oss:Prefix": ["priv*"]}}, lambda b: b.list_objects_v2(prefix="privy"), True),
            ({"StringEquals": {"oss:Delimiter": ["/"]}}, lambda b: b.list_objects(delimiter="/"), True),
            ({"StringEquals": {"oss:Delimiter": ["/"]}}, lambda b: b.list_objects(), False),
            ({"Bool": {"acs:SecureTransport": ["true"]}}, lambda b: b.get_object("a.txt"), True),
            ({"Bool": {"acs:SecureTransport": ["false"]}}, lambda b: b.get_object("a.txt"), False),
            (
                {"StringEquals": {"oss:x-oss-object-acl": ["private"]}},
                lambda b: b.put_object("d.txt", b"", headers={"x-oss-object-acl": "private"}),
                True,
            ),
            (
                {"StringEquals": {"oss:x-oss-object-acl": ["private"]}},
                lambda b: b.put_object("d.txt", b"", headers={"x-oss-object-acl": "default"}),
                False,
            ),
            ({"StringEquals": {"oss:x-oss-acl": ["private"]}}, lambda b: b.put_bucket_acl("private"), True),
            ({"StringEquals": {"oss:x-oss-acl": ["private"]}}, lambda b: b.put_bucket_acl("public-read"), False),
            ({"StringEquals": {"oss:ExistingObjectTag/kind": ["open"]}}, lambda b: b.get_object("tagged"), True),
            ({"StringEquals": {"oss:ExistingObjectTag/kind": ["open"]}}, lambda b: b.get_object("a.txt"), False),
            (
                {"StringEquals": {"oss:RequestObjectTag/kind": ["open"]}},
                lambda b: b.put_object("d.txt", b"", headers={"x-oss-tagging": "kind=open&x=y%20z"}),
                True,
            ),
            (
                {"StringEquals": {"oss:RequestObjectTag/kind": ["open"]}},
                lambda b: b.put_object("d.txt", b"", headers={"x-oss-tagging": "kind=shut"}),
                False,
            ),
            (
                {"StringEquals": {"oss:RequestObjectTag/kind": ["open"]}},
                lambda b: b.put_object_tagging("a.txt", tagging(kind="open")),
                True,
            ),
            (
                {"StringEquals": {"oss:RequestObjectTag/kind": ["open"]}},
                lambda b: b.put_object_tagging("a.txt", tagging(kind="shut")),
                False,
            ),
            ({"StringEquals": {"oss:BucketTag/team": ["red"]}}, lambda b: b.get_object("a.txt"), True),
            ({"StringEquals": {"oss:BucketTag/team": ["blue"]}}, lambda b: b.get_object("a.txt"), False),
            ({"StringLike": {"acs:UserAgent": ["*aliyun-sdk-python*"]}}, lambda b: b.get_object("a.txt"), True),
            (
                {"StringLike": {"acs:Referer": ["http://例子.example/*"]}},
                lambda b: b.get_object("a.txt", headers={"Referer": "http://例子.example/x".encode()}),
                True,
            ),
            ({"StringEquals": {"oss:TLSVersion": ["1.2"]}}, lambda b: b.get_object("a.txt"), True),
            ({"NumericLessThan": {"oss:TLSVersion": ["1.2"]}}, lambda b: b.get_object("a.txt"), False),
            ({"DateLessThan": {"acs:CurrentTime": ["2999-01-01T00:00:00Z"]}}, lambda b: b.get_object("a.txt"), True),
            ({"DateLessThan": {"acs:CurrentTime": ["2001-01-01T00:00:00Z"]}}, lambda b: b.get_object("a.txt"), False),
            ({"StringEquals": {"acs:AccessId": ["LTAI5tOther"]}}, lambda b: b.get_object("a.txt"), True),
        ],
    )
    def test_a_statement_applies(
        self, people: People, condition: Mapping[str, Any], ask: Callable[[Any], Any], allowed: bool
    ) -> None:
        owner = people.bucket("owner")
        owner.put_object("tagged", b"", headers={"x-oss-tagging": "kind=open"})
        rule = oss2.models.TaggingRule()
        rule.add("team", "red")
        owner.put_bucket_tagging(oss2.models.Tagging(rule))
        owner.put_bucket_policy(document(allow("oss:*", Principal=[OTHER], Condition=condition)))
        expected = NOT_REFUSED[:2] if allowed else DENIED
        assert refusal(ask, people.bucket("other"))[:2] == expected

    def test_the_days_of_a_retention(self, people: People) -> None:
        oss = people.oss
        oss.create_bucket("worm-bucket", versioning=True)
        client = people.client("owner")
        client.put_bucket_object_worm_configuration(
            oss_v2.PutBucketObjectWormConfigurationRequest(
                "worm-bucket", oss_v2.ObjectWormConfiguration(object_worm_enabled="Enabled")
            )
        )
        oss.put("worm-bucket", "a.txt", b"a")
        short = {"NumericLessThan": {"oss:object-remaining-retention-days": ["30"]}}
        people.bucket("owner", "worm-bucket").put_bucket_policy(
            document(allow("oss:PutObjectRetention", Principal=[OTHER], Condition=short))
        )

        def retain(days: int) -> Any:
            until = (datetime.now(timezone.utc) + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
            retention = oss_v2.Retention(mode="GOVERNANCE", retain_until_date=until)
            request = oss_v2.PutObjectRetentionRequest("worm-bucket", "a.txt", retention=retention)
            return people.client("other").put_object_retention(request)

        assert refusal(retain, 10) == NOT_REFUSED
        assert refusal(retain, 100)[:2] == DENIED

    @pytest.mark.parametrize("body", [b"", b"<Retention/>", b"nonsense"])
    def test_malformed_documents_say_nothing(self, people: People, body: bytes) -> None:
        within = {"NumericLessThan": {"oss:object-remaining-retention-days": ["30"]}}
        people.bucket("owner").put_bucket_policy(document(allow("oss:*", Principal=[OTHER], Condition=within)))
        url = people.bucket("other", version="v4").sign_url("PUT", "a.txt", 60, params={"retention": ""})
        assert requests.put(url, data=body).status_code == 403
        people.bucket("owner").put_bucket_policy(document(allow("oss:*", Principal=[OTHER])))
        assert requests.put(url, data=body).status_code == 400

    def test_malformed_tags_are_the_operations_to_refuse(self, people: People) -> None:
        people.bucket("owner").put_bucket_policy(document(allow("oss:*", Principal=[OTHER])))
        theirs = people.bucket("other")
        for value in ("a=%ff", "=x"):
            found = refusal(theirs.put_object, "d.txt", b"", headers={"x-oss-tagging": value})
            assert found[0] == 400
        assert "d.txt" not in people.oss.bucket(BUCKET)


def tagging(**tags: str) -> oss2.models.Tagging:
    rule = oss2.models.TaggingRule()
    for key, value in tags.items():
        rule.add(key, value)
    return oss2.models.Tagging(rule)


class TestFurtherPermissions:
    def test_tags_in_a_header_need_their_own(self, people: People) -> None:
        owner, theirs = people.bucket("owner"), people.bucket("other")
        owner.put_bucket_policy(document(allow("oss:PutObject", OBJECTS, Principal=[OTHER])))
        tags = {"x-oss-tagging": "a=b"}
        theirs.put_object("d.txt", b"d")
        assert refusal(theirs.put_object, "e.txt", b"e", headers=tags) == (*DENIED, "0003-00000905")
        assert "e.txt" not in people.oss.bucket(BUCKET)
        owner.put_bucket_policy(document(allow(["oss:PutObject", "oss:PutObjectTagging"], OBJECTS, Principal=[OTHER])))
        theirs.put_object("e.txt", b"e", headers=tags)
        assert people.oss.bucket(BUCKET).tags("e.txt") == {"a": "b"}

    def test_the_source_of_a_copy_must_be_readable(self, people: People) -> None:
        people.oss.create_bucket("their-bucket", account=OTHER)
        theirs = people.bucket("other", "their-bucket")
        assert refusal(theirs.copy_object, BUCKET, "a.txt", "copy.txt")[:2] == DENIED
        people.bucket("owner").put_bucket_policy(document(allow("oss:GetObject", OBJECTS, Principal=[OTHER])))
        theirs.copy_object(BUCKET, "a.txt", "copy.txt")
        assert people.oss.bucket("their-bucket").read("copy.txt") == b"a"

    def test_and_so_must_its_tags_unless_the_copy_gets_others(self, people: People) -> None:
        owner, theirs = people.bucket("owner"), people.bucket("other", "their-bucket")
        theirs.create_bucket()
        owner.put_object("tagged", b"t", headers={"x-oss-tagging": "a=b"})
        owner.put_bucket_policy(document(allow("oss:GetObject", OBJECTS, Principal=[OTHER])))
        assert refusal(theirs.copy_object, BUCKET, "tagged", "copy")[:2] == DENIED
        theirs.copy_object(BUCKET, "tagged", "copy", headers={"x-oss-tagging-directive": "REPLACE"})
        owner.put_bucket_policy(document(allow(["oss:GetObject", "oss:GetObjectTagging"], OBJECTS, Principal=[OTHER])))
        theirs.copy_object(BUCKET, "tagged", "copy")
        assert people.oss.bucket("their-bucket").tags("copy") == {"a": "b"}

    def test_the_acl_of_the_copied_version_counts(self, people: People) -> None:
        people.oss.create_bucket("versioned", versioning=True)
        owner, theirs = people.bucket("owner", "versioned"), people.bucket("other", "their-bucket")
        theirs.create_bucket()
        owner.put_object("a.txt", b"old", headers={"x-oss-object-acl": "public-read"})
        old = people.oss.bucket("versioned").head("a.txt").version_id
        owner.put_object("a.txt", b"new")
        assert refusal(theirs.copy_object, "versioned", "a.txt", "copy")[:2] == DENIED
        theirs.copy_object("versioned", "a.txt", "copy", params={"versionId": old})
        assert people.oss.bucket("their-bucket").read("copy") == b"old"

    def test_a_version_needs_the_action_for_versions(self, people: People) -> None:
        people.oss.create_bucket("versioned", versioning=True, objects={"a.txt": b"a"})
        version = people.oss.bucket("versioned").head("a.txt").version_id
        owner, theirs = people.bucket("owner", "versioned"), people.bucket("other", "versioned")
        owner.put_bucket_policy(document(allow("oss:GetObject", Principal=[OTHER])))
        assert theirs.get_object("a.txt").read() == b"a"
        assert refusal(theirs.get_object, "a.txt", params={"versionId": version})[:2] == DENIED
        owner.put_bucket_policy(document(allow("oss:GetObjectVersion", Principal=[OTHER])))
        assert refusal(theirs.get_object, "a.txt")[:2] == DENIED
        assert theirs.get_object("a.txt", params={"versionId": version}).read() == b"a"

    def test_the_acl_of_the_version_counts(self, people: People) -> None:
        people.oss.create_bucket("versioned", versioning=True)
        owner, nobody = people.bucket("owner", "versioned"), people.bucket("anonymous", "versioned")
        owner.put_object("a.txt", b"old", headers={"x-oss-object-acl": "public-read"})
        old = people.oss.bucket("versioned").head("a.txt").version_id
        owner.put_object("a.txt", b"new")
        assert refusal(nobody.get_object, "a.txt")[:2] == DENIED
        assert nobody.get_object("a.txt", params={"versionId": old}).read() == b"old"


class TestBatches:
    def test_each_key_of_a_batch_is_judged(self, people: People) -> None:
        owner, theirs = people.bucket("owner"), people.bucket("other")
        statements = (
            allow("oss:DeleteObject", OBJECTS, Principal=[OTHER]),
            deny("oss:*", f"{OBJECTS[:-1]}private/*", Principal=[OTHER]),
        )
        owner.put_bucket_policy(document(*statements))
        assert refusal(theirs.batch_delete_objects, ["a.txt", "private/c.txt"]) == (*DENIED, "0003-00000204")
        assert people.oss.bucket(BUCKET).keys() == ["a.txt", "b.txt", "private/c.txt"]
        theirs.batch_delete_objects(["a.txt", "b.txt"])
        assert people.oss.bucket(BUCKET).keys() == ["private/c.txt"]

    def test_versions_need_the_action_for_versions(self, people: People) -> None:
        people.oss.create_bucket("versioned", versioning=True, objects={"a.txt": b"a"})
        version = people.oss.bucket("versioned").head("a.txt").version_id
        theirs = people.bucket("other", "versioned")
        people.bucket("owner", "versioned").put_bucket_policy(document(allow("oss:DeleteObject", Principal=[OTHER])))
        named = oss2.models.BatchDeleteObjectVersionList([oss2.models.BatchDeleteObjectVersion("a.txt", version)])
        assert refusal(theirs.delete_object_versions, named)[:2] == DENIED
        theirs.batch_delete_objects(["a.txt"])
        assert len(people.oss.bucket("versioned").versions("a.txt")) == 2

    def test_whatever_a_public_bucket_lets_anybody_do(self, people: People) -> None:
        people.bucket("owner").put_bucket_acl("public-read-write")
        people.bucket("anonymous").batch_delete_objects(["a.txt"])
        assert "a.txt" not in people.oss.bucket(BUCKET)


class TestTheOwnersKey:
    """The common case builds nothing; it must still mean the same."""

    def test_nothing_is_built_for_it(self, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
        def never(*_: object) -> Any:
            raise AssertionError("a question was asked")

        monkeypatch.setattr(rules, "require", never)
        owner = people.bucket("owner")
        owner.put_object("d.txt", b"d", headers={"x-oss-tagging": "a=b", "x-oss-object-acl": "public-read"})
        owner.copy_object(BUCKET, "d.txt", "e.txt")
        owner.batch_delete_objects(["d.txt"])
        people.service("owner").list_buckets()
        people.bucket("owner", "fresh-bucket").create_bucket()

    @pytest.mark.parametrize(
        "object_to",
        [
            lambda owner: owner.put_bucket_policy(document(deny("oss:GetObject", Principal=[OWNER]))),
            lambda owner: owner.put_bucket_https_config(oss2.models.BucketTlsVersion(True, ["TLSv1.3"])),
        ],
    )
    def test_but_what_may_object_is_asked(self, people: People, object_to: Callable[[Any], Any]) -> None:
        owner = people.bucket("owner")
        assert owner.get_object("a.txt").read() == b"a"
        object_to(owner)
        assert refusal(owner.get_object, "a.txt")[:2] == DENIED
        assert refusal(owner.copy_object, BUCKET, "a.txt", "d.txt")[:2] == DENIED
