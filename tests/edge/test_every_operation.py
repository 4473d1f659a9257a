"""Every operation on buckets and objects, for the owner, another account, a RAM user and nobody, under every ACL.

Which operations an ACL opens is spelled out once more here, from reference 7.4.1 and 8.4.1; all others are the owner's
alone. Whether the request makes sense besides is of no account: who may not is told so first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import fakeoss
from fakeoss.operations.rows import Row, rows
from tests.people import BUCKET, OTHER, People, refusal

LISTING = {"ListObjectVersions", "ListObjects", "ListObjectsV2"}
READING = {
    "CreateSelectObjectMeta", "GetObject", "GetObjectMeta", "GetSymlink", "HeadObject", "SelectObject",
}  # fmt: skip
WRITING = {
    "AbortMultipartUpload", "AppendObject", "CompleteMultipartUpload", "CopyObject", "DeleteObject",
    "InitiateMultipartUpload", "PutObject", "PutSymlink", "SealAppendObject", "UploadPart", "UploadPartCopy",
}  # fmt: skip
OPENED: dict[tuple[str, str], set[str]] = {
    ("private", "default"): set(),
    ("public-read", "default"): LISTING | READING,
    ("public-read-write", "default"): LISTING | READING | WRITING,
    ("private", "public-read"): READING,
    ("private", "public-read-write"): READING | WRITING,
    ("public-read", "private"): LISTING,
    ("public-read-write", "private"): LISTING,
    ("public-read-write", "public-read"): LISTING | READING,
}
"""What is open to everyone by the ACLs of the bucket and of the object."""

ELSEWHERE = {"PutBucket", "OptionObject", "PostObject", "DeleteMultipleObjects"}
"""Judged by other tests: what needs no permission, and what is judged by its document."""

EVERY = [
    pytest.param(row, scope, method, id=f"{row.name}-{scope}-{method}")
    for row in rows()
    for scope in row.scopes
    for method in row.methods
    if scope != "service" and row.name not in ELSEWHERE
]


@pytest.fixture(scope="module")
def people() -> Iterator[People]:
    with fakeoss.mock_oss(strict_auth=True) as oss:
        people = People(oss)
        people.add("other", account=OTHER)
        people.add("user", user="user")
        oss.create_bucket(BUCKET, objects={"a.txt": b"a"})
        yield people


@pytest.fixture(scope="module")
def starts(people: People) -> dict[tuple[str, str], Any]:
    """A snapshot under each pair of ACLs."""
    found = {}
    for bucket_acl, object_acl in OPENED:
        people.bucket("owner").put_bucket_acl(bucket_acl)
        people.bucket("owner").put_object_acl("a.txt", object_acl)
        found[bucket_acl, object_acl] = people.oss.snapshot()
    return found


def ask(people: People, who: str, row: Row, scope: str, method: str) -> tuple[int, str]:
    query = {found.name: (found.values[0].removesuffix("*") if found.values else "") for found in row.query}
    query |= dict.fromkeys(row.requires, "x")
    headers = dict.fromkeys(row.headers, f"/{BUCKET}/a.txt")
    bucket = people.bucket(who, version="v4")
    key = "a.txt" if scope == "object" else ""
    return refusal(bucket._do, method, BUCKET, key, params=query, headers=headers)[:2]


@pytest.mark.parametrize(("row", "scope", "method"), EVERY)
def test_what_an_acl_opens(
    people: People, starts: dict[tuple[str, str], Any], row: Row, scope: str, method: str
) -> None:
    for acl, opened in OPENED.items():
        for who in ("other", "user", "anonymous"):
            people.oss.restore(starts[acl])
            before = people.oss.bucket(BUCKET).value
            answer = ask(people, who, row, scope, method)
            entry = people.oss.requests[-1]
            assert entry.operation == row.name
            if row.name in opened:
                assert answer != (403, "AccessDenied"), f"{who} must not be refused under {acl}: {entry}"
                continue
            assert answer == (403, "AccessDenied"), f"{who} must be refused under {acl}: {entry}"
            assert entry.why, "every refusal says why"
            assert people.oss.bucket(BUCKET).value is before, "a refusal leaves no trace"


@pytest.mark.parametrize(("row", "scope", "method"), EVERY)
def test_no_acl_closes_anything_to_the_owner(
    people: People, starts: dict[tuple[str, str], Any], row: Row, scope: str, method: str
) -> None:
    people.oss.restore(starts["private", "default"])
    assert ask(people, "owner", row, scope, method) != (403, "AccessDenied")
