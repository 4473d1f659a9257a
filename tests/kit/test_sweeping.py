"""The fault sweep finds what a test forgets when the network or the service fails."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import oss2
import pytest

import fakeoss
from fakeoss import faults, kit
from fakeoss.edge import dispatch

BUCKET = "example-bucket"
PARTS = (b"a" * 102_400, b"b" * 10)


def bucket_of(oss: fakeoss.FakeOSS) -> oss2.Bucket:
    oss.create_bucket(BUCKET)
    return oss.oss2_bucket(BUCKET)


def upload(bucket: oss2.Bucket) -> None:
    upload_id = bucket.init_multipart_upload("a").upload_id
    done = [
        oss2.models.PartInfo(number, bucket.upload_part("a", upload_id, number, part).etag)
        for number, part in enumerate(PARTS, start=1)
    ]
    bucket.complete_multipart_upload("a", upload_id, done)


def careless(oss: fakeoss.FakeOSS) -> None:
    upload(bucket_of(oss))


def careful(oss: fakeoss.FakeOSS) -> None:
    bucket = bucket_of(oss)
    try:
        upload(bucket)
    except oss2.exceptions.OssError:
        for left in oss2.MultipartUploadIterator(bucket):
            bucket.abort_multipart_upload(left.key, left.upload_id)
        raise


def test_every_request_is_failed_in_every_way() -> None:
    result = kit.sweep(careless)
    assert result.is_clean
    assert [line.split()[0] for line in result.requests] == [
        "InitiateMultipartUpload",
        "UploadPart",
        "UploadPart",
        "CompleteMultipartUpload",
    ]
    with_body, all_requests = 2, 4
    assert (result.runs, result.unserved) == (all_requests * (len(kit.KINDS) - 1) + with_body, 0)
    assert result.shortest is None
    assert str(result) == f"4 requests, {result.runs} runs, 0 of them broke something"
    result.assert_clean()


def test_an_upload_left_behind_is_found_with_its_script() -> None:
    result = kit.sweep(careless, invariant=kit.no_upload_left)
    assert not result.is_clean
    scripts = [found.script for found in result.findings]
    assert 'oss.fail("UploadPart", fault=faults.Reset(), skip=1, effect="after")' in scripts
    assert result.shortest is not None
    assert result.shortest.script == 'oss.fail("UploadPart", status=500)'
    with pytest.raises(AssertionError, match="multipart uploads left behind: example-bucket/a"):
        result.assert_clean()


def test_every_script_shows_its_finding() -> None:
    for found in kit.sweep(careless, invariant=kit.no_upload_left, kinds=[500, faults.Reset()]).findings:
        with fakeoss.mock_oss() as oss:
            eval(found.script, {"oss": oss, "faults": faults})  # noqa: S307 - that it is ready code is the test
            with pytest.raises(oss2.exceptions.OssError):
                careless(oss)
            assert oss.bucket(BUCKET).uploads()


def test_code_that_cleans_up_passes_where_it_can() -> None:
    before = [kit.Kind(status=500), kit.Kind(fault=faults.Reset())]
    kit.sweep(careful, invariant=kit.no_upload_left, kinds=before).assert_clean()


def test_a_wrong_success_is_a_finding() -> None:
    def swallowing(oss: fakeoss.FakeOSS) -> None:
        bucket = bucket_of(oss)
        with suppress(oss2.exceptions.OssError):
            bucket.put_object("a", b"hello")
        assert oss.bucket(BUCKET).keys() == ["a"], "nothing was uploaded"

    result = kit.sweep(swallowing, kinds=[503])
    assert [found.script for found in result.findings] == ['oss.fail("PutObject", status=503)']
    assert "the test's own assertion: AssertionError: nothing was uploaded" in result.report


def test_objects_half_written_are_found() -> None:
    def appending(oss: fakeoss.FakeOSS) -> None:
        bucket = bucket_of(oss)
        bucket.append_object("log", 0, b"first ")
        bucket.append_object("log", 6, b"second")

    whole = kit.whole_or_absent(BUCKET, "log", b"first second")
    found = kit.sweep(appending, invariant=[whole, lambda oss: True], kinds=[500]).findings
    assert [each.script for each in found] == [
        'oss.fail("AppendObject", status=500, effect="after")',
        'oss.fail("AppendObject", status=500, skip=1)',
    ]
    assert found[0].broken.startswith("example-bucket/log has 6 bytes that are none of the contents wanted (12 bytes)")


def test_a_failure_that_stays_outlasts_every_retry() -> None:
    def with_retries(oss: fakeoss.FakeOSS) -> None:
        bucket = bucket_of(oss)
        for _ in range(2):
            try:
                bucket.put_object("a", b"hello")
            except oss2.exceptions.OssError:
                continue
            return

    def is_there(oss: fakeoss.FakeOSS) -> bool:
        return "a" in oss.bucket(BUCKET)

    result = kit.sweep(with_retries, invariant=is_there)
    assert [found.script for found in result.findings] == ['oss.fail("PutObject", status=503, times=None)']
    assert result.findings[0].broken == "is_there does not hold"


def test_a_test_may_begin_with_a_filled_fake_which_stays_as_it_is() -> None:
    oss = fakeoss.FakeOSS()
    oss.create_bucket(BUCKET, objects={"a": b"1"})

    @fakeoss.mock_oss
    def deleting() -> None:
        fakeoss.active().oss2_bucket(BUCKET).delete_object("a")

    result = kit.sweep(deleting, oss=oss, invariant=lambda oss: "a" not in oss.bucket(BUCKET), kinds=[500])
    assert [found.broken for found in result.findings] == ["<lambda> does not hold"]
    assert result.findings[0].ended.startswith("ServerError: {'status': 500")
    assert oss.bucket(BUCKET).keys() == ["a"]


def test_coroutines_are_swept_as_well() -> None:
    async def putting(oss: fakeoss.FakeOSS) -> None:
        await asyncio.to_thread(bucket_of(oss).put_object, "a", b"1")

    assert kit.sweep(putting, kinds=[faults.Truncated(), faults.Timeout()]).runs == 2


def test_what_fails_by_itself_is_told_at_once() -> None:
    def failing() -> None:
        raise ValueError("no luck")

    with pytest.raises(ValueError, match="no luck"):
        kit.sweep(failing)
    with pytest.raises(AssertionError, match="without any failure: multipart uploads left behind: example-bucket/a"):
        kit.sweep(lambda oss: bucket_of(oss).init_multipart_upload("a"), invariant=kit.no_upload_left)
    with pytest.raises(TypeError, match="settings belong to a new fake"):
        kit.sweep(failing, oss=fakeoss.FakeOSS(), seed=1)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"kinds": ["reset"]}, "a kind of failure is a status, one of fakeoss.faults or a kit.Kind, not 'reset'"),
        ({"kinds": [faults.Reset]}, "a kind of failure is a status"),
        ({"kinds": 503}, "kinds=503: give several in a list, such as [503, faults.Reset()]"),
        ({"kinds": faults.Reset()}, "give several in a list"),
        ({"invariant": "no_upload_left"}, "an invariant is a function of the fake, not 'n'"),
        ({"regoin": "cn-beijing"}, "did you mean region?"),
    ],
)
def test_a_mistake_is_told_before_anything_is_run(given: dict[str, Any], told: str) -> None:
    def never() -> None:
        pytest.fail("it was run")

    with pytest.raises(TypeError) as refused:
        kit.sweep(never, **given)
    assert told in str(refused.value)


def test_a_sweep_of_nothing_is_no_proof() -> None:
    for nothing in (kit.sweep(lambda: None), kit.sweep(careless, kinds=[])):
        with pytest.raises(AssertionError, match=r"nothing was tried: \d requests, 0 runs"):
            nothing.assert_clean()


def test_a_test_that_asks_for_fixtures_is_told_what_to_do() -> None:
    def wants_more(fake_oss: fakeoss.FakeOSS, oss_bucket: object) -> None:
        pytest.fail("it was run")

    with pytest.raises(TypeError, match="takes the fake alone, not fake_oss, oss_bucket: let it make its buckets"):
        kit.sweep(wants_more)


def test_an_argument_with_a_default_is_no_matter() -> None:
    def make(oss: fakeoss.FakeOSS, key: str = "a") -> None:
        bucket_of(oss).put_object(key, b"1")

    assert kit.sweep(make, kinds=[503]).requests == (f"PutObject {BUCKET}/a -> 200",)


def test_a_defect_of_the_fake_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    performed = dispatch._performed

    def broken(service: object, visit: object, row: object) -> object:
        if service.scripts.spent and row.name == "ListObjectsV2":  # type: ignore[attr-defined]  # it is a Service
            raise ZeroDivisionError("a planted defect")
        return performed(service, visit, row)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(dispatch, "_performed", broken)

    def listing_after_failure(oss: fakeoss.FakeOSS) -> None:
        bucket = bucket_of(oss)
        try:
            bucket.put_object("a", b"1")
        except oss2.exceptions.OssError:
            bucket.list_objects_v2()

    result = kit.sweep(listing_after_failure, kinds=[kit.Kind(status=500)])
    assert [found.broken for found in result.findings] == [
        "the fake itself failed: ZeroDivisionError: a planted defect"
    ]


def test_an_invariant_that_finds_nothing_to_look_at_is_broken() -> None:
    def make(oss: fakeoss.FakeOSS) -> None:
        bucket_of(oss).put_object("a", b"1")

    def is_there(oss: fakeoss.FakeOSS) -> bool:
        return oss.bucket(BUCKET).read("a") == b"1"

    result = kit.sweep(make, invariant=is_there, kinds=[kit.Kind(status=500)])
    assert result.shortest is not None
    assert result.shortest.broken == "is_there raised KeyError: \"example-bucket has no object 'a'; there are none\""


def test_pytest_s_own_failures_count_as_assertions() -> None:
    def expecting(oss: fakeoss.FakeOSS) -> None:
        bucket = bucket_of(oss)
        try:
            bucket.put_object("a", b"1")
        except oss2.exceptions.OssError:
            pytest.fail("the upload must not fail")

    result = kit.sweep(expecting, kinds=[kit.Kind(status=500)])
    assert [found.broken for found in result.findings] == ["the test's own assertion: Failed: the upload must not fail"]


@pytest.mark.parametrize(
    ("fault", "spelled"),
    [
        (faults.Reset(), "faults.Reset()"),
        (faults.Reset(after_bytes=3), "faults.Reset(after_bytes=3)"),
        (faults.Slow(bytes_per_second=1), "faults.Slow(bytes_per_second=1)"),
    ],
)
def test_faults_are_spelled_as_code(fault: faults.Fault, spelled: str) -> None:
    arguments = kit.Kind(fault=fault).arguments(0)
    assert kit.Finding("", "GetObject", arguments, "", "").script == f'oss.fail("GetObject", fault={spelled})'
