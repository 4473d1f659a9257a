"""Assumption A137: GetObjectMeta of a link tells a length of 0.

Operations: GetObjectMeta.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.words import put


def test_a_link_has_no_length(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    put(assumption_client, assumption_bucket)
    assumption_client.put_symlink(oss_v2.PutSymlinkRequest(bucket=assumption_bucket, key="link", target="a"))
    meta = assumption_client.get_object_meta(oss_v2.GetObjectMetaRequest(bucket=assumption_bucket, key="link"))
    assert meta.content_length == 0
