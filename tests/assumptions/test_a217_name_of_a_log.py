"""Assumption A217: a log is named by the hour of its requests, in Beijing, and written once that hour is over.

Operations: PutBucketLogging.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Wait
from tests.assumptions.scheduling import keys, logging, read


def test_the_hour_of_the_first_line(
    assumption_client: oss_v2.Client, assumption_bucket: str, assumption_wait: Wait
) -> None:
    assumption_client.put_bucket_logging(logging(assumption_bucket, assumption_bucket))
    assumption_wait(3600)
    key = keys(assumption_client, assumption_bucket, "log/")[0]
    line = read(assumption_client, assumption_bucket, key).decode()
    at = datetime.strptime(line[line.index("[") + 1 : line.index("]")], "%d/%b/%Y:%H:%M:%S %z")
    assert at.utcoffset() == timedelta(hours=8)
    hour = at.astimezone(timezone(timedelta(hours=8))).strftime("%Y-%m-%d-%H-00-00")
    assert key.startswith(f"log/{assumption_bucket}{hour}-")
