"""Operations on the service: ListBuckets and DescribeRegions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from fakeoss import errors
from fakeoss.operations import regions
from fakeoss.operations.call import Call
from fakeoss.operations.declare import operation
from fakeoss.operations.object_list import max_keys
from fakeoss.operations.replies import document, owner, timestamp
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.tagging import BucketTagging
from fakeoss.wire import schema_xml
from fakeoss.wire.bind import either, params, query
from fakeoss.wire.message import Reply
from fakeoss.wire.xml import Element

_TAG_PAIR = re.compile(r'"([^"]*)"\s*:\s*"([^"]*)"')


@params
class ListBuckets:
    """What ListBuckets takes."""

    prefix: str = query("prefix", default="")
    marker: str = query("marker", default="")
    max_keys: int = query("max-keys", max_keys(errors.InvalidMaxKeysOfBuckets), default=100)
    tag_key: str | None = query("tag-key", default=None)
    tag_value: str | None = query("tag-value", default=None)
    tagging: str | None = query("tagging", default=None)
    resource_group: str | None = either("x-oss-resource-group-id", default=None)


@operation("ListBuckets", ListBuckets)
def list_buckets(call: Call, ask: ListBuckets) -> Reply:
    """The caller's buckets of all regions, by name, filtered by prefix, tags and resource group.

    Who asks for all and gets all is told of no page (reference 5.1). Who filters by `tagging` is told the tags (tests
    of the official client for Node).
    """
    found = _matching(call, ask)
    page = list(islice(found, ask.max_keys))
    truncated = next(found, None) is not None
    account_id = call.identity.account_id
    paged: list[Element] = [
        ("Prefix", ask.prefix),
        ("Marker", ask.marker),
        ("MaxKeys", ask.max_keys),
        ("IsTruncated", truncated),
        ("NextMarker", page[-1].name if truncated else None),
    ]
    return document(
        "ListAllMyBucketsResult",
        [
            *(paged if truncated or call.arguments else []),
            owner(account_id, call.accounts.display_name(account_id)),
            ("Buckets", [("Bucket", [*_bucket(bucket), *_tags(bucket, ask)]) for bucket in page]),
        ],
    )


def _matching(call: Call, ask: ListBuckets) -> Iterator[Bucket]:
    for bucket in call.world.buckets_of(call.identity.account_id):
        if bucket.name <= ask.marker or not bucket.name.startswith(ask.prefix):
            continue
        if ask.resource_group and bucket.resource_group != ask.resource_group:
            continue
        if _is_tagged(bucket, ask):
            yield bucket


def _is_tagged(bucket: Bucket, ask: ListBuckets) -> bool:
    if ask.tag_key is None and ask.tagging is None:
        return True
    configured = bucket.configuration(BucketTagging)
    tags = {} if configured is None else {tag.key: tag.value for tag in configured.tags}
    if ask.tag_key is not None and ask.tag_key not in tags:
        return False
    if ask.tag_key is not None and ask.tag_value is not None and tags[ask.tag_key] != ask.tag_value:
        return False
    wanted = _TAG_PAIR.findall(ask.tagging or "")
    return all(tags.get(key) == value for key, value in wanted)


def _bucket(bucket: Bucket) -> list[Element]:
    public, internal = regions.endpoints(bucket.region)
    return [
        ("Name", bucket.name),
        ("CreationDate", timestamp(bucket.created)),
        ("Location", bucket.location),
        ("Region", bucket.region),
        ("StorageClass", bucket.storage_class),
        ("ExtranetEndpoint", public),
        ("IntranetEndpoint", internal),
        ("ResourceGroupId", bucket.resource_group),
    ]


def _tags(bucket: Bucket, ask: ListBuckets) -> list[Element]:
    configured = bucket.configuration(BucketTagging)
    if ask.tagging is None or configured is None:
        return []
    return [("Tagging", schema_xml.elements(configured))]


@params
class DescribeRegions:
    """What DescribeRegions takes."""

    region: str = query("regions", default="")


@operation("DescribeRegions", DescribeRegions)
def describe_regions(call: Call, ask: DescribeRegions) -> Reply:
    """The endpoints of all regions, or of the one named `oss-<region>`; raises NoSuchRegion."""
    named = [region for region in regions.public_regions() if ask.region in ("", f"oss-{region}")]
    if not named:
        raise errors.NoSuchRegion(Region=ask.region)
    return document("RegionInfoList", [("RegionInfo", _region(region)) for region in named])


def _region(region: str) -> list[Element]:
    public, internal = regions.endpoints(region)
    return [
        ("Region", f"oss-{region}"),
        ("InternetEndpoint", public),
        ("InternalEndpoint", internal),
        ("AccelerateEndpoint", "oss-accelerate.aliyuncs.com"),
    ]
