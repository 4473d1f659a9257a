"""Access points: made, shown, listed, deleted; their policies; and requests that come through them."""

from __future__ import annotations

import re
from typing import Any

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oss2.models import AccessPointVpcConfiguration, CreateAccessPointRequest

import fakeoss
from fakeoss.operations import access_point
from tests.conftest import BUCKET, Raw
from tests.people import OTHER, OWNER, REGION, People, allow, deny, document, refusal

NAMES = st.from_regex(r"\A[a-z0-9][a-z0-9-]{1,17}[a-z0-9]\Z").filter(lambda name: not name.endswith("-ossalias"))
VPCS = st.from_regex(r"\Avpc-[a-z0-9]{1,60}\Z")
RESOURCE = f"acs:oss:{REGION}:{OWNER}:accesspoint"


def make(bucket: oss2.Bucket, name: str = "ap-01", vpc: str | None = None) -> Any:
    configuration = None if vpc is None else AccessPointVpcConfiguration(vpc)
    asked = CreateAccessPointRequest(name, "internet" if vpc is None else "vpc", configuration)
    return bucket.create_access_point(asked)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(name=NAMES, vpc=st.none() | VPCS)
def test_what_is_made_is_shown(bucket: oss2.Bucket, client: oss_v2.Client, name: str, vpc: str | None) -> None:
    made = make(bucket, name, vpc)
    assert made.access_point_arn == f"{RESOURCE}/{name}"
    assert re.fullmatch(rf"{name}-[0-9a-f]{{34}}-ossalias", made.alias)
    asked = oss_v2.GetAccessPointRequest(BUCKET, access_point_name=name)
    shown, old = client.get_access_point(asked), bucket.get_access_point(name)
    origin = "internet" if vpc is None else "vpc"
    assert (shown.access_point_name, shown.bucket, shown.account_id, shown.status) == (name, BUCKET, OWNER, "enable")
    assert (shown.alias, shown.access_point_arn, shown.network_origin) == (made.alias, made.access_point_arn, origin)
    assert (shown.vpc_configuration.vpc_id or None) == vpc
    assert shown.creation_date.isdigit()
    host = f"{name}-{OWNER}.oss-{REGION}"
    assert shown.endpoints.public_endpoint == f"{host}.oss-accesspoint.aliyuncs.com"
    assert shown.endpoints.internal_endpoint == f"{host}-internal.oss-accesspoint.aliyuncs.com"
    assert shown.public_access_block_configuration.block_public_access is False
    assert (old.access_point_name, old.alias, old.access_point_status) == (name, made.alias, "enable")
    deleted = client.delete_access_point(oss_v2.DeleteAccessPointRequest(BUCKET, access_point_name=name))
    assert deleted.status_code == 204
    assert refusal(bucket.get_access_point, name)[:2] == (404, "NoSuchAccessPoint")


@pytest.mark.parametrize("name", ["ap", "a" * 20, "-ap", "ap-", "Ap-01", "ap_01", "ap-ossalias", ""])
def test_names_that_cannot_be(bucket: oss2.Bucket, name: str) -> None:
    with pytest.raises(oss2.exceptions.InvalidArgument) as refused:
        make(bucket, name)
    assert refused.value.details["ArgumentName"] == "AccessPointName"
    assert bucket.list_bucket_access_points().access_points == []


@pytest.mark.parametrize(
    "asked",
    [
        CreateAccessPointRequest("ap-01", "vpc"),
        CreateAccessPointRequest("ap-01", "internet", AccessPointVpcConfiguration("vpc-1")),
        CreateAccessPointRequest("ap-01", "vpc", AccessPointVpcConfiguration("")),
    ],
)
def test_a_vpc_belongs_to_origin_vpc_and_nothing_else(bucket: oss2.Bucket, asked: CreateAccessPointRequest) -> None:
    assert refusal(bucket.create_access_point, asked)[:2] == (400, "InvalidArgument")
    assert bucket.list_bucket_access_points().access_points == []


