"""Assumption A108: an archived object that is restored can be the source of a part.

Operations: UploadPartCopy.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Wait
from tests.assumptions.words import begin, part_copy, put


def test_it_is_copied(assumption_client: oss_v2.Client, assumption_bucket: str, assumption_wait: Wait) -> None:
    put(assumption_client, assumption_bucket, "Archive")
    assumption_client.restore_object(oss_v2.RestoreObjectRequest(assumption_bucket, "a"))
    assumption_wait(61)
    request = part_copy(assumption_bucket, begin(assumption_client, assumption_bucket))
    assert assumption_client.upload_part_copy(request).status_code == 200
