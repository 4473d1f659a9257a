"""Limits of bandwidth and request rate for the account, a bucket, and a bucket's requesters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import checked_body, deleting, reading, setting
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import document, empty
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.qos import ACCOUNT, QosConfiguration, RequesterQos
from fakeoss.wire import schema_xml
from fakeoss.wire.bind import integer, params, query
from fakeoss.wire.message import Reply
from fakeoss.wire.xml import Element


@operation("GetUserQosInfo")
def get_user_qos_info(call: Call) -> Reply:
    """What the account may use in the region of the endpoint."""
    region: Element = ("Region", call.region)
    return document("QoSConfiguration", [region, *schema_xml.elements(ACCOUNT)])


def _within_account(_call: Call, _bucket: Bucket, limits: QosConfiguration) -> QosConfiguration:
    limits.check_within(ACCOUNT)
    return limits


PUT_BUCKET_QOS_INFO = setting("PutBucketQosInfo", QosConfiguration, before=_within_account)
GET_BUCKET_QOS_INFO = reading("GetBucketQosInfo", QosConfiguration, default=lambda _: QosConfiguration())
DELETE_BUCKET_QOS_INFO = deleting("DeleteBucketQosInfo", QosConfiguration)


@params
class Requester:
    """The requester an operation is about."""

    id: str = query("qosRequester")

    @property
    def checked(self) -> str:
        """The id; raises InvalidArgument where it is empty."""
        if not self.id:
            raise errors.InvalidArgument(ArgumentName="qosRequester", ArgumentValue="")
        return self.id


@operation("PutBucketRequesterQosInfo", Requester)
def put_bucket_requester_qos_info(call: Call, ask: Requester) -> Reply:
    """Set a requester's limits on the bucket; they need not stay within the account's (oss2 tests)."""
    bucket = call.bucket()
    limits = schema_xml.parse(QosConfiguration, checked_body(call))
    call.save(bucket.with_keyed(ask.checked, RequesterQos(ask.id, limits)))
    return empty(200)


@operation("GetBucketRequesterQosInfo", Requester)
def get_bucket_requester_qos_info(call: Call, ask: Requester) -> Reply:
    """A requester's limits on the bucket, none at all where none were set (assumption A173)."""
    found = call.bucket().keyed_configuration(RequesterQos, ask.checked)
    return document("RequesterQoSInfo", of_requester(found or RequesterQos(ask.id, QosConfiguration())))


@operation("DeleteBucketRequesterQosInfo", Requester)
def delete_bucket_requester_qos_info(call: Call, ask: Requester) -> Reply:
    """Delete a requester's limits on the bucket; 204 also where there were none."""
    call.save(call.bucket().without_keyed(RequesterQos, ask.checked))
    return empty(204)


@params
class Listing:
    """What the listings take."""

    token: str = query("continuation-token", default="")
    max_keys: int = query("max-keys", integer(1, 1000), default=100)


@operation("ListBucketRequesterQosInfos", Listing)
def list_bucket_requester_qos_infos(call: Call, ask: Listing) -> Reply:
    """The limits of all requesters of the bucket, by id, in pages."""
    bucket = call.bucket()
    page = paged(ask, [held.requester for held in bucket.keyed_configurations(RequesterQos)])
    held = [bucket.keyed_configuration(RequesterQos, name) for name in page.names]
    infos: list[Element] = [("RequesterQoSInfo", of_requester(limits)) for limits in held if limits is not None]
    return document("ListBucketRequesterQoSInfosResult", [("Bucket", bucket.name), *page.elements, *infos])


def of_requester(held: RequesterQos) -> list[Element]:
    """The children of `RequesterQoSInfo`."""
    return [("Requester", held.requester), ("QoSConfiguration", schema_xml.elements(held.limits))]


@dataclass(frozen=True, slots=True)
class Page:
    """Names of one page, and the elements that tell where it stands in the whole."""

    names: list[str]
    elements: list[Element]


def paged(ask: Listing, names: Sequence[str]) -> Page:
    """The page that a token asks for, out of names in order; the token is the last name of the page before."""
    rest = [name for name in names if name > ask.token]
    chosen, truncated = rest[: ask.max_keys], len(rest) > ask.max_keys
    return Page(
        chosen,
        [
            ("ContinuationToken", ask.token),
            ("NextContinuationToken", chosen[-1] if truncated else ""),
            ("IsTruncated", truncated),
        ],
    )
