"""Refusals of multipart uploads."""

from __future__ import annotations

from fakeoss.errors.base import Row

NoSuchUpload = Row(
    "NoSuchUpload",
    404,
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been "
    "aborted or completed.",
    "0042-00000002",
    source="reference 2022; docs: HTTP 404; SDK tests",
)
NoSuchUploadForPart = Row(
    "NoSuchUpload",
    404,
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been "
    "aborted or completed.",
    "0042-00000104",
    source="reference 2022; SDK tests",
)
NoSuchUploadForPartCopy = Row(
    "NoSuchUpload",
    404,
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been "
    "aborted or completed.",
    "0042-00000311",
    source="SDK tests",
)
InvalidPartNumber = Row(
    "InvalidArgument",
    400,
    "Part number must be an integer between 1 and 10000, inclusive.",
    "0017-00000220",
    source="reference 2022; docs: 0017-00000220",
)
MissingPartNumber = Row(
    "InvalidArgument",
    400,
    "Unexpected query string parameter",
    "0017-00000219",
    source="docs: 0017-00000219",
)
EncryptionOfPart = Row(
    "InvalidArgument",
    400,
    "The encryption of a part is said at the initiation of its upload only.",
    source="reference 2022; SDK tests; wording ours",
)
InvalidMaxUploads = Row(
    "InvalidArgument",
    400,
    "Argument max-uploads must be an integer between 1 and 1000.",
    source="reference 2022; wording ours",
)
InvalidMaxParts = Row(
    "InvalidArgument",
    400,
    "Argument max-parts must be an integer between 1 and 1000.",
    source="reference 2022; wording ours",
)
InvalidPartNumberMarker = Row(
    "InvalidArgument",
    400,
    "Argument part-number-marker must be an integer between 0 and 2147483647.",
    source="reference 2022; wording ours",
)
InvalidPart = Row(
    "InvalidPart",
    400,
    "One or more of the specified parts could not be found or the specified entity tag might not have "
    "matched the part's entity tag.",
    source="docs: HTTP 400",
)
InvalidPartOrder = Row(
    "InvalidPartOrder",
    400,
    "The list of parts was not in ascending order.",
    "0042-00000209",
    source="docs: HTTP 400; docs: 0042-00000209",
)
InvalidPartNumberInList = Row(
    "InvalidPartOrder", 400, "Part number must be an integer between 1 and 10000, inclusive.", source="docs: HTTP 400"
)
MalformedPartList = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0042-00000205",
    source="SDK tests",
)
EntityTooSmall = Row(
    "EntityTooSmall",
    400,
    "Your proposed upload smaller than the minimum allowed size.",
    "0042-00000213",
    source="docs: HTTP 400; docs: 0042-00000213",
)
CompleteAllWithBody = Row(
    "InvalidArgument",
    400,
    "Should not speficy both complete all header and http body.",
    "0042-00000216",
    source="SDK tests",
)
FilePartNotExist = Row("FilePartNotExist", 400, "The Part you read had been deleted.", source="docs: HTTP 400")
PartNotSequential = Row(
    "PartNotSequential", 400, "The part is not uploaded in sequence.", source="oss2 exceptions; wording ours"
)
NoHashContext = Row(
    "NoHashContext", 400, "Has No Hash Context in Parallel Multipart file.", "0042-00000106", source="public error body"
)
