"""A bucket that mirrors, and an origin that `responses` plays; fixtures to be imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
import requests
import responses

import fakeoss
from tests.conftest import BUCKET

URL = f"https://{BUCKET}.oss-cn-hangzhou.aliyuncs.com/"
ORIGIN = "http://origin.example.com/"
ABSENT = (404, "NoSuchKey")
FAILED = (424, "MirrorFailed")

Bucket: TypeAlias = oss2.Bucket
Mirror: TypeAlias = Callable[..., None]
Origin: TypeAlias = responses.RequestsMock


@pytest.fixture
def bucket(oss: fakeoss.FakeOSS) -> oss2.Bucket:
    """A public bucket."""
    oss.create_bucket(BUCKET, acl="public-read")
    return oss.oss2_bucket(BUCKET)


@pytest.fixture
def origin(oss: fakeoss.FakeOSS) -> Iterator[responses.RequestsMock]:
    """The network beyond the fake."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as network:
        yield network


@pytest.fixture
def mirror(bucket: oss2.Bucket, client: oss_v2.Client) -> Mirror:
    """Makes the bucket mirror missing objects from `ORIGIN`; `condition` and what else the rule says."""

    def call(*, condition: dict[str, Any] | None = None, error_page: str | None = None, **redirect: Any) -> None:
        said = {"redirect_type": "Mirror", "mirror_url": ORIGIN, **redirect}
        rule = oss_v2.RoutingRule(
            rule_number=1,
            condition=oss_v2.RoutingRuleCondition(**(condition or {"http_error_code_returned_equals": 404})),
            redirect=oss_v2.RoutingRuleRedirect(**said),
        )
        page = None if error_page is None else oss_v2.ErrorDocument(key=error_page)
        website = oss_v2.WebsiteConfiguration(
            error_document=page, routing_rules=oss_v2.RoutingRules(routing_rules=[rule])
        )
        client.put_bucket_website(oss_v2.PutBucketWebsiteRequest(BUCKET, website))

    return call


def sent(origin: responses.RequestsMock, number: int = -1) -> requests.PreparedRequest:
    """What the origin was asked."""
    found: requests.PreparedRequest = origin.calls[number].request
    return found


def keys(bucket: Bucket) -> list[str]:
    """The objects there are."""
    return [found.key for found in bucket.list_objects().object_list]
