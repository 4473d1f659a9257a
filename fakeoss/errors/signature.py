"""Refusals of a signature: keys, tokens, dates, presigned URLs."""

from __future__ import annotations

from fakeoss.errors.base import Row

InvalidAccessKeyId = Row(
    "InvalidAccessKeyId",
    403,
    "The OSS Access Key Id you provided does not exist in our records.",
    "0002-00000902",
    source="docs: HTTP 403; SDK tests",
)
AccessKeyDisabled = Row(
    "InvalidAccessKeyId",
    403,
    "The OSS Access Key Id you provided is disabled.",
    "0002-00000903",
    source="docs: HTTP 403; docs: 0002-00000903",
)
SignatureDoesNotMatch = Row(
    "SignatureDoesNotMatch",
    403,
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    "0002-00000040",
    source="docs: HTTP 403; SDK tests; docs: 0002-00000040",
)
SignatureDoesNotMatchV2 = Row(
    "SignatureDoesNotMatch",
    403,
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    "0002-00000101",
    source="docs: 0002-00000101",
)
SignatureDoesNotMatchV4 = Row(
    "SignatureDoesNotMatch",
    403,
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    "0002-00000201",
    source="docs: 0002-00000201",
)
SignatureDoesNotMatchForm = Row(
    "SignatureDoesNotMatch",
    403,
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    "0002-00000705",
    source="docs: 0002-000007xx list; wording ours",
)
SignatureVersionRetired = Row(
    "AccessDenied",
    403,
    "Signature version 1 is no longer accepted for this bucket.",
    "0002-00000080",
    source="docs: 0002-00000080; wording ours; pairing inferred",
)
RequestTimeTooSkewed = Row(
    "RequestTimeTooSkewed",
    403,
    "The difference between the request time and the current time is too large.",
    "0002-00000504",
    source="Java SDK tests; docs: 0002-00000504",
)
RequestExpired = Row(
    "AccessDenied", 403, "Request has expired.", "0002-00000069", source="docs: HTTP 403; public error body"
)
RequestNotYetValid = Row(
    "AccessDenied",
    403,
    "Request is not valid yet.",
    "0002-00000235",
    source="docs: 0002-00000235; wording ours; pairing inferred",
)
QueryAuthenticationIncomplete = Row(
    "AccessDenied",
    403,
    "Query string authentication requires the Signature, Expires and OSSAccessKeyId parameters.",
    "0002-00000067",
    source="docs: HTTP 403; docs: 0002-00000067 to 0002-00000075",
)
InvalidExpires = Row(
    "AccessDenied",
    403,
    "Invalid date (should be seconds since epoch).",
    "0002-00000070",
    source="docs: HTTP 403; docs: 0002-00000070",
)
InvalidPresignedExpires = Row(
    "InvalidArgument",
    400,
    "The x-oss-expires parameter of the presigned URL is missing or invalid.",
    "0002-00000216",
    source="docs: 0002-00000216; wording ours",
)
DateRequired = Row(
    "AccessDenied",
    403,
    "OSS authentication requires a valid Date.",
    "0002-00000503",
    source="public error body; docs: HTTP 400",
)
InvalidSigningRegion = Row(
    "InvalidArgument",
    400,
    "Invalid signing region in Authorization header.",
    "0002-00000226",
    source="SDK tests; public error body",
)
InvalidSigningDate = Row(
    "InvalidArgument",
    400,
    "Invalid signing date in Authorization header.",
    "0002-00000212",
    source="docs: 0002-00000212; wording ours; pairing inferred",
)
InvalidSigningProduct = Row(
    "InvalidArgument",
    400,
    "Invalid signing product in Authorization header.",
    "0002-00000227",
    source="public error body; docs: 0002-00000227",
)
InvalidCredential = Row(
    "InvalidArgument",
    400,
    "Invalid credential in Authorization header.",
    "0002-00000213",
    source="SDK tests; docs: 0002-00000213",
)
InvalidCredentialInUrl = Row(
    "InvalidArgument",
    400,
    "The credential is invalid.",
    "0002-00000224",
    source="docs: 0002-00000224; wording ours; pairing inferred",
)
InvalidCredentialDate = Row(
    "InvalidArgument",
    400,
    "The signing date in credential is invalid.",
    "0002-00000223",
    source="docs: 0002-00000223; wording ours; pairing inferred",
)
InvalidCredentialRegion = Row(
    "InvalidArgument", 400, "The signing region in credential is invalid.", source="SDK tests"
)
InvalidCredentialProduct = Row(
    "InvalidArgument",
    400,
    "The signing product in credential is invalid.",
    source="as the signing region; wording ours; pairing inferred",
)
InvalidSignatureVersion = Row(
    "InvalidArgument",
    400,
    "The signature version is invalid.",
    "0002-00000066",
    source="docs: 0002-00000066; wording ours; pairing inferred",
)
InvalidContentSha256 = Row(
    "InvalidArgument",
    400,
    "The value of x-oss-content-sha256 is invalid, it must be UNSIGNED-PAYLOAD.",
    "0002-00000214",
    source="docs: 0002-00000214; wording ours; pairing inferred",
)
PresignedSignatureMissing = Row(
    "InvalidArgument",
    400,
    "The x-oss-signature parameter of the presigned URL is missing.",
    "0002-00000219",
    source="docs: 0002-00000219; wording ours; pairing inferred",
)
InvalidAdditionalHeaders = Row(
    "InvalidArgument",
    400,
    "The x-oss-additional-headers parameter of the presigned URL is invalid.",
    "0002-00000077",
    source="docs: 0002-00000076, 0002-00000077; HTTP 400: SDK tests; wording ours; pairing inferred",
)
SeveralSignatures = Row(
    "InvalidArgument",
    400,
    "The request carries a signature in the Authorization header and in the query string; only one is allowed.",
    "0002-00000039",
    source="docs: 0002-00000039; wording ours; pairing inferred",
)
InvalidSubnetMask = Row(
    "InvalidArgument",
    400,
    "The x-oss-ac-subnet-mask is invalid.",
    "0002-00000601",
    source="docs: 0002-00000601; wording ours; pairing inferred",
)
SignedForAnotherVpc = Row(
    "AccessDenied",
    403,
    "The signed URL cannot be used from this VPC.",
    source="docs: Add signatures to URLs; wording ours",
)
UnsupportedAuthorizationType = Row(
    "InvalidArgument", 400, "Unsupported Authorization Type", "0002-00000002", source="public error body"
)
InvalidAuthorizationHeader = Row("InvalidArgument", 400, "Authorization header is invalid.", source="docs: HTTP 400")
SecurityTokenNotInQuery = Row(
    "InvalidRequest",
    400,
    "Security-token must be provided by query string parameter.",
    "0002-00000005",
    source="docs: HTTP 400; docs: 0002-00000005",
)
AnonymousResponseHeaders = Row(
    "InvalidRequest",
    400,
    "Request specific response headers cannot be used for anonymous GET requests.",
    source="docs: HTTP 400",
)
InvalidSecurityToken = Row(
    "InvalidSecurityToken",
    403,
    "The security token you provided is invalid.",
    "0002-00000008",
    source="docs: HTTP 403; docs: 0002-00000008",
)
SecurityTokenExpired = Row(
    "SecurityTokenExpired",
    403,
    "The security token you provided has expired.",
    "0002-00000007",
    source="docs: presigned URL troubleshooting; docs: 0002-00000007; wording ours",
)
AccessKeyIdAndSecurityTokenNotMatch = Row(
    "AccessKeyIdAndSecurityTokenNotMatch",
    403,
    "The OSS access key id and security token you provided does not match.",
    source="docs: HTTP 403",
)
