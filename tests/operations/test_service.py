"""The service itself: the buckets of an account, the regions there are."""

from __future__ import annotations

from urllib.parse import quote

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from fakeoss.wire import xml
from fakeoss.wire.message import Reply
from tests.conftest import Raw
from tests.operations.conftest import Refused, ServiceError, elements_of
from tests.people import ENDPOINT, OTHER, People

NAMES = ["a-first", "b-second", "b-third", "c-fourth"]
PAGED = {"Prefix", "Marker", "MaxKeys", "IsTruncated", "NextMarker"}


@pytest.fixture
def filled(oss: fakeoss.FakeOSS) -> fakeoss.FakeOSS:
    """Four buckets, and one of another account."""
    for name in NAMES:
        oss.create_bucket(name)
    oss.create_bucket("b-of-another", account=OTHER)
    return oss


@pytest.fixture
def service(oss: fakeoss.FakeOSS) -> oss2.Service:
    """The service through oss2."""
    return oss2.Service(oss2.AuthV4(*oss.credentials), ENDPOINT, region="cn-hangzhou")


def names_of(reply: Reply) -> list[str]:
    (buckets,) = xml.parse(reply.data()).children_named("Buckets")
    return [node.text_of("Name", "") for node in buckets.children]


# ListBuckets


def test_an_account_sees_its_own_buckets(filled: fakeoss.FakeOSS, service: oss2.Service, raw: Raw) -> None:
    assert [found.name for found in service.list_buckets().buckets] == NAMES
    assert names_of(raw("GET", bucket=None)) == NAMES
    people = People(filled)
    people.add("other", account=OTHER)
    theirs = oss2.Service(people.auth("other"), ENDPOINT).list_buckets()
    assert [found.name for found in theirs.buckets] == ["b-of-another"]


def test_no_buckets(service: oss2.Service, client: oss_v2.Client) -> None:
    assert service.list_buckets().buckets == []
    assert not client.list_buckets(oss_v2.ListBucketsRequest()).buckets


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_at_a_port_the_endpoints_told_are_the_ports_own(oss: fakeoss.FakeOSS, name: str) -> None:
    oss.create_bucket("a-bucket", region="us-west-1")
    with oss.serve() as server:
        here = f"{name}:{server.endpoint.rpartition(':')[2]}"
        service = oss2.Service(oss2.Auth("any", "key"), f"http://{here}")
        (listed,) = service.list_buckets().buckets
        told = oss2.Bucket(oss2.Auth("any", "key"), f"http://{here}", "a-bucket").get_bucket_info()
        regions = service.describe_regions().regions
    assert (listed.extranet_endpoint, listed.intranet_endpoint) == (here, here)
    assert (told.extranet_endpoint, told.intranet_endpoint) == (here, here)
    assert {(region.internet_endpoint, region.internal_endpoint) for region in regions} == {(here, here)}
    assert listed.location == told.location == "oss-us-west-1"


def test_what_is_told_of_a_bucket(oss: fakeoss.FakeOSS, client: oss_v2.Client) -> None:
    oss.create_bucket("a-bucket", region="us-west-1", storage_class="IA")
    result = client.list_buckets(oss_v2.ListBucketsRequest())
    (found,) = result.buckets or []
    assert (found.name, found.location, found.region, found.storage_class) == (
        "a-bucket",
        "oss-us-west-1",
        "us-west-1",
        "IA",
    )
    assert (found.extranet_endpoint, found.intranet_endpoint) == (
        "oss-us-west-1.aliyuncs.com",
        "oss-us-west-1-internal.aliyuncs.com",
    )
    assert found.resource_group_id == "rg-default-id"
    assert found.creation_date is not None
    assert result.owner is not None
    described = client.get_bucket_info(oss_v2.GetBucketInfoRequest("a-bucket")).bucket_info
    assert described is not None
    assert described.owner is not None
    assert (result.owner.id, result.owner.display_name) == (described.owner.id, described.owner.display_name)


