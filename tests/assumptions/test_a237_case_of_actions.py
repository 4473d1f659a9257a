"""Assumption A237: the case of letters in an Action does not count.

Operations: PutBucketPolicy.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Person
from tests.assumptions.policies import get, put, put_policy, statement


def test_an_action_in_small_letters(
    assumption_client: oss_v2.Client, assumption_bucket: str, assumption_stranger: Person
) -> None:
    put(assumption_client, assumption_bucket)
    allowing = statement("Allow", "oss:getobject", assumption_bucket, Principal=[assumption_stranger.uid])
    put_policy(assumption_client, assumption_bucket, allowing)
    assert assumption_stranger.client.get_object(get(assumption_bucket)).body.content == b"content"
