"""`oss.clock`, freezegun and time-machine: one clock for the test, the SDKs' signatures and the fake."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import alibabacloud_oss_v2 as oss_v2
import alibabacloud_oss_v2.aio as oss_v2_aio
import freezegun
import freezegun.api
import oss2
import pytest
import requests
import time_machine

import fakeoss
from fakeoss import faults

UTC = timezone.utc
REGION = "cn-hangzhou"
ENDPOINT = "https://oss-cn-hangzhou.aliyuncs.com"
MOMENT = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
STRICT = {"strict_auth": True}


@pytest.fixture(autouse=True)
def time_is_real_before_and_after() -> Iterator[None]:
    """No test here leaves a trace of its travels."""
    kinds = (datetime, time.time, time.monotonic)
    yield
    assert freezegun.api.freeze_factories == []
    assert kinds == (datetime, time.time, time.monotonic)
    assert type(datetime.now(UTC)) is type(datetime.fromtimestamp(0, UTC)) is freezegun.api.real_datetime


def near(moment: datetime, other: datetime) -> bool:
    return abs(moment - other) < timedelta(seconds=5)


def v2_client(oss: fakeoss.FakeOSS, provider: Any = None) -> oss_v2.Client:
    config = oss_v2.config.load_default()
    config.credentials_provider = provider or oss_v2.credentials.StaticCredentialsProvider(*oss.credentials)
    config.region = REGION
    return oss_v2.Client(config)


def check_clients(oss: fakeoss.FakeOSS) -> None:
    """Both SDKs sign, with every version of the signature, and presigned URLs are good."""
    if "a-bucket" not in [view.name for view in oss.buckets()]:
        oss.create_bucket("a-bucket", objects={"a": b"content"})
    for auth in (oss2.Auth, oss2.AuthV2, oss2.AuthV4):
        bucket = oss2.Bucket(auth(*oss.credentials), ENDPOINT, "a-bucket", region=REGION)
        assert bucket.get_object("a").read() == b"content"
        assert requests.get(bucket.sign_url("GET", "a", 60)).content == b"content"
    client = v2_client(oss)
    assert client.head_object(oss_v2.HeadObjectRequest(bucket="a-bucket", key="a")).content_length == 7
    signed = client.presign(oss_v2.GetObjectRequest(bucket="a-bucket", key="a"))
    assert signed.url is not None
    assert requests.get(signed.url).content == b"content"


def presigned(oss: fakeoss.FakeOSS, seconds: int) -> str:
    oss.create_bucket("a-bucket", objects={"a": b"content"})
    url: str = oss.oss2_bucket("a-bucket").sign_url("GET", "a", seconds)
    return url


def test_without_travelling_time_is_real() -> None:
    with fakeoss.mock_oss(**STRICT) as oss:
        assert near(oss.clock.now(), datetime.now(UTC))
        check_clients(oss)


@pytest.mark.parametrize("year", [1999, 2012, 2031, 2037, 2038, 2099])
def test_signatures_are_good_wherever_time_stands(year: int) -> None:
    with fakeoss.mock_oss(**STRICT) as oss:
        moment = oss.clock.travel_to(MOMENT.replace(year=year))
        assert near(moment, MOMENT.replace(year=year))
        check_clients(oss)
        assert near(oss.bucket("a-bucket").head("a").last_modified, moment)


def test_everything_moves_and_goes_on() -> None:
    with fakeoss.mock_oss() as oss:
        oss.clock.travel_to(MOMENT)
        assert near(datetime.now(UTC), MOMENT)
        assert near(datetime.fromtimestamp(time.time(), UTC), MOMENT)
        first = oss.clock.now()
        assert oss.clock.now() > first
        assert near(oss.clock.advance(days=2, hours=3), MOMENT + timedelta(days=2, hours=3))
        assert near(oss.clock.advance(days=-1), MOMENT + timedelta(days=1, hours=3))
        assert near(oss.clock.advance(timedelta(days=4), hours=1), MOMENT + timedelta(days=5, hours=4))
    assert near(oss.clock.now(), datetime.now(UTC))


def test_moments_are_in_utc_unless_they_say_otherwise() -> None:
    with fakeoss.mock_oss() as oss:
        assert near(oss.clock.travel_to(MOMENT.replace(tzinfo=None)), MOMENT)
        elsewhere = timezone(timedelta(hours=8))
        assert near(oss.clock.travel_to(datetime(2031, 5, 6, 15, 8, 9, tzinfo=elsewhere)), MOMENT)


def test_what_is_no_moment_is_told() -> None:
    with fakeoss.mock_oss() as oss:
        with pytest.raises(TypeError, match=r"travel_to takes a datetime, such as datetime.*, not '2030-01-01'"):
            oss.clock.travel_to("2030-01-01")  # type: ignore[arg-type]  # the mistake under test
        with pytest.raises(TypeError, match=r"advance takes weeks=, days=, .*'months'"):
            oss.clock.advance(months=1)
        with pytest.raises(TypeError, match=r"advance takes a timedelta, or days=, .*not 60"):
            oss.clock.advance(60)  # type: ignore[arg-type]  # of what?
        assert type(datetime.now(UTC)) is datetime


def test_a_presigned_url_expires() -> None:
    with fakeoss.mock_oss() as oss:
        url = presigned(oss, 3600)
        oss.clock.advance(minutes=59)
        assert requests.get(url).status_code == 200
        oss.clock.advance(minutes=2)
        assert requests.get(url).status_code == 403
        oss.clock.advance(minutes=-10)
        assert requests.get(url).status_code == 200


def test_the_journey_ends_with_the_activation_even_after_an_error() -> None:
    before = datetime.now(UTC)

    def fail() -> None:
        with fakeoss.mock_oss() as oss:
            oss.clock.travel_to(MOMENT)
            raise KeyError("my own")

    with pytest.raises(KeyError, match="my own"):
        fail()
    assert near(datetime.now(UTC), before)


def test_it_ends_with_the_last_of_two_activations_of_one_fake() -> None:
    with fakeoss.mock_oss() as oss:
        with fakeoss.mock_oss(oss):
            oss.clock.travel_to(MOMENT)
        assert near(datetime.now(UTC), MOMENT)


def test_an_inner_fake_takes_only_its_own_part_back() -> None:
    with fakeoss.mock_oss() as outer:
        outer.clock.travel_to(MOMENT)
        with fakeoss.mock_oss() as inner:
            assert near(inner.clock.advance(days=1), MOMENT + timedelta(days=1))
        assert near(datetime.now(UTC), MOMENT)
        with outer.fork() as child:
            child.clock.advance(days=2)
        assert near(datetime.now(UTC), MOMENT)


def test_a_fake_that_is_not_active_is_told_to_come_back() -> None:
    oss = fakeoss.FakeOSS()
    before = oss.clock.now()
    oss.clock.advance(days=1)
    oss.clock.come_back()
    oss.clock.come_back()
    assert near(oss.clock.now(), before)
    with oss.fork() as child:
        child.clock.advance(days=1)
    assert near(oss.clock.now(), before)


# The user's own freezegun


@pytest.mark.parametrize("how", [{}, {"tick": True}, {"real_asyncio": True}, {"tz_offset": 8}])
def test_the_users_freezegun_moves_all(how: dict[str, Any]) -> None:
    with freezegun.freeze_time(MOMENT, **how) as frozen, fakeoss.mock_oss(**STRICT) as oss:
        assert near(oss.clock.now(), MOMENT)
        check_clients(oss)
        frozen.move_to("2033-01-01")
        assert near(oss.clock.now(), datetime(2033, 1, 1, tzinfo=UTC))
        check_clients(oss)


def test_a_time_zone_of_freezegun_to_the_west() -> None:
    """It makes SDK v2 presign for the past, where nothing can be done; its other requests are good."""
    with freezegun.freeze_time(MOMENT, tz_offset=-5), fakeoss.mock_oss(**STRICT) as oss:
        url = presigned(oss, 60)
        assert oss.clock.now() == MOMENT
        assert requests.get(url).status_code == 200
        assert v2_client(oss).head_object(oss_v2.HeadObjectRequest(bucket="a-bucket", key="a")).status_code == 200
        assert oss.bucket("a-bucket").head("a").last_modified == MOMENT


def test_oss_clock_moves_the_users_freezegun_and_leaves_it_as_it_is() -> None:
    with freezegun.freeze_time(MOMENT) as frozen:
        with fakeoss.mock_oss(**STRICT) as oss:
            assert oss.clock.advance(hours=1) == MOMENT + timedelta(hours=1)
            assert oss.clock.advance(hours=1) == MOMENT + timedelta(hours=2)
            assert datetime.now(UTC) == MOMENT + timedelta(hours=2)
            check_clients(oss)
            frozen.tick(timedelta(0))
        assert datetime.now(UTC) == MOMENT


def test_a_time_the_user_sets_meanwhile_stays() -> None:
    with freezegun.freeze_time(MOMENT) as frozen:
        with fakeoss.mock_oss() as oss:
            oss.clock.advance(hours=1)
            frozen.move_to(MOMENT + timedelta(days=9))
            assert oss.clock.advance(hours=1) == MOMENT + timedelta(days=9, hours=1)
        assert datetime.now(UTC) == MOMENT + timedelta(days=9)
        with fakeoss.mock_oss() as oss:
            oss.clock.advance(hours=1)
            frozen.move_to(MOMENT)
        assert datetime.now(UTC) == MOMENT


def test_a_decorated_test_that_ends_before_the_fake() -> None:
    @freezegun.freeze_time(MOMENT)
    def decorated() -> None:
        oss.clock.advance(days=1)
        assert datetime.now(UTC) == MOMENT + timedelta(days=1)

    with fakeoss.mock_oss() as oss:
        before = datetime.now(UTC)
        decorated()
        assert near(datetime.now(UTC), before)


def test_time_frozen_within_a_journey() -> None:
    with fakeoss.mock_oss(**STRICT) as oss:
        oss.clock.travel_to(MOMENT)
        with freezegun.freeze_time("2035-01-01"):
            check_clients(oss)
            oss.clock.advance(days=1)
            assert datetime.now(UTC) == datetime(2035, 1, 2, tzinfo=UTC)
        assert near(datetime.now(UTC), MOMENT)


def test_a_freeze_that_outlives_the_fake_is_not_touched() -> None:
    frozen = freezegun.freeze_time("2035-01-01")
    before = datetime.now(UTC)
    with fakeoss.mock_oss() as oss:
        oss.clock.travel_to(MOMENT)
        frozen.start()
    assert datetime.now(UTC) == datetime(2035, 1, 1, tzinfo=UTC)
    frozen.stop()
    assert near(datetime.now(UTC), before)
    oss.clock.come_back()


def test_a_stepping_freezegun() -> None:
    with freezegun.freeze_time(MOMENT, auto_tick_seconds=1), fakeoss.mock_oss() as oss:
        assert oss.clock.advance(days=1) >= MOMENT + timedelta(days=1)


# time-machine


@pytest.mark.parametrize("tick", [True, False])
def test_time_machine_moves_all(tick: bool) -> None:
    with time_machine.travel(MOMENT, tick=tick) as traveller, fakeoss.mock_oss(**STRICT) as oss:
        assert near(oss.clock.now(), MOMENT)
        check_clients(oss)
        traveller.shift(timedelta(days=1))
        assert near(oss.clock.now(), MOMENT + timedelta(days=1))
        check_clients(oss)


def test_under_time_machine_its_own_clock_has_to_be_moved() -> None:
    with time_machine.travel(MOMENT), fakeoss.mock_oss() as oss:
        with pytest.raises(RuntimeError, match=r"traveller.shift"):
            oss.clock.advance(days=1)
        assert near(oss.clock.now(), MOMENT)


# Other processes


def head(oss: fakeoss.FakeOSS, url: str) -> int:
    """Head an object the way another process does, whose clock is the real one."""
    real = freezegun.api.real_datetime.now(UTC)
    auth = oss2.Auth(*oss.credentials)
    bucket = oss2.Bucket(auth, url, "a-bucket", is_path_style=True)
    date = oss2.http_date(int(real.timestamp()))
    status: int = bucket.head_object("a", headers={"Date": date}).status
    return status


@pytest.mark.parametrize("how", ["freezegun", "time-machine"])
def test_a_server_takes_dates_of_the_moved_and_of_the_real_clock(how: str) -> None:
    moved: Any = freezegun.freeze_time(MOMENT, tick=True) if how == "freezegun" else time_machine.travel(MOMENT)
    oss = fakeoss.FakeOSS(**STRICT)
    oss.create_bucket("a-bucket", objects={"a": b"content"})
    with oss.serve() as server, moved:
        bucket = oss2.Bucket(oss2.Auth(*oss.credentials), server.url, "a-bucket", is_path_style=True)
        assert bucket.head_object("a").status == 200
        assert head(oss, server.url) == 200


def test_in_process_a_date_of_the_real_clock_is_skewed() -> None:
    with fakeoss.mock_oss(**STRICT) as oss:
        oss.create_bucket("a-bucket", objects={"a": b"content"})
        oss.clock.travel_to(MOMENT)
        with pytest.raises(oss2.exceptions.ServerError) as refused:
            head(oss, ENDPOINT)
        assert refused.value.status == 403


# Waiting


async def put_with_one_failure(oss: fakeoss.FakeOSS, **failure: Any) -> int | None:
    oss.create_bucket("a-bucket")
    oss.fail("PutObject", **failure)
    config = oss_v2.config.load_default()
    config.credentials_provider = oss_v2.credentials.StaticCredentialsProvider(*oss.credentials)
    config.region = REGION
    async with oss_v2_aio.AsyncClient(config) as client:
        result = await client.put_object(oss_v2.PutObjectRequest(bucket="a-bucket", key="a", body=b"content"))
        status: int | None = result.status_code
        return status


def in_real_time(coroutine: Any, seconds: float = 20) -> Any:
    """Run it, whatever the clocks say, for so many real seconds at most; None where it takes longer."""

    async def watched() -> Any:
        task = asyncio.ensure_future(coroutine)
        end = freezegun.api.real_monotonic() + seconds
        while not task.done() and freezegun.api.real_monotonic() < end:  # noqa: ASYNC110 - no event comes when time stands
            await asyncio.sleep(0)
        if task.done():
            return task.result()
        task.cancel()
        return None

    return asyncio.run(watched())


@pytest.mark.parametrize("failure", [{"status": 503}, {"fault": faults.Reset()}])
def test_an_async_client_tries_again_while_travelling(failure: dict[str, Any]) -> None:
    with fakeoss.mock_oss(**STRICT) as oss:
        oss.clock.travel_to(MOMENT)
        assert in_real_time(put_with_one_failure(oss, **failure)) == 200


def test_it_does_under_a_freezegun_that_leaves_asyncio_alone() -> None:
    with freezegun.freeze_time(MOMENT, real_asyncio=True), fakeoss.mock_oss(**STRICT) as oss:
        assert in_real_time(put_with_one_failure(oss, status=503)) == 200


@pytest.mark.parametrize("failure", [{"status": 503}, {"code": "RequestTimeTooSkewed"}, {"fault": faults.Reset()}])
def test_under_a_plain_freezegun_there_is_a_warning(failure: dict[str, Any]) -> None:
    oss = fakeoss.FakeOSS()
    with freezegun.freeze_time(MOMENT), fakeoss.mock_oss(oss), pytest.warns(RuntimeWarning, match="real_asyncio=True"):
        in_real_time(put_with_one_failure(oss, **failure), seconds=1)


def test_there_is_none_for_an_answer_that_is_final() -> None:
    oss = fakeoss.FakeOSS()
    with freezegun.freeze_time(MOMENT), fakeoss.mock_oss(oss), pytest.raises(oss_v2.exceptions.OperationError):
        in_real_time(put_with_one_failure(oss, status=400))


def test_there_is_none_for_a_client_that_really_sleeps() -> None:
    with freezegun.freeze_time(MOMENT), fakeoss.mock_oss(**STRICT) as oss:
        oss.create_bucket("a-bucket")
        oss.fail("PutObject", status=503)
        request = oss_v2.PutObjectRequest(bucket="a-bucket", key="a", body=b"content")
        assert v2_client(oss).put_object(request).status_code == 200


def test_pending_timeouts_do_not_strike_when_time_moves() -> None:
    async def travel(oss: fakeoss.FakeOSS) -> None:
        async def far_away() -> str:
            oss.clock.advance(days=365)
            await asyncio.sleep(0.01)
            return "there"

        assert await asyncio.wait_for(far_away(), 30) == "there"

    with fakeoss.mock_oss() as oss:
        asyncio.run(travel(oss))


def test_event_loops_are_what_they_were() -> None:
    before = asyncio.BaseEventLoop.time
    with fakeoss.mock_oss() as oss:
        oss.clock.advance(days=1)
        oss.clock.advance(days=1)
        assert asyncio.BaseEventLoop.time is not before
    assert asyncio.BaseEventLoop.time is before
