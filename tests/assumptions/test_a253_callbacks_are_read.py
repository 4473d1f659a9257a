"""Assumption A253: a callback policy whose callback is no base64 of a JSON object is refused when it is set.

Operations: PutBucketCallbackPolicy.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import pytest

ITEM = "<PolicyItem><PolicyName>a</PolicyName><Callback>%%%</Callback></PolicyItem>"
BROKEN = f"<BucketCallbackPolicy>{ITEM}</BucketCallbackPolicy>"


def test_a_callback_that_is_none(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    operation = oss_v2.OperationInput(
        op_name="PutBucketCallbackPolicy",
        method="PUT",
        bucket=assumption_bucket,
        parameters={"policy": "", "comp": "callback"},
        body=BROKEN,
        op_metadata={"sub-resource": ["policy", "comp"]},
    )
    with pytest.raises(oss_v2.exceptions.OperationError) as caught:
        assumption_client.invoke_operation(operation)
    error = caught.value.unwrap()
    assert isinstance(error, oss_v2.exceptions.ServiceError)
    assert (error.status_code, error.code) == (400, "InvalidArgument")
