"""Assumption A255: in x-oss-copy-source the alias of an access point may take the bucket's place.

Operations: CopyObject, UploadPartCopy.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.policies import delete_access_point, get, make_access_point, put


def test_an_object_is_copied_through_an_access_point(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    put(assumption_client, assumption_bucket)
    alias = make_access_point(assumption_client, assumption_bucket)
    try:
        for target in (alias, assumption_bucket):
            request = oss_v2.CopyObjectRequest(target, f"copy to {target}", source_bucket=alias, source_key="a")
            assumption_client.copy_object(request)
            copied = assumption_client.get_object(get(assumption_bucket, f"copy to {target}"))
            assert copied.body.content == b"content"
    finally:
        delete_access_point(assumption_client, assumption_bucket)
