"""Identity x ACL x policy x operation class, against a truth table written by hand.

Letters: R reads an object, W writes it, L lists the bucket, r reads an object's ACL, w changes it, C reads a
configuration of the bucket. `-` is nothing. The columns are the bucket's ACL and the object's.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakeoss.state.policy import Policy
from tests.edge.authorising import BUCKET, IDENTITIES, OTHER, OWNER, allow, allowed, deny, policy

COLUMNS = {
    "private": ("private", "default"),
    "read": ("public-read", "default"),
    "read-write": ("public-read-write", "default"),
    "object-read": ("private", "public-read"),
    "object-private": ("public-read-write", "private"),
}

POLICIES: dict[str, Policy | None] = {
    "none": None,
    "allow everyone": policy(allow("oss:*", Principal=["*"])),
    "allow the other account": policy(allow("oss:*", Principal=[OTHER])),
    "deny everyone": policy(deny("oss:*", Principal=["*"])),
    "deny everyone on a condition": policy(
        deny("oss:*", Principal=["*"], Condition={"Bool": {"acs:SecureTransport": "true"}})
    ),
    "deny the owner by name": policy(deny("oss:*", Principal=[OWNER])),
}

TRUTH = {
    "none": """
                    private  read    read-write  object-read  object-private
        owner       RWLrwC   RWLrwC  RWLrwC      RWLrwC       RWLrwC
        user        -        RL      RWL         R            L
        reader      RLrC     RLrC    RWLrC       RLrC         RLrC
        banned      -        -       -           -            -
        role        RWLrwC   RWLrwC  RWLrwC      RWLrwC       RWLrwC
        narrowed    R        R       R           R            R
        other       -        RL      RWL         R            L
        other-user  -        RL      RWL         R            L
        anonymous   -        RL      RWL         R            L
    """,
    "allow everyone": """
                    private  read    read-write  object-read  object-private
        owner       RWLrwC   RWLrwC  RWLrwC      RWLrwC       RWLrwC
        user        RWLrwC   RWLrwC  RWLrwC      RWLrwC       RWLrwC
        reader      RWLrwC   RWLrwC  RWLrwC      RWLrwC       RWLrwC
        banned      -        -       -           -            -
        role        RWLrwC   RWLrwC  RWLrwC      RWLrwC       RWLrwC
        narrowed    R        R       R           R            R
        other       RWLrwC   RWLrwC  RWLrwC      RWLrwC       RWLrwC
        other-user  RWLrwC   RWLrwC  RWLrwC      RWLrwC       RWLrwC
        anonymous   RWLrwC   RWLrwC  RWLrwC      RWLrwC       RWLrwC
    """,
    "allow the other account": """
                    private  read    read-write  object-read  object-private
        owner       RWLrwC   RWLrwC  RWLrwC      RWLrwC       RWLrwC
        user        -        RL      RWL         R            L
        reader      RLrC     RLrC    RWLrC       RLrC         RLrC
        banned      -        -       -           -            -
        role        RWLrwC   RWLrwC  RWLrwC      RWLrwC       RWLrwC
        narrowed    R        R       R           R            R
        other       RWLrwC   RWLrwC  RWLrwC      RWLrwC       RWLrwC
        other-user  RWLrwC   RWLrwC  RWLrwC      RWLrwC       RWLrwC
        anonymous   -        RL      RWL         R            L
    """,
    "deny everyone": """
                    private  read    read-write  object-read  object-private
        owner       RWLrwC   RWLrwC  RWLrwC      RWLrwC       RWLrwC
        user        -        -       -           -            -
        reader      -        -       -           -            -
        banned      -        -       -           -            -
        role        -        -       -           -            -
        narrowed    -        -       -           -            -
        other       -        -       -           -            -
        other-user  -        -       -           -            -
        anonymous   -        -       -           -            -
    """,
    "deny everyone on a condition": """
                    private  read    read-write  object-read  object-private
        owner       -        -       -           -            -
        user        -        -       -           -            -
        reader      -        -       -           -            -
        banned      -        -       -           -            -
        role        -        -       -           -            -
        narrowed    -        -       -           -            -
        other       -        -       -           -            -
        other-user  -        -       -           -            -
        anonymous   -        -       -           -            -
    """,
    "deny the owner by name": """
                    private  read    read-write  object-read  object-private
        owner       -        -       -           -            -
        user        -        -       -           -            -
        reader      -        -       -           -            -
        banned      -        -       -           -            -
        role        -        -       -           -            -
        narrowed    -        -       -           -            -
        other       -        RL      RWL         R            L
        other-user  -        RL      RWL         R            L
        anonymous   -        RL      RWL         R            L
    """,
}

# While public access is blocked, at any of the three levels.
BLOCKED = {
    "none": {"owner": "RWLrwC", "user": "-", "reader": "RLrC", "banned": "-", "role": "RWLrwC", "narrowed": "R",
             "other": "-", "other-user": "-", "anonymous": "-"},
    "allow everyone": {"owner": "RWLrwC", "user": "-", "reader": "RLrC", "banned": "-", "role": "RWLrwC",
                       "narrowed": "R", "other": "-", "other-user": "-", "anonymous": "-"},
    "allow the other account": {"owner": "RWLrwC", "user": "-", "reader": "RLrC", "banned": "-", "role": "RWLrwC",
                                "narrowed": "R", "other": "RWLrwC", "other-user": "RWLrwC", "anonymous": "-"},
}  # fmt: skip


def cells() -> list[tuple[str, str, str, str]]:
    """Policy, identity, column and letters of every cell."""
    found = []
    for name, table in TRUTH.items():
        header, *rows = (line.split() for line in table.strip().splitlines())
        assert header == list(COLUMNS)
        assert [row[0] for row in rows] == list(IDENTITIES)
        found += [
            (name, row[0], column, letters) for row in rows for column, letters in zip(header, row[1:], strict=True)
        ]
    return found


@pytest.mark.parametrize(("name", "who", "column", "letters"), cells())
def test_the_truth_table(name: str, who: str, column: str, letters: str) -> None:
    bucket_acl, object_acl = COLUMNS[column]
    bucket = replace(BUCKET, acl=bucket_acl, policy=POLICIES[name])
    assert allowed(who, bucket, object_acl=object_acl) == letters.strip("-")


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize(("name", "who"), [(name, who) for name in BLOCKED for who in IDENTITIES])
def test_blocked_public_access(name: str, who: str, column: str) -> None:
    bucket_acl, object_acl = COLUMNS[column]
    open_bucket = replace(BUCKET, acl=bucket_acl, policy=POLICIES[name])
    expected = BLOCKED[name][who].strip("-")
    blocked_bucket = replace(open_bucket, block_public_access=True)
    assert allowed(who, blocked_bucket, object_acl=object_acl) == expected
    assert allowed(who, open_bucket, object_acl=object_acl, account_blocks_public_access=True) == expected
