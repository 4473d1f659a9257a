"""Assumption A203: where a website's error page is missing, the refusal itself is answered.

Operations: PutBucketWebsite, GetObject.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal


def test_the_refusal_stays(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    website = oss_v2.WebsiteConfiguration(error_document=oss_v2.ErrorDocument(key="error.html"))
    assumption_client.put_bucket_website(oss_v2.PutBucketWebsiteRequest(assumption_bucket, website))
    found = refusal(assumption_client.get_object, oss_v2.GetObjectRequest(assumption_bucket, "missing"))
    assert found == (404, "NoSuchKey")
