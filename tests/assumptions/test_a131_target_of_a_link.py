"""Assumption A131: GetSymlink leaves the slashes of a target as they are and encodes the rest.

Operations: GetSymlink.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2


def test_the_target_comes_back_encoded(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    request = oss_v2.PutSymlinkRequest(bucket=assumption_bucket, key="link", target="dir/a%20b%2Fc")
    assumption_client.put_symlink(request)
    found = assumption_client.get_symlink(oss_v2.GetSymlinkRequest(bucket=assumption_bucket, key="link"))
    assert found.target == "dir/a%20b/c"
