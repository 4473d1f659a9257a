"""Assumption A103: a copy of an appendable object in a versioned bucket is 400 OperationNotSupported.

Operations: CopyObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.words import versioning


def test_it_is_refused(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    assumption_client.append_object(oss_v2.AppendObjectRequest(assumption_bucket, "a", position=0, body=b"one"))
    assumption_client.put_bucket_versioning(versioning(assumption_bucket, "Enabled"))
    request = oss_v2.CopyObjectRequest(assumption_bucket, "b", source_key="a")
    assert refusal(assumption_client.copy_object, request) == (400, "OperationNotSupported")
