"""Defects of the fake come to light in the end, and never in the place of what is under way."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import pytest

import fakeoss
from fakeoss.edge import journal
from fakeoss.edge.defects import Defects


def defect(text: str) -> Exception:
    """One that was really raised."""
    try:
        raise KeyError(text)
    except KeyError as error:
        return error


def notes(error: BaseException) -> list[str]:
    found: list[str] = getattr(error, "__notes__", [])
    return found


def test_none() -> None:
    Defects().settle()
    error = ValueError("my own")
    Defects().settle(error)
    assert notes(error) == []


def test_the_first_is_raised_with_its_traceback_and_tells_of_the_others() -> None:
    defects = Defects()
    first = defect("first")
    defects.keep(first)
    defects.keep(defect("second"))
    with pytest.raises(KeyError, match="first") as raised:
        defects.settle()
    assert raised.value is first
    assert raised.traceback[-1].name == "defect"
    assert ["KeyError: 'second'" in note for note in notes(first)] == [True]
    defects.settle()


def test_an_exception_under_way_is_not_masked() -> None:
    defects = Defects()
    defects.keep(defect("in the fake"))
    error = ValueError("my own")
    defects.settle(error)
    assert ["KeyError: 'in the fake'" in note and "in defect" in note for note in notes(error)] == [True]


def test_what_the_traceback_shows_anyway_is_not_told_again() -> None:
    shown = defect("in the fake")
    by_cause, by_context = ValueError(), ValueError()
    by_cause.__cause__ = shown
    by_context.__context__ = by_cause
    for error in (shown, by_cause, by_context):
        defects = Defects()
        defects.keep(shown)
        defects.settle(error)
        assert notes(error) == []


def test_what_the_traceback_suppresses_is_told() -> None:
    hidden = defect("in the fake")
    error = ValueError()
    error.__context__ = hidden
    error.__suppress_context__ = True
    defects = Defects()
    defects.keep(hidden)
    defects.settle(error)
    assert len(notes(error)) == 1


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fake that fails in its own code whatever it is asked."""

    def fail(self: object, entry: object) -> None:
        raise KeyError("a defect")

    monkeypatch.setattr(journal.Journal, "add", fail)


@pytest.mark.usefixtures("broken")
def test_a_defect_that_a_client_swallowed_is_raised_at_the_end() -> None:
    reached = []

    def use() -> None:
        with fakeoss.mock_oss() as oss:
            client = oss.client()
            with pytest.raises(oss_v2.exceptions.OperationError):
                client.put_bucket(oss_v2.PutBucketRequest(bucket="my-bucket"))
            reached.append("the end of the block")

    with pytest.raises(KeyError, match="a defect"):
        use()
    assert reached == ["the end of the block"]


@pytest.mark.usefixtures("broken")
def test_the_users_own_exception_stays_and_tells_of_the_defect() -> None:
    def use() -> None:
        with fakeoss.mock_oss() as oss:
            client = oss.client()
            try:
                client.put_bucket(oss_v2.PutBucketRequest(bucket="my-bucket"))
            except oss_v2.exceptions.OperationError:
                raise ValueError("my own") from None

    with pytest.raises(ValueError, match="my own") as raised:
        use()
    assert any("KeyError: 'a defect'" in note for note in notes(raised.value))


@pytest.mark.usefixtures("broken")
def test_a_fork_raises_its_own() -> None:
    def use(oss: fakeoss.FakeOSS) -> None:
        with oss.fork() as child, pytest.raises(oss_v2.exceptions.OperationError):
            child.client().put_bucket(oss_v2.PutBucketRequest(bucket="my-bucket"))

    with fakeoss.mock_oss() as oss, pytest.raises(KeyError, match="a defect"):
        use(oss)


def test_a_request_that_ends_in_an_exception_is_in_the_journal(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise KeyError("a defect")

    def use() -> None:
        with fakeoss.mock_oss(oss) as fake:
            fake.create_bucket("my-bucket")
            monkeypatch.setattr("fakeoss.edge.access.admit", fail)
            fake.oss2_bucket("my-bucket").put_object("a.txt", b"hello")

    oss = fakeoss.FakeOSS()
    with pytest.raises(KeyError):
        use()
    (entry,) = oss.requests
    assert (entry.operation, entry.key, entry.status, entry.error) == ("PutObject", "a.txt", 0, "KeyError")
    assert (entry.bytes_in, entry.bytes_out, oss.requests.count("PutObject")) == (5, 0, 1)
    assert entry.why == "a defect of the fake: KeyError('a defect')"
