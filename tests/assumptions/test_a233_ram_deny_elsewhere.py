"""Assumption A233: what a RAM policy denies its user stays denied on another account's bucket that lets him in.

Operations: every one.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import pytest

import fakeoss
from tests.assumptions.conftest import Refusal
from tests.assumptions.policies import get, put, put_policy, statement

NEVER_DELETE = {"Version": "1", "Statement": [{"Effect": "Deny", "Action": "oss:DeleteObject", "Resource": "*"}]}


def test_a_deny_of_home_counts_elsewhere(
    assumption_fake: fakeoss.FakeOSS | None, assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal
) -> None:
    if assumption_fake is None:
        pytest.skip("the RAM policy of another account's user would have to be set")
    key = ("LTAI5tGuest", "secret of guest")
    guest = assumption_fake.add_credentials(*key, account="6543210987654321", user="guest", policy=NEVER_DELETE)
    configuration = oss_v2.config.load_default()
    configuration.region = assumption_fake.settings.region
    configuration.credentials_provider = oss_v2.credentials.StaticCredentialsProvider(*key)
    client = oss_v2.Client(configuration)
    put(assumption_client, assumption_bucket)
    everything = statement("Allow", "oss:*", assumption_bucket, Principal=[guest.user_id])
    put_policy(assumption_client, assumption_bucket, everything)
    assert client.get_object(get(assumption_bucket)).body.content == b"content"
    deletion = oss_v2.DeleteObjectRequest(assumption_bucket, "a")
    assert refusal(client.delete_object, deletion) == (403, "AccessDenied")
