"""Assumption A292: with `encoding-type=url` a slash in a name is answered as `%2F`.

Operations: ListObjects, ListObjectsV2, ListObjectVersions, ListMultipartUploads, DeleteMultipleObjects.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
from alibabacloud_oss_v2.types import OperationInput


def test_a_slash_is_encoded(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    assumption_client.put_object(oss_v2.PutObjectRequest(assumption_bucket, "a/b", body=b""))
    parameters = {"list-type": "2", "encoding-type": "url"}
    answer = assumption_client.invoke_operation(
        OperationInput("ListObjectsV2", "GET", bucket=assumption_bucket, parameters=parameters)
    )
    assert answer.http_response is not None
    assert b"<Key>a%2Fb</Key>" in answer.http_response.content
