"""Assumption A232: a Deny that names the UID of the account that owns the bucket strikes that account.

Operations: every one.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.policies import delete_policy, get, put, put_policy, statement


def test_the_owner_is_denied_by_name(
    assumption_client: oss_v2.Client, assumption_bucket: str, assumption_owner_uid: str, refusal: Refusal
) -> None:
    put(assumption_client, assumption_bucket)
    denying = statement("Deny", "oss:GetObject", assumption_bucket, Principal=[assumption_owner_uid])
    put_policy(assumption_client, assumption_bucket, denying)
    assert refusal(assumption_client.get_object, get(assumption_bucket)) == (403, "AccessDenied")
    delete_policy(assumption_client, assumption_bucket)
    assert assumption_client.get_object(get(assumption_bucket)).body.content == b"content"
