"""Assumption A295: of several ranges the first is answered, as if it had been asked for alone.

Operations: GetObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2


def test_the_first_is_answered(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    assumption_client.put_object(oss_v2.PutObjectRequest(assumption_bucket, "a", body=b"0123456789"))
    # So says the page on segmenting by HTTP Range. That on 416 has them refused, that of GetObject says "supported".
    request = oss_v2.GetObjectRequest(assumption_bucket, "a", range_header="bytes=0-1,4-5")
    found = assumption_client.get_object(request)
    with found.body as stream:
        assert stream.read() == b"01"
    assert (found.status_code, found.content_range) == (206, "bytes 0-1/10")
