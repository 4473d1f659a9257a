"""Assumption A239: IpAddressIncludeBorder means what IpAddress means.

Operations: PutBucketPolicy.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Person, Refusal
from tests.assumptions.policies import get, put, put_policy, statement


def test_everywhere_with_border(
    assumption_client: oss_v2.Client, assumption_bucket: str, assumption_stranger: Person, refusal: Refusal
) -> None:
    put(assumption_client, assumption_bucket)
    for block, allowed in (("0.0.0.0/0", True), ("192.0.2.0/24", False)):
        place = {"IpAddressIncludeBorder": {"acs:SourceIp": [block]}}
        allowing = statement(
            "Allow", "oss:GetObject", assumption_bucket, Principal=[assumption_stranger.uid], Condition=place
        )
        put_policy(assumption_client, assumption_bucket, allowing)
        if allowed:
            assert assumption_stranger.client.get_object(get(assumption_bucket)).body.content == b"content"
        else:
            assert refusal(assumption_stranger.client.get_object, get(assumption_bucket)) == (403, "AccessDenied")
