"""Every documented error is one that both SDKs come by, or stands in the documentation as one that nobody does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import alibabacloud_oss_v2 as oss_v2
import pytest

import fakeoss
from fakeoss.errors import base as catalogue
from fakeoss.errors import bucket, cname, configuration, encryption, quota, replication, tagging, website
from fakeoss.operations import catalogue as operations
from fakeoss.operations.rows import Row, rows
from tests.architecture.sources import ROOT
from tests.operations.documented import (
    buckets,
    changes,
    domains,
    keeping,
    lists,
    newer,
    reads,
    replicated,
    rules,
    scripted,
    uploads,
    ways,
    writes,
)
from tests.operations.documented.case import Case
from tests.operations.documented.estate import SETTINGS, furnish
from tests.operations.documented.world import World, prepared
from tests.people import refusal

OF_OBJECTS = (*reads.CASES, *writes.CASES, *uploads.CASES, *changes.CASES, *keeping.CASES)
OF_BUCKETS = (
    *ways.CASES,
    *buckets.CASES,
    *rules.CASES,
    *lists.CASES,
    *replicated.CASES,
    *domains.CASES,
    *newer.CASES,
)
CASES = OF_OBJECTS + OF_BUCKETS

UNSAID: Mapping[tuple[str, str], str] = {
    ("DeleteMultipleObjects", "InvalidDigest"): "oss2 reckons the digest itself",
    ("PutBucketVersioning", "InvalidArgument"): "oss2 always sends a status",
    ("PutObject", "RequestTimeout"): "SDK v2 measures what it sends",
    ("PutBucket", "InvalidBucketName"): "both SDKs refuse such names themselves: test_bucket_basic.py",
    ("PutBucketLogging", "InvalidDigest"): "oss2 sends no header with it",
    ("PutBucketReferer", "InvalidDigest"): "oss2 sends no header with it",
    ("PutBucketWebsite", "InvalidDigest"): "oss2 sends no header with it",
    ("PutBucketCors", "InvalidDigest"): "oss2 sends no header with it",
    ("PutBucketLogging", "MalformedXML"): "oss2 writes the document itself",
    ("PutBucketTags", "RepeatedTags"): "oss2 keeps tags in a dictionary",
    ("PutBucketReplication", "TooManyReplicationRules"): "oss2 sends one rule",
    ("PutBucketReplication", "TooManyFilterObjectTags"): "oss2 knows no tags of rules",
    ("PutBucketReplication", "NoReplicationRule"): "oss2 sends one rule",
    ("PutBucketReplication", "MissingArgument"): "oss2 leaves an empty transfer type away",
    ("GetBucketReplicationProgress", "NoSuchReplicationConfiguration"): "oss2 always names a rule",
    ("GetBucketReplicationProgress", "TooManyReplicationRules"): "both name one rule: test_bucket_replication.py",
    ("DeleteBucketReplication", "TooManyReplicationRules"): "oss2 names one rule",
    ("GetObject", "TransferAccelerationDisabled"): "the client of SDK v2 has one endpoint",
}
"""What an SDK that has the operation cannot ask for."""

MODULES = (bucket, cname, configuration, encryption, quota, replication, tagging, website)
"""The parts of the catalogue of refusals that are about buckets and their configurations."""

ELSEWHERE: Mapping[str, str] = {
    "AliasNotFound": "tests/operations/test_object_encryption.py",
    "InvalidEncryptionRequest": "tests/operations/test_client_encryption.py",
    "InvalidHostPutBucket": "tests/edge/test_domains.py",
    "InvalidLocationConstraint": "tests/operations/test_bucket_basic.py",
    "KeyNotFound": "tests/operations/test_object_encryption.py",
    "MirrorFailed": "tests/edge/mirroring.py",
}
"""What needs another fake, an origin, or a request that no SDK makes, and the tests that show it."""

ROWS = {row.name: row for row in rows()}
TABLED = [entry.row for entry in operations.catalogue().values() if entry.row.errors and entry.operation]


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """One for all, since what is refused changes nothing."""
    with fakeoss.mock_oss(**SETTINGS) as fake:
        made = prepared(fake)
        furnish(fake)
        yield made


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
    client = world.client if case.region is None else world.fake.client(case.region)
    request = case.v2(world)
    if isinstance(request, oss_v2.OperationInput):
        return refusal(client.invoke_operation, request)[:2]
    return refusal(getattr(client if case.signed else world.stranger, name), request)[:2]


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


def test_what_is_only_scripted_has_its_reason_in_the_documentation() -> None:
    page = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `(\w+)` \| `(\w+)` \| \S", page, re.MULTILINE))
    assert told == {(case.code, case.operation) for case in scripted.CASES}
    assert not told & {(case.code, case.operation) for case in CASES}


@pytest.mark.parametrize("row", TABLED, ids=lambda row: row.name)
def test_no_documented_error_is_left_out(row: Row) -> None:
    tried = {case.code for case in (*CASES, *scripted.CASES) if case.operation == row.name}
    missing = ", ".join(code for code in row.errors if code not in tried)
    assert not missing, f"tests/operations/documented/ has no case in which {row.name} is refused with {missing}"


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_no_refusal_of_the_catalogue_is_left_out(module: object) -> None:
    told = {(row.code, row.status) for row in vars(module).values() if isinstance(row, catalogue.Row)}
    tried = {(case.code, case.status) for case in (*CASES, *scripted.CASES)}
    assert {pair for pair in told - tried if pair[0] not in ELSEWHERE} == set()


@pytest.mark.parametrize("code", ELSEWHERE)
def test_what_is_shown_elsewhere_is(code: str) -> None:
    assert f'"{code}"' in (ROOT / ELSEWHERE[code]).read_text(encoding="utf-8")
    assert code not in {case.code for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_sdk_is_passed_over_with_a_reason_only(case: Case) -> None:
    row = ROWS[case.operation]
    silent = (case.oss2 is None and bool(row.oss2)) or (case.v2 is None and row.sdk_v2 is not None)
    assert silent is ((case.operation, case.code) in UNSAID)
