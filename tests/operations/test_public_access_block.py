"""Block Public Access on its three levels: settings, and what they do to ACLs and policies."""

from __future__ import annotations

from collections.abc import Callable

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from tests.conftest import BUCKET, Raw
from tests.people import NOT_REFUSED, OTHER, OWNER, People, allow, document, refusal

Block = oss_v2.PublicAccessBlockConfiguration


@pytest.fixture
def service(oss: fakeoss.FakeOSS) -> oss2.Service:
    return People(oss).service("owner")


def test_of_the_account(service: oss2.Service, client: oss_v2.Client) -> None:
    assert service.get_public_access_block().block_public_access is False
    service.put_public_access_block(True)
    answer = client.get_public_access_block(oss_v2.GetPublicAccessBlockRequest())
    assert answer.public_access_block_configuration.block_public_access is True
    client.put_public_access_block(oss_v2.PutPublicAccessBlockRequest(Block(block_public_access=False)))
    assert service.get_public_access_block().block_public_access is False
    client.put_public_access_block(oss_v2.PutPublicAccessBlockRequest(Block(block_public_access=True)))
    assert service.delete_public_access_block().status == 204
    assert service.get_public_access_block().block_public_access is False
    assert service.delete_public_access_block().status == 204


def test_each_account_has_its_own(oss: fakeoss.FakeOSS, service: oss2.Service) -> None:
    people = People(oss)
    people.add("other", account=OTHER)
    service.put_public_access_block(True)
    assert people.service("other").get_public_access_block().block_public_access is False


