"""From an addressed and routed request to a `Call` that may run: who asks, and may they?

The order is the one real clients' tests show: a malformed or outdated signature is refused first (assumption
A251); a missing bucket is reported before a bad key, except by the operations that make or open buckets; then
the key and the signature, the endpoint, the object's name, and at last permissions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from fakeoss import clock, errors
from fakeoss.edge import hosts, identify, permission, settling
from fakeoss.edge.address import Address
from fakeoss.edge.permission import Asked
from fakeoss.edge.service import Service
from fakeoss.edge.signature import Claim, Subject, restricted
from fakeoss.edge.visit import Visit
from fakeoss.operations.call import Call
from fakeoss.operations.rows import Row
from fakeoss.state.accounts import ANONYMOUS, Identity
from fakeoss.state.acl import Access
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.access_point import AccessPoint
from fakeoss.wire import encoding
from fakeoss.wire.message import Body, Headers, Reply, Request

MAKES_BUCKETS = frozenset({"PutBucket", "PutBucketAcl"})
"""Operations that make the bucket where there is none."""

KEY_BEFORE_BUCKET = MAKES_BUCKETS | {"OptionObject"}
"""Operations that judge the access key before they look for the bucket, or never look."""

FROM_ANYWHERE = frozenset({"GetBucketInfo", "GetBucketLocation", "PutBucket", "OptionObject"})
"""Operations on a bucket that any region's endpoint answers (reference 7.1.5)."""

JUDGED_WITHIN = frozenset({"DeleteMultipleObjects", "PostObject"})
"""Operations that ask for permission themselves: for each key, or once the form has told who sends it."""

KEY_LIMIT = 1023
"""Bytes in an object's key (reference 8.1.1)."""


def admit(service: Service, visit: Visit, row: Row) -> Call:
    """The call that may run; raises the refusal of the first check that fails."""
    claim = _presented(service, visit, row)
    visit.point = hosts.access_point(service, visit.address)
    bucket = _bucket(service, visit, row)
    identity = _identity(service, visit, claim)
    _check_endpoint(visit.address, bucket, row)
    _check_key(visit.key)
    call = _call(service, visit, row, identity)
    if row.permission and row.name not in JUDGED_WITHIN and not permission.is_free(identity, bucket, visit):
        permission.allow(Asked(service, visit, row, identity, bucket, call.arguments, call.headers))
    return call


def admit_for(service: Service, visit: Visit, row: Row, key: str) -> Call:
    """A call about another object of the bucket, such as a website's page, for one who was admitted before.

    Raises AccessDenied where he may not do with that object what `row` does.
    """
    _check_key(key)
    elsewhere = replace(visit, key=key, headers=[])
    call = _call(service, elsewhere, row, visit.identity)
    bucket = _bucket(service, visit, row)
    permission.allow(Asked(service, elsewhere, row, visit.identity, bucket, call.arguments, call.headers))
    return call


def _presented(service: Service, visit: Visit, row: Row) -> Claim | None:
    """What the request claims about who sends it; preflights are judged as nobody's."""
    if row.name == "OptionObject":
        return None
    return identify.presented(visit.request, _clocks(service, visit), _signing_region(service, visit.address))


def _signing_region(service: Service, address: Address) -> str | None:
    """The region a V4 signature must name: the host's, or that of the bucket whose own domain or accelerate host it is.

    That such hosts want the bucket's region is assumption A257. None where nothing tells, as behind an IP address.
    """
    if address.region is not None or not (address.accelerate or address.kind == "cname"):
        return address.region
    bucket = service.store.world.buckets.get(address.bucket or "")
    return None if bucket is None else bucket.region


def _clocks(service: Service, visit: Visit) -> tuple[datetime, ...]:
    """The moments that a date may go by; the first is the request's own."""
    return (visit.now, *service.further_moments(visit.request))


def _bucket(service: Service, visit: Visit, row: Row) -> Bucket | None:
    """The bucket that is meant, None where there is none yet or need be none."""
    name = visit.bucket if visit.point is None else visit.point.bucket
    if not name:
        return None
    bucket = visit.found if visit.point is None else service.store.world.buckets.get(name)
    if bucket is None and row.name not in KEY_BEFORE_BUCKET:
        raise errors.NoSuchBucket(BucketName=name)
    return bucket