def test_every_region_tells_of_all(oss: fakeoss.FakeOSS) -> None:
    oss.create_bucket("one-bucket", region="cn-hangzhou")
    oss.create_bucket("two-bucket", region="us-west-1")
    for region in ("cn-hangzhou", "us-west-1", "eu-central-1"):
        listed = oss.client(region=region).list_buckets(oss_v2.ListBucketsRequest()).buckets or []
        assert [found.name for found in listed] == ["one-bucket", "two-bucket"]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_pages_make_up_the_whole(
    filled: fakeoss.FakeOSS, service: oss2.Service, client: oss_v2.Client, size: int
) -> None:
    assert [found.name for found in oss2.BucketIterator(service, max_keys=size)] == NAMES
    pages = client.list_buckets_paginator().iter_page(oss_v2.ListBucketsRequest(max_keys=size))
    assert [found.name for page in pages for found in page.buckets or []] == NAMES


def test_a_page_is_told_where_one_is_asked_for_or_due(filled: fakeoss.FakeOSS, raw: Raw) -> None:
    assert not PAGED & set(elements_of(raw("GET", bucket=None)))
    answer = elements_of(raw("GET", "/?prefix=b&max-keys=1&marker=a", bucket=None))
    assert {name: answer[name] for name in PAGED} == {
        "Prefix": "b",
        "Marker": "a",
        "MaxKeys": "1",
        "IsTruncated": "true",
        "NextMarker": "b-second",
    }
    answer = elements_of(raw("GET", "/?prefix=b", bucket=None))
    assert (answer["IsTruncated"], answer["MaxKeys"], "NextMarker" in answer) == ("false", "100", False)


def test_more_than_100_buckets_are_pages(oss: fakeoss.FakeOSS, raw: Raw) -> None:
    for number in range(101):
        oss.create_bucket(f"bucket-{number:03}", region="cn-hangzhou" if number % 2 else "us-west-1")
    first = raw("GET", bucket=None)
    assert (len(names_of(first)), elements_of(first)["NextMarker"]) == (100, "bucket-099")
    assert names_of(raw("GET", "/?marker=bucket-099", bucket=None)) == ["bucket-100"]
    assert len(names_of(raw("GET", "/?max-keys=1000", bucket=None))) == 101


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("prefix=b", NAMES[1:3]),
        ("prefix=B", []),
        ("marker=b-second", NAMES[2:]),
        ("marker=b", NAMES[1:]),
        ("prefix=b&marker=b-second", NAMES[2:3]),
        ("prefix=a&marker=b", []),
        ("prefix=&marker=", NAMES),
        ("regionList", NAMES),
    ],
)
def test_names_are_filtered(filled: fakeoss.FakeOSS, raw: Raw, query: str, expected: list[str]) -> None:
    assert names_of(raw("GET", f"/?{query}", bucket=None)) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"tag-key": "k"}, ["a-first", "b-second"]),
        ({"tag-key": "k", "tag-value": "v"}, ["a-first"]),
        ({"tag-key": "k", "tag-value": ""}, []),
        ({"tag-key": "other"}, []),
        ({"tagging": ""}, NAMES),
        ({"tagging": '"k":"v"'}, ["a-first"]),
        ({"tagging": '"k":"v","l":"w"'}, ["a-first"]),
        ({"tagging": '"k":"v","l":"x"'}, []),
        ({"tagging": '"k": "w"'}, ["b-second"]),
    ],
)
def test_tags_are_filtered(filled: fakeoss.FakeOSS, raw: Raw, query: dict[str, str], expected: list[str]) -> None:
    for name, tags in (("a-first", {"k": "v", "l": "w"}), ("b-second", {"k": "w"})):
        rule = oss2.models.TaggingRule()
        for key, value in tags.items():
            rule.add(key, value)
        filled.oss2_bucket(name).put_bucket_tagging(oss2.models.Tagging(rule))
    asked = "&".join(f"{name}={quote(value)}" for name, value in query.items())
    assert names_of(raw("GET", f"/?{asked}", bucket=None)) == expected


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"tag-value": "v"}, "tag-value"),
        ({"tagging": '"k":"v"', "tag-key": "k"}, "tagging"),
        ({"tagging": '"k":"v"', "tag-value": "v"}, "tagging"),
        ({"tagging": "k:v"}, "tagging"),
        ({"tagging": '"k":"v",'}, "tagging"),
        ({"tagging": '"k"'}, "tagging"),
        ({"tagging": '"k":"v" "l":"w"'}, "tagging"),
    ],
)
def test_filters_by_tags_that_make_no_sense(
    filled: fakeoss.FakeOSS, refused: Refused, query: dict[str, str], name: str
) -> None:
    asked = "&".join(f"{key}={quote(value)}" for key, value in query.items())
    error = refused(400, "InvalidArgument", "GET", f"/?{asked}", bucket=None)
    assert (error["ArgumentName"], error["ArgumentValue"]) == (name, query[name])


