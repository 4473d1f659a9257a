"""`oss.fail`: what a client sees, what becomes of the state, and what the handle and the journal tell."""

from __future__ import annotations

import asyncio
import contextlib
from importlib.metadata import version
from typing import Any

import alibabacloud_oss_v2 as oss_v2
import alibabacloud_oss_v2.aio as oss_v2_aio
import oss2
import pytest
import requests

import fakeoss
from fakeoss import errors, faults
from fakeoss.faults import Corrupt, Refused, Reset, Slow, Timeout, Truncated
from fakeoss.wire.message import Request

DATA = bytes(range(256)) * 1000


@pytest.fixture
def stored(bucket: oss2.Bucket) -> oss2.Bucket:
    """A bucket with an object `a`."""
    bucket.put_object("a", DATA)
    return bucket


def put(client: oss_v2.Client) -> oss_v2.PutObjectResult:
    return client.put_object(oss_v2.PutObjectRequest(bucket="example-bucket", key="a", body=DATA))


# Error replies


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({}, 500, "InternalError"),
        ({"status": 503}, 503, "ServiceUnavailable"),
        ({"status": 503, "code": "SlowDown"}, 503, "SlowDown"),
        ({"code": "AccessDenied"}, 403, "AccessDenied"),
        ({"code": "NoSuchKey"}, 404, "NoSuchKey"),
        ({"status": 409}, 409, None),
    ],
)
def test_oss2_sees_the_error(
    oss: fakeoss.FakeOSS, bucket: oss2.Bucket, asked: dict[str, Any], status: int, code: str | None
) -> None:
    failure = oss.fail("PutObject", **asked)
    with pytest.raises(oss2.exceptions.ServerError) as refused:
        bucket.put_object("a", b"1")
    assert refused.value.status == status
    assert code in (None, refused.value.code)
    assert len(refused.value.request_id) == 24
    assert oss.bucket(bucket.bucket_name).keys() == []
    assert (failure.served, failure.left) == (1, 0)
    bucket.put_object("a", b"1")


def test_a_head_shows_its_code_too(oss: fakeoss.FakeOSS, stored: oss2.Bucket) -> None:
    oss.fail("HeadObject", code="AccessDenied")
    with pytest.raises(oss2.exceptions.AccessDenied):
        stored.head_object("a")


