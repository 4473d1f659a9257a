"""Assumption A238: oss:TLSVersion may be spelled 1.2 and TLSv1.2.

Operations: PutBucketPolicy.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import pytest

from tests.assumptions.conftest import Person
from tests.assumptions.policies import get, put, put_policy, statement


@pytest.mark.parametrize("versions", [["1.2", "1.3"], ["TLSv1.2", "TLSv1.3"]])
def test_both_spellings(
    assumption_client: oss_v2.Client, assumption_bucket: str, assumption_stranger: Person, versions: list[str]
) -> None:
    put(assumption_client, assumption_bucket)
    new = {"StringEquals": {"oss:TLSVersion": versions}}
    allowing = statement(
        "Allow", "oss:GetObject", assumption_bucket, Principal=[assumption_stranger.uid], Condition=new
    )
    put_policy(assumption_client, assumption_bucket, allowing)
    assert assumption_stranger.client.get_object(get(assumption_bucket)).body.content == b"content"
