"""What all listings in pages share: their parameters, the encoding of names, and common prefixes."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.wire import encoding
from fakeoss.wire.bind import Convert, integer
from fakeoss.wire.xml import Element

NAME_LIMIT = 1024
"""Bytes in a prefix, marker or delimiter (decision: 1,024)."""


def name(argument: str, value: str) -> str:
    """A prefix, marker or delimiter of at most 1,024 bytes; otherwise InvalidArgument."""
    if len(value.encode()) > NAME_LIMIT:
        raise errors.ListingParameterTooLong(ArgumentName=argument, ArgumentValue=value)
    return value


def length(refusal: errors.Row = errors.InvalidMaxKeys) -> Convert:
    """A page's length, 1 to 1,000; otherwise InvalidArgument in the operation's own words (0: assumption A115)."""
    number = integer(1, 1000)

    def convert(argument: str, value: str) -> int:
        try:
            found: int = number(argument, value)
        except errors.OSSError:
            raise refusal(ArgumentName=argument, ArgumentValue=value) from None
        return found

    return convert


class Coder:
    """How names stand in an answer: as they are, or URL-encoded."""

    def __init__(self, url: bool) -> None:
        """`url` encodes and labels the answer with `EncodingType`."""
        self.url = url
        self.label = "url" if url else None

    def __call__(self, value: str) -> str:
        """The name as the answer spells it."""
        return encoding.url_encode(value) if self.url else value


def coder(encoding_type: str | None) -> Coder:
    """The coder an `encoding-type` asks for, whatever its case; raises InvalidArgument but for `url`."""
    if not encoding_type:
        return Coder(url=False)
    if encoding_type.lower() != "url":
        raise errors.InvalidEncodingType(ArgumentName="encoding-type", ArgumentValue=encoding_type)
    return Coder(url=True)


def common_prefixes(prefixes: tuple[str, ...], code: Coder) -> list[Element]:
    """One `CommonPrefixes` element a prefix."""
    return [("CommonPrefixes", [("Prefix", code(prefix))]) for prefix in prefixes]
