"""Assumption A130: a link has an ETag of its own, 32 upper-case hex digits.

Operations: PutSymlink, GetSymlink, HeadObject.
"""

from __future__ import annotations

import re

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.words import put


def test_the_etag_is_not_the_targets(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    put(assumption_client, assumption_bucket)
    assumption_client.put_symlink(oss_v2.PutSymlinkRequest(bucket=assumption_bucket, key="link", target="a"))
    own = assumption_client.get_symlink(oss_v2.GetSymlinkRequest(bucket=assumption_bucket, key="link")).etag
    shown = assumption_client.head_object(oss_v2.HeadObjectRequest(bucket=assumption_bucket, key="link")).etag
    assert re.fullmatch(r'"[0-9A-F]{32}"', own)
    assert own != shown
