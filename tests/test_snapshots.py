"""Snapshots, forks and `reset`: whole states come and go, whatever is in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import oss2
import pytest

import fakeoss
from fakeoss import activation
from fakeoss.state.objects import ObjectVersion
from fakeoss.state.payload import Payload
from tests.state.effort import effort


def keys(oss: fakeoss.FakeOSS, bucket: str = "a-bucket") -> list[str]:
    return oss.bucket(bucket).keys()


@pytest.fixture
def filled(oss: fakeoss.FakeOSS) -> fakeoss.FakeOSS:
    oss.create_bucket("a-bucket", versioning=True, objects={"a": b"1", "b": b"2"})
    return oss


def test_restore(filled: fakeoss.FakeOSS) -> None:
    before = filled.snapshot()
    bucket = filled.oss2_bucket("a-bucket")
    bucket.put_object("c", b"3")
    bucket.delete_object("a")
    filled.create_bucket("b-bucket")
    after = filled.snapshot()
    filled.restore(before)
    assert (keys(filled), len(filled.buckets())) == (["a", "b"], 1)
    assert bucket.get_object("a").read() == b"1"
    filled.restore(after)
    assert (keys(filled), len(filled.buckets())) == (["b", "c"], 2)
    filled.restore(before)
    filled.restore(before)
    assert keys(filled) == ["a", "b"]


def test_only_a_snapshot_can_be_restored(filled: fakeoss.FakeOSS) -> None:
    before: Any = filled
    with pytest.raises(TypeError, match=r"restore takes what snapshot\(\) gave, not <FakeOSS"):
        filled.restore(before)


def test_a_snapshot_covers_credentials_and_failures_but_not_the_journal(filled: fakeoss.FakeOSS) -> None:
    before = filled.snapshot()
    filled.add_credentials("LTAInew", "secret")
    filled.fail("GetObject", status=503)
    filled.restore(before)
    url = "https://oss-cn-hangzhou.aliyuncs.com"
    good = oss2.Bucket(oss2.Auth("LTAInew", "another secret"), url, "a-bucket")
    assert good.get_object("a").read() == b"1"
    assert filled.requests.count("GetObject") == 1
    filled.restore(before)
    assert filled.requests.count("GetObject") == 1


def test_a_snapshot_of_another_fake(filled: fakeoss.FakeOSS) -> None:
    filled.add_credentials("guest", "secret", account="6543210987654321")
    with fakeoss.mock_oss(seed=7, strict_auth=True) as other:
        other.restore(filled.snapshot())
        assert other.credentials != filled.credentials
        name = other.buckets()[0].name
        assert other.oss2_bucket(name).get_bucket_acl().acl == "private"
        guest = oss2.Bucket(oss2.Auth("guest", "secret"), "https://oss-cn-hangzhou.aliyuncs.com", name)
        with pytest.raises(oss2.exceptions.AccessDenied):
            guest.get_bucket_acl()


def test_ids_go_on_as_they_did_the_first_time(filled: fakeoss.FakeOSS) -> None:
    before = filled.snapshot()
    filled.put("a-bucket", "c", b"3")
    first = filled.bucket("a-bucket").versions("c")[0].version_id
    filled.restore(before)
    filled.put("a-bucket", "c", b"3")
    assert filled.bucket("a-bucket").versions("c")[0].version_id == first


def ids(seed: int) -> list[str]:
    oss = fakeoss.FakeOSS(seed=seed)
    oss.create_bucket("a-bucket", versioning=True, objects={"a": b"1", "b": b"2"})
    view = oss.bucket("a-bucket")
    return [oss.credentials[1], *(view.versions(key)[0].version_id for key in "ab")]


def test_ids_come_from_the_seed() -> None:
    assert ids(1) == ids(1)
    assert not set(ids(1)) & set(ids(2))


def test_a_fork_begins_where_its_parent_is_and_shares_nothing_after_that(filled: fakeoss.FakeOSS) -> None:
    bucket = filled.oss2_bucket("a-bucket")
    filled.add_credentials("LTAInew", "secret")
    filled.fail("DeleteObject", status=503)
    with filled.fork() as child:
        assert fakeoss.active() is child
        assert child.credentials == filled.credentials
        assert child.requests.count() == 0
        bucket.put_object("c", b"3")
        filled.put("a-bucket", "d", b"4")
        assert (keys(child), keys(filled)) == (["a", "b", "c"], ["a", "b", "d"])
        with pytest.raises(oss2.exceptions.ServerError):
            bucket.delete_object("a")
    assert fakeoss.active() is filled
    assert keys(filled) == ["a", "b", "d"]
    assert filled.requests.count() == 0
    with pytest.raises(oss2.exceptions.ServerError):
        bucket.delete_object("a")


def test_forks_of_forks_and_of_one_parent(filled: fakeoss.FakeOSS) -> None:
    with filled.fork() as child, child.fork() as grandchild, filled.fork() as other:
        grandchild.put("a-bucket", "c", b"3")
        assert (keys(child), keys(grandchild), keys(other)) == (["a", "b"], ["a", "b", "c"], ["a", "b"])
        assert fakeoss.active() is other


def test_a_fork_of_a_fake_that_is_not_active_is_not_active() -> None:
    oss = fakeoss.FakeOSS(region="cn-shanghai")
    oss.create_bucket("a-bucket")
    with oss.fork() as child:
        assert activation.top() is None
        child.put("a-bucket", "a", b"1")
        assert child.settings == oss.settings
    assert keys(oss) == []


def test_a_fork_may_have_settings_of_its_own(filled: fakeoss.FakeOSS) -> None:
    with filled.fork(strict_auth=True) as child:
        assert (child.settings.strict_auth, filled.settings.strict_auth) == (True, False)
        assert child.settings.region == filled.settings.region
    with pytest.raises(TypeError, match="no_such_setting"), filled.fork(no_such_setting=1):
        pass


def test_a_fork_is_over_after_an_error(filled: fakeoss.FakeOSS) -> None:
    with pytest.raises(KeyError, match="my own"), filled.fork():
        raise KeyError("my own")
    assert fakeoss.active() is filled


def test_reset(filled: fakeoss.FakeOSS) -> None:
    filled.add_credentials("LTAInew", "secret")
    filled.fail("*", times=None)
    filled.oss2_bucket("a-bucket")
    filled.reset()
    assert (filled.buckets(), filled.requests.count()) == ([], 0)
    url = "https://oss-cn-hangzhou.aliyuncs.com"
    oss2.Bucket(oss2.Auth("LTAInew", "secret"), url, "a-bucket").create_bucket()
    with pytest.raises(oss2.exceptions.SignatureDoesNotMatch):
        oss2.Bucket(oss2.Auth("LTAInew", "wrong"), url, "a-bucket").get_bucket_acl()


def crowded(number: int) -> fakeoss.FakeOSS:
    """A fake with so many objects."""
    oss = fakeoss.FakeOSS()
    oss.create_bucket("a-bucket", objects={"a": b"1"})
    bucket = oss.bucket("a-bucket").value
    model = bucket.objects.current("a")
    assert isinstance(model, ObjectVersion)
    objects = bucket.objects
    payload = Payload.of([b"x"])
    for place in range(number):
        objects = objects.put(f"key-{place:06d}", replace(model, payload=payload))
    oss._service.store.world = oss._service.store.world.with_bucket(replace(bucket, objects=objects))
    return oss


def test_they_cost_the_same_whatever_is_stored() -> None:
    def travel(oss: fakeoss.FakeOSS) -> None:
        before = oss.snapshot()
        with oss.fork():
            oss.restore(before)

    crowd, alone = crowded(20_000), crowded(1)
    assert len(crowd.bucket("a-bucket")) == 20_001
    travel(alone)  # what the first one imports is no matter
    assert effort(lambda: travel(crowd)) == effort(lambda: travel(alone))


def test_they_share_what_is_stored() -> None:
    crowd = crowded(1_000)
    before = crowd.snapshot()
    with crowd.fork() as child:
        assert child.snapshot().world is before.world
        child.put("a-bucket", "new", b"1")
    crowd.restore(before)
    assert crowd.snapshot().world is before.world
