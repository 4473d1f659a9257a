"""Assumption A173: a requester without limits of his own on a bucket is told as unlimited, not as missing.

Operations: GetBucketRequesterQosInfo.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2


def test_he_is_unlimited(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    asked = oss_v2.OperationInput(
        op_name="GetBucketRequesterQosInfo",
        method="GET",
        bucket=assumption_bucket,
        parameters={"requesterQosInfo": "", "qosRequester": "266642223297048513"},
    )
    answer = assumption_client.invoke_operation(asked)
    assert b"<TotalUploadBandwidth>-1</TotalUploadBandwidth>" in answer.http_response.content
