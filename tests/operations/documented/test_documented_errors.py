"""Every error documented of an operation on objects is one that both SDKs come by."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

import fakeoss
from fakeoss.operations.rows import Row, rows
from tests.operations.documented import changes, keeping, reads, scripted, uploads, writes
from tests.operations.documented.case import Case
from tests.operations.documented.world import World, prepared
from tests.people import refusal

CASES = (*reads.CASES, *writes.CASES, *uploads.CASES, *changes.CASES, *keeping.CASES)

UNSAID = {
    ("DeleteMultipleObjects", "InvalidDigest"): "oss2 reckons the digest itself",
    ("PutBucketVersioning", "InvalidArgument"): "oss2 always sends a status",
}
"""What an SDK that has the operation cannot ask for."""

GROUPS = (
    "versioning",
    "retention policy",
    "object basic",
    "multipart",
    "object acl",
    "symlink",
    "object tagging",
    "object retention",
)
"""The operations on objects, as the table of operations groups them."""

NOT_YET = "SelectObject"
"""The one among them that the fake refuses altogether."""

ROWS = {row.name: row for row in rows()}
TABLED = [row for row in rows() if row.group in GROUPS and row.name != NOT_YET]


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """One for all, since what is refused changes nothing."""
    with fakeoss.mock_oss() as fake:
        yield prepared(fake)


@contextmanager
def untouched(world: World) -> Iterator[None]:
    """A block in which nothing that is stored may change."""
    before = world.fake.snapshot().world
    yield
    assert world.fake.snapshot().world is before


def _through_v2(case: Case, world: World) -> tuple[int, str]:
    assert case.v2 is not None
    name = ROWS[case.operation].sdk_v2
    assert name is not None
    client = world.client if case.signed else world.stranger
    return refusal(getattr(client, name), case.v2(world))[:2]


def _expected(case: Case, got: tuple[int, str]) -> tuple[int, str]:
    """The status alone of an answer without a body, of which the SDKs make names of their own."""
    return (case.status, got[1]) if case.status == 304 else (case.status, case.code)


@pytest.mark.parametrize("case", [case for case in CASES if case.oss2 is not None], ids=str)
def test_oss2_is_refused(world: World, case: Case) -> None:
    assert case.oss2 is not None
    with untouched(world):
        got = refusal(case.oss2, world)[:2]
    assert got == _expected(case, got)


@pytest.mark.parametrize("case", [case for case in CASES if case.v2 is not None], ids=str)
def test_sdk_v2_is_refused(world: World, case: Case) -> None:
    with untouched(world):
        got = _through_v2(case, world)
    assert got == _expected(case, got)


@pytest.mark.parametrize("case", scripted.CASES, ids=str)
def test_what_the_fake_never_comes_to_can_be_scripted(world: World, case: Case) -> None:
    assert case.oss2 is not None
    with world.fake.fail(case.operation, code=case.code, times=None), untouched(world):
        assert refusal(case.oss2, world)[:2] == (case.status, case.code)
        assert _through_v2(case, world) == (case.status, case.code)


@pytest.mark.parametrize("row", TABLED, ids=lambda row: row.name)
def test_no_documented_error_is_left_out(row: Row) -> None:
    tried = {case.code for case in (*CASES, *scripted.CASES) if case.operation == row.name}
    assert set(row.errors) <= tried


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_sdk_is_passed_over_with_a_reason_only(case: Case) -> None:
    row = ROWS[case.operation]
    silent = (case.oss2 is None and bool(row.oss2)) or (case.v2 is None and row.sdk_v2 is not None)
    assert silent is ((case.operation, case.code) in UNSAID)
