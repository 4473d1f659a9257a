"""Assumption A139: a copy does not take over retention and legal hold of its source.

Operations: CopyObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Wait
from tests.assumptions.words import put, retain, switch_on


def test_a_copy_is_free(assumption_client: oss_v2.Client, assumption_bucket: str, assumption_wait: Wait) -> None:
    switch_on(assumption_client, assumption_bucket)
    put(assumption_client, assumption_bucket)
    retain(assumption_client, assumption_bucket, seconds=3)
    assumption_client.copy_object(oss_v2.CopyObjectRequest(bucket=assumption_bucket, key="b", source_key="a"))
    head = assumption_client.head_object(oss_v2.HeadObjectRequest(bucket=assumption_bucket, key="b"))
    assert head.object_worm_mode is None
    assumption_wait(4)
