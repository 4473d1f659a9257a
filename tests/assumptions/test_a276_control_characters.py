"""Assumption A276: control characters in keys are listed as they are where no encoding is asked for.

Operations: ListObjects.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2


def test_a_key_that_xml_cannot_hold(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    assumption_client.put_object(oss_v2.PutObjectRequest(assumption_bucket, "a\x01b", body=b""))
    listing = oss_v2.OperationInput("ListObjects", "GET", bucket=assumption_bucket)
    answer = assumption_client.invoke_operation(listing).http_response.content
    assumption_client.delete_object(oss_v2.DeleteObjectRequest(assumption_bucket, "a\x01b"))
    assert b"<Key>a\x01b</Key>" in answer
