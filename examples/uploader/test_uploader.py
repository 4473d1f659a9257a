"""The uploader's tests: what works, and the two bugs that only a service in trouble brings to light.

Each test runs with the uploader as it was written and with the repaired one. Where the first is expected to fail,
that failure is the finding; `pytest --runxfail` shows it as a user would meet it, with the requests that led to it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import oss2
import pytest
import repaired
import uploader

from fakeoss import faults, kit

if TYPE_CHECKING:
    from fakeoss import FakeOSS
    from fakeoss.view import BucketView

SMALL, LARGE = b"hello", bytes(range(256)) * 4096 * 3


class Upload(Protocol):
    """What both modules offer."""

    def __call__(self, bucket: oss2.Bucket, path: Path, key: str) -> None:
        """Store the file at `path` under `key`."""


def finds_a_bug(reason: str) -> pytest.MarkDecorator:
    """Both uploaders; the first has the bug that the test is about."""
    bug = pytest.mark.xfail(strict=True, raises=AssertionError, reason=reason)
    return pytest.mark.parametrize(
        "upload",
        [pytest.param(uploader.upload, id="as written", marks=bug), pytest.param(repaired.upload, id="repaired")],
    )


both = pytest.mark.parametrize(
    "upload", [pytest.param(uploader.upload, id="as written"), pytest.param(repaired.upload, id="repaired")]
)


@pytest.fixture
def bucket(fake_oss: FakeOSS, oss_bucket: BucketView) -> oss2.Bucket:
    """A client of the bucket under test."""
    return fake_oss.oss2_bucket(oss_bucket.name)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A file that is stored with one request."""
    path = tmp_path / "small.txt"
    path.write_bytes(SMALL)
    return path


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file of three parts."""
    path = tmp_path / "large.bin"
    path.write_bytes(LARGE)
    return path


@both
def test_small(upload: Upload, bucket: oss2.Bucket, oss_bucket: BucketView, small: Path) -> None:
    upload(bucket, small, "a")
    assert oss_bucket.read("a") == SMALL


@both
def test_large(upload: Upload, fake_oss: FakeOSS, bucket: oss2.Bucket, oss_bucket: BucketView, large: Path) -> None:
    upload(bucket, large, "a")
    assert oss_bucket.read("a") == LARGE
    fake_oss.requests.assert_are(["InitiateMultipartUpload", *["UploadPart"] * 3, "CompleteMultipartUpload"])


@both
def test_it_gives_up_after_three_tries(
    upload: Upload, fake_oss: FakeOSS, bucket: oss2.Bucket, oss_bucket: BucketView, small: Path
) -> None:
    fake_oss.fail("PutObject", status=503, times=None)
    with pytest.raises(oss2.exceptions.ServerError):
        upload(bucket, small, "a")
    assert fake_oss.requests.count("PutObject") == 3
    assert oss_bucket.keys() == []


@finds_a_bug("the second try sends what the first has left of the file: nothing")
def test_the_second_try_stores_the_whole_file(
    upload: Upload, fake_oss: FakeOSS, bucket: oss2.Bucket, oss_bucket: BucketView, small: Path
) -> None:
    fake_oss.fail("PutObject", status=503)
    upload(bucket, small, "a")
    assert oss_bucket.read("a") == SMALL


@finds_a_bug("as above, seen in the journal: the bytes of both tries differ")
def test_both_tries_send_the_same(upload: Upload, fake_oss: FakeOSS, bucket: oss2.Bucket, small: Path) -> None:
    fake_oss.fail("PutObject", fault=faults.Reset())
    upload(bucket, small, "a")
    assert [entry.bytes_in for entry in fake_oss.requests.of("PutObject")] == [len(SMALL)] * 2


@pytest.mark.parametrize("operation", ["UploadPart", "CompleteMultipartUpload"])
@finds_a_bug("nobody aborts the upload")
def test_no_upload_stays_behind(
    upload: Upload, operation: str, fake_oss: FakeOSS, bucket: oss2.Bucket, oss_bucket: BucketView, large: Path
) -> None:
    fake_oss.fail(operation, status=503)
    with pytest.raises(oss2.exceptions.ServerError):
        upload(bucket, large, "a")
    assert oss_bucket.uploads() == []


@finds_a_bug("as above, seen in the journal: uploads begun and uploads ended")
def test_every_upload_is_ended(upload: Upload, fake_oss: FakeOSS, bucket: oss2.Bucket, large: Path) -> None:
    fake_oss.fail("UploadPart", fault=faults.Timeout(), skip=1)
    with pytest.raises(oss2.exceptions.RequestError):
        upload(bucket, large, "a")
    requests = fake_oss.requests
    ended = requests.count("CompleteMultipartUpload") + requests.count("AbortMultipartUpload")
    assert requests.count("InitiateMultipartUpload") == ended


@finds_a_bug("of all ways in which its one request can fail, those lose the file that a second try follows")
def test_sweep_of_a_small_file(upload: Upload, fake_oss: FakeOSS, oss_bucket: BucketView, small: Path) -> None:
    def store(oss: FakeOSS) -> None:
        upload(oss.oss2_bucket(oss_bucket.name), small, "a")

    whole = kit.whole_or_absent(oss_bucket.name, "a", SMALL)
    kit.sweep(store, oss=fake_oss, invariant=whole).assert_clean()


@finds_a_bug("of all ways in which its five requests can fail, most leave an upload behind")
def test_sweep_of_a_large_file(upload: Upload, fake_oss: FakeOSS, oss_bucket: BucketView, large: Path) -> None:
    def store(oss: FakeOSS) -> None:
        upload(oss.oss2_bucket(oss_bucket.name), large, "a")

    whole = kit.whole_or_absent(oss_bucket.name, "a", LARGE)
    kit.sweep(store, oss=fake_oss, invariant=[kit.no_upload_left, whole]).assert_clean()
