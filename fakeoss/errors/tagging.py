"""Refusals of tags on buckets and objects."""

from __future__ import annotations

from fakeoss.errors.base import Row

InvalidTag = Row("InvalidTag", 400, "The TagKey you have provided is invalid.", source="docs: HTTP 400")
ReservedTagKey = Row(
    "InvalidTag",
    400,
    "The TagKey you have provided is invalid.",
    "0010-00000207",
    source="docs: 0010-00000207; wording ours; pairing inferred",
)
SystemTagKey = Row(
    "InvalidTag",
    400,
    "The TagKey you have provided is invalid.",
    "0010-00000002",
    source="docs: 0010-00000002; wording ours; pairing inferred",
)
InvalidTagValue = Row("InvalidTag", 400, "The TagValue you have provided is invalid.", source="docs: HTTP 400")
TagKeyTooLong = Row(
    "InvalidTag",
    400,
    "The TagKey you have provided is invalid.",
    "0010-00000209",
    source="docs: 0010-00000209; wording ours; pairing inferred",
)
TagValueTooLong = Row(
    "InvalidTag",
    400,
    "The TagValue you have provided is invalid.",
    "0010-00000214",
    source="docs: 0010-00000214; wording ours; pairing inferred",
)
InvalidTagCharacters = Row(
    "InvalidTag",
    400,
    "The TagKey you have provided is invalid.",
    "0010-00000217",
    source="docs: 0010-00000217; wording ours; pairing inferred",
)
TooManyObjectTags = Row(
    "InvalidTag",
    400,
    "Object tags cannot be greater than 10.",
    "0010-00000218",
    source="docs: 0010-00000218; wording ours; pairing inferred",
)
InvalidTaggingKey = Row("InvalidTaggingKey", 400, "The tagging key you provided is invalid.", source="docs: HTTP 400")
InvalidTaggingHeader = Row(
    "InvalidArgument",
    400,
    "The header 'x-oss-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without "
    "tag name duplicates.",
    "0010-00000219",
    source="docs: HTTP 400; docs: 0010-00000219",
)
RepeatedTags = Row("RepeatedTags", 400, "Tag keys must be unique.", source="docs: HTTP 400")
TooManyTags = Row("TooManyTags", 400, "The bucket tags num is beyond limit.", source="docs: HTTP 400")
NoSuchBucketObjectTagging = Row(
    "NoSuchBucketObjectTagging", 404, "The specified bucket does not have a object tagging", source="docs: HTTP 404"
)
