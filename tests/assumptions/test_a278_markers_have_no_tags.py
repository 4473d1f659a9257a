"""Assumption A278: under a replication rule by tags delete markers stay, since they have none.

Operations: PutBucketReplication.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Wait
from tests.assumptions.scheduling import keys, location
from tests.assumptions.words import versioning

TWO_MINUTES = 120


def test_a_deletion(
    assumption_client: oss_v2.Client, assumption_bucket: str, assumption_second_bucket: str, assumption_wait: Wait
) -> None:
    for bucket in (assumption_bucket, assumption_second_bucket):
        assumption_client.put_bucket_versioning(versioning(bucket, "Enabled"))
    body = (
        f"<ReplicationConfiguration><Rule><Destination><Bucket>{assumption_second_bucket}</Bucket>"
        f"<Location>oss-{location(assumption_client, assumption_bucket)}</Location></Destination>"
        "<UserTaggings><FilterType>AND</FilterType><UserTagging><Key>k</Key><Value>v</Value></UserTagging>"
        "</UserTaggings></Rule></ReplicationConfiguration>"
    )
    parameters = {"replication": "", "comp": "add"}
    assumption_client.invoke_operation(
        oss_v2.OperationInput(
            "PutBucketReplication", "POST", parameters=parameters, body=body, bucket=assumption_bucket
        )
    )
    assumption_wait(TWO_MINUTES)
    assumption_client.put_object(oss_v2.PutObjectRequest(assumption_bucket, "a", tagging="k=v", body=b""))
    assumption_wait(TWO_MINUTES)
    assumption_client.delete_object(oss_v2.DeleteObjectRequest(assumption_bucket, "a"))
    assumption_wait(TWO_MINUTES)
    assert keys(assumption_client, assumption_second_bucket) == ["a"]
