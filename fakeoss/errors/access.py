"""Refusals of access: ACLs, policies, anonymous calls, account and bucket states, endpoints."""

from __future__ import annotations

from fakeoss.errors.base import Row

AccessDenied = Row("AccessDenied", 403, "AccessDenied", source="reference 2022; docs: HTTP 403")
AccessDeniedByBucketAcl = Row(
    "AccessDenied",
    403,
    "You have no right to access this object because of bucket acl.",
    "0003-00000001",
    source="docs: HTTP 403; public error body",
)
AccessDeniedToObject = Row("AccessDenied", 403, "You have no right to access this object.", source="docs: HTTP 403")
AccessDeniedUnsignedObject = Row(
    "AccessDenied",
    403,
    "You do not have read permission on this object.",
    "0003-00000005",
    source="docs: 0003 family list; public error body; wording ours",
)
AccessDeniedByObjectAclWrite = Row(
    "AccessDenied",
    403,
    "You do not have write permission on this object.",
    "0003-00000006",
    source="docs: HTTP 403; docs: 0003-00000006",
)
AccessDeniedByObjectAclRead = Row(
    "AccessDenied", 403, "You do not have read permission on this object.", source="docs: HTTP 403"
)
AccessDeniedByObjectAclReadAcl = Row(
    "AccessDenied",
    403,
    "You do not have read acl permission on this object.",
    "0003-00000007",
    source="reference 2022; docs: HTTP 403; docs: 0003-00000007",
)
AccessDeniedByObjectAclWriteAcl = Row(
    "AccessDenied",
    403,
    "You do not have write acl permission on this object.",
    "0003-00000008",
    source="docs: HTTP 403; docs: 0003-00000008",
)
AccessDeniedToTag = Row(
    "AccessDenied",
    403,
    "You have no right to access this object.",
    "0003-00000905",
    source="docs: HTTP 403; docs: 0003-00000905; pairing inferred",
)
AccessDeniedToAnonymous = Row(
    "AccessDenied",
    403,
    "Anonymous access is forbidden for this operation.",
    "0003-00001201",
    source="docs: HTTP 403; public error body",
)
AccessDeniedToAnonymousOnBucket = Row(
    "AccessDenied", 403, "Anonymous user has no right to access this bucket.", source="docs: HTTP 403"
)
AccessDeniedToAnonymousOnObject = Row(
    "AccessDenied", 403, "Anonymous user has no right to access this object.", source="docs: HTTP 403"
)
AccessDeniedToStranger = Row(
    "AccessDenied",
    403,
    "The bucket you access does not belong to you.",
    "0003-00000001",
    source="docs: HTTP 403; docs: 0003-00000001",
)
AccessDeniedByEmptyReferer = Row(
    "AccessDenied",
    403,
    "You are denied by bucket referer policy.",
    "0003-00000501",
    source="docs: HTTP 403; docs: 0003-00000501",
)
AccessDeniedByRefererBlacklist = Row(
    "AccessDenied",
    403,
    "You are denied by bucket referer policy.",
    "0003-00000502",
    source="docs: HTTP 403; docs: 0003-00000502",
)
AccessDeniedByReferer = Row(
    "AccessDenied",
    403,
    "You are denied by bucket referer policy.",
    "0003-00000503",
    source="docs: HTTP 403; docs: 0003-00000503",
)
AccessDeniedByPolicy = Row(
    "AccessDenied",
    403,
    "Access denied by bucket policy.",
    "0003-00000101",
    source="docs: HTTP 403; docs: 0003-00000101",
)
AccessDeniedByBothPolicies = Row(
    "AccessDenied",
    403,
    "Access denied by bucket policy.",
    "0003-00000203",
    source="docs: 0003-00000203; wording ours",
)
AccessDeniedByPolicyInBatch = Row(
    "AccessDenied",
    403,
    "Access denied by bucket policy.",
    "0003-00000204",
    source="docs: 0003-00000204; wording as for single objects",
)
AccessDeniedInBatch = Row(
    "AccessDenied",
    403,
    "You have no right to access this object because of bucket acl.",
    "0016-00000616",
    source="docs: 0016-00000616; wording as for single objects",
)
AccessDeniedByAuthorizer = Row(
    "AccessDenied",
    403,
    "Access denied by authorizer's policy.",
    "0003-00000301",
    source="docs: HTTP 403; docs: 0003-00000301",
)
# The message speaks of the bucket policy although a RAM policy denied: so it is printed on the page.
AccessDeniedByRamDeny = Row(
    "AccessDenied", 403, "Access denied by bucket policy.", "0003-00000201", source="docs: 0003-00000201"
)
AccessDeniedWithoutRamAllow = Row(
    "AccessDenied",
    403,
    "You have no right to access this object because no RAM policy allows it.",
    "0003-00000202",
    source="docs: 0003-00000202; wording ours",
)
AccessDeniedByRequestPayment = Row(
    "AccessDenied",
    403,
    "Access denied for requester pay bucket",
    "0003-00000703",
    source="SDK tests; docs: 0003-00000703",
)
AccessDeniedByRequestPaymentInUrl = Row(
    "AccessDenied",
    403,
    "Access denied for requester pay bucket",
    "0003-00000702",
    source="SDK tests; docs: 0003-00000702",
)
AccessDeniedByRequestPaymentToAnonymous = Row(
    "AccessDenied",
    403,
    "Access denied for requester pay bucket",
    "0003-00000701",
    source="SDK tests; docs: 0003-00000701",
)
AccessDeniedByTlsVersion = Row(
    "AccessDenied", 403, "The TLS version of the request is not allowed by the bucket.", source="wording ours"
)
AccessDeniedByNetworkOrigin = Row(
    "AccessDenied", 403, "The access point cannot be reached from this network.", source="wording ours"
)
AccessDeniedByEndpoint = Row(
    "AccessDenied",
    403,
    "The bucket you are attempting to access must be addressed using the specified endpoint. Please send "
    "all future requests to this endpoint.",
    "0003-00001403",
    source="docs: HTTP 403; public error body",
)
AccessDeniedByKms = Row("AccessDenied", 403, "This request is forbidden by kms.", source="docs: HTTP 403")
AccessDeniedBySecuritySystem = Row(
    "AccessDenied",
    403,
    "Cannot visit oss, forbidden by security system.",
    "0061-00000001",
    source="docs: 0061-00000001",
)
CopyAcrossRegions = Row(
    "AccessDenied",
    403,
    "Target object does not reside in the same data center as source object.",
    "0016-00000306",
    source="docs: HTTP 403; docs: 0016-00000306",
)
PublicAclForbidden = Row(
    "AccessDenied", 403, "Put public object acl is not allowed", "0016-00000901", source="public error body"
)
PublicBucketAclForbidden = Row(
    "AccessDenied",
    403,
    "Put public bucket acl is not allowed",
    "0016-00000901",
    source="as the public object acl; wording ours; pairing inferred",
)
PublicPolicyForbidden = Row(
    "AccessDenied",
    403,
    "Put public policy is not allowed",
    "0016-00000901",
    source="docs: Block public access; as the public object acl; wording ours; pairing inferred",
)
AccessDeniedThroughAccessPoint = Row(
    "AccessDenied",
    403,
    "This operation cannot be performed through an access point.",
    source="docs: Use an access point; wording ours",
)
PermanentRedirect = Row(
    "PermanentRedirect",
    403,
    "The bucket you are attempting to access must be addressed using the specified endpoint. Please send "
    "all future requests to this endpoint.",
    source="docs: HTTP 403",
)
SecondLevelDomainForbidden = Row(
    "SecondLevelDomainForbidden",
    403,
    "The bucket you are attempting to access must be addressed using OSS third level domain.",
    source="docs: HTTP 403; SDK tests",
)
NonStandardHostForbidden = Row(
    "NonStandardHostForbidden",
    403,
    "Your host is invalid. Please use Open Storage Service standard host.",
    source="docs: HTTP 403",
)
TransferAccelerationDisabled = Row(
    "TransferAccelerationDisabled", 403, "Transfer acceleration is disabled.", source="docs: HTTP 403"
)
BucketNotBelongTo = Row(
    "BucketNotBelongTo", 403, "The bucket you access does not belong to you.", source="docs: HTTP 403"
)
UserDisable = Row("UserDisable", 403, "UserDisable", "0003-00000801", source="SDK tests; docs: 0003 family list")
InDebt = Row("InDebt", 403, "Current user is indebted", source="docs: HTTP 403")
BucketDisable = Row("BucketDisable", 403, "BucketDisable", source="docs: HTTP 403")
AbnormalBucketOwnerStatus = Row(
    "AbnormalBucketOwnerStatus", 403, "The status of the bucket owner is abnormal", source="docs: HTTP 403"
)
NoSuchUser = Row("NoSuchUser", 404, "User not found", source="docs: HTTP 404")
