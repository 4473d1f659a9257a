"""Assumption A102: where a bucket never had versioning, a copy of an appendable object is appendable.

Operations: CopyObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2


def test_it_can_be_appended_to(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    begin = oss_v2.AppendObjectRequest(assumption_bucket, "a", position=0, body=b"one")
    assumption_client.append_object(begin)
    assumption_client.copy_object(oss_v2.CopyObjectRequest(assumption_bucket, "b", source_key="a"))
    more = oss_v2.AppendObjectRequest(assumption_bucket, "b", position=3, body=b"two")
    assert assumption_client.append_object(more).next_position == 6