def test_an_unknown_origin_and_other_documents(bucket: oss2.Bucket, raw: Raw) -> None:
    assert refusal(bucket.create_access_point, CreateAccessPointRequest("ap-01", "moon"))[:2] == (400, "MalformedXML")
    for body in (b"", b"<Other/>", b"<CreateAccessPointConfiguration/>"):
        reply = raw("PUT", "/?accessPoint", {}, body)
        assert (reply.status, b"<Code>MalformedXML</Code>" in reply.data()) == (400, True)


def test_names_are_used_once_in_a_region_of_the_account(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    people = People(oss)
    people.add("other", account=OTHER)
    oss.create_bucket("second-bucket")
    oss.create_bucket("far-bucket", region="cn-shanghai")
    oss.create_bucket("their-bucket", account=OTHER)
    make(bucket)
    for taken in (bucket, people.bucket("owner", "second-bucket")):
        assert refusal(make, taken)[:2] == (409, "AccessPointAlreadyExists")
    far = people.bucket("owner", "far-bucket", endpoint="https://oss-cn-shanghai.aliyuncs.com")
    aliases = {
        make(far).alias,
        make(people.bucket("other", "their-bucket")).alias,
        bucket.get_access_point("ap-01").alias,
    }
    assert len(aliases) == 3
    assert refusal(people.bucket("owner", "second-bucket").get_access_point, "ap-01")[0] == 404


def test_a_bucket_has_at_most_100(bucket: oss2.Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    assert access_point.BUCKET_LIMIT == 100
    for number in range(100):
        make(bucket, f"ap-{number:03}")
    assert refusal(make, bucket, "ap-100")[:2] == (400, "TooManyAccessPoints")
    bucket.delete_access_point("ap-050")
    make(bucket, "ap-100")


def test_an_account_has_at_most_1000(
    oss: fakeoss.FakeOSS, bucket: oss2.Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert access_point.ACCOUNT_LIMIT == 1000
    monkeypatch.setattr(access_point, "ACCOUNT_LIMIT", 3)
    oss.create_bucket("second-bucket")
    make(bucket, "ap-1")
    make(bucket, "ap-2")
    second = oss.oss2_bucket("second-bucket")
    make(second, "ap-3")
    assert refusal(make, second, "ap-4")[:2] == (400, "TooManyAccessPoints")


def test_a_bucket_with_access_points_stays(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    make(bucket)
    assert refusal(bucket.delete_bucket)[:2] == (409, "BucketNotEmpty")
    bucket.delete_access_point("ap-01")
    bucket.delete_bucket()


class TestListing:
    @pytest.fixture(autouse=True)
    def _points(self, oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
        oss.create_bucket("second-bucket")
        for name in ("ap-c", "ap-a", "ap-b2"):
            make(bucket, name)
        make(oss.oss2_bucket("second-bucket"), "ap-b")

    def test_of_a_bucket(self, bucket: oss2.Bucket, client: oss_v2.Client) -> None:
        shown = client.list_access_points(oss_v2.ListAccessPointsRequest(BUCKET))
        assert [point.access_point_name for point in shown.access_points] == ["ap-a", "ap-b2", "ap-c"]
        assert (shown.is_truncated, shown.account_id, shown.max_keys) == (False, OWNER, 100)
        first = shown.access_points[0]
        assert (first.bucket, first.network_origin, first.status) == (BUCKET, "internet", "enable")
        assert first.alias == bucket.get_access_point("ap-a").alias

    def test_of_the_account_in_pages(self, oss: fakeoss.FakeOSS, client: oss_v2.Client) -> None:
        names: list[str] = []
        token = ""
        for _ in range(4):
            page = People(oss).service("owner").list_access_points(max_keys=1, continuation_token=token)
            names += [point.access_point_name for point in page.access_points]
            token = page.next_continuation_token
        assert names == ["ap-a", "ap-b", "ap-b2", "ap-c"]
        assert page.is_truncated is False
        shown = client.list_access_points(oss_v2.ListAccessPointsRequest(max_keys=1000))
        assert len(shown.access_points) == 4

    def test_other_accounts_see_none_of_them(self, oss: fakeoss.FakeOSS) -> None:
        people = People(oss)
        people.add("other", account=OTHER)
        assert people.service("other").list_access_points().access_points == []

    @pytest.mark.parametrize("max_keys", [0, 101])
    def test_bounds_for_a_bucket(self, bucket: oss2.Bucket, max_keys: int) -> None:
        with pytest.raises(oss2.exceptions.InvalidArgument) as refused:
            bucket.list_bucket_access_points(max_keys=max_keys)
        assert refused.value.details["ArgumentName"] == "max-keys"

    @pytest.mark.parametrize("max_keys", [0, 1001])
    def test_bounds_for_an_account(self, oss: fakeoss.FakeOSS, max_keys: int) -> None:
        service = People(oss).service("owner")
        assert refusal(service.list_access_points, max_keys=max_keys)[:2] == (400, "InvalidArgument")

    @pytest.mark.parametrize("token", ["nonsense", "=", "YQ=="])
    def test_a_token_nobody_was_given(self, bucket: oss2.Bucket, token: str) -> None:
        asked = {"max_keys": 10, "continuation_token": token}
        assert refusal(bucket.list_bucket_access_points, **asked)[:2] == (400, "InvalidArgument")


class TestPolicies:
    TEXT = document(deny("oss:GetObject", f"{RESOURCE}/ap-01/object/*", Principal=[OTHER]))

    def test_a_policy_comes_back_as_it_was_written(self, bucket: oss2.Bucket, client: oss_v2.Client) -> None:
        make(bucket)
        bucket.put_access_point_policy("ap-01", self.TEXT)
        asked = oss_v2.GetAccessPointPolicyRequest(BUCKET, access_point_name="ap-01")
        assert client.get_access_point_policy(asked).body == self.TEXT
        other = self.TEXT.replace("Deny", "Allow")
        client.put_access_point_policy(oss_v2.PutAccessPointPolicyRequest(BUCKET, "ap-01", other))
        assert bucket.get_access_point_policy("ap-01").policy == other
        assert bucket.delete_access_point_policy("ap-01").status == 204
        assert refusal(bucket.get_access_point_policy, "ap-01")[:2] == (404, "NoSuchAccessPointPolicy")
        assert bucket.delete_access_point_policy("ap-01").status == 204

    def test_what_is_no_policy_changes_nothing(self, bucket: oss2.Bucket) -> None:
        make(bucket)
        bucket.put_access_point_policy("ap-01", self.TEXT)
        assert refusal(bucket.put_access_point_policy, "ap-01", "{}")[:2] == (400, "InvalidPolicyDocument")
        assert bucket.get_access_point_policy("ap-01").policy == self.TEXT

    def test_a_public_one_is_refused_while_the_access_point_blocks(self, bucket: oss2.Bucket) -> None:
        make(bucket)
        public = document(allow("oss:GetObject", f"{RESOURCE}/ap-01/object/*", Principal=["*"]))
        bucket.put_access_point_public_access_block("ap-01", True)
        assert refusal(bucket.put_access_point_policy, "ap-01", public) == (403, "AccessDenied", "0016-00000901")
        bucket.put_access_point_public_access_block("ap-01", False)
        bucket.put_access_point_policy("ap-01", public)

    @pytest.mark.parametrize("ask", ["get", "put", "delete"])
    def test_of_no_access_point(self, bucket: oss2.Bucket, ask: str) -> None:
        call = getattr(bucket, f"{ask}_access_point_policy")
        arguments = ("ap-99", self.TEXT) if ask == "put" else ("ap-99",)
        assert refusal(call, *arguments)[:2] == (404, "NoSuchAccessPoint")

    def test_without_a_name(self, bucket: oss2.Bucket, raw: Raw) -> None:
        reply = raw("GET", "/?accessPointPolicy")
        assert (reply.status, b"<ArgumentName>x-oss-access-point-name" in reply.data()) == (400, True)


class TestThroughAnAccessPoint:
    @pytest.fixture
    def people(self, oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> People:
        people = People(oss)
        people.add("other", account=OTHER)
        bucket.put_object("a.txt", b"a")
        return people

    @pytest.mark.parametrize("version", ["v1", "v2", "v4"])
    def test_the_alias_takes_the_buckets_place(self, oss: fakeoss.FakeOSS, people: People, version: str) -> None:
        alias = make(people.bucket("owner")).alias
        through = people.bucket("owner", alias, version=version)
        assert through.get_object("a.txt").read() == b"a"
        through.put_object("dir/b c+d.txt", b"b")
        assert [found.key for found in through.list_objects_v2().object_list] == ["a.txt", "dir/b c+d.txt"]
        assert requests.get(through.sign_url("GET", "a.txt", 60)).content == b"a"
        assert oss.bucket(BUCKET).read("dir/b c+d.txt") == b"b"
        assert (oss.requests[-1].bucket, oss.requests[-1].status) == (alias, 200)

    @pytest.mark.parametrize("version", ["v1", "v4"])
    def test_sdk_v2_by_alias_and_by_its_own_host(self, people: People, version: str) -> None:
        alias = make(people.bucket("owner")).alias
        client = people.client("owner", version=version)
        client.put_object(oss_v2.PutObjectRequest(alias, "b.txt", body=b"b"))
        assert client.get_object(oss_v2.GetObjectRequest(alias, "b.txt")).body.content == b"b"
        own = people.client("owner", version=version, endpoint=f"https://oss-{REGION}.oss-accesspoint.aliyuncs.com")
        assert own.get_object(oss_v2.GetObjectRequest(f"ap-01-{OWNER}", "b.txt")).body.content == b"b"

    def test_a_client_that_is_told_the_endpoint_shown(self, people: People) -> None:
        make(people.bucket("owner"))
        shown = people.bucket("owner").get_access_point("ap-01").endpoints.public_endpoint
        label, _, endpoint = shown.partition(".")
        assert people.bucket("owner", label, endpoint=f"https://{endpoint}").get_object("a.txt").read() == b"a"

    @pytest.mark.parametrize("name", ["ap-99-0123456789abcdef0123456789abcdef01-ossalias", "x-ossalias"])
    def test_an_alias_nobody_has(self, people: People, name: str) -> None:
        gone = people.bucket("owner", name)
        assert refusal(gone.get_object, "a.txt")[:2] == (404, "NoSuchBucket")
        assert refusal(gone.create_bucket)[:2] == (404, "NoSuchBucket")

    def test_it_ends_with_the_access_point(self, people: People) -> None:
        bucket = people.bucket("owner")
        through = people.bucket("owner", make(bucket).alias)
        assert through.get_object("a.txt").read() == b"a"
        bucket.delete_access_point("ap-01")
        assert refusal(through.get_object, "a.txt")[:2] == (404, "NoSuchBucket")

    def test_it_belongs_to_a_region(self, people: People) -> None:
        alias = make(people.bucket("owner")).alias
        far = people.bucket("owner", alias, endpoint="https://oss-cn-shanghai.aliyuncs.com")
        assert refusal(far.get_object, "a.txt")[:2] == (403, "AccessDenied")

    def test_both_policies_must_allow_another_account(self, oss: fakeoss.FakeOSS, people: People) -> None:
        bucket = people.bucket("owner")
        theirs = people.bucket("other", make(bucket).alias)
        delegating = {"StringEquals": {"oss:DataAccessPointArn": [f"{RESOURCE}/ap-01"]}}
        bucket.put_bucket_policy(document(allow("oss:*", Principal=["*"], Condition=delegating)))
        assert refusal(theirs.get_object, "a.txt")[:2] == (403, "AccessDenied")
        reading = allow("oss:GetObject", f"{RESOURCE}/ap-01/object/*", Principal=[OTHER])
        bucket.put_access_point_policy("ap-01", document(reading))
        assert theirs.get_object("a.txt").read() == b"a"
        assert refusal(theirs.put_object, "b.txt", b"b")[:2] == (403, "AccessDenied")
        assert refusal(people.bucket("other").get_object, "a.txt")[:2] == (403, "AccessDenied")
        denying = deny("oss:GetObject", f"{RESOURCE}/ap-01/object/a*", Principal=[OTHER])
        bucket.put_access_point_policy("ap-01", document(reading, denying))
        assert refusal(theirs.get_object, "a.txt")[:2] == (403, "AccessDenied")
        assert "statement 2 of the policy of access point ap-01 denies" in (oss.requests[-1].why or "")

    def test_one_for_a_vpc_serves_nobody_else(self, oss: fakeoss.FakeOSS, people: People) -> None:
        through = people.bucket("owner", make(people.bucket("owner"), vpc="vpc-1").alias)
        assert refusal(through.get_object, "a.txt")[:2] == (403, "AccessDenied")
        assert oss.requests[-1].why == "access point ap-01 serves vpc-1 only, the request came from None"
        with oss.calling_from(vpc="vpc-2", ip="192.168.0.7"):
            assert refusal(through.get_object, "a.txt")[:2] == (403, "AccessDenied")
        with oss.calling_from(vpc="vpc-1"):
            assert through.get_object("a.txt").read() == b"a"

    def test_no_unsigned_request_passes(self, people: People) -> None:
        people.bucket("owner").put_bucket_acl("public-read")
        nobody = people.bucket("anonymous", make(people.bucket("owner")).alias)
        assert refusal(nobody.get_object, "a.txt") == (403, "AccessDenied", "0003-00001201")

    def test_its_policy_can_be_managed_through_it_but_not_the_bucket(
        self, oss: fakeoss.FakeOSS, people: People
    ) -> None:
        through = people.bucket("owner", make(people.bucket("owner")).alias)
        text = document(allow("oss:GetObject", f"{RESOURCE}/ap-01/object/*", Principal=[OTHER]))
        through.put_access_point_policy("ap-01", text)
        assert through.get_access_point_policy("ap-01").policy == text
        for ask in (through.get_bucket_info, through.delete_bucket, through.get_bucket_policy):
            assert refusal(ask)[:2] == (403, "AccessDenied")
        assert "send it to bucket example-bucket" in (oss.requests[-1].why or "")

    def test_its_policy_judges_what_is_copied_through_it(self, oss: fakeoss.FakeOSS, people: People) -> None:
        owner, theirs = people.bucket("owner"), people.bucket("other", "their-bucket")
        theirs.create_bucket()
        alias = make(owner).alias
        delegating = {"StringEquals": {"oss:DataAccessPointArn": [f"{RESOURCE}/ap-01"]}}
        owner.put_bucket_policy(document(allow("oss:*", Principal=["*"], Condition=delegating)))
        assert refusal(theirs.copy_object, alias, "a.txt", "copy")[:2] == (403, "AccessDenied")
        reading = allow("oss:GetObject*", f"{RESOURCE}/ap-01/object/*", Principal=[OTHER])
        owner.put_access_point_policy("ap-01", document(reading))
        theirs.copy_object(alias, "a.txt", "copy")
        assert oss.bucket("their-bucket").read("copy") == b"a"
        upload = theirs.init_multipart_upload("parts").upload_id
        theirs.upload_part_copy(alias, "a.txt", (0, 0), "parts", upload, 1)
        assert refusal(theirs.copy_object, BUCKET, "a.txt", "copy")[:2] == (403, "AccessDenied")
        gone = alias.replace("ap-01-", "ap-02-")
        assert refusal(theirs.copy_object, gone, "a.txt", "copy")[:2] == (404, "NoSuchBucket")

    def test_path_style_at_a_further_endpoint(self) -> None:
        with fakeoss.mock_oss(endpoints=("127.0.0.1:9000",)) as oss:
            oss.create_bucket(BUCKET, objects={"a.txt": b"a"})
            alias = make(oss.oss2_bucket(BUCKET)).alias
            auth = oss2.Auth(*oss.credentials)
            through = oss2.Bucket(auth, "http://127.0.0.1:9000", alias, is_path_style=True)
            assert through.get_object("a.txt").read() == b"a"
