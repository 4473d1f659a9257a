"""Objects fetched from a URL after the request was answered."""

from __future__ import annotations

import base64
import json

import oss2
import pytest
import responses
from oss2.models import AsyncFetchTaskConfiguration

import fakeoss
from tests.conftest import BUCKET

ORIGIN = "https://origin.example.com/picture.png"
CALLBACK = "http://callback.example.com/told"


def fetch(bucket: oss2.Bucket, url: str, **options: object) -> oss2.models.GetAsyncFetchTaskResult:
    """Put a task and tell how it ended."""
    task_id = bucket.put_async_fetch_task(AsyncFetchTaskConfiguration(url, "fetched", **options)).task_id
    return bucket.get_async_fetch_task(task_id)


def test_an_object_of_the_fake_is_fetched_through_a_signed_url(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    oss.put(BUCKET, "source", b"content", content_type="text/plain")
    done = fetch(bucket, bucket.sign_url("GET", "source", 60))
    assert (done.task_state, done.error_msg) == ("Success", "")
    assert oss.bucket(BUCKET).read("fetched") == b"content"
    assert bucket.head_object("fetched").content_type == "text/plain"


@responses.activate
def test_the_users_own_rules_may_play_the_origin(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    responses.get(ORIGIN, body=b"png", content_type="image/png")
    told = responses.post(CALLBACK, body=b"ok")
    callback = {"callbackUrl": CALLBACK, "callbackBody": "object=${object}&size=${size}"}
    done = fetch(bucket, ORIGIN, callback=base64.b64encode(json.dumps(callback).encode()).decode())
    assert done.task_state == "Success"
    assert oss.bucket(BUCKET).read("fetched") == b"png"
    assert [call.request.body for call in told.calls] == ["object=fetched&size=3"]


@responses.activate
@pytest.mark.parametrize(
    ("options", "state"),
    [
        ({"content_md5": "AAAAAAAAAAAAAAAAAAAAAA=="}, "Failed"),
        ({"callback": "no base64!"}, "FetchSuccessCallbackFailed"),
        ({"callback": base64.b64encode(b"[]").decode()}, "FetchSuccessCallbackFailed"),
    ],
)
def test_what_goes_wrong_is_told_by_the_task(
    oss: fakeoss.FakeOSS, bucket: oss2.Bucket, options: dict[str, str], state: str
) -> None:
    responses.get(ORIGIN, body=b"png")
    done = fetch(bucket, ORIGIN, **options)
    assert done.task_state == state
    assert done.error_msg
    assert ("fetched" in oss.bucket(BUCKET)) == (state != "Failed")


@responses.activate
def test_an_origin_that_refuses_fails_the_task(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    responses.get(ORIGIN, status=404)
    assert fetch(bucket, ORIGIN).task_state == "Failed"
    assert oss.bucket(BUCKET).keys() == []


def test_an_object_that_is_there_stays_unless_said_otherwise(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    oss.put(BUCKET, "source", b"new")
    oss.put(BUCKET, "fetched", b"old")
    url = bucket.sign_url("GET", "source", 60)
    with pytest.raises(oss2.exceptions.ObjectAlreadyExists):
        bucket.put_async_fetch_task(AsyncFetchTaskConfiguration(url, "fetched"))
    assert oss.bucket(BUCKET).read("fetched") == b"old"
    assert fetch(bucket, url, ignore_same_key=False).task_state == "Success"
    assert oss.bucket(BUCKET).read("fetched") == b"new"


@pytest.mark.parametrize("key", ["/a", "\\a", "k" * 1024])
def test_a_key_that_no_object_can_have_is_refused(oss: fakeoss.FakeOSS, bucket: oss2.Bucket, key: str) -> None:
    oss.put(BUCKET, "source", b"content")
    with pytest.raises(oss2.exceptions.InvalidObjectName):
        bucket.put_async_fetch_task(AsyncFetchTaskConfiguration(bucket.sign_url("GET", "source", 60), key))
    assert oss.bucket(BUCKET).keys() == ["source"]


def test_an_unknown_task_is_refused(bucket: oss2.Bucket) -> None:
    with pytest.raises(oss2.exceptions.InvalidArgument):
        bucket.get_async_fetch_task("none")
