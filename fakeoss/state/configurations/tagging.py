"""Tags of a bucket."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.schema import repeated, schema, text

TAGS_LIMIT = 20


@schema("Tag")
class Tag:
    """One tag: a key of 1 to 64 characters, a value of at most 128 (reference 7.13.1)."""

    key: str = text("Key", shortest=1, longest=64, unit="bytes", bad=errors.InvalidTag)
    value: str = text("Value", default="", longest=128, unit="bytes", bad=errors.InvalidTag)


@schema("Tagging")
class BucketTagging:
    """The tags of a bucket, at most 20 (reference 7.13, PutBucketTags)."""

    tags: tuple[Tag, ...] = repeated("Tag", Tag, inside="TagSet", at_most=TAGS_LIMIT, too_many=errors.TooManyTags)
