"""What is refused to those who bind domains to buckets."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2

from tests.operations.documented.case import Ask, Case
from tests.operations.documented.estate import BARE, BOUND, BUSY, FULL, RISKY, STRANGE_DOMAIN, UNFILED, domain


def _put(name: str, bucket: str = BARE) -> tuple[Ask, Ask]:
    """Binding a domain through oss2 and SDK v2."""
    return (
        lambda w: w.of(bucket).put_bucket_cname(oss2.models.PutBucketCnameRequest(name)),
        lambda w: oss_v2.PutCnameRequest(bucket, domain(name)),
    )


def _token(name: str, bucket: str) -> tuple[Ask, Ask]:
    """Asking for a token through oss2 and SDK v2."""
    return (
        lambda w: w.of(bucket).create_bucket_cname_token(name),
        lambda w: oss_v2.CreateCnameTokenRequest(bucket, domain(name)),
    )


def _told(name: str) -> tuple[Ask, Ask]:
    """Reading a token through oss2 and SDK v2."""
    return (
        lambda w: w.of(BARE).get_bucket_cname_token(name),
        lambda w: oss_v2.GetCnameTokenRequest(BARE, name),
    )


CASES = (
    Case("CreateCnameToken", 400, "TooManyCnameToken", *_token("new.example.com", FULL)),
    Case("CreateCnameToken", 403, "NoNeedCreateCnameToken", *_token(BOUND, BUSY)),
    Case("GetCnameToken", 400, "InvalidArgument", *_told("no domain")),
    Case("GetCnameToken", 404, "CnameTokenNotFound", *_told("new.example.com")),
    Case("PutCname", 400, "InvalidArgument", *_put("no domain")),
    Case("PutCname", 403, "NeedVerifyDomainOwnership", *_put("www.example.org")),
    Case("PutCname", 403, "CnameDenied", *_put(STRANGE_DOMAIN)),
    Case("PutCname", 403, "CnameIsForbidden", *_put("www.aliyun.com")),
    Case("PutCname", 403, "CnameIsRisk", *_put(RISKY)),
    Case("PutCname", 404, "NoSuchCnameInRecord", *_put(UNFILED)),
    Case("PutCname", 409, "CnameAlreadyExists", *_put(BOUND)),
    Case("PutCname", 400, "TooManyCname", *_put("new.example.com", FULL)),
)
