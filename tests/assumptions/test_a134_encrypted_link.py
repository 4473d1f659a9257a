"""Assumption A134: a link that asks for encryption is refused.

Operations: PutSymlink.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal


def test_a_link_is_not_encrypted(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    headers = {"x-oss-server-side-encryption": "AES256"}
    request = oss_v2.PutSymlinkRequest(bucket=assumption_bucket, key="link", target="a", headers=headers)
    assert refusal(assumption_client.put_symlink, request) == (400, "InvalidArgument")
