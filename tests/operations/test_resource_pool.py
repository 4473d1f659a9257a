"""Resource pools: those of the settings, and the limits of their requesters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from fakeoss.state.configurations.qos import QosConfiguration
from tests.conftest import ENDPOINT
from tests.operations.conftest import Refused
from tests.operations.test_qos import in_words_of, limits
from tests.people import People, refusal

POOLS = {"first": ("a-bucket", "b-bucket", "c-bucket"), "second": (), "third": ()}


@pytest.fixture
def oss() -> Iterator[fakeoss.FakeOSS]:
    """A fake whose account has pools."""
    with fakeoss.mock_oss(resource_pools=POOLS) as fake:
        yield fake


@pytest.fixture
def service(oss: fakeoss.FakeOSS) -> oss2.Service:
    """The account's own client."""
    return oss2.Service(oss2.Auth(*oss.credentials), f"https://{ENDPOINT}")


def parsed(moment: str) -> datetime:
    """A time as answers write it."""
    return datetime.strptime(moment, "%Y-%m-%dT%H:%M:%S.%f%z")


def test_pools_are_listed_in_pages(service: oss2.Service) -> None:
    first = service.list_resource_pools(max_keys=2)
    assert [pool.name for pool in first.resource_pool] == ["first", "second"]
    assert (first.region, first.is_truncated, first.next_continuation_token) == ("cn-hangzhou", True, "second")
    last = service.list_resource_pools(first.next_continuation_token)
    assert ([pool.name for pool in last.resource_pool], last.is_truncated) == (["third"], False)


def test_an_account_without_pools() -> None:
    with fakeoss.mock_oss() as oss:
        service = oss2.Service(oss2.Auth(*oss.credentials), f"https://{ENDPOINT}")
        assert service.list_resource_pools().resource_pool == []


def test_one_pool(service: oss2.Service) -> None:
    found = service.get_resource_pool_info("first")
    assert (found.region, found.name) == ("cn-hangzhou", "first")
    listed = service.list_resource_pools().resource_pool[0]
    assert parsed(found.create_time) == parsed(listed.create_time)
    assert limits(found.qos_configuration) == QosConfiguration()


def test_buckets_of_a_pool_in_pages(oss: fakeoss.FakeOSS, service: oss2.Service) -> None:
    oss.create_bucket("a-bucket")
    first = service.list_resource_pool_buckets("first", max_keys=2)
    assert [bucket.name for bucket in first.resource_pool_buckets] == ["a-bucket", "b-bucket"]
    assert (first.resource_pool, first.is_truncated) == ("first", True)
    made = oss.client().get_bucket_info(oss_v2.GetBucketInfoRequest("a-bucket")).bucket_info.creation_date
    assert parsed(first.resource_pool_buckets[0].join_time) == made
    assert parsed(first.resource_pool_buckets[1].join_time) < made
    last = service.list_resource_pool_buckets("first", first.next_continuation_token)
    assert [bucket.name for bucket in last.resource_pool_buckets] == ["c-bucket"]
    assert service.list_resource_pool_buckets("second").resource_pool_buckets == []


def test_limits_of_requesters(service: oss2.Service) -> None:
    value = QosConfiguration(total_upload=20, total_qps=7)
    service.put_resource_pool_requester_qos_info("7", "first", in_words_of(oss2.models.QoSConfiguration, value))
    service.put_resource_pool_requester_qos_info("8", "first", oss2.models.QoSConfiguration(total_qps=8))
    service.put_resource_pool_requester_qos_info("7", "second", oss2.models.QoSConfiguration(total_qps=9))
    read = service.get_resource_pool_requester_qos_info("7", "first")
    assert (read.requester, limits(read.qos_configuration)) == ("7", value)
    page = service.list_resource_pool_requester_qos_infos("first", max_keys=1)
    assert ([found.requester for found in page.requester_qos_info], page.is_truncated) == (["7"], True)
    for _ in range(2):
        assert service.delete_resource_pool_requester_qos_info("7", "first").status == 204
    rest = service.list_resource_pool_requester_qos_infos("first").requester_qos_info
    assert [found.requester for found in rest] == ["8"]
    unset = service.get_resource_pool_requester_qos_info("7", "first").qos_configuration
    assert limits(unset) == QosConfiguration()
    assert service.get_resource_pool_requester_qos_info("7", "second").qos_configuration.total_qps == 9


def test_limits_of_another_account_are_its_own(oss: fakeoss.FakeOSS, service: oss2.Service) -> None:
    people = People(oss)
    people.add("stranger", account="6543210987654321")
    service.put_resource_pool_requester_qos_info("7", "first", oss2.models.QoSConfiguration(total_qps=7))
    theirs = people.service("stranger").get_resource_pool_requester_qos_info("7", "first")
    assert limits(theirs.qos_configuration) == QosConfiguration()


def test_pools_that_do_not_exist(service: oss2.Service) -> None:
    refused = (404, "NoSuchResourcePool")
    qos = oss2.models.QoSConfiguration(total_qps=7)
    assert refusal(service.get_resource_pool_info, "other")[:2] == refused
    assert refusal(service.list_resource_pool_buckets, "other")[:2] == refused
    assert refusal(service.put_resource_pool_requester_qos_info, "7", "other", qos)[:2] == refused
    assert refusal(service.get_resource_pool_requester_qos_info, "7", "other")[:2] == refused
    assert refusal(service.list_resource_pool_requester_qos_infos, "other")[:2] == refused
    assert refusal(service.delete_resource_pool_requester_qos_info, "7", "other")[:2] == refused


def test_a_requester_must_be_named(service: oss2.Service, refused: Refused) -> None:
    target = "/?requesterQosInfo&resourcePool=first&qosRequester="
    error = refused(400, "InvalidArgument", "PUT", target, {}, b"<QoSConfiguration/>", bucket=None)
    assert error["ArgumentName"] == "qosRequester"
