"""Assumption A202: a routing rule without a status counts for objects that are there, too.

Operations: PutBucketWebsite, GetObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal


def test_it_redirects(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    assumption_client.put_object(oss_v2.PutObjectRequest(assumption_bucket, "old/a", body=b"a"))
    rule = oss_v2.RoutingRule(
        rule_number=1,
        condition=oss_v2.RoutingRuleCondition(key_prefix_equals="old/"),
        redirect=oss_v2.RoutingRuleRedirect(
            redirect_type="External", host_name="www.example.com", protocol="https", http_redirect_code=302
        ),
    )
    website = oss_v2.WebsiteConfiguration(routing_rules=oss_v2.RoutingRules(routing_rules=[rule]))
    assumption_client.put_bucket_website(oss_v2.PutBucketWebsiteRequest(assumption_bucket, website))
    assert refusal(assumption_client.get_object, oss_v2.GetObjectRequest(assumption_bucket, "old/a"))[0] == 302
