"""Tags of a bucket."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.schema import repeated, schema, text

TAGS_LIMIT = 20
RESERVED = ("http://", "https://", "aliyun")
"""What no key may begin with, in any case (reference 7.13.1; documentation: 0010-00000213)."""

SYSTEM = "acs"


@schema("Tag")
class Tag:
    """One tag: a key of 1 to 64 bytes, a value of at most 128, of any characters (reference 7.13.1, oss2 tests)."""

    key: str = text("Key", shortest=1, longest=64, unit="bytes", bad=errors.InvalidTag)
    value: str = text("Value", default="", longest=128, unit="bytes", bad=errors.InvalidTagValue)

    def validate(self) -> None:
        """Refuse keys that begin as Alibaba Cloud's own do."""
        if self.key.lower().startswith(RESERVED):
            raise errors.ReservedTagKey(ArgumentName="Key", ArgumentValue=self.key)
        if self.key.startswith(SYSTEM):
            raise errors.SystemTagKey(ArgumentName="Key", ArgumentValue=self.key)


@schema("Tagging")
class BucketTagging:
    """The tags of a bucket, one to 20, no key twice (reference 7.13, PutBucketTags)."""

    tags: tuple[Tag, ...] = repeated(
        "Tag", Tag, inside="TagSet", at_least=1, at_most=TAGS_LIMIT, too_many=errors.TooManyTags
    )

    def validate(self) -> None:
        """Refuse a key given twice."""
        if len({tag.key for tag in self.tags}) < len(self.tags):
            raise errors.RepeatedTags()
