"""Assumption A231: an account's UID in a Principal names its RAM users as well.

Operations: every one.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Person, Refusal
from tests.assumptions.policies import get, put, put_policy, statement


def test_a_user_reads_by_the_uid_of_its_account(
    assumption_client: oss_v2.Client,
    assumption_bucket: str,
    assumption_owner_uid: str,
    assumption_user: Person,
    refusal: Refusal,
) -> None:
    put(assumption_client, assumption_bucket)
    assert refusal(assumption_user.client.get_object, get(assumption_bucket)) == (403, "AccessDenied")
    allowing = statement("Allow", "oss:GetObject", assumption_bucket, Principal=[assumption_owner_uid])
    put_policy(assumption_client, assumption_bucket, allowing)
    assert assumption_user.client.get_object(get(assumption_bucket)).body.content == b"content"
