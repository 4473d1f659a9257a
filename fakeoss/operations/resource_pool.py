"""Resource pools: bandwidth that several buckets share, and the limits of those who use it.

No operation makes a pool; `settings.resource_pools` names those of the account, with their buckets.
"""

from __future__ import annotations

from datetime import datetime, timezone

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import checked_body
from fakeoss.operations.declare import operation
from fakeoss.operations.qos import Listing, Requester, of_requester, paged
from fakeoss.operations.replies import document, empty, timestamp
from fakeoss.state.configurations.qos import QosConfiguration, RequesterQos
from fakeoss.state.sorted_map import SortedMap
from fakeoss.wire import schema_xml
from fakeoss.wire.bind import params, query
from fakeoss.wire.message import Reply
from fakeoss.wire.xml import Element

_KEPT_AS = "requester qos of resource pools"
_MADE = timestamp(datetime(2025, 1, 1, tzinfo=timezone.utc))
"""Since when there are pools: the settings know no times, the answers want one (docs: ListResourcePools)."""

Limits = SortedMap[tuple[str, str], RequesterQos]
"""The limits of requesters, by pool and requester."""


@params
class Pool:
    """The pool an operation is about."""

    name: str = query("resourcePool")


@params
class PoolListing(Listing):
    """A listing of what belongs to a pool."""

    name: str = query("resourcePool")


@params
class PoolRequester(Requester):
    """The pool and the requester an operation is about."""

    name: str = query("resourcePool")


def _check(call: Call, name: str) -> None:
    """Refuse a pool that the account does not have: NoSuchResourcePool."""
    if name not in call.settings.resource_pools:
        raise errors.NoSuchResourcePool(ResourcePool=name)


def _limits(call: Call) -> Limits:
    found: Limits | None = call.world.account_value(call.identity.account_id, _KEPT_AS)
    return SortedMap() if found is None else found


def _save(call: Call, limits: Limits) -> None:
    call.save_world(call.world.with_account_value(call.identity.account_id, _KEPT_AS, limits))


@operation("ListResourcePools", Listing)
def list_resource_pools(call: Call, ask: Listing) -> Reply:
    """The account's pools, by name, in pages."""
    page = paged(ask, sorted(call.settings.resource_pools))
    pools: list[Element] = [("ResourcePool", [("Name", name), ("CreateTime", _MADE)]) for name in page.names]
    region, owner = call.region, call.identity.account_id
    return document("ListResourcePoolsResult", [("Region", region), ("Owner", owner), *page.elements, *pools])


@operation("GetResourcePoolInfo", Pool)
def get_resource_pool_info(call: Call, ask: Pool) -> Reply:
    """One pool, without limits of its own; raises NoSuchResourcePool."""
    _check(call, ask.name)
    return document(
        "GetResourcePoolInfoResponse",
        [
            ("Region", call.region),
            ("Name", ask.name),
            ("Owner", call.identity.account_id),
            ("CreateTime", _MADE),
            ("QoSConfiguration", schema_xml.elements(QosConfiguration())),
        ],
    )


@operation("ListResourcePoolBuckets", PoolListing)
def list_resource_pool_buckets(call: Call, ask: PoolListing) -> Reply:
    """The buckets of a pool, by name, in pages; raises NoSuchResourcePool."""
    _check(call, ask.name)
    page = paged(ask, sorted(call.settings.resource_pools[ask.name]))
    buckets: list[Element] = [
        ("ResourcePoolBucket", [("Name", name), ("JoinTime", _joined(call, name))]) for name in page.names
    ]
    return document("ListResourcePoolBucketsResult", [("ResourcePool", ask.name), *page.elements, *buckets])


def _joined(call: Call, name: str) -> str:
    """A bucket joins as it is made; one that is not made yet has been expected as long as there is the pool."""
    bucket = call.world.buckets.get(name)
    return _MADE if bucket is None else timestamp(bucket.created)


@operation("PutResourcePoolRequesterQosInfo", PoolRequester)
def put_resource_pool_requester_qos_info(call: Call, ask: PoolRequester) -> Reply:
    """Set a requester's limits in a pool; raises NoSuchResourcePool."""
    _check(call, ask.name)
    limits = schema_xml.parse(QosConfiguration, checked_body(call))
    _save(call, _limits(call).set((ask.name, ask.checked), RequesterQos(ask.id, limits)))
    return empty(200)


@operation("GetResourcePoolRequesterQosInfo", PoolRequester)
def get_resource_pool_requester_qos_info(call: Call, ask: PoolRequester) -> Reply:
    """A requester's limits in a pool, none at all where none were set; raises NoSuchResourcePool."""
    _check(call, ask.name)
    found = _limits(call).get((ask.name, ask.checked)) or RequesterQos(ask.id, QosConfiguration())
    return document("RequesterQoSInfo", of_requester(found))


@operation("ListResourcePoolRequesterQosInfos", PoolListing)
def list_resource_pool_requester_qos_infos(call: Call, ask: PoolListing) -> Reply:
    """The limits of all requesters of a pool, by id, in pages; raises NoSuchResourcePool."""
    _check(call, ask.name)
    held = {requester: limits for (pool, requester), limits in _limits(call).items() if pool == ask.name}
    page = paged(ask, list(held))
    infos: list[Element] = [("RequesterQoSInfo", of_requester(held[name])) for name in page.names]
    return document("ListResourcePoolRequesterQoSInfosResult", [("ResourcePool", ask.name), *page.elements, *infos])


@operation("DeleteResourcePoolRequesterQosInfo", PoolRequester)
def delete_resource_pool_requester_qos_info(call: Call, ask: PoolRequester) -> Reply:
    """Delete a requester's limits in a pool; 204 also where there were none; raises NoSuchResourcePool."""
    _check(call, ask.name)
    limits, place = _limits(call), (ask.name, ask.checked)
    if place in limits:
        _save(call, limits.remove(place))
    return empty(204)
