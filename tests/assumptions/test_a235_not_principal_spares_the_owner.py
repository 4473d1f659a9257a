"""Assumption A235: NotPrincipal without a Condition spares the account that owns the bucket, as a wildcard does.

Operations: every one.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Person, Refusal
from tests.assumptions.policies import get, put, put_policy, statement


def test_the_owner_is_not_among_all_others(
    assumption_client: oss_v2.Client, assumption_bucket: str, assumption_stranger: Person, refusal: Refusal
) -> None:
    put(assumption_client, assumption_bucket)
    denying = statement("Deny", "oss:GetObject", assumption_bucket, NotPrincipal=["1111111111111111"])
    put_policy(assumption_client, assumption_bucket, denying)
    assert assumption_client.get_object(get(assumption_bucket)).body.content == b"content"
    assert refusal(assumption_stranger.client.get_object, get(assumption_bucket)) == (403, "AccessDenied")
