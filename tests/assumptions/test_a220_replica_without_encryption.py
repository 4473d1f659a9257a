"""Assumption A220: the replica of an object without encryption has none, whatever the destination's default.

Operations: PutBucketReplication.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Wait
from tests.assumptions.scheduling import location, replication
from tests.assumptions.words import put


def test_a_destination_that_encrypts(
    assumption_client: oss_v2.Client, assumption_bucket: str, assumption_second_bucket: str, assumption_wait: Wait
) -> None:
    default = oss_v2.ApplyServerSideEncryptionByDefault(sse_algorithm="AES256")
    assumption_client.put_bucket_encryption(
        oss_v2.PutBucketEncryptionRequest(
            assumption_second_bucket,
            oss_v2.ServerSideEncryptionRule(apply_server_side_encryption_by_default=default),
        )
    )
    region = location(assumption_client, assumption_bucket)
    assumption_client.put_bucket_replication(replication(assumption_bucket, assumption_second_bucket, region))
    assumption_wait(600)
    put(assumption_client, assumption_bucket)
    assumption_wait(600)
    answer = assumption_client.head_object(oss_v2.HeadObjectRequest(assumption_second_bucket, "a"))
    assert "x-oss-server-side-encryption" not in answer.headers
