"""Refusals of callbacks and of form uploads."""

from __future__ import annotations

from fakeoss.errors.base import Row

CallbackFailed = Row(
    "CallbackFailed", 203, "Error status : {status}.", "0007-00000203", source="reference 2022; SDK tests"
)
CallbackNotBase64 = Row(
    "InvalidArgument", 400, "The callback configuration is not base64 encoded.", source="docs: HTTP 400"
)
CallbackNotJson = Row("InvalidArgument", 400, "The callback configuration is not json format.", source="docs: HTTP 400")
InvalidCallbackUrl = Row("InvalidArgument", 400, "The callback url configuration is invalid.", source="docs: HTTP 400")
InvalidCallbackHost = Row(
    "InvalidArgument", 400, "The callback host configuration is invalid.", source="docs: HTTP 400"
)
EmptyCallbackBody = Row("InvalidArgument", 400, "The callback body is empty.", source="docs: HTTP 400")
InvalidCallbackBody = Row("InvalidArgument", 400, "The callback body is invalid.", source="docs: HTTP 400")
InvalidCallbackBodyType = Row(
    "InvalidArgument", 400, "The callback body type configuration is invalid.", source="docs: HTTP 400"
)
TooManyCallbackUrls = Row(
    "InvalidArgument", 400, "The number of callback url exceed max value.", source="docs: HTTP 400"
)
CallbackTooLong = Row("InvalidArgument", 400, "The length of callback exceed max value.", source="docs: HTTP 400")
CallbackVarTooLong = Row(
    "InvalidArgument", 400, "The length of callback var exceed max value.", source="docs: HTTP 400"
)
CallbackVarNotJson = Row("InvalidArgument", 400, "The callback var is not expecten json.", source="docs: HTTP 400")
PrivateCallbackAddress = Row(
    "InvalidArgument", 400, "Private address is forbidden to callback.", source="docs: HTTP 400"
)
CallbackGivenTwice = Row(
    "InvalidArgument",
    400,
    "Either the callback query string parameter or the x-oss-callback header should be specified, not both.",
    source="docs: HTTP 400",
)
CallbackVarGivenTwice = Row(
    "InvalidArgument",
    400,
    "Either the callback-var query string parameter or the x-oss-callback-var header should be specified, not both.",
    source="docs: HTTP 400",
)
BucketCallbackPolicyNotExist = Row(
    "BucketCallbackPolicyNotExist",
    404,
    "The bucket callback policy does not exist.",
    source="oss2 tests; status and wording ours",
)
RequestIsNotMultiPartContent = Row(
    "RequestIsNotMultiPartContent",
    400,
    "Bucket POST must be of the enclosure-type multipart/form-data.",
    source="docs: HTTP 400",
)
MalformedPOSTRequest = Row(
    "MalformedPOSTRequest",
    400,
    "The body of your POST request is not well-formed multipart/form-data.",
    source="docs: HTTP 400",
)
IncorrectNumberOfFilesInPOSTRequest = Row(
    "IncorrectNumberOfFilesInPOSTRequest",
    400,
    "POST requires exactly one file upload per request.",
    source="docs: HTTP 400",
)
FieldItemTooLong = Row("FieldItemTooLong", 400, "Your name of form field is too long.", source="docs: HTTP 400")
MaxPOSTPreDataLengthExceededError = Row(
    "MaxPOSTPreDataLengthExceededError",
    400,
    "Your POST request fields preceding the upload file were too large.",
    source="docs: HTTP 400",
)
InvalidPostPolicy = Row("InvalidPolicyDocument", 400, "Invalid Policy: {detail}", source="docs: HTTP 400")
PostPolicyExpired = Row(
    "AccessDenied",
    403,
    "Invalid according to Policy: Policy expired.",
    "0006-00000213",
    source="docs: HTTP 403; docs: 0006-00000213",
)
PostPolicyConditionFailed = Row(
    "AccessDenied", 403, "Invalid according to Policy: Policy Condition failed: {condition}", source="docs: HTTP 403"
)
PostFieldMissing = Row(
    "InvalidArgument",
    400,
    "The bucket POST must contain the specified '{field}'. If it is specified, please check the order of the fields",
    "0002-00000706",
    source="docs: HTTP 400; public error body",
)
PostBodyTooLarge = Row("InvalidArgument", 400, "Post body size must be less than 5G.", source="docs: HTTP 400")
PostEntityTooLarge = Row(
    "EntityTooLarge",
    400,
    "Your proposed upload exceeds the maximum allowed size.",
    "0006-00000003",
    source="docs: HTTP 400; docs: 0006-00000003",
)
PostEntityTooSmall = Row(
    "EntityTooSmall", 400, "Your proposed upload smaller than the minimum allowed size.", source="docs: HTTP 400"
)
