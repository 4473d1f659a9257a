"""Callers that race for the same thing: one of them wins, the others are told, and nothing is lost."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import oss2
import pytest

import fakeoss
from fakeoss.view import BucketView

THREADS = 32
BUCKET = "load-bucket"
PART = 100 * 1024

T = TypeVar("T")


@pytest.fixture
def oss() -> Iterator[fakeoss.FakeOSS]:
    with fakeoss.mock_oss() as fake:
        yield fake


@pytest.fixture
def view(oss: fakeoss.FakeOSS) -> BucketView:
    return oss.create_bucket(BUCKET)


@pytest.fixture
def bucket(oss: fakeoss.FakeOSS, view: BucketView) -> oss2.Bucket:
    return oss.oss2_bucket(view.name)


def at_once(oss: fakeoss.FakeOSS, call: Callable[[oss2.Bucket, int], T]) -> list[T]:
    """What as many threads as there are get, each with a client of its own, all starting together."""
    barrier = threading.Barrier(THREADS)

    def one(number: int) -> T:
        bucket = oss.oss2_bucket(BUCKET)
        barrier.wait()
        return call(bucket, number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(1, THREADS + 1)))


def status(call: Callable[[], object]) -> int:
    """200, or the status of the refusal."""
    try:
        call()
    except oss2.exceptions.ServerError as error:
        return int(error.status)
    return 200


def test_parts_uploaded_at_once_all_count(oss: fakeoss.FakeOSS, view: BucketView, bucket: oss2.Bucket) -> None:
    upload_id = bucket.init_multipart_upload("big").upload_id

    def upload(bucket: oss2.Bucket, number: int) -> oss2.models.PartInfo:
        result = bucket.upload_part("big", upload_id, number, bytes([number]) * PART)
        return oss2.models.PartInfo(number, result.etag)

    bucket.complete_multipart_upload("big", upload_id, at_once(oss, upload))
    assert view.read("big") == b"".join(bytes([number]) * PART for number in range(1, THREADS + 1))
    assert view.uploads() == []


def test_one_of_many_completes_an_upload(oss: fakeoss.FakeOSS, view: BucketView, bucket: oss2.Bucket) -> None:
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig("Enabled"))
    upload_id = bucket.init_multipart_upload("big").upload_id
    part = oss2.models.PartInfo(1, bucket.upload_part("big", upload_id, 1, b"part").etag)
    results = at_once(oss, lambda bucket, _: status(lambda: bucket.complete_multipart_upload("big", upload_id, [part])))
    assert Counter(results) == {200: 1, 404: THREADS - 1}
    assert len(view.versions("big")) == 1


def test_an_upload_is_completed_or_aborted(oss: fakeoss.FakeOSS, view: BucketView, bucket: oss2.Bucket) -> None:
    upload_id = bucket.init_multipart_upload("big").upload_id
    part = oss2.models.PartInfo(1, bucket.upload_part("big", upload_id, 1, b"part").etag)

    def end(bucket: oss2.Bucket, number: int) -> str | None:
        if number % 2:
            return "aborted" if status(lambda: bucket.abort_multipart_upload("big", upload_id)) == 200 else None
        ended = status(lambda: bucket.complete_multipart_upload("big", upload_id, [part]))
        return "completed" if ended == 200 else None

    (won,) = [result for result in at_once(oss, end) if result is not None]
    assert ("big" in view) == (won == "completed")
    assert view.uploads() == []


def test_one_of_many_appends_at_a_position(oss: fakeoss.FakeOSS, view: BucketView, bucket: oss2.Bucket) -> None:
    bucket.append_object("log", 0, b"start")
    results = at_once(oss, lambda bucket, number: status(lambda: bucket.append_object("log", 5, bytes([number]))))
    assert Counter(results) == {200: 1, 409: THREADS - 1}
    assert view.read("log") == b"start" + bytes([results.index(200) + 1])


def test_every_put_makes_a_version_of_its_own(oss: fakeoss.FakeOSS, view: BucketView, bucket: oss2.Bucket) -> None:
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig("Enabled"))
    ids = at_once(oss, lambda bucket, number: str(bucket.put_object("key", bytes([number])).versionid))
    contents = [bucket.get_object("key", params={"versionId": version_id}).read() for version_id in ids]
    assert contents == [bytes([number]) for number in range(1, THREADS + 1)]
    assert sorted(version.version_id for version in view.versions("key")) == sorted(ids)


def test_one_of_many_may_not_overwrite(oss: fakeoss.FakeOSS, view: BucketView, bucket: oss2.Bucket) -> None:
    once = {"x-oss-forbid-overwrite": "true"}
    results = at_once(
        oss, lambda bucket, number: status(lambda: bucket.put_object("key", bytes([number]), headers=once))
    )
    assert Counter(results) == {200: 1, 409: THREADS - 1}
    assert view.read("key") == bytes([results.index(200) + 1])
    assert bucket.get_object("key").read() == view.read("key")
