"""Object tags: the rules they obey, and their form in the `x-oss-tagging` header."""

from __future__ import annotations

import re

from fakeoss import errors
from fakeoss.wire import encoding

Tags = tuple[tuple[str, str], ...]

TAGS_LIMIT = 10
KEY_LIMIT = 128
VALUE_LIMIT = 256
"""Tags of an object, characters in a key and in a value (reference 8.6.1)."""

_CHARACTERS = re.compile(r"[\w+\-=.:/ ]*\Z")
"""Letters of any script (decision: Chinese is accepted), digits, space and `+ - = . _ : /`."""


def from_header(value: str) -> Tags:
    """The tags of a header such as `a=1&b=2`, both sides URL-encoded; raises the InvalidTag family."""
    if any(part.count("=") > 1 for part in value.split("&")):
        raise errors.InvalidTaggingHeader(ArgumentName="x-oss-tagging", ArgumentValue=value)
    try:
        pairs = encoding.parse_query(value)
    except errors.OSSError:
        raise errors.InvalidTaggingHeader(ArgumentName="x-oss-tagging", ArgumentValue=value) from None
    tags = tuple((key, text or "") for key, text in pairs)
    if len({key for key, _ in tags}) < len(tags):
        raise errors.InvalidTaggingHeader(ArgumentName="x-oss-tagging", ArgumentValue=value)
    check(tags)
    return tags


def check(tags: Tags) -> None:
    """Refuse too many tags, bad lengths or characters, and a key given twice."""
    if len(tags) > TAGS_LIMIT:
        raise errors.TooManyObjectTags()
    for key, value in tags:
        _check_tag(key, value)
    if len({key for key, _ in tags}) < len(tags):
        raise errors.RepeatedTags()


def _check_tag(key: str, value: str) -> None:
    if not 1 <= len(key) <= KEY_LIMIT:
        raise errors.TagKeyTooLong(TagKey=key)
    if len(value) > VALUE_LIMIT:
        raise errors.TagValueTooLong(TagValue=value)
    if not (_CHARACTERS.match(key) and _CHARACTERS.match(value)):
        raise errors.InvalidTagCharacters(TagKey=key, TagValue=value)