def test_resource_groups_are_filtered(filled: fakeoss.FakeOSS, client: oss_v2.Client) -> None:
    group = "rg-aek27tc0000aaaa"
    client.put_bucket(oss_v2.PutBucketRequest("in-group", resource_group_id=group))
    listed = client.list_buckets(oss_v2.ListBucketsRequest(resource_group_id=group)).buckets or []
    assert [(found.name, found.resource_group_id) for found in listed] == [("in-group", group)]


@pytest.mark.parametrize("value", ["0", "1001", "-1", "x", ""])
def test_a_page_has_1_to_1000_buckets(oss: fakeoss.FakeOSS, refused: Refused, value: str) -> None:
    error = refused(400, "InvalidArgument", "GET", f"/?max-keys={value}", bucket=None)
    assert error["ArgumentName"] == "max-keys"


def test_v2_is_told(client: oss_v2.Client, service_error: ServiceError) -> None:
    error = service_error(client.list_buckets, oss_v2.ListBucketsRequest(max_keys=1001))
    assert (error.status_code, error.code) == (400, "InvalidArgument")


def test_strangers_have_no_buckets(oss: fakeoss.FakeOSS, refused: Refused) -> None:
    refused(403, "AccessDenied", "GET", bucket=None, signed=False)
    with pytest.raises(oss2.exceptions.AccessDenied):
        oss2.Service(oss2.AnonymousAuth(), ENDPOINT).list_buckets()


# DescribeRegions


def test_all_regions(service: oss2.Service, client: oss_v2.Client) -> None:
    told = service.describe_regions().regions
    assert len(told) > 20
    assert {"oss-cn-hangzhou", "oss-cn-chengdu", "oss-us-west-1"} <= {found.region for found in told}
    listed = client.describe_regions(oss_v2.DescribeRegionsRequest()).region_info or []
    assert [found.region for found in listed] == [found.region for found in told]


def test_one_region(service: oss2.Service) -> None:
    (found,) = service.describe_regions("oss-cn-hangzhou").regions
    assert (found.region, found.internet_endpoint, found.internal_endpoint, found.accelerate_endpoint) == (
        "oss-cn-hangzhou",
        "oss-cn-hangzhou.aliyuncs.com",
        "oss-cn-hangzhou-internal.aliyuncs.com",
        "oss-accelerate.aliyuncs.com",
    )


@pytest.mark.parametrize("region", ["oss-cn-atlantis", "cn-hangzhou", "OSS-CN-HANGZHOU"])
def test_a_region_that_is_not_there(oss: fakeoss.FakeOSS, refused: Refused, region: str) -> None:
    assert refused(404, "NoSuchRegion", "GET", f"/?regions={region}", bucket=None)["Region"] == region


def test_v2_is_told_of_a_region_that_is_not_there(client: oss_v2.Client, service_error: ServiceError) -> None:
    request = oss_v2.DescribeRegionsRequest(regions="oss-cn-atlantis")
    error = service_error(client.describe_regions, request)
    assert (error.status_code, error.code) == (404, "NoSuchRegion")


def test_strangers_are_told_of_no_region(refused: Refused) -> None:
    refused(403, "AccessDenied", "GET", "/?regions", bucket=None, signed=False)
