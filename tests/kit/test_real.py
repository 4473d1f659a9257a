"""The real target keeps to its prefix and its bounds; here it is tried on the fake."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import fakeoss
from fakeoss.kit import steps
from fakeoss.kit.targets import TARGETS
from fakeoss.kit.targets.real import CALLS, VARIABLES, BudgetError, Real, is_configured, real_client

BUCKET = "example-bucket"
COMPLETE = dict.fromkeys(VARIABLES, "cn-hangzhou")


@pytest.fixture
def oss() -> Iterator[fakeoss.FakeOSS]:
    with fakeoss.mock_oss() as fake:
        fake.create_bucket(BUCKET, versioning=True, objects={"mine": b"untouched"})
        yield fake


def test_everything_stays_below_the_prefix_and_is_cleaned_up(oss: fakeoss.FakeOSS) -> None:
    target = Real(oss.client(), BUCKET, "kit/1/")
    for step in (steps.Put("a", b"1"), steps.Put("a", b"2"), steps.Delete("a"), steps.Put("a/b", b"3")):
        target.do(step)
    target.do(steps.Initiate("b"))
    assert target.do(steps.List()).facts["pages"] == [((("a/b", 1),), ())]
    assert target.do(steps.ListUploads()).facts["uploads"] == [("b", 0)]
    assert oss.bucket(BUCKET).keys() == ["kit/1/a/b", "mine"]
    target.close()
    assert [view.key for view in oss.bucket(BUCKET).uploads()] == []
    assert [key for key, _ in oss.bucket(BUCKET).value.objects.items()] == ["mine"]


@pytest.mark.parametrize("step", [steps.SetVersioning("Enabled"), steps.InitiateWorm(1), steps.DeleteCors()])
def test_the_bucket_itself_is_left_alone(oss: fakeoss.FakeOSS, step: steps.Step) -> None:
    with pytest.raises(ValueError, match="is not for a real bucket"):
        Real(oss.client(), BUCKET, "kit/").do(step)


def test_calls_and_bytes_are_bounded(oss: fakeoss.FakeOSS) -> None:
    target = Real(oss.client(), BUCKET, "kit/", calls=2, sent=3)
    target.do(steps.Put("a", b"12"))
    with pytest.raises(BudgetError, match="put_object would exceed"):
        target.do(steps.Put("b", b"34"))
    target = Real(oss.client(), BUCKET, "kit/", calls=1)
    target.do(steps.Head("a"))
    with pytest.raises(BudgetError, match="head_object would exceed"):
        target.do(steps.Head("a"))
    target.close()
    assert oss.bucket(BUCKET).keys() == ["mine"]


def test_whatever_was_made_is_cleaned_up(oss: fakeoss.FakeOSS) -> None:
    target = Real(oss.client(), BUCKET, "kit/", calls=2 * CALLS)
    for number in range(CALLS + 1):
        oss.put(BUCKET, f"kit/{number}", b"")
    target.close()
    assert oss.bucket(BUCKET).keys() == ["mine"]


def test_nothing_real_is_touched_unless_it_is_named() -> None:
    assert is_configured(COMPLETE)
    assert not is_configured({})
    with pytest.raises(LookupError, match="set FAKEOSS_REAL_BUCKET, FAKEOSS_REAL_REGION, FAKEOSS_REAL_ACCESS_KEY_ID"):
        real_client({})
    with fakeoss.mock_oss(), pytest.raises(LookupError, match="a fake is active"):
        real_client(COMPLETE)


def test_the_environment_says_where_and_how_much(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (COMPLETE | {"FAKEOSS_REAL_CALLS": "0"}).items():
        monkeypatch.setenv(name, value)
    target = TARGETS["real"](fakeoss.FakeOSS(), "not looked at")
    assert isinstance(target, Real)
    assert (target.bucket, target.prefix[:12]) == ("cn-hangzhou", "fakeoss-kit/")
    with pytest.raises(BudgetError):
        target.do(steps.Head("a"))
