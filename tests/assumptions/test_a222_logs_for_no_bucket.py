"""Assumption A222: logs for a bucket that is not there are refused like logs for another region's.

Operations: PutBucketLogging.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.scheduling import logging


def test_no_such_target(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    request = logging(assumption_bucket, f"{assumption_bucket}-none")
    assert refusal(assumption_client.put_bucket_logging, request) == (400, "InvalidTargetBucketForLogging")
