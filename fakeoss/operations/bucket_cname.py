"""CreateCnameToken, GetCnameToken, PutCname, ListCname and DeleteCname."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.clock import later
from fakeoss.data.regions import is_mainland
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import checked_body
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import document, empty, timestamp
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.cname import (
    DOMAINS_LIMIT,
    TOKEN_LIFE,
    TOKENS_LIMIT,
    BoundDomain,
    Certificate,
    CertificateConfiguration,
    CnameConfiguration,
    CnameRequest,
    CnameToken,
    checked_domain,
    is_within,
)
from fakeoss.wire import dates, schema_xml
from fakeoss.wire.bind import params, query
from fakeoss.wire.message import Reply
from fakeoss.wire.xml import Element


def _asked(call: Call) -> CnameRequest:
    return schema_xml.parse(CnameConfiguration, checked_body(call)).cname


@operation("CreateCnameToken")
def create_cname_token(call: Call) -> Reply:
    """A token for a domain, or the one made before while it is good (reference 7.18.1).

    Raises NoNeedCreateCnameToken for a domain that is bound to this bucket, TooManyCnameToken.
    """
    bucket = call.bucket()
    domain = checked_domain(_asked(call).domain)
    if bucket.keyed_configuration(BoundDomain, domain) is not None:
        raise errors.NoNeedCreateCnameToken(Bucket=bucket.name, Cname=domain)
    token = bucket.keyed_configuration(CnameToken, domain)
    if token is None or token.expires <= call.now:
        good = [held for held in bucket.keyed_configurations(CnameToken) if held.expires > call.now]
        if len(good) >= TOKENS_LIMIT:
            raise errors.TooManyCnameToken(Bucket=bucket.name)
        token = CnameToken(domain, call.ids.hex("cname"), later(call.second, TOKEN_LIFE))
        call.save(bucket.with_keyed(domain, token))
    return _told(bucket, token)


@params
class GetCnameToken:
    """What GetCnameToken takes."""

    domain: str = query("cname")


@operation("GetCnameToken", GetCnameToken)
def get_cname_token(call: Call, ask: GetCnameToken) -> Reply:
    """The token made for a domain; raises CnameTokenNotFound where there is none that is still good."""
    bucket = call.bucket()
    domain = checked_domain(ask.domain)
    token = bucket.keyed_configuration(CnameToken, domain)
    if token is None or token.expires <= call.now:
        raise errors.CnameTokenNotFound(Bucket=bucket.name, Cname=domain)
    return _told(bucket, token)


def _told(bucket: Bucket, token: CnameToken) -> Reply:
    return document(
        "CnameToken",
        [
            ("Bucket", bucket.name),
            ("Cname", token.domain),
            ("Token", token.token),
            ("ExpireTime", dates.http_date(token.expires)),
        ],
    )


@operation("PutCname")
def put_cname(call: Call) -> Reply:
    """Bind a domain to the bucket, or change the certificate of one bound; it is served from then on.

    Raises CnameDenied and CnameAlreadyExists for another bucket's domain, CnameIsRisk, NoSuchCnameInRecord and
    NeedVerifyDomainOwnership where the settings say so, TooManyCname.
    """
    bucket = call.bucket()
    asked = _asked(call)
    domain = checked_domain(asked.domain)
    _check_free(call, bucket, domain)
    before = bucket.keyed_configuration(BoundDomain, domain)
    if before is None:
        _check_acceptable(call, bucket, domain)
        _check_owned(call, domain)
        if len(bucket.keyed_configurations(BoundDomain)) >= DOMAINS_LIMIT:
            raise errors.TooManyCname(Bucket=bucket.name)
    certificate = _certificate(call, before, asked.certificate)
    bound = BoundDomain(domain, call.second if before is None else before.bound, certificate, asked.wildcard)
    call.save(bucket.with_keyed(domain, bound))
    call.save_world(call.world.with_domain(domain, bucket.name))
    return empty(200)


def _check_free(call: Call, bucket: Bucket, domain: str) -> None:
    holder = call.world.domains.get(domain, bucket.name)
    if holder == bucket.name:
        return
    if call.world.buckets[holder].owner != bucket.owner:
        raise errors.CnameDenied(Cname=domain)
    raise errors.CnameAlreadyExists(Cname=domain, CnameType="CNAME_OSS").because(f"{domain} is bound to {holder}")


def _check_acceptable(call: Call, bucket: Bucket, domain: str) -> None:
    """What authorities think of a domain is what the settings say; only the mainland asks for a filing (terraform)."""
    if is_within(domain, call.settings.risky_domains):
        raise errors.CnameIsRisk(Cname=domain).because(f"{domain} is among settings.risky_domains")
    if is_mainland(bucket.region) and is_within(domain, call.settings.unfiled_domains):
        raise errors.NoSuchCnameInRecord(Cname=domain).because(
            f"{domain} is among settings.unfiled_domains and {bucket.region} in the mainland"
        )


def _check_owned(call: Call, domain: str) -> None:
    """There is no DNS to look into: ownership is what the settings say."""
    if call.settings.verify_cname and not is_within(domain, call.settings.verified_domains):
        raise errors.NeedVerifyDomainOwnership(Cname=domain).because(
            f"settings.verify_cname is on and {domain} is not among settings.verified_domains"
        )


def _certificate(call: Call, before: BoundDomain | None, asked: CertificateConfiguration | None) -> Certificate | None:
    """The certificate from now on; raises InvalidArgument where another one is bound than the caller believes."""
    held = None if before is None else before.certificate
    if asked is None:
        return held
    if asked.delete:
        return None
    if held is not None and not asked.force and asked.previous_cert_id != held.id:
        raise errors.CertificateChanged(ArgumentName="PreviousCertId", ArgumentValue=asked.previous_cert_id or "")
    number = int(call.ids.hex("certificate", 6), 16)
    return Certificate.of(asked, f"{number}-{call.bucket().region}", call.second)


@operation("ListCname")
def list_cname(call: Call) -> Reply:
    """The domains bound to the bucket, by name; none is an empty list (the SDKs' tests)."""
    bucket = call.bucket()
    return document(
        "ListCnameResult",
        [
            ("Bucket", bucket.name),
            ("Owner", bucket.owner),
            *(("Cname", _shown(bound)) for bound in bucket.keyed_configurations(BoundDomain)),
        ],
    )


def _shown(bound: BoundDomain) -> list[Element]:
    """A domain as it is listed.

    Whether the caches of a CDN before it are purged is told of each (docs: ossutil's bucket-cname), but no operation
    sets it: they are not (assumption A296).
    """
    held = bound.certificate
    return [
        ("Domain", bound.domain),
        ("LastModified", timestamp(bound.bound)),
        ("Status", "Enabled"),
        ("IsPurgeCdnCache", False),
        ("IsWildCard", bound.wildcard),
        ("Certificate", None if held is None else _certified(held)),
    ]


def _certified(held: Certificate) -> list[Element]:
    return [
        ("Type", held.source),
        ("CertId", held.id),
        ("Status", "Enabled"),
        ("CreationDate", dates.http_date(held.bound)),
        ("Fingerprint", held.fingerprint),
        ("ValidStartDate", held.validity and dates.http_date(held.validity.starts)),
        ("ValidEndDate", held.validity and dates.http_date(held.validity.ends)),
    ]


@operation("DeleteCname")
def delete_cname(call: Call) -> Reply:
    """Take a domain from the bucket; 200 also where it was not bound (the SDKs' tests)."""
    bucket = call.bucket()
    domain = checked_domain(_asked(call).domain)
    if bucket.keyed_configuration(BoundDomain, domain) is not None:
        call.save(bucket.without_keyed(BoundDomain, domain))
        call.save_world(call.world.without_domain(domain))
    return empty(200)