def _identity(service: Service, visit: Visit, claim: Claim | None) -> Identity:
    """Whom the request comes from; bucket and key are signed as they were addressed."""
    if claim is None:
        return ANONYMOUS
    credential = identify.known(claim, service.accounts, visit.now, service.settings.strict_auth)
    if claim.place == "query":
        claim = restricted(claim, service.caller.ip, service.caller.vpc)
    subject = Subject(claim, visit.request, visit.bucket, visit.key)
    return identify.proven(subject, credential, service.accounts, service.signing_keys)


def _check_endpoint(address: Address, bucket: Bucket | None, row: Row) -> None:
    """Refuse a bucket of another region, the accelerate endpoint while acceleration is off, bad hosts for PutBucket."""
    if row.name == "PutBucket" and address.kind in ("cname", "access point"):
        raise errors.InvalidHostPutBucket().because(f"{address.endpoint} belongs to a bucket already")
    if bucket is None and row.name not in MAKES_BUCKETS:
        return
    if address.accelerate:
        _check_acceleration(address, bucket)
    if bucket is None or address.region in (None, bucket.region) or row.name in FROM_ANYWHERE:
        return
    raise errors.AccessDeniedByEndpoint(Bucket=bucket.name, Endpoint=f"oss-{bucket.region}.aliyuncs.com").because(
        f"the bucket is in {bucket.region}, the request went to {address.region}"
    )


def _check_acceleration(address: Address, bucket: Bucket | None) -> None:
    """Refuse the accelerate endpoints while acceleration is off, by the code of the page on 403 (assumption A273).

    A page on troubleshooting gives 0024-00000008 instead, which public probes met at another feature.
    """
    from fakeoss.edge import rules

    if bucket is None or not rules.is_accelerated(bucket):
        raise errors.TransferAccelerationDisabled().because(f"transfer acceleration is off for {address.bucket}")


def _check_key(key: str | None) -> None:
    if key is None:
        return
    if len(key.encode()) > KEY_LIMIT:
        raise errors.ObjectNameTooLong(ObjectName=key)
    if key.startswith(("/", "\\")):
        raise errors.InvalidObjectName(ObjectName=key)


def _call(service: Service, visit: Visit, row: Row, identity: Identity) -> Call:
    address, request, point = visit.address, visit.request, visit.point
    bucket_name = (visit.bucket or "") if point is None else point.bucket
    arguments, headers = encoding.first_values(visit.query), request.headers.first
    visit.identity = identity
    return Call(
        request=request,
        operation=row.name,
        address=address,
        bucket_name=bucket_name,
        key=visit.key or "",
        arguments=arguments,
        headers=headers,
        now=visit.now,
        request_id=visit.request_id,
        store=service.store,
        ids=service.ids,
        settings=service.settings,
        accounts=service.accounts,
        identity=identity,
        judge=_Judge(service, visit, row, bucket_name, arguments, headers),
        after=visit.after,
    )


@dataclass(slots=True)
class _Judge:
    """Judges further things within a request by what is known of the request.

    It does not refer to the call: a circle would keep its body until the collector comes round.
    """

    service: Service
    visit: Visit
    row: Row
    bucket_name: str
    arguments: Mapping[str, str]
    headers: Mapping[str, str]

    def permit(
        self,
        action: str,
        bucket: Bucket,
        key: str | None,
        access: Access,
        version_id: str | None = None,
        through: AccessPoint | None = None,
    ) -> None:
        """Raise AccessDenied unless the caller may do this too."""
        permission.may(self._asked(self.headers), action, bucket, key, access, version_id, through)

    def judge_form(self, fields: Mapping[str, str], key: str) -> Identity:
        """Whose form it is, if he may write what it asks for; else raise the refusal."""
        visit = self.visit
        visit.identity, visit.key = _sender(self.service, visit, fields), key
        _check_key(key)
        permission.allow(self._asked({**self.headers, **fields}))
        return visit.identity

    def _asked(self, said: Mapping[str, str]) -> Asked:
        bucket = self.service.store.world.buckets.get(self.bucket_name)
        return Asked(self.service, self.visit, self.row, self.visit.identity, bucket, self.arguments, said)


def _sender(service: Service, visit: Visit, fields: Mapping[str, str]) -> Identity:
    """Whom a form comes from; its policy's own conditions are the operation's to judge."""
    return identify.identify_form(
        fields,
        accounts=service.accounts,
        clocks=_clocks(service, visit),
        keys=service.signing_keys,
        strict_auth=service.settings.strict_auth,
        region=_signing_region(service, visit.address),
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
    settling.settle(service, now)
    before = service.store.world
    try:
        reply = entry.operation.answer(call)
        settling.follow(service, before, now)
        return reply
    except BaseException:
        service.store.world = before
        raise
