"""Rules of a bucket or access point that hold whatever policies and ACLs say."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.edge.authorise.question import Question


def _response_overrides(question: Question) -> errors.OSSError | None:
    if question.response_overrides and question.identity.is_anonymous and question.access == "read":
        return errors.AnonymousResponseHeaders().because("an unsigned GET carries response-* parameters")
    return None


def _tls(question: Question) -> errors.OSSError | None:
    bucket, caller = question.bucket, question.caller
    if bucket is None or not bucket.tls_versions or not caller.secure:
        return None
    version = f"TLSv{caller.tls_number}"
    if version in bucket.tls_versions:
        return None
    allowed = ", ".join(bucket.tls_versions)
    return errors.AccessDeniedByTlsVersion().because(f"the request used {version}, the bucket allows {allowed}")


def _request_payment(question: Question) -> errors.OSSError | None:
    """Anonymous never, others only if they say that they pay; the owner's account need not (docs: 0003-00000701)."""
    if question.bucket is None or not question.bucket.requester_pays or question.is_own:
        return None
    if question.identity.is_anonymous:
        row = errors.AccessDeniedByRequestPaymentToAnonymous
        return row().because("the requester pays for this bucket, and an unsigned request has none")
    if question.request_payer == "requester":
        return None
    row = errors.AccessDeniedByRequestPaymentInUrl if question.presigned else errors.AccessDeniedByRequestPayment
    return row().because("the requester pays for this bucket, and x-oss-request-payer does not say requester")


def _referer(question: Question) -> errors.OSSError | None:
    """Only unsigned and presigned requests for objects are checked (docs: Hotlink protection)."""
    if question.bucket is None or question.bucket.referer is None or question.key is None:
        return None
    if not (question.presigned or question.identity.is_anonymous):
        return None
    referer = question.caller.referer
    objection = question.bucket.referer.objection(referer)
    if objection is None:
        return None
    row = {
        "empty": errors.AccessDeniedByEmptyReferer,
        "blacklisted": errors.AccessDeniedByRefererBlacklist,
        "not listed": errors.AccessDeniedByReferer,
    }[objection]
    return row().because(f"the bucket's Referer rules refuse {referer!r}: {objection}")


def _network_origin(question: Question) -> errors.OSSError | None:
    """An access point serves no anonymous request, and one for a VPC only that VPC (docs: Access points)."""
    point = question.access_point
    if point is None:
        return None
    if question.identity.is_anonymous:
        return errors.AccessDeniedToAnonymous().because("an access point serves no unsigned request")
    if point.network_origin == "vpc" and question.caller.vpc != point.vpc:
        why = f"access point {point.name} serves {point.vpc} only, the request came from {question.caller.vpc}"
        return errors.AccessDeniedByNetworkOrigin().because(why)
    return None


GATES = (_response_overrides, _tls, _request_payment, _referer, _network_origin)
