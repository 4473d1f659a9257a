"""Assumption A207: a mirror that passes all headers still names the origin's own host.

Operations: PutBucketWebsite, GetObject.
"""

from __future__ import annotations

from collections.abc import Iterator

import alibabacloud_oss_v2 as oss_v2
import pytest


@pytest.fixture
def source(assumption_client: oss_v2.Client, assumption_bucket: str) -> Iterator[str]:
    """A public bucket with an object `a`."""
    name = f"{assumption_bucket}-source"
    assumption_client.put_bucket(oss_v2.PutBucketRequest(bucket=name, acl="public-read"))
    assumption_client.put_object(oss_v2.PutObjectRequest(name, "a", body=b"from afar"))
    yield name
    assumption_client.delete_object(oss_v2.DeleteObjectRequest(name, "a"))
    assumption_client.delete_bucket(oss_v2.DeleteBucketRequest(name))


def test_the_origin_is_found(assumption_client: oss_v2.Client, assumption_bucket: str, source: str) -> None:
    region = assumption_client.get_bucket_location(oss_v2.GetBucketLocationRequest(source)).location
    rule = oss_v2.RoutingRule(
        rule_number=1,
        condition=oss_v2.RoutingRuleCondition(http_error_code_returned_equals=404),
        redirect=oss_v2.RoutingRuleRedirect(
            redirect_type="Mirror",
            mirror_url=f"https://{source}.{region}.aliyuncs.com/",
            mirror_headers=oss_v2.MirrorHeaders(pass_all=True),
        ),
    )
    website = oss_v2.WebsiteConfiguration(routing_rules=oss_v2.RoutingRules(routing_rules=[rule]))
    assumption_client.put_bucket_website(oss_v2.PutBucketWebsiteRequest(assumption_bucket, website))
    answer = assumption_client.get_object(oss_v2.GetObjectRequest(assumption_bucket, "a"))
    assert answer.body.read() == b"from afar"
