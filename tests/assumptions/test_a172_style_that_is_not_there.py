"""Assumption A172: deleting an image style that is not there is 204.

Operations: DeleteStyle.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2


def test_it_succeeds(assumption_client: oss_v2.Client, assumption_bucket: str) -> None:
    result = assumption_client.delete_style(oss_v2.DeleteStyleRequest(assumption_bucket, style_name="nothing"))
    assert result.status_code == 204
