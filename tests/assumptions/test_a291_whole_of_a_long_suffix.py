"""Assumption A291: a suffix longer than the object is, by the standard behavior of ranges, the whole of it: 206.

Operations: GetObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2


def test_it_is_a_range_of_the_whole(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    assumption_client.put_object(oss_v2.PutObjectRequest(assumption_bucket, "a", body=b"123"))
    request = oss_v2.GetObjectRequest(assumption_bucket, "a", range_header="bytes=-9", range_behavior="standard")
    found = assumption_client.get_object(request)
    with found.body as stream:
        assert stream.read() == b"123"
    assert (found.status_code, found.content_range) == (206, "bytes 0-2/3")
