"""Assumption A236: the operator Null is known, and asks whether a condition key is absent.

Operations: PutBucketPolicy.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Person, Refusal
from tests.assumptions.policies import get, put, put_policy, statement


def test_a_key_that_is_absent(
    assumption_client: oss_v2.Client, assumption_bucket: str, assumption_stranger: Person, refusal: Refusal
) -> None:
    put(assumption_client, assumption_bucket)
    absent = {"Null": {"acs:Referer": ["true"]}}
    allowing = statement(
        "Allow", "oss:GetObject", assumption_bucket, Principal=[assumption_stranger.uid], Condition=absent
    )
    put_policy(assumption_client, assumption_bucket, allowing)
    assert assumption_stranger.client.get_object(get(assumption_bucket)).body.content == b"content"
    with_referer = get(assumption_bucket)
    with_referer.headers = {"Referer": "http://www.example.com/"}
    assert refusal(assumption_stranger.client.get_object, with_referer) == (403, "AccessDenied")