def test_sdk_v2_tries_again(oss: fakeoss.FakeOSS, bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    failure = oss.fail("PutObject", status=503, times=2)
    assert put(client).status_code == 200
    assert failure.served == 2
    assert [entry.status for entry in oss.requests.of("PutObject")] == [503, 503, 200]


def test_sdk_v2_gives_up_at_last(oss: fakeoss.FakeOSS, bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    failure = oss.fail("PutObject", status=503, times=None)
    with pytest.raises(oss_v2.exceptions.OperationError) as refused:
        put(client)
    assert "ServiceUnavailable" in str(refused.value)
    assert (failure.served, failure.left) == (3, None)


def test_names_aliases_and_any(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    oss.fail("GetService", status=503)
    with pytest.raises(oss2.exceptions.ServerError):
        oss2.Service(oss2.Auth(*oss.credentials), bucket.endpoint).list_buckets()
    oss.fail("*", status=503)
    with pytest.raises(oss2.exceptions.ServerError):
        bucket.get_bucket_acl()


@pytest.mark.parametrize("name", ["PutObjekt", "putobject", ""])
def test_a_name_that_nobody_knows(oss: fakeoss.FakeOSS, name: str) -> None:
    with pytest.raises(ValueError, match="no operation of OSS is called"):
        oss.fail(name)


def test_scripts_come_before_keys_buckets_and_permissions(oss: fakeoss.FakeOSS) -> None:
    oss.fail("GetObject", status=503)
    url = "https://no-such-bucket.oss-cn-hangzhou.aliyuncs.com/a"
    assert requests.get(url).status_code == 503
    assert requests.get(url).status_code == 404


# Before or after the effect


@pytest.mark.parametrize("how", [{"status": 500}, {"fault": Reset()}, {"fault": Timeout()}])
@pytest.mark.parametrize("effect", ["before", "after"])
def test_effect(oss: fakeoss.FakeOSS, bucket: oss2.Bucket, how: dict[str, Any], effect: Any) -> None:
    oss.fail("PutObject", **how, effect=effect)
    with pytest.raises(oss2.exceptions.OssError):
        bucket.put_object("a", b"1")
    assert oss.bucket(bucket.bucket_name).keys() == (["a"] if effect == "after" else [])


def test_only_served_failures_count(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    """What the service refuses itself never gets as far as the reply that is to be broken."""
    failures = [oss.fail("GetObject", fault=Reset(after_bytes=1)), oss.fail("DeleteBucket", effect="after")]
    with pytest.raises(oss2.exceptions.NoSuchKey):
        bucket.get_object("a")
    bucket.put_object("a", b"123")
    with pytest.raises(oss2.exceptions.BucketNotEmpty):
        bucket.delete_bucket()
    assert [failure.served for failure in failures] == [0, 0]
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        bucket.get_object("a").read()
    assert [failure.served for failure in failures] == [1, 0]


# Wire faults


@pytest.mark.parametrize("fault", [Refused(), Reset(), Timeout()])
def test_oss2_meets_a_broken_exchange(oss: fakeoss.FakeOSS, stored: oss2.Bucket, fault: faults.Fault) -> None:
    oss.fail("GetObject", fault=fault)
    with pytest.raises(oss2.exceptions.RequestError):
        stored.get_object("a")
    assert stored.get_object("a").read() == DATA
    first = oss.requests.of("GetObject")[0]
    assert (first.status, first.bytes_out, first.fault) == (0, 0, fault)
    assert first.line.endswith(f"-> {fault}")


@pytest.mark.parametrize(
    "fault",
    [Reset(after_bytes=1000), Timeout(after_bytes=1000), Slow(bytes_per_second=1)],
)
def test_oss2_meets_a_broken_body(oss: fakeoss.FakeOSS, stored: oss2.Bucket, fault: faults.Fault) -> None:
    oss.fail("GetObject", fault=fault)
    with pytest.raises(requests.exceptions.RequestException):
        stored.get_object("a").read()
    assert stored.get_object("a").read() == DATA
    assert oss.requests.of("GetObject")[0].status == 200


def test_oss2_meets_a_body_cut_short(oss: fakeoss.FakeOSS, stored: oss2.Bucket) -> None:
    """Before its version 2 urllib3 takes what it got for the whole, as it does from a real connection."""
    oss.fail("GetObject", fault=Truncated(after_bytes=1000))
    if version("urllib3").startswith("1."):
        got = stored.get_object("a")
        assert got.read() == DATA[:1000]
        assert got.client_crc != got.server_crc
    else:
        with pytest.raises(requests.exceptions.ChunkedEncodingError):
            stored.get_object("a").read()
    assert stored.get_object("a").read() == DATA


def test_oss2_notices_a_flipped_byte_by_the_checksum(oss: fakeoss.FakeOSS, stored: oss2.Bucket) -> None:
    oss.fail("GetObject", fault=Corrupt(at=5))
    got = stored.get_object("a")
    body = got.read()
    assert [place for place, (was, now) in enumerate(zip(DATA, body, strict=True)) if was != now] == [5]
    assert got.client_crc != got.server_crc


def test_an_error_reply_may_be_broken_too(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    oss.fail("PutObject", status=503, fault=Reset(after_bytes=10))
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        bucket.put_object("a", b"1")
    assert oss.bucket(bucket.bucket_name).keys() == []


@pytest.mark.parametrize("fault", [Refused(), Reset(), Timeout()])
def test_sdk_v2_tries_again_after_a_broken_exchange(
    oss: fakeoss.FakeOSS, bucket: oss2.Bucket, client: oss_v2.Client, fault: faults.Fault
) -> None:
    failure = oss.fail("PutObject", fault=fault, times=2)
    assert put(client).status_code == 200
    assert failure.served == 2
    assert oss.bucket(bucket.bucket_name).read("a") == DATA


@pytest.mark.parametrize("fault", [Refused(), Reset(), Timeout(), None])
def test_sdk_v2_async_does_so_too(oss: fakeoss.FakeOSS, bucket: oss2.Bucket, fault: faults.Fault | None) -> None:
    async def put_it() -> int:
        config = oss_v2.config.load_default()
        config.credentials_provider = oss_v2.credentials.EnvironmentVariableCredentialsProvider()
        config.region = "cn-hangzhou"
        async with oss_v2_aio.AsyncClient(config) as client:
            request = oss_v2.PutObjectRequest(bucket="example-bucket", key="a", body=DATA)
            status: int = (await client.put_object(request)).status_code
            return status

    failure = oss.fail("PutObject", fault=fault, status=503 if fault is None else None)
    assert asyncio.run(put_it()) == 200
    assert failure.served == 1


def test_a_lost_reply_makes_the_second_try_find_the_first(
    oss: fakeoss.FakeOSS, bucket: oss2.Bucket, client: oss_v2.Client
) -> None:
    """The classic: the append took place, its answer did not arrive, so the retry is refused."""
    oss.fail("AppendObject", fault=Reset(), effect="after")
    request = oss_v2.AppendObjectRequest(bucket="example-bucket", key="log", position=0, body=b"line")
    with pytest.raises(oss_v2.exceptions.OperationError, match="PositionNotEqualToLength"):
        client.append_object(request)
    assert oss.bucket(bucket.bucket_name).read("log") == b"line"


# Which requests


def test_where_and_skip(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    oss.fail("PutObject", status=500, times=2, skip=1, where={"bucket": "example-*", "key": "logs/*"})
    for key in ("a", "logs/1", "logs/2", "b", "logs/3", "logs/4"):
        with contextlib.suppress(oss2.exceptions.ServerError):
            bucket.put_object(key, b"")
    assert [entry.status for entry in oss.requests.of("PutObject")] == [200, 200, 500, 200, 500, 200]


def test_a_predicate_sees_the_request(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    failure = oss.fail("PutObject", where=lambda asked: asked.request.headers.get("Content-Type") == "text/plain")
    bucket.put_object("a", b"1")
    with pytest.raises(oss2.exceptions.ServerError):
        bucket.put_object("a", b"1", headers={"Content-Type": "text/plain"})
    assert failure.served == 1


def test_a_predicate_that_fails_is_the_tests_own_error(oss: fakeoss.FakeOSS) -> None:
    def broken(asked: object) -> bool:
        raise ZeroDivisionError

    oss.fail("*", where=broken)
    request = Request("GET", "https", "oss-cn-hangzhou.aliyuncs.com", "/")
    with pytest.raises(ZeroDivisionError):
        oss.handle(request)


# The handle


def test_called_off(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    failure = oss.fail("PutObject", times=5)
    with pytest.raises(oss2.exceptions.ServerError):
        bucket.put_object("a", b"1")
    failure.cancel()
    failure.cancel()
    bucket.put_object("a", b"1")
    assert (failure.served, failure.left) == (1, 0)
    assert repr(failure) == "<failure of PutObject: 1 served, 0 left>"


def test_a_block(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    with oss.fail("*", times=None) as failure, pytest.raises(oss2.exceptions.ServerError):
        bucket.put_object("a", b"1")
    bucket.put_object("a", b"1")
    assert repr(failure) == "<failure of *: 1 served, 0 left>"


def test_counts_are_part_of_the_state(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    failure = oss.fail("PutObject", times=1)
    before = oss.snapshot()
    for _ in range(2):
        with pytest.raises(oss2.exceptions.ServerError):
            bucket.put_object("a", b"1")
        assert (failure.served, failure.left) == (1, 0)
        oss.restore(before)
        assert (failure.served, failure.left) == (0, 1)
    oss.reset()
    assert (failure.served, failure.left) == (0, 0)


def test_every_code_reaches_the_client(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    for code in sorted({row.code for row in errors.rows().values() if row.status >= 400}):
        oss.fail("PutObject", code=code)
        with pytest.raises(oss2.exceptions.ServerError) as refused:
            bucket.put_object("a", b"1")
        assert refused.value.code == code
