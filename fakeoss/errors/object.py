"""Refusals about objects: names, versions, conditions, ranges, appending, symbolic links, restoring."""

from __future__ import annotations

from fakeoss.errors.base import Row

NoSuchKey = Row(
    "NoSuchKey",
    404,
    "The specified key does not exist.",
    "0026-00000001",
    source="reference 2022; docs: HTTP 404; SDK tests",
)
NoSuchVersion = Row(
    "NoSuchVersion",
    404,
    "The specified version does not exist",
    "0026-00000001",
    source="docs: HTTP 404; docs: 0026-00000001",
)
NoSuchCopySourceVersion = Row(
    "NoSuchVersion",
    404,
    "The specified version does not exist",
    "0012-00000203",
    source="docs: HTTP 404; docs: 0012-00000203",
)
InvalidVersionId = Row(
    "InvalidArgument",
    400,
    "Invalid version id specified.",
    "0012-00000202",
    source="docs: HTTP 400; docs: 0012-00000202",
)
EmptyVersionId = Row(
    "InvalidArgument",
    400,
    "Version id can not be the empty string.",
    "0012-00000201",
    source="docs: HTTP 400; docs: 0012-00000201",
)
DeleteMarkerMethodNotAllowed = Row(
    "MethodNotAllowed",
    405,
    "The specified method is not allowed against this resource.",
    "0017-00000002",
    source="reference 2022; docs: 0017-00000002",
)
InvalidObjectName = Row(
    "InvalidObjectName",
    400,
    "The specified object is not valid.",
    "0016-00000005",
    source="docs: HTTP 400; docs: 0016-00000005",
)
ObjectNameNotText = Row(
    "InvalidObjectName",
    400,
    "The specified object is not valid.",
    "0016-00000004",
    source="docs: HTTP 400; docs: 0016-00000004",
)
ObjectNameTooLong = Row(
    "InvalidObjectName",
    400,
    "The Length of Object name must be less than 1024.",
    "0016-00000003",
    source="reference 2022; docs: HTTP 400; docs: 0016-00000003",
)
ObjectNameEmpty = Row(
    "InvalidObjectName",
    400,
    "The Object name can not be empty.",
    "0016-00000001",
    source="docs: HTTP 400; docs: 0016-00000001",
)
FileAlreadyExists = Row(
    "FileAlreadyExists",
    409,
    "The object you specified already exists and can not be overwritten.",
    "0026-00000002",
    source="reference 2022; docs: HTTP 409; docs: 0026-00000002",
)
FileIsDirectory = Row(
    "FileAlreadyExists", 409, "The object you specified already exists and is a directory.", source="reference 2022"
)
DirectoryNotEmpty = Row(
    "FileAlreadyExists",
    409,
    "The directory is not empty, or the target already exists.",
    source="reference 2022; wording ours",
)
FileImmutable = Row(
    "FileImmutable",
    409,
    "The object you specified is immutable.",
    "0026-00000005",
    source="reference 2022; docs: HTTP 409; docs: 0026-00000005",
)
InvalidObjectState = Row(
    "InvalidObjectState",
    403,
    "The operation is not valid for the object's state",
    "0016-00000404",
    source="reference 2022; docs: HTTP 403; docs: 0016-00000404",
)
PreconditionFailed = Row(
    "PreconditionFailed",
    412,
    "At least one of the pre-conditions you specified did not hold.",
    "0017-00001001",
    source="reference 2022; docs: HTTP 412; docs: 0017-00001001; tests of Node's ali-oss",
)
NotModified = Row("NotModified", 304, "Not Modified", source="reference 2022; wording ours")
InvalidRange = Row(
    "InvalidRange", 416, "The requested range cannot be satisfied", source="docs: HTTP 416; docs: Range back-to-origin"
)
MultiRangeFailed = Row(
    "MultiRangeFailed",
    400,
    "Exceed multi range max interval count.",
    "0016-00000110",
    source="docs: 0016-00000110; pairing inferred",
)
SymlinkTargetNotExist = Row(
    "SymlinkTargetNotExist",
    404,
    "The symlink target object does not exist",
    "0026-00000012",
    source="reference 2022; docs: HTTP 404; docs: 0026-00000012",
)
InvalidTargetType = Row(
    "InvalidTargetType", 400, "The symbolic's target file type is invalid.", source="reference 2022; docs: HTTP 400"
)
NotSymlink = Row(
    "NotSymlink",
    400,
    "The object is not symlink.",
    "0043-00000101",
    source="reference 2022; docs: HTTP 400; docs: 0043-00000101",
)
ObjectNotAppendable = Row(
    "ObjectNotAppendable",
    409,
    "The object is not appendable",
    "0026-00000017",
    source="reference 2022; docs: HTTP 411; docs: 0026-00000017; oss2 exceptions",
)
SealNotAppendable = Row(
    "AppendSealedObjectNotAllowed",
    409,
    "The object is not appendable",
    source="docs: SealAppendObject; wording ours",
)
PositionNotEqualToLength = Row(
    "PositionNotEqualToLength",
    409,
    "Position is not equal to file length",
    "0026-00000016",
    source="reference 2022; docs: HTTP 409; SDK tests",
)
MissingAppendPosition = Row(
    "MissingArgument",
    400,
    "Missing Some Required Arguments.",
    "0016-00000501",
    source="docs: 0016-00000501; pairing inferred",
)
InvalidAppendPosition = Row(
    "MissingArgument",
    400,
    "Missing Some Required Arguments.",
    "0016-00000502",
    source="docs: 0016-00000502; docs: Error responses",
)
AppendOfVersionNotSupported = Row(
    "InvalidArgument",
    400,
    "AppendObject takes no version id.",
    "0016-00000504",
    source="docs: 0016-00000504; wording ours; pairing inferred",
)
AppendSealedObjectNotAllowed = Row(
    "AppendSealedObjectNotAllowed",
    400,
    "The object is sealed and can not be appended.",
    source="SDK tests; wording ours",
)
SealNotSupported = Row(
    "OperationNotSupported", 400, "SealAppendable is not supported.", "0016-00000513", source="SDK tests"
)
RestoreNotSupported = Row(
    "OperationNotSupported",
    400,
    "The operation is not supported for this resource",
    "0016-00000702",
    source="reference 2022; docs: HTTP 400; SDK tests",
)
RestoreAlreadyInProgress = Row(
    "RestoreAlreadyInProgress",
    409,
    "The restore operation is in progress.",
    "0016-00000701",
    source="reference 2022; docs: HTTP 409; docs: 0016-00000701; SDK tests",
)
ArchiveRestoreNotFinished = Row(
    "ArchiveRestoreNotFinished", 409, "The archive file's restore is not finished.", "0016-00000719", source="SDK tests"
)
ArchiveRestoreFileStale = Row(
    "ArchiveRestoreFileStale",
    409,
    "The archive file or restore info stale",
    "0016-00000718",
    source="SDK tests; docs: 0016-00000718",
)
CleaningNotSupported = Row(
    "OperationNotSupported",
    400,
    "The operation is not supported for this resource",
    source="docs: CleanRestoredObject; pairing inferred",
)
InvalidRestoreTier = Row(
    "InvalidArgument", 400, "Invalid Argument.", "0016-00000703", source="docs: 0016-00000703; SDK tests; wording ours"
)
InvalidRestoreDays = Row(
    "InvalidArgument",
    400,
    "Invalid Argument.",
    "0016-00000704",
    source="docs: 0016-00000704; pairing inferred; wording ours",
)
MalformedRestoreRequest = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0016-00000706",
    source="docs: 0016-00000706; SDK tests",
)
UnknownRestoreElement = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0016-00000714",
    source="docs: 0016-00000714; pairing inferred",
)
RestorePriorityLowered = Row(
    "RestoreAlreadyInProgress",
    409,
    "The restore operation is in progress.",
    "0016-00000715",
    source="docs: 0016-00000715; pairing inferred",
)
SymlinkTargetMissing = Row(
    "MissingArgument",
    400,
    "Missing Some Required Arguments.",
    "0043-00000001",
    source="reference 2022: PutSymlink; docs: 0043-00000001; pairing inferred",
)
MissingObjectAcl = Row(
    "MissingArgument",
    400,
    "Missing Some Required Arguments.",
    "0017-00000105",
    source="docs: 0017-00000105; wording ours; pairing inferred",
)
InvalidCopySource = Row(
    "InvalidArgument",
    400,
    "Copy Source must mention the source bucket and key: /sourcebucket/sourcekey.",
    source="docs: HTTP 400",
)
InvalidPartCopySource = Row(
    "InvalidArgument",
    400,
    "Copy Source must mention the source bucket and key: /sourcebucket/sourcekey.",
    "0042-00000301",
    source="docs: HTTP 400; docs: 0042-00000301",
)
EmptyPartCopySource = Row(
    "InvalidArgument",
    400,
    "Copy Source must mention the source bucket and key: /sourcebucket/sourcekey.",
    "0042-00000302",
    source="docs: 0042-00000302; pairing inferred",
)
UnknownCopySourceParameter = Row(
    "InvalidArgument",
    400,
    "Copy Source must mention the source bucket and key: /sourcebucket/sourcekey.",
    "0016-00000304",
    source="docs: 0016-00000304; pairing inferred",
)
EmptyCopySourceVersionId = Row(
    "InvalidArgument",
    400,
    "Version id can not be the empty string.",
    "0016-00000305",
    source="docs: HTTP 400; docs: 0016-00000305; pairing inferred",
)
CopySourceIsDeleteMarker = Row(
    "NoSuchKey",
    404,
    "The specified key does not exist.",
    "0016-00000307",
    source="reference 2022; docs: 0016-00000307; pairing inferred",
)
PartCopySourceIsDeleteMarker = Row(
    "InvalidArgument",
    400,
    "A delete marker can not be the source of a copy.",
    source="reference 2022 (status only); code and wording ours",
)
CopySourceTooLarge = Row(
    "EntityTooLarge",
    400,
    "Source object Length exceeds the maximum allowed size.",
    source="docs: HTTP 400; docs: CopyObject; pairing inferred",
)
ArchivedCopySource = Row(
    "OperationNotSupported",
    400,
    "The operation is not supported for this resource",
    source="reference 2022; wording ours",
)
AppendableCopySource = Row(
    "OperationNotSupported",
    400,
    "The operation is not supported for this resource",
    source="reference 2022 (that it is refused); code and wording ours",
)
SymlinkPartCopySource = Row(
    "OperationNotSupported",
    400,
    "The operation is not supported for this resource",
    "0042-00000308",
    source="docs: 0042-00000308; code and wording ours",
)
EncryptedPartCopySource = Row(
    "NotImplemented",
    400,
    "A header you provided implies functionality that is not implemented.",
    "0042-00000309",
    source="docs: 0042-00000309; docs: HTTP 400; code from the SDK tests",
)
InvalidObjectAcl = Row(
    "InvalidArgument", 400, "Invalid Argument.", "0017-00000104", source="docs: 0017-00000104; wording ours"
)
EmptyObjectStorageClass = Row(
    "InvalidArgument", 400, "Invalid Argument.", "0017-00000131", source="docs: 0017-00000131; wording ours"
)
InvalidObjectStorageClass = Row(
    "InvalidArgument", 400, "Invalid Argument.", "0017-00000132", source="docs: 0017-00000132; wording ours"
)
InvalidForbidOverwrite = Row(
    "InvalidArgument", 400, "Invalid Argument.", "0017-00000279", source="docs: 0017-00000279; wording ours"
)
TooMuchMeta = Row(
    "InvalidArgument",
    400,
    "The total size of user metadata must not exceed 8 KB.",
    "0011-00000002",
    source="docs: 0011-00000002; wording ours",
)
InvalidMetaName = Row(
    "InvalidArgument", 400, "The metadata name is invalid.", "0011-00000004", source="docs: 0011-00000004; wording ours"
)
InvalidMetaValue = Row(
    "InvalidArgument",
    400,
    "The metadata value is invalid.",
    "0011-00000005",
    source="docs: 0011-00000005; wording ours",
)
ObjectTooLarge = Row(
    "InvalidArgument",
    400,
    "Your proposed upload exceeds the maximum allowed size.",
    source="reference 2022 (PutObject); wording from docs: HTTP 400",
)
UserKeyMustBeSpecified = Row("UserKeyMustBeSpecified", 400, "User key must be specified.", source="docs: HTTP 400")
DeleteDigestMissing = Row(
    "MissingArgument",
    400,
    "Missing Some Required Arguments.",
    "0016-00000606",
    source="docs: HTTP 400; docs: 0016-00000606",
)
UnreadableDelete = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0016-00000607",
    source="docs: 0016-00000607",
)
DeleteWithoutKeys = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0016-00000615",
    source="docs: 0016-00000615",
)
MalformedDelete = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0016-00000608",
    source="error body in the SDKs' tests",
)
TooManyDeleteKeys = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0016-00000609",
    source="reference 2022; docs: 0016-00000609",
)
ObjectAlreadyExists = Row(
    "ObjectAlreadyExists", 400, "The object you specified already exists.", source="oss2 exceptions; wording ours"
)
