"""Assumption A296: ListCname tells of a domain newly bound that the caches of a CDN before it are not purged.

Operations: ListCname.
"""

from __future__ import annotations

import oss2
import pytest

import fakeoss

BUCKET = "assumption-bucket"


def test_they_are_not(assumption_fake: fakeoss.FakeOSS | None) -> None:
    if assumption_fake is None:
        pytest.skip("a domain that is one's own would have to be known")
    bucket = assumption_fake.oss2_bucket(assumption_fake.create_bucket(BUCKET).name)
    bucket.put_bucket_cname(oss2.models.PutBucketCnameRequest("www.example.com"))
    (found,) = bucket.list_bucket_cname().cname
    assert found.is_purge_cdn_cache == "false"