def test_of_a_bucket(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    bucket.put_bucket_public_access_block(True)
    answer = client.get_bucket_public_access_block(oss_v2.GetBucketPublicAccessBlockRequest(BUCKET))
    assert answer.public_access_block_configuration.block_public_access is True
    client.put_bucket_public_access_block(
        oss_v2.PutBucketPublicAccessBlockRequest(BUCKET, Block(block_public_access=False))
    )
    assert bucket.get_bucket_public_access_block().block_public_access is False
    bucket.put_bucket_public_access_block(True)
    assert bucket.delete_bucket_public_access_block().status == 204
    assert bucket.get_bucket_public_access_block().block_public_access is False


@pytest.mark.parametrize("shown", [True, False])
def test_what_a_new_bucket_shows_is_a_setting_and_not_enforced(shown: bool) -> None:
    with fakeoss.mock_oss(block_public_access=shown) as oss:
        oss.create_bucket(BUCKET)
        bucket = oss.oss2_bucket(BUCKET)
        assert bucket.get_bucket_public_access_block().block_public_access is shown
        info = oss.client().get_bucket_info(oss_v2.GetBucketInfoRequest(BUCKET)).bucket_info
        assert info.block_public_access is shown
        bucket.put_bucket_acl("public-read")
        bucket.put_bucket_public_access_block(True)
        assert refusal(bucket.put_bucket_acl, "public-read-write")[0] == 403
        bucket.delete_bucket_public_access_block()
        assert bucket.get_bucket_public_access_block().block_public_access is False


def test_the_bucket_info_shows_the_setting(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    for blocked in (True, False):
        bucket.put_bucket_public_access_block(blocked)
        info = client.get_bucket_info(oss_v2.GetBucketInfoRequest(BUCKET)).bucket_info
        assert info.block_public_access is blocked


def test_of_an_access_point(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    bucket.create_access_point(oss2.models.CreateAccessPointRequest("ap-one", "internet"))
    assert bucket.get_access_point_public_access_block("ap-one").block_public_access is False
    bucket.put_access_point_public_access_block("ap-one", True)
    asked = oss_v2.GetAccessPointPublicAccessBlockRequest(BUCKET, access_point_name="ap-one")
    answer = client.get_access_point_public_access_block(asked)
    assert answer.public_access_block_configuration.block_public_access is True
    point = bucket.get_access_point("ap-one")
    assert point.public_access_block_configuration.block_public_access is True
    assert bucket.delete_access_point_public_access_block("ap-one").status == 204
    client.put_access_point_public_access_block(
        oss_v2.PutAccessPointPublicAccessBlockRequest(BUCKET, "ap-one", Block(block_public_access=False))
    )
    assert bucket.get_access_point_public_access_block("ap-one").block_public_access is False


def test_no_such_access_point(bucket: oss2.Bucket) -> None:
    for ask in (
        bucket.put_access_point_public_access_block,
        bucket.get_access_point_public_access_block,
        bucket.delete_access_point_public_access_block,
    ):
        with pytest.raises(oss2.exceptions.ServerError) as refused:
            ask("oss-access-point-name-test")
        assert (refused.value.status, refused.value.message) == (404, "Accesspoint not found")


MAYBE = b"<PublicAccessBlockConfiguration><BlockPublicAccess>maybe</BlockPublicAccess></PublicAccessBlockConfiguration>"


@pytest.mark.parametrize("body", [b"", b"{}", b"<Other/>", MAYBE])
def test_malformed_settings_change_nothing(bucket: oss2.Bucket, raw: Raw, body: bytes) -> None:
    bucket.put_bucket_public_access_block(True)
    reply = raw("PUT", "/?publicAccessBlock", {}, body)
    assert (reply.status, b"<Code>MalformedXML</Code>" in reply.data()) == (400, True)
    reply = raw("PUT", "/?publicAccessBlock", {}, body, bucket=None)
    assert (reply.status, b"<Code>MalformedXML</Code>" in reply.data()) == (400, True)
    assert bucket.get_bucket_public_access_block().block_public_access is True


def of_account(oss: fakeoss.FakeOSS, on: bool) -> None:
    People(oss).service("owner").put_public_access_block(on)


def of_bucket(oss: fakeoss.FakeOSS, on: bool) -> None:
    oss.oss2_bucket(BUCKET).put_bucket_public_access_block(on)


LEVELS = [
    pytest.param(of_account, f"account {OWNER}", id="account"),
    pytest.param(of_bucket, f"bucket {BUCKET}", id="bucket"),
]
Switch = Callable[[fakeoss.FakeOSS, bool], None]


@pytest.mark.parametrize(("switch", "level"), LEVELS)
def test_public_acls_and_policies_do_not_count_while_it_is_on(
    oss: fakeoss.FakeOSS, bucket: oss2.Bucket, switch: Switch, level: str
) -> None:
    bucket.put_object("a.txt", b"a", headers={"x-oss-object-acl": "public-read"})
    bucket.put_bucket_acl("public-read-write")
    nobody = People(oss).bucket("anonymous")
    assert nobody.get_object("a.txt").read() == b"a"
    switch(oss, True)
    assert refusal(nobody.get_object, "a.txt")[:2] == (403, "AccessDenied")
    assert "while public access is blocked" in (oss.requests[-1].why or "")
    assert refusal(nobody.put_object, "b.txt", b"b")[:2] == (403, "AccessDenied")
    assert bucket.get_object("a.txt").read() == b"a"
    switch(oss, False)
    assert nobody.get_object("a.txt").read() == b"a"
    bucket.put_bucket_acl("private")
    bucket.put_bucket_policy(document(allow("oss:*", Principal=["*"])))
    nobody.put_object("b.txt", b"b")
    switch(oss, True)
    assert refusal(nobody.put_object, "b.txt", b"b")[:2] == (403, "AccessDenied")


@pytest.mark.parametrize(("switch", "level"), LEVELS)
def test_writing_public_acls_is_refused_while_it_is_on(
    oss: fakeoss.FakeOSS, bucket: oss2.Bucket, switch: Switch, level: str
) -> None:
    bucket.put_object("a.txt", b"a")
    switch(oss, True)
    public = {"x-oss-object-acl": "public-read"}
    forbidden = (403, "AccessDenied", "0016-00000901")
    for ask, arguments, headers in (
        (bucket.put_bucket_acl, ("public-read",), None),
        (bucket.put_object_acl, ("a.txt", "public-read-write"), None),
        (bucket.put_object, ("b.txt", b"b"), public),
        (bucket.append_object, ("c.txt", 0, b"c"), public),
        (bucket.copy_object, (BUCKET, "a.txt", "d.txt"), public),
        (bucket.init_multipart_upload, ("e.txt",), public),
        (bucket.put_symlink, ("a.txt", "f.txt"), public),
    ):
        options = {} if headers is None else {"headers": headers}
        assert refusal(ask, *arguments, **options) == forbidden, ask
        assert f"Block Public Access is on for {level}" in (oss.requests[-1].why or "")
    assert oss.bucket(BUCKET).keys() == ["a.txt"]
    assert bucket.get_bucket_acl().acl == "private"
    # What opens nothing may be written.
    bucket.put_bucket_acl("private")
    bucket.put_object_acl("a.txt", "private")
    bucket.put_object("b.txt", b"b", headers={"x-oss-object-acl": "default"})
    switch(oss, False)
    bucket.put_object_acl("a.txt", "public-read")


def test_the_message_of_the_service_for_a_public_object_acl(bucket: oss2.Bucket) -> None:
    bucket.put_bucket_public_access_block(True)
    with pytest.raises(oss2.exceptions.AccessDenied) as refused:
        bucket.put_object("a.txt", b"a", headers={"x-oss-object-acl": "public-read"})
    assert refused.value.message == "Put public object acl is not allowed"


def test_an_account_that_blocks_makes_no_public_buckets(oss: fakeoss.FakeOSS) -> None:
    people = People(oss)
    of_account(oss, True)
    fresh = people.bucket("owner", "fresh-bucket")
    assert refusal(fresh.create_bucket, "public-read") == (403, "AccessDenied", "0016-00000901")
    assert oss.buckets() == []
    assert refusal(fresh.create_bucket, "private") == NOT_REFUSED


def test_of_an_access_point_only_what_passes_it_is_blocked(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    people = People(oss)
    people.add("other", account=OTHER)
    bucket.put_bucket_acl("public-read")
    bucket.put_object("a.txt", b"a")
    alias = bucket.create_access_point(oss2.models.CreateAccessPointRequest("ap-one", "internet")).alias
    through = people.bucket("other", alias)
    assert through.get_object("a.txt").read() == b"a"
    bucket.put_access_point_public_access_block("ap-one", True)
    assert refusal(through.get_object, "a.txt")[:2] == (403, "AccessDenied")
    assert people.bucket("other").get_object("a.txt").read() == b"a"
    owners = people.bucket("owner", alias)
    assert refusal(owners.put_object_acl, "a.txt", "public-read") == (403, "AccessDenied", "0016-00000901")
    assert refusal(bucket.put_object_acl, "a.txt", "public-read") == NOT_REFUSED
