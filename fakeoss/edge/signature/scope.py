"""Whether a V4 signature is bound to this day, this region and this product."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from fakeoss import errors
from fakeoss.edge.signature import times
from fakeoss.edge.signature.claim import Claim, Scope
from fakeoss.errors import OSSError, Row

PRODUCT = "oss"
TERMINATOR = "aliyun_v4_request"
CREDENTIAL = f"<access key id>/<YYYYMMDD>/<region>/{PRODUCT}/{TERMINATOR}"
"""The shape of a V4 credential, for refusals that explain it."""

FORM_CODES = {errors.InvalidCredentialDate: "0002-00000709", errors.InvalidCredentialRegion: "0002-00000715"}
"""Fine-grained codes of a form's credential; a signed URL's have others."""


@lru_cache(64)
def split_credential(text: str) -> tuple[str, Scope] | None:
    """Access key id and scope of `<id>/<day>/<region>/<product>/aliyun_v4_request`; None for another shape."""
    parts = text.rsplit("/", 4)
    if len(parts) != 5 or parts[4] != TERMINATOR or not parts[0]:
        return None
    return parts[0], Scope(parts[1], parts[2], parts[3])


def judge_scope(claim: Claim, region: str | None) -> None:
    """Refuse a V4 signature for another day, region or product; V1 and V2 are bound to none.

    `region` is the one that serves the request (`cn-hangzhou`); None where any is right.
    """
    scope = claim.scope
    if scope is None:
        return
    day = times.compact(claim.signed_at or 0)[:8]
    if scope.date != day:
        why = f"the credential is of the day {scope.date!r}, the request of {day!r} (in UTC)"
        raise _refusal(claim, errors.InvalidSigningDate, errors.InvalidCredentialDate).because(why)
    if region is not None and scope.region != region:
        raise _refusal(claim, errors.InvalidSigningRegion, errors.InvalidCredentialRegion).because(
            f"the request was signed for region {scope.region!r}, and {region!r} serves it. The region given to the "
            "client (without 'oss-') must be the endpoint's"
        )
    if scope.product != PRODUCT:
        why = f"the request was signed for product {scope.product!r}; this service is {PRODUCT!r}"
        raise _refusal(claim, errors.InvalidSigningProduct, errors.InvalidCredentialProduct).because(why)


def _refusal(claim: Claim, in_header: Row, elsewhere: Row) -> OSSError:
    if claim.place == "header":
        return in_header(Authorization=claim.raw)
    if claim.place == "form":
        elsewhere = replace(elsewhere, ec=FORM_CODES.get(elsewhere, ""))
    return elsewhere(ArgumentName="x-oss-credential", ArgumentValue=claim.raw)
