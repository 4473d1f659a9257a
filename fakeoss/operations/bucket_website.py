"""PutBucketWebsite, GetBucketWebsite and DeleteBucketWebsite."""

from __future__ import annotations

from dataclasses import replace

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import deleting, reading, setting
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.website import RoutingRule, WebsiteConfiguration


def _stored(_call: Call, _bucket: Bucket, asked: WebsiteConfiguration) -> WebsiteConfiguration:
    """As the service keeps it: what a mirror passes of the query reads the same by both names (oss2 tests)."""
    return replace(asked, rules=tuple(map(_settled, asked.rules)))


def _settled(rule: RoutingRule) -> RoutingRule:
    redirect = rule.redirect
    if redirect.kind != "Mirror" or redirect.mirror_pass_query is None:
        return rule
    return replace(rule, redirect=replace(redirect, pass_query=redirect.mirror_pass_query))


PUT_BUCKET_WEBSITE = setting("PutBucketWebsite", WebsiteConfiguration, before=_stored)
GET_BUCKET_WEBSITE = reading("GetBucketWebsite", WebsiteConfiguration, missing=errors.NoSuchWebsiteConfiguration)
DELETE_BUCKET_WEBSITE = deleting("DeleteBucketWebsite", WebsiteConfiguration)
