"""What bucket and object ACLs open, against a table written from the reference."""

from __future__ import annotations

import itertools

import pytest

from fakeoss.state import acl

# Operation classes by a letter: R read, W write, L list, r read-acl, w write-acl, C config.
LETTERS: dict[str, acl.Access] = {
    "R": "read", "W": "write", "L": "list", "r": "read-acl", "w": "write-acl", "C": "config",
}  # fmt: skip

# Bucket ACL, object ACL, and what somebody who is not the owner may do.
TABLE = """
private            default            -
private            private            -
private            public-read        R
private            public-read-write  RW
public-read        default            RL
public-read        private            L
public-read        public-read        RL
public-read        public-read-write  RWL
public-read-write  default            RWL
public-read-write  private            L
public-read-write  public-read        RL
public-read-write  public-read-write  RWL
"""
ROWS = [tuple(line.split()) for line in TABLE.strip().splitlines()]


def opened(standing: acl.Standing, bucket_acl: str, object_acl: str, *, without_public: bool = False) -> str:
    return "".join(
        letter
        for letter, access in LETTERS.items()
        if acl.grants(access, standing, bucket_acl, object_acl, without_public=without_public)
    )


def test_the_table_is_complete() -> None:
    assert {row[:2] for row in ROWS} == set(itertools.product(acl.BUCKET_ACLS, acl.OBJECT_ACLS))


@pytest.mark.parametrize(("bucket_acl", "object_acl", "expected"), ROWS)
@pytest.mark.parametrize("standing", ["account", "anonymous"])
def test_what_others_may_do(standing: acl.Standing, bucket_acl: str, object_acl: str, expected: str) -> None:
    assert opened(standing, bucket_acl, object_acl) == expected.strip("-")


@pytest.mark.parametrize(("bucket_acl", "object_acl", "_"), ROWS)
def test_the_owner_may_do_everything(bucket_acl: str, object_acl: str, _: str) -> None:
    assert opened("owner", bucket_acl, object_acl) == "".join(LETTERS)
    assert opened("owner", bucket_acl, object_acl, without_public=True) == "".join(LETTERS)


@pytest.mark.parametrize(("bucket_acl", "object_acl", "_"), ROWS)
def test_blocked_public_access_closes_every_public_acl(bucket_acl: str, object_acl: str, _: str) -> None:
    assert opened("account", bucket_acl, object_acl, without_public=True) == ""


def test_which_acls_are_public() -> None:
    assert [name for name in acl.OBJECT_ACLS if acl.is_public(name)] == ["public-read", "public-read-write"]
