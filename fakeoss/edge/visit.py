"""What is known of the request under way, as the steps of the pipeline find it out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from fakeoss import errors
from fakeoss.edge.address import Address
from fakeoss.operations.call import Deed
from fakeoss.state.accounts import ANONYMOUS, Identity
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.access_point import AccessPoint
from fakeoss.wire.message import Request

NOWHERE = Address("service", "")
"""The address of a request that could not be placed."""


@dataclass(slots=True)
class Visit:
    """One request on its way; the journal is written from it.

    `query` are the decoded parameters in the order sent, `billing` is `Put`, `Get` or `none`; `after`
    are deeds for when the lock is free again. `bucket` is the name as addressed, `found` the bucket of that name when
    the request came, `point` the access point that the name belongs to, if it is one's; `identity` is who asks, once
    that is known. `why` tells what allowed the request
    where a policy or an ACL did; `headers` are further ones of the answer, refusal or not; `hops` counts the
    mirrors it comes through.
    """

    request: Request
    now: datetime
    request_id: str
    address: Address = NOWHERE
    query: tuple[tuple[str, str | None], ...] = ()
    operation: str = ""
    billing: str = "none"
    bucket: str | None = None
    key: str | None = None
    found: Bucket | None = None
    point: AccessPoint | None = None
    identity: Identity = ANONYMOUS
    error: errors.OSSError | None = None
    why: str | None = None
    headers: list[tuple[str, str]] = field(default_factory=list)
    after: list[Deed] = field(default_factory=list)
    hops: int = 0
