"""From an addressed and routed request to a `Call` that may run: who asks, and may they?

The order is the one real clients' tests show: a missing bucket is reported before a bad key, except by
the operations that make or open buckets.
"""

from __future__ import annotations

from collections.abc import Mapping

from fakeoss import clock, errors
from fakeoss.edge import identify, rules
from fakeoss.edge.address import Address
from fakeoss.edge.authorise import require
from fakeoss.edge.service import Service
from fakeoss.edge.signature import Subject
from fakeoss.edge.visit import Visit
from fakeoss.operations.call import Call, Endpoint
from fakeoss.operations.rows import Row
from fakeoss.state.accounts import ANONYMOUS, Identity
from fakeoss.state.acl import Access
from fakeoss.state.bucket import Bucket
from fakeoss.wire import encoding
from fakeoss.wire.message import Body, Headers, Reply, Request

KEY_BEFORE_BUCKET = frozenset({"PutBucket", "PutBucketAcl", "OptionObject"})
"""Operations that judge the access key before they look for the bucket, or never look."""

FROM_ANYWHERE = frozenset({"GetBucketInfo", "GetBucketLocation", "PutBucket", "OptionObject"})
"""Operations on a bucket that any region's endpoint answers (reference 7.1.5)."""

KEY_LIMIT = 1023
"""Bytes in an object's key (reference 8.1.1)."""


def admit(service: Service, visit: Visit, row: Row) -> Call:
    """The call that may run; raises the refusal of the first check that fails."""
    address = visit.address
    identity = _identity(service, visit, row)
    bucket = service.store.world.buckets.get(visit.bucket) if visit.bucket else None
    if bucket is not None:
        _check_endpoint(address, bucket, row)
    _check_key(visit.key)
    call = _call(service, visit, row, identity)
    if row.permission:
        visit.why = require(rules.question(service, visit, row, call, bucket))
    return call


def _identity(service: Service, visit: Visit, row: Row) -> Identity:
    """Whom the request comes from; the bucket must exist before the key is judged."""
    if row.name == "OptionObject":
        return ANONYMOUS
    clocks = (visit.now, *service.further_moments(visit.request))
    claim = identify.presented(visit.request, clocks, visit.address.region)
    if visit.bucket and row.name not in KEY_BEFORE_BUCKET and visit.bucket not in service.store.world.buckets:
        raise errors.NoSuchBucket(BucketName=visit.bucket)
    if claim is None:
        return ANONYMOUS
    credential = identify.known(claim, service.accounts, visit.now, service.settings.strict_auth)
    subject = Subject(claim, visit.request, visit.bucket, visit.key)
    return identify.proven(subject, credential, service.accounts, service.signing_keys)


def _check_endpoint(address: Address, bucket: Bucket, row: Row) -> None:
    """Refuse a bucket of another region, and the accelerate endpoint while acceleration is off."""
    if address.accelerate and not rules.is_accelerated(bucket):
        raise errors.AccessDeniedByAcceleration().because(f"transfer acceleration is off for {bucket.name}")
    if address.region in (None, bucket.region) or row.name in FROM_ANYWHERE:
        return
    raise errors.AccessDeniedByEndpoint(Bucket=bucket.name, Endpoint=f"oss-{bucket.region}.aliyuncs.com").because(
        f"the bucket is in {bucket.region}, the request went to {address.region}"
    )


def _check_key(key: str | None) -> None:
    if key is None:
        return
    if len(key.encode()) > KEY_LIMIT:
        raise errors.ObjectNameTooLong(ObjectName=key)
    if key.startswith(("/", "\\")):
        raise errors.InvalidObjectName(ObjectName=key)


def _call(service: Service, visit: Visit, row: Row, identity: Identity) -> Call:
    address, request = visit.address, visit.request

    def permit(action: str, bucket: Bucket, key: str | None, access: Access) -> None:
        require(rules.further_question(service, visit, identity, action, bucket, key, access))

    return Call(
        request=request,
        operation=row.name,
        endpoint=Endpoint(
            scheme=request.scheme,
            host=address.endpoint,
            region=address.region or service.settings.region,
            path_style=address.path_style,
            internal=address.internal,
            accelerate=address.accelerate,
        ),
        bucket_name=visit.bucket or "",
        key=visit.key or "",
        arguments=encoding.first_values(visit.query),
        headers=request.headers.lowered(),
        now=visit.now,
        request_id=visit.request_id,
        store=service.store,
        ids=service.ids,
        settings=service.settings,
        accounts=service.accounts,
        identity=identity,
        permit=permit,
        after=visit.after,
    )


def perform(
    service: Service,
    operation: str,
    bucket: str,
    key: str,
    headers: Mapping[str, str],
    body: Body,
    *,
    region: str | None = None,
    account: str | None = None,
) -> Reply:
    """Run an operation as an account's own, past signatures and permissions; for seeding.

    Every other rule holds: a refusal is raised and leaves no trace.
    """
    home = region or service.settings.region
    now = clock.now()
    sent = Headers({**headers, "Content-Length": str(sum(map(len, body)))}.items())
    request = Request("PUT", "https", f"oss-{home}.aliyuncs.com", "/", sent, body, "seeding")
    visit = Visit(request, now, service.ids.request(now), Address("virtual", request.host, region=home))
    visit.bucket, visit.key = bucket, key or None
    entry = service.catalogue[operation]
    account_id = account or service.accounts.default.id
    call = _call(service, visit, entry.row, Identity("root", account_id))
    _check_key(visit.key)
    if entry.operation is None:
        raise errors.NotImplemented(operation=operation)
    before = service.store.world
    try:
        return entry.operation.answer(call)
    except BaseException:
        service.store.world = before
        raise
