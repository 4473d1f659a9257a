"""Refusals of bucket configurations: lifecycle, CORS, website, policy, inventory, logging, acceleration."""

from __future__ import annotations

from fakeoss.errors.base import Row

NoSuchLifecycle = Row(
    "NoSuchLifecycle", 404, "No Row found in Lifecycle Table.", source="reference 2022; docs: HTTP 404; SDK tests"
)
LifecycleDaysOutOfOrder = Row(
    "InvalidArgument",
    400,
    "Days in the Transition action for StorageClass {colder} must be more than the Transition action for "
    "StorageClass {warmer}",
    source="docs: Lifecycle rules based on the last modified time; oss2 tests",
)
LifecycleExpiresTooSoon = Row(
    "InvalidArgument",
    400,
    "Days in the Expiration action must be more than the Transition action for StorageClass {warmer}",
    source="reference 2022, PutBucketLifecycle; oss2 tests; wording ours",
)
InvalidLifecycleStorageClass = Row(
    "InvalidArgument", 400, "Invalid StorageClass", source="public error report; oss2 tests"
)
InvalidLifecycle = Row("InvalidRequest", 400, "The lifecycle rules are not valid.", source="oss2 tests; wording ours")
LifecycleOverlap = Row(
    "InvalidRequest",
    400,
    "Overlap for same action type {action}",
    source="oss2 tests; docs: PutBucketLifecycle; public error reports give the code",
)
LifecycleConflict = Row(
    "InvalidArgument",
    400,
    "The lifecycle rules with overlapping prefixes conflict.",
    "0014-00000082",
    source="docs: 0014-00000082; wording ours; pairing inferred",
)
TooManyLifecycleRules = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0014-00000014",
    source="docs: 0014-00000014; pairing inferred",
)
LifecycleRuleExpected = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0014-00000015",
    source="docs: 0014-00000015; pairing inferred",
)
LifecycleElementNotSupported = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0014-00000017",
    source="docs: 0014-00000017; pairing inferred",
)
LifecycleRuleWithoutAction = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0014-00000026",
    source="docs: 0014-00000026; docs: PutBucketLifecycle; pairing inferred",
)
InvalidLifecycleTag = Row(
    "InvalidArgument",
    400,
    "The tag of the lifecycle rule is invalid.",
    "0014-00000031",
    source="docs: 0014-00000031; oss2 tests; wording ours; pairing inferred",
)
AccessTimeWithDate = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0014-00000047",
    source="docs: 0014-00000047; docs: PutBucketLifecycle; pairing inferred",
)
ReturnToStandardMisplaced = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0014-00000052",
    source="docs: 0014-00000052; docs: PutBucketLifecycle; pairing inferred",
)
ReturnToStandardFromColder = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0014-00000053",
    source="docs: 0014-00000053; pairing inferred",
)
ExpirationWithoutTime = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0014-00000060",
    source="docs: 0014-00000060; docs: PutBucketLifecycle; pairing inferred",
)
NoSuchCORSConfiguration = Row(
    "NoSuchCORSConfiguration", 404, "The CORS Configuration does not exist.", source="reference 2022; docs: HTTP 404"
)
CORSRuleBeyondLimit = Row(
    "CORSRuleBeyondLimit",
    400,
    "The CORS Rules num is beyond limit.",
    "0034-00000006",
    source="docs: HTTP 400; docs: 0034-00000006",
)
InvalidCorsOrigin = Row(
    "InvalidArgument",
    400,
    "The AllowedOrigin of the CORS rule is invalid.",
    "0034-00000009",
    source="docs: 0034-00000009; wording ours; pairing inferred",
)
MissingCorsRule = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0034-00000002",
    source="docs: 0034-00000002; pairing inferred",
)
InvalidCorsMethod = Row(
    "InvalidArgument",
    400,
    "The AllowedMethod of the CORS rule is invalid.",
    "0034-00000011",
    source="docs: 0034-00000011; wording ours; pairing inferred",
)
InvalidCorsHeader = Row(
    "InvalidArgument",
    400,
    "The AllowedHeader of the CORS rule is invalid.",
    source="reference 2022; wording ours",
)
InvalidCorsExposeHeader = Row(
    "InvalidArgument",
    400,
    "The ExposeHeader of the CORS rule is invalid.",
    "0034-00000013",
    source="docs: 0034-00000013; wording ours; pairing inferred",
)
AccessForbidden = Row(
    "AccessForbidden",
    403,
    "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, "
    "request method / Access-Control-Request-Method or Access-Control-Requet-Headers are not whitelisted "
    "by the resource's CORS spec.",
    "0003-00000601",
    source="reference 2022; docs: HTTP 403; docs: 0003-00000601, 0003-00000602",
)
AccessForbiddenByCorsRules = Row(
    "AccessForbidden",
    403,
    "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, "
    "request method / Access-Control-Request-Method or Access-Control-Requet-Headers are not whitelisted "
    "by the resource's CORS spec.",
    "0003-00000602",
    source="docs: 0003-00000602",
)
PreflightOriginMissing = Row(
    "BadRequest",
    400,
    "Insufficient information. Origin request header needed.",
    "0034-00000101",
    source="docs: HTTP 400; docs: 0034-00000101",
)
PreflightMethodMissing = Row(
    "BadRequest",
    400,
    "Insufficient information. Request Access-Control-Request-Method header needed.",
    "0034-00000102",
    source="docs: HTTP 400; docs: 0034-00000102",
)
NoSuchWebsiteConfiguration = Row(
    "NoSuchWebsiteConfiguration",
    404,
    "The specified bucket does not have a website configuration.",
    source="reference 2022; docs: HTTP 404",
)
NoSuchBucketPolicy = Row(
    "NoSuchBucketPolicy",
    404,
    "The specified bucket policy does not exist",
    "0030-00000006",
    source="reference 2022; docs: HTTP 404; docs: 0030-00000006",
)
InvalidPolicyDocument = Row(
    "InvalidPolicyDocument", 400, "The policy document is not valid.", source="docs: HTTP 400; wording ours"
)
BucketPolicyTooLarge = Row(
    "InvalidPolicyDocument",
    400,
    "The policy document exceeds the maximum allowed size.",
    "0030-00000001",
    source="docs: 0030-00000001; wording ours; pairing inferred",
)
BucketPolicyItemTooLarge = Row(
    "InvalidPolicyDocument",
    400,
    "An item of the policy document exceeds the maximum allowed size.",
    "0030-00000003",
    source="docs: 0030-00000003; wording ours; pairing inferred",
)
BucketPolicyVersion = Row(
    "InvalidPolicyDocument",
    400,
    "Invalid Policy: the version must be 1.",
    "0030-00000002",
    source="docs: 0030-00000002; wording ours; pairing inferred",
)
InvalidBucketPolicy = Row(
    "InvalidPolicyDocument",
    400,
    "Invalid Policy: {detail}",
    "0030-00000005",
    source="docs: HTTP 400; docs: 0030-00000005; pairing inferred",
)
BucketPolicyAsterisks = Row(
    "InvalidPolicyDocument",
    400,
    "Invalid Policy: adjacent asterisks are not allowed.",
    "0030-00000007",
    source="docs: 0030-00000007; wording ours; pairing inferred",
)
NoSuchInventory = Row(
    "NoSuchInventory", 404, "No Row found in Inventory Table.", source="docs: HTTP 404; oss2 exceptions"
)
InvalidInventoryTime = Row(
    "InvalidArgument",
    400,
    "A time of the inventory's filter is invalid.",
    "0020-00000008",
    source="docs: 0020-00000008; wording ours; pairing inferred",
)
InvalidInventoryStorageClass = Row(
    "InvalidArgument",
    400,
    "The storage class of the inventory's filter is invalid.",
    "0020-00000026",
    source="docs: 0020-00000026; wording ours; pairing inferred",
)
InvalidInventoryField = Row(
    "InvalidArgument",
    400,
    "A field of the inventory is invalid.",
    "0020-00000036",
    source="docs: 0020-00000036; wording ours; pairing inferred",
)
InventoryIdMismatch = Row(
    "InvalidArgument",
    400,
    "The inventory id of the request differs from that of its body.",
    "0020-00000043",
    source="docs: 0020-00000043; wording ours; pairing inferred",
)
InvalidInventoryDestination = Row(
    "InvalidArgument",
    400,
    "The destination bucket of the inventory is invalid.",
    source="docs: Bucket inventory (same account, same region); wording ours",
)
InventoryExceedLimit = Row(
    "InventoryExceedLimit",
    400,
    "You are not allowed to create more inventory than limit.",
    source="reference 2022; docs: HTTP 400",
)
InventoryAlreadyExist = Row(
    "InventoryAlreadyExist", 409, "The inventory you specified already exists.", source="reference 2022; wording ours"
)
DailyInventoryExceedLimit = Row(
    "DailyInventoryExceedLimit",
    400,
    "daily inventory object count exceed limit.",
    "0020-00000040",
    source="docs: HTTP 400; docs: 0020-00000040",
)
WeeklyInventoryExceedLimit = Row(
    "WeeklyInventoryExceedLimit",
    400,
    "weekly inventory object count exceed limit.",
    "0020-00000041",
    source="docs: HTTP 400; docs: 0020-00000041",
)
InvalidTargetBucketForLogging = Row(
    "InvalidTargetBucketForLogging",
    400,
    "Put bucket log requester is not target bucket owner.",
    source="reference 2022; docs: HTTP 400",
)
LoggingTargetNotOwned = Row(
    "InvalidTargetBucketForLogging",
    403,
    "Put bucket log requester is not target bucket owner.",
    source="reference 2022; wording ours",
)
NoSuchUserDefinedLogFieldsConfig = Row(
    "NoSuchUserDefinedLogFieldsConfig",
    404,
    "The bucket you specified does not have a configuration of user-defined log fields.",
    source="SDK tests (Java, v2): code and status; wording ours",
)
NoSuchTransferAccelerationConfiguration = Row(
    "NoSuchTransferAccelerationConfiguration",
    404,
    "The bucket you specified does not have transfer acceleration configuration",
    "0028-00000004",
    source="reference 2022; docs: HTTP 404; docs: 0028-00000004",
)
TransferAccAlreadyInUse = Row(
    "TransferAccAlreadyInUse",
    409,
    "The transfer acceleration is already used by cross-region replication.",
    "0028-00000003",
    source="reference 2022; docs: 0028-00000003",
)
NoSuchCacheControlConfiguration = Row(
    "NoSuchCacheControlConfiguration",
    404,
    "The bucket you specified does not have cache control configuration",
    source="docs: HTTP 404",
)
NoSuchAccessPoint = Row(
    "NoSuchAccessPoint", 404, "Accesspoint not found", source="oss2 tests give the message; code ours"
)
NoSuchAccessPointPolicy = Row(
    "NoSuchAccessPointPolicy", 404, "The access point policy does not exist.", source="code and wording ours"
)
AccessPointAlreadyExists = Row(
    "AccessPointAlreadyExists",
    409,
    "An access point of this name already exists in the region.",
    source="docs: CreateAccessPoint; code and wording ours",
)
TooManyAccessPoints = Row(
    "TooManyAccessPoints",
    400,
    "You have attempted to create more access points than allowed.",
    source="docs: CreateAccessPoint; code and wording ours",
)
NoSuchResourcePool = Row(
    "NoSuchResourcePool",
    404,
    "The specified resource pool does not exist.",
    source="oss2 tests give the message; code ours",
)
AccessMonitorInUse = Row(
    "InvalidRequest",
    400,
    "Access tracking can not be disabled while lifecycle rules go by the last access time.",
    source="docs: PutBucketAccessMonitor (that it is refused); code, status and wording ours",
)
BucketDataRedundancyTransitionTaskNotSupport = Row(
    "BucketDataRedundancyTransitionTaskNotSupport",
    400,
    "The bucket does not support data redundancy transition.",
    source="docs: CreateBucketDataRedundancyTransition; wording ours",
)
BucketDataRedundancyTransitionTaskAlreadyExist = Row(
    "BucketDataRedundancyTransitionTaskAlreadyExist",
    409,
    "A data redundancy transition task of the bucket is not finished.",
    source="docs: CreateBucketDataRedundancyTransition; wording ours",
)
BucketDataRedundancyTransitionTaskExceedLimit = Row(
    "BucketDataRedundancyTransitionTaskExceedLimit",
    400,
    "The number of data redundancy transition tasks exceeds the limit.",
    source="docs: CreateBucketDataRedundancyTransition; wording ours",
)
BucketDataRedundancyTransitionTaskNotExist = Row(
    "BucketDataRedundancyTransitionTaskNotExist",
    404,
    "The data redundancy transition task does not exist.",
    source="docs: GetBucketDataRedundancyTransition; wording ours",
)
BucketDataRedundancyTransitionTaskStatusConflict = Row(
    "BucketDataRedundancyTransitionTaskStatusConflict",
    409,
    "The data redundancy transition task is in progress.",
    source="docs: DeleteBucketDataRedundancyTransition; wording ours",
)
