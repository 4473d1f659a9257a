"""Assumption A213: replication is accelerated across the border of the mainland, and timed on either side of it.

Operations: GetBucketReplicationLocation.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2


def test_links_from_the_mainland(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    answer = assumption_client.get_bucket_replication_location(
        oss_v2.GetBucketReplicationLocationRequest(bucket=assumption_bucket)
    ).replication_location
    accelerated = {each.location for each in answer.location_transfer_type_constraint.location_transfer_types}
    timed = set(answer.locationrtc_constraint.locations)
    assert "oss-us-west-1" in accelerated - timed
    assert (timed - accelerated) & {"oss-cn-beijing", "oss-cn-shanghai"}
