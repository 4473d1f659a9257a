"""Assumption A201: nobody who asks the root of a website with listing parameters gets the list, not the index page.

Operations: ListObjects, PutBucketWebsite.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2


def test_the_list_is_given(
    assumption_client: oss_v2.Client, assumption_bucket: str, assumption_nobody: oss_v2.Client
) -> None:
    assumption_client.put_bucket_acl(oss_v2.PutBucketAclRequest(assumption_bucket, acl="public-read"))
    assumption_client.put_object(oss_v2.PutObjectRequest(assumption_bucket, "index.html", body=b"page"))
    website = oss_v2.WebsiteConfiguration(index_document=oss_v2.IndexDocument(suffix="index.html"))
    assumption_client.put_bucket_website(oss_v2.PutBucketWebsiteRequest(assumption_bucket, website))
    found = assumption_nobody.list_objects(oss_v2.ListObjectsRequest(assumption_bucket, prefix="index"))
    assert [entry.key for entry in found.contents] == ["index.html"]
