"""What stands between a request and its operation, made from the world as it is: who may do it, and how."""

from __future__ import annotations

from dataclasses import replace

from fakeoss import errors
from fakeoss.edge import conditions
from fakeoss.edge.authorise import AccessPointRules, BucketRules, Caller, Question, require
from fakeoss.edge.classes import access_of, through_access_point
from fakeoss.edge.permission import Asked
from fakeoss.edge.service import Service
from fakeoss.edge.visit import Visit
from fakeoss.operations import public_access
from fakeoss.state.acl import Access
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.acceleration import TransferAcceleration
from fakeoss.state.configurations.access_point import AccessPoint
from fakeoss.state.configurations.https_config import HttpsConfiguration
from fakeoss.state.configurations.referer import RefererConfiguration
from fakeoss.state.configurations.request_payment import RequestPayment
from fakeoss.state.configurations.tagging import BucketTagging
from fakeoss.state.objects import ObjectVersion
from fakeoss.state.policy import Policy
from fakeoss.wire import encoding

CHARGED = ("x-oss-request-charged", "requester")
"""What an answer tells those who pay."""

_SIGNED_BY_QUERY = ("Signature", "x-oss-signature")


def judge(asked: Asked) -> None:
    """Raise the refusal of what no rule allows; say in the visit what allowed it, if a policy or ACL did."""
    _through(asked)
    question = _question_of_row(asked)
    why = require(question)
    asked.visit.why = None if question.is_owner else why
    _further(asked)
    _charge(asked)


def judge_further(
    asked: Asked,
    action: str,
    bucket: Bucket,
    key: str | None,
    access: Access,
    point: AccessPoint | None,
    version_id: str | None,
) -> None:
    """Raise AccessDenied unless the caller may do this second thing too."""
    require(_question(asked, action, bucket, key, access, point, version_id))
    if asked.bucket is not None and asked.bucket.name == bucket.name:
        _charge(asked)


def _through(asked: Asked) -> None:
    """Refuse what cannot be done through an access point."""
    point = asked.visit.point
    if point is not None and not through_access_point(asked.row):
        raise errors.AccessDeniedThroughAccessPoint().because(
            f"{asked.row.name} was sent to access point {point.name}; send it to bucket {point.bucket}"
        )


def _question_of_row(asked: Asked) -> Question:
    row, version_id = asked.row, asked.arguments.get("versionId")
    action = row.version_permission if version_id is not None and row.version_permission else row.permission
    # A bucket yet to be made has no rules; a stranger's is refused by the operation: BucketAlreadyExists.
    bucket = None if row.name == "PutBucket" else asked.bucket
    return _question(asked, action, bucket, asked.visit.key, access_of(row.name), asked.visit.point, version_id)


def _further(asked: Asked) -> None:
    """Permissions that an option of the request needs besides the operation's own (docs: 0003-00000905).

    No ACL gives them (assumption A250).
    """
    action = asked.row.also.get("x-oss-tagging")
    if action is not None and asked.bucket is not None and asked.headers.get("x-oss-tagging"):
        question = _question(asked, action, asked.bucket, asked.visit.key, "tag", asked.visit.point, None)
        require(question)


def _charge(asked: Asked) -> None:
    """Tell others than the owner that they pay (reference, GetObject: x-oss-request-charged)."""
    if asked.bucket is None or not requester_pays(asked.bucket) or asked.bucket.owner == asked.identity.account_id:
        return
    if CHARGED not in asked.visit.headers:
        asked.visit.headers.append(CHARGED)


def refuse_public_acl(asked: Asked) -> None:
    """Raise the refusal of a public ACL where account, bucket or access point block public access."""
    world, point = asked.service.store.world, asked.visit.point
    of_bucket = asked.row.name in public_access.SETTING_BUCKET_ACLS
    acl = asked.headers.get("x-oss-acl" if of_bucket else "x-oss-object-acl", "")
    refusal = errors.PublicBucketAclForbidden if of_bucket else errors.PublicAclForbidden
    public_access.refuse_public_acl(world, asked.owner, asked.bucket, point, acl, refusal)


