"""Operations on the service: ListBuckets and DescribeRegions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from fakeoss import errors
from fakeoss.operations import paging, regions
from fakeoss.operations.call import Call
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import document, owner, timestamp
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.tagging import BucketTagging
from fakeoss.wire import schema_xml
from fakeoss.wire.bind import either, params, query, refuse
from fakeoss.wire.message import Reply
from fakeoss.wire.xml import Element

_TAG_PAIR = re.compile(r'"([^"]*)"\s*:\s*"([^"]*)"')
_TAG_PAIRS = re.compile(rf"\s*{_TAG_PAIR.pattern}(?:\s*,\s*{_TAG_PAIR.pattern})*\s*")
_REGION = re.compile(r"[A-Za-z0-9-]*")

Wanted = Mapping[str, "str | None"]
"""Tags that a bucket must have; None stands for any value."""


@params
class ListBuckets:
    """What ListBuckets takes."""

    prefix: str = query("prefix", default="")
    marker: str = query("marker", default="")
    max_keys: int = query("max-keys", paging.length(errors.InvalidMaxKeysOfBuckets), default=100)
    tag_key: str | None = query("tag-key", default=None)
    tag_value: str | None = query("tag-value", default=None)
    tagging: str | None = query("tagging", default=None)
    resource_group: str | None = either("x-oss-resource-group-id", default=None)


@operation("ListBuckets", ListBuckets)
def list_buckets(call: Call, ask: ListBuckets) -> Reply:
    """The caller's buckets of all regions, by name, filtered by prefix, tags and resource group.

    Who asks for all and gets all is told of no page (reference 5.1). Who filters by `tagging` is told the tags (tests
    of the official client for Node). Raises InvalidArgument for a filter by tags that makes no sense.
    """
    found = _matching(call, ask, _wanted(ask))
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
            ("Buckets", [("Bucket", [*_bucket(call, bucket), *_tags(bucket, ask)]) for bucket in page]),
        ],
    )


def _wanted(ask: ListBuckets) -> Wanted:
    """The tags asked for; raises InvalidArgument for halves and mixtures (SDK v2's ListBucketsRequest)."""
    if ask.tagging:
        if ask.tag_key is not None or ask.tag_value is not None:
            raise refuse("tagging", ask.tagging, "tagging cannot be specified together with tag-key and tag-value.")
        if not _TAG_PAIRS.fullmatch(ask.tagging):
            raise refuse("tagging", ask.tagging, 'tagging must be a list such as "k1":"v1","k2":"v2".')
        return dict(_TAG_PAIR.findall(ask.tagging))
    if ask.tag_key is not None:
        return {ask.tag_key: ask.tag_value}
    if ask.tag_value is not None:
        raise refuse("tag-value", ask.tag_value, "tag-value must be specified together with tag-key.")
    return {}


def _matching(call: Call, ask: ListBuckets, wanted: Wanted) -> Iterator[Bucket]:
    for bucket in call.world.buckets_of(call.identity.account_id):
        if bucket.name <= ask.marker or not bucket.name.startswith(ask.prefix):
            continue
        if ask.resource_group and bucket.resource_group != ask.resource_group:
            continue
        if not wanted or _is_tagged(bucket, wanted):
            yield bucket


def _is_tagged(bucket: Bucket, wanted: Wanted) -> bool:
    configured = bucket.configuration(BucketTagging)
    tags = {} if configured is None else {tag.key: tag.value for tag in configured.tags}
    return all(key in tags and value in (None, tags[key]) for key, value in wanted.items())


def _bucket(call: Call, bucket: Bucket) -> list[Element]:
    public, internal = regions.endpoints(call, bucket.region)
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
    """The endpoints of all regions, or of the one named `oss-<region>`.

    Raises NoSuchRegion, and InvalidArgument for what cannot be a region's name (assumption A274).
    """
    if not _REGION.fullmatch(ask.region):
        raise errors.InvalidArgument(ArgumentName="regions", ArgumentValue=ask.region)
    named = [region for region in regions.public_regions() if ask.region in ("", f"oss-{region}")]
    if not named:
        raise errors.NoSuchRegion(Region=ask.region)
    return document("RegionInfoList", [("RegionInfo", _region(call, region)) for region in named])


def _region(call: Call, region: str) -> list[Element]:
    public, internal = regions.endpoints(call, region)
    return [
        ("Region", f"oss-{region}"),
        ("InternetEndpoint", public),
        ("InternalEndpoint", internal),
        ("AccelerateEndpoint", "oss-accelerate.aliyuncs.com"),
    ]
