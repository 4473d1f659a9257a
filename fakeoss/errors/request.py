"""Refusals of a request as such: arguments, bodies, methods, digests, and the service's own failures."""

from __future__ import annotations

from fakeoss.errors.base import Row

InvalidArgument = Row("InvalidArgument", 400, "Invalid Argument.", source="docs: HTTP 400")
InvalidRequest = Row("InvalidRequest", 400, "Invalid Request.", source="reference 2022")
BadRequest = Row("BadRequest", 400, "Bad Request.", source="docs: HTTP 400")
MalformedXML = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0031-00000001",
    source="docs: HTTP 400; docs: Error responses",
)
MalformedConfiguration = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0015-00000231",
    source="SDK tests",
)
InvalidXMLFormat = Row("InvalidXMLFormat", 400, "The XML you provided was not well-formed.", source="docs: HTTP 400")
MissingArgument = Row(
    "MissingArgument",
    400,
    "Missing Some Required Arguments.",
    "0016-00000502",
    source="docs: HTTP 400; docs: Error responses",
)
UnsupportedPost = Row("InvalidArgument", 400, "operation not support post: {name}", source="SDK tests")
NotImplemented = Row("NotImplemented", 501, "{operation} is not implemented by this fake.", source="fakeoss itself")
HeaderNotImplemented = Row(
    "NotImplemented",
    400,
    "A header you provided implies functionality that is not implemented.",
    source="docs: HTTP 400; oss2 exceptions",
)
MethodNotAllowed = Row(
    "MethodNotAllowed",
    405,
    "The specified method is not allowed against this resource.",
    "0017-00000001",
    source="reference 2022; public error body",
)
OperationNotSupported = Row(
    "OperationNotSupported", 400, "The operation is not supported for this resource", source="oss2 exceptions"
)
InvalidDigest = Row(
    "InvalidDigest",
    400,
    "The Content-MD5 you specified was invalid.",
    "0017-00000503",
    source="reference 2022; docs: HTTP 400; public error body",
)
InvalidCRC64 = Row(
    "InvalidCRC64",
    400,
    "The x-oss-hash-crc64ecma you specified does not match what we calculated.",
    source="docs: HTTP 400",
)
MissingContentLength = Row(
    "MissingContentLength",
    411,
    "You must provide the Content-Length HTTP header.",
    source="reference 2022; docs: HTTP 411",
)
IncompleteBody = Row(
    "IncompleteBody",
    400,
    "You did not provide the number of bytes specified by the Content-Length HTTP header.",
    source="docs: HTTP 400",
)
RequestTimeout = Row(
    "RequestTimeout",
    400,
    "Your socket connection to the server was not read from or written to within the timeout period. Idle "
    "connections will be closed.",
    source="reference 2022; docs: HTTP 400",
)
EntityTooLarge = Row(
    "EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size.", source="docs: HTTP 400"
)
InlineDataTooLarge = Row(
    "InlineDataTooLarge", 400, "Inline data exceeds the maximum allowed size.", source="docs: HTTP 400"
)
InvalidEncodingType = Row(
    "InvalidArgument",
    400,
    "Invalid Encoding Method specified in Request",
    "0017-00000235",
    source="docs: 0017-00000235",
)
InvalidHeaderValue = Row("InvalidArgument", 400, "Invalid Argument.", source="reference 2022; wording ours")
UnsupportedAwsChunked = Row(
    "InvalidArgument",
    400,
    "aws-chunked encoding is not supported with the specified x-amz-content-sha256 value.",
    "0017-00000804",
    source="docs: 0017-00000804",
)
TrafficLimitTwice = Row(
    "InvalidArgument",
    400,
    "x-oss-traffic-limit should be specified either in query string or header, not both.",
    "0004-00000501",
    source="docs: HTTP 400; docs: 0004-00000501",
)
InvalidTrafficLimit = Row(
    "InvalidArgument",
    400,
    "x-oss-traffic-limit is invalid, should be specified between 819200(100KB/s) and 838860800(100MB/s).",
    "0004-00000502",
    source="docs: HTTP 400; docs: 0004-00000502",
)
InternalError = Row(
    "InternalError", 500, "Please contact the server administrator, oss@service.aliyun.com.", source="docs: HTTP 500"
)
ServiceFail = Row("ServiceFail", 500, "Service in unreachable.", source="SDK tests; pairing inferred")
DownloadTrafficRateLimitExceeded = Row(
    "DownloadTrafficRateLimitExceeded",
    503,
    "Please reduce your download request traffic.",
    source="docs: HTTP 503; wording ours",
)
UploadTrafficRateLimitExceeded = Row(
    "UploadTrafficRateLimitExceeded", 503, "Please reduce your upload request traffic.", source="docs: HTTP 503"
)
MetaOperationQpsLimitExceeded = Row(
    "MetaOperationQpsLimitExceeded", 503, "Qps limit for the meta operation is exceeded.", source="docs: HTTP 503"
)
TotalQpsLimitExceeded = Row("TotalQpsLimitExceeded", 503, "Max total qps limit is exceeded.", source="docs: HTTP 503")
QpsLimitExceeded = Row(
    "QpsLimitExceeded", 429, "Please reduce your request rate.", source="docs: Error responses; wording ours"
)
ActiveRequestLimitExceeded = Row(
    "ActiveRequestLimitExceeded", 503, "Max active request limit is exceeded.", source="docs: HTTP 503"
)
CpuLimitExceeded = Row("CpuLimitExceeded", 503, "Please reduce your request rate.", source="docs: HTTP 503")
ServiceUnavailable = Row(
    "ServiceUnavailable", 503, "Thread pool is almost full, please retry later.", source="docs: HTTP 503"
)
