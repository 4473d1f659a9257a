"""Names that nobody knows are answered by those that are like them."""

from __future__ import annotations

import pytest

from fakeoss.spelling import hint, hint_or_all

KNOWN = ("PutObject", "PutObjectAcl", "GetObject", "ListBuckets")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("putobject", "; did you mean PutObject?"),
        ("put_object", "; did you mean PutObject?"),
        ("ListBucket", "; did you mean ListBuckets?"),
        ("PutObjekt", "; did you mean PutObject or PutObjectAcl or GetObject?"),
        ("colour", ""),
        ("", ""),
    ],
)
def test_hint(name: str, told: str) -> None:
    assert hint(name, KNOWN) == told


def test_where_nothing_is_like_it_all_are_told() -> None:
    assert hint_or_all("colour", KNOWN) == "; there are PutObject, PutObjectAcl, GetObject, ListBuckets"
    assert hint_or_all("list_buckets", KNOWN) == "; did you mean ListBuckets?"