def _question(
    asked: Asked,
    action: str,
    bucket: Bucket | None,
    key: str | None,
    access: Access,
    point: AccessPoint | None,
    version_id: str | None,
) -> Question:
    existing = _existing(bucket, key, version_id)
    service, visit = asked.service, asked.visit
    owner = asked.identity.account_id if bucket is None else bucket.owner
    arguments, headers = asked.arguments, asked.headers
    return Question(
        identity=asked.identity,
        action=action,
        access=access,
        caller=caller(service, visit),
        now=visit.now,
        bucket=None if bucket is None else bucket_rules(bucket),
        bucket_name=visit.bucket or "",
        region=visit.address.region or service.settings.region,
        key=key,
        object_acl="default" if existing is None else existing.acl,
        object_tags=() if existing is None else existing.tags,
        request_tags=conditions.request_tags(asked.row, visit.request, headers),
        access_point=None if point is None else point_rules(point),
        account_blocks_public_access=public_access.account_blocks(service.store.world, owner),
        presigned=any(name in arguments for name in _SIGNED_BY_QUERY),
        request_payer=headers.get("x-oss-request-payer") or arguments.get("x-oss-request-payer"),
        response_overrides=any(name.startswith("response-") for name in arguments),
        batch=asked.row.name == "DeleteMultipleObjects",
        context=conditions.context(asked.row, visit, arguments, headers),
    )


def _existing(bucket: Bucket | None, key: str | None, version_id: str | None) -> ObjectVersion | None:
    """The object or version that is meant, where there is one; its ACL and tags count."""
    found = bucket.objects.get(key, version_id) if bucket is not None and key else None
    return found if isinstance(found, ObjectVersion) else None


def caller(service: Service, visit: Visit) -> Caller:
    """Where the request comes from, as the fake was told, and what it says of itself."""
    headers = visit.request.headers
    return replace(
        service.caller,
        secure=visit.request.scheme == "https",
        referer=_text_of(headers.get("referer")),
        user_agent=_text_of(headers.get("user-agent")),
    )


def _text_of(header: str | None) -> str | None:
    return None if header is None else encoding.text_of_header(header)


def bucket_rules(bucket: Bucket) -> BucketRules:
    """What the bucket's configurations say about access."""
    referer = bucket.configuration(RefererConfiguration)
    tls = bucket.configuration(HttpsConfiguration)
    tagging = bucket.configuration(BucketTagging)
    return BucketRules(
        name=bucket.name,
        owner=bucket.owner,
        region=bucket.region,
        acl=bucket.acl,
        policy=bucket.configuration(Policy),
        block_public_access=public_access.bucket_blocks(bucket),
        requester_pays=requester_pays(bucket),
        referer=None if referer is None else referer.rules,
        tls_versions=() if tls is None else tls.required_versions,
        tags=() if tagging is None else tuple((tag.key, tag.value) for tag in tagging.tags),
    )


def point_rules(point: AccessPoint) -> AccessPointRules:
    """What an access point says about access."""
    return AccessPointRules(
        name=point.name,
        owner=point.owner,
        region=point.region,
        network_origin=point.network_origin,
        vpc=point.vpc,
        policy=point.policy,
        block_public_access=point.block_public_access,
    )


def requester_pays(bucket: Bucket) -> bool:
    """Whether others than the owner must say that they pay."""
    payment = bucket.configuration(RequestPayment)
    return payment is not None and payment.requester_pays


def is_accelerated(bucket: Bucket) -> bool:
    """Whether the bucket answers at the accelerate endpoint."""
    acceleration = bucket.configuration(TransferAcceleration)
    return acceleration is not None and acceleration.enabled
