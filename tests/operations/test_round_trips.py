"""What is set comes back, field by field, whatever was set: every configuration, through both SDKs."""

from __future__ import annotations

from typing import Any

import alibabacloud_oss_v2 as oss_v2
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fakeoss
from fakeoss import kit
from fakeoss.app import Snapshot
from fakeoss.wire import schema_xml
from tests.conftest import BUCKET, Raw
from tests.operations.comeback import MODEST, model_of, plain
from tests.operations.round_trips import OSS2, SDK_V2, OldTrip, Trip, prepare
from tests.people import People

PLAIN = "http://oss-cn-hangzhou.aliyuncs.com"
"""Over plain HTTP no TLS configuration locks its own test out."""


@pytest.fixture
def prepared(oss: fakeoss.FakeOSS) -> Snapshot:
    """Where every example begins."""
    prepare(oss)
    return oss.snapshot()


def of_sdk_v2(trip: Trip, verb: str, word: str) -> type[Any]:
    """A class of SDK v2 such as `PutBucketCorsRequest`."""
    found: type[Any] = getattr(oss_v2, verb + trip.stem.title().replace("_", "") + word)
    return found


def document_of(cls: type[Any]) -> str:
    """The attribute of a request or a result that is its document."""
    places: dict[str, dict[str, str]] = cls._attribute_map
    return next(name for name, said in places.items() if said.get("position") == "body")


@pytest.mark.parametrize("trip", [pytest.param(trip, id=trip.stem) for trip in SDK_V2])
@MODEST
@given(data=st.data())
def test_sdk_v2_reads_what_it_set(oss: fakeoss.FakeOSS, prepared: Snapshot, trip: Trip, data: st.DataObject) -> None:
    value = data.draw(trip.chosen)
    request, result = of_sdk_v2(trip, "Put", "Request"), of_sdk_v2(trip, "Get", "Result")
    (made,) = result._dependency_map.values()
    model = type(made["new"]())
    oss.restore(prepared)
    client = People(oss).client("owner", endpoint=PLAIN)
    where = {**({"bucket": BUCKET} if trip.of_bucket else {}), **trip.parameters(value)}
    getattr(client, f"put_{trip.stem}")(request(**where, **{document_of(request): model_of(model, value)}))
    read = getattr(client, f"get_{trip.stem}")(of_sdk_v2(trip, "Get", "Request")(**where))
    expected = {**plain(model_of(model, trip.kept(value))), **dict(trip.told)}
    assert plain(getattr(read, document_of(result))) == expected


@pytest.mark.parametrize("trip", [pytest.param(trip, id=trip.target) for trip in OSS2])
@MODEST
@given(data=st.data())
def test_oss2_sets_what_it_reads(
    oss: fakeoss.FakeOSS, raw: Raw, prepared: Snapshot, trip: OldTrip, data: st.DataObject
) -> None:
    value = data.draw(trip.chosen)
    bucket = People(oss).bucket("owner", endpoint=PLAIN)
    asked = trip.target.replace("&comp=add", "")
    oss.restore(prepared)
    assert raw(trip.method, trip.target, {}, schema_xml.write(value), scheme="http").status == 200
    read, shown = trip.read(bucket), raw("GET", asked, scheme="http").data()
    oss.restore(prepared)
    trip.write(bucket, read)
    assert raw("GET", asked, scheme="http").data() == shown


ELSEWHERE = {
    "AsyncFetchTaskConfiguration": "test_async_fetch: a task, which goes on",
    "BucketCnameConfiguration": "test_bucket_cname: what is read is the domains, not the document",
    "CreateAccessPointConfiguration": "test_access_point: what is read tells more",
    "InventoryTableConfiguration": "test_metadata_configuration",
    "JournalTableConfiguration": "test_metadata_configuration",
    "LiveChannelConfiguration": "test_live_channel",
    "MetadataConfiguration": "test_metadata_configuration: what is read tells more",
    "ObjectWormConfiguration": "test_object_worm: it cannot be replaced",
    "PolicyItem": "a part of BucketCallbackPolicy",
    "ReplicationRule": "switches time control of a rule",
    "ReplicationRules": "names a rule to be deleted",
    "Snapshot": "a part of LiveChannelConfiguration",
    "Style": "test_bucket_style: what is read tells more",
    "Tag": "a part of Tagging",
    "Target": "a part of LiveChannelConfiguration",
}
"""Documents that are not set and read as they are, and where they are tested."""


def test_no_configuration_is_left_out() -> None:
    here = {trip.kind for trip in (*SDK_V2, *OSS2)}
    assert {root for root, kind in kit.configurations().items() if kind not in here} == set(ELSEWHERE)
