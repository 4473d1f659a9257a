"""Assumption A248: requests to an access point's own host are signed over that host's first label.

Operations: CreateAccessPoint.
"""

from __future__ import annotations

import os

import alibabacloud_oss_v2 as oss_v2

import fakeoss
from tests.assumptions.conftest import NAMES
from tests.assumptions.policies import delete_access_point, get, make_access_point, put


def test_the_label_takes_the_buckets_place(
    assumption_fake: fakeoss.FakeOSS | None, assumption_client: oss_v2.Client, assumption_bucket: str
) -> None:
    put(assumption_client, assumption_bucket)
    make_access_point(assumption_client, assumption_bucket)
    try:
        shown = assumption_client.get_access_point(
            oss_v2.GetAccessPointRequest(assumption_bucket, access_point_name="fakeoss-ap")
        ).endpoints.public_endpoint
        label, _, host = shown.partition(".")
        configuration = oss_v2.config.load_default()
        configuration.region = assumption_fake.settings.region if assumption_fake else os.environ[NAMES[2]]
        key = assumption_fake.credentials if assumption_fake else (os.environ[NAMES[0]], os.environ[NAMES[1]])
        configuration.credentials_provider = oss_v2.credentials.StaticCredentialsProvider(*key)
        configuration.endpoint = f"https://{host}"
        assert oss_v2.Client(configuration).get_object(get(label)).body.content == b"content"
    finally:
        delete_access_point(assumption_client, assumption_bucket)
