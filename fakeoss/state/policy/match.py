"""Patterns with `*` and `?`, and the resources that policies speak of.

A pattern never backtracks: the pieces between asterisks are found from left to right, so that a hostile
pattern costs at most the length of the text times the length of the pattern, within the C of `str` and `re`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


class Glob:
    """A pattern in which `*` stands for any characters, none included, and `?` for exactly one."""

    __slots__ = ("_head", "_middle", "_tail", "pattern")

    def __init__(self, pattern: str) -> None:
        """Compile `pattern`; every text is a pattern."""
        self.pattern = pattern
        pieces = pattern.split("*")
        self._head = _Piece(pieces[0])
        self._middle = tuple(_Piece(piece) for piece in pieces[1:-1] if piece)
        self._tail = _Piece(pieces[-1]) if len(pieces) > 1 else None

    def matches(self, text: str) -> bool:
        """Whether the whole of `text` fits."""
        if self._tail is None:
            return len(text) == self._head.length and self._head.fits(text, 0)
        if not self._head.fits(text, 0):
            return False
        end = len(text) - self._tail.length
        position = self._head.length
        for piece in self._middle:
            found = piece.find(text, position)
            if found < 0:
                return False
            position = found + piece.length
        return position <= end and self._tail.fits(text, end)

    def __repr__(self) -> str:
        return f"Glob({self.pattern!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Glob) and other.pattern == self.pattern

    def __hash__(self) -> int:
        return hash(self.pattern)


class _Piece:
    """The text between two asterisks; question marks in it fit any one character."""

    __slots__ = ("_regex", "length", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.length = len(text)
        self._regex: re.Pattern[str] | None = None
        if "?" in text:
            self._regex = re.compile("".join("." if c == "?" else re.escape(c) for c in text), re.DOTALL)

    def fits(self, text: str, position: int) -> bool:
        """Whether this piece stands in `text` at `position`."""
        if self._regex is None:
            return text.startswith(self.text, position)
        return self._regex.match(text, position) is not None

    def find(self, text: str, position: int) -> int:
        """Where this piece first stands at or after `position`, or -1."""
        if self._regex is None:
            return text.find(self.text, position)
        found = self._regex.search(text, position)
        return -1 if found is None else found.start()


def any_matches(patterns: Iterable[Glob], text: str) -> bool:
    """Whether one of the patterns fits the whole text."""
    return any(pattern.matches(text) for pattern in patterns)


@dataclass(frozen=True, slots=True)
class Resource:
    """What a request touches: `acs:oss:{region}:{account}:{path}`.

    `region` is the bare id (`cn-hangzhou`), `account` the id of the resource's owner, `path` is
    `bucket`, `bucket/key`, `accesspoint/name`, `accesspoint/name/object/key`, or `*` for the account
    as a whole (docs: Policy syntax and elements; Access OSS by using access points).
    """

    region: str
    account: str
    path: str

    def __str__(self) -> str:
        return f"acs:oss:{self.region}:{self.account}:{self.path}"


class ResourcePattern:
    """One entry of a Resource element.

    Fields are matched one by one, so that a key with colons in it never fits a pattern for another
    bucket. `region` may be written with or without `oss-`. Text of fewer than five fields is one pattern
    for the whole.
    """

    __slots__ = ("_fields", "_whole", "text")

    def __init__(self, text: str) -> None:
        """Compile an entry such as `acs:oss:*:*:bucket/*` or `*`."""
        self.text = text
        fields = text.split(":", 4)
        self._whole = Glob(text)
        self._fields = tuple(map(Glob, fields)) if len(fields) == 5 else ()

    def matches(self, resource: Resource) -> bool:
        """Whether the entry covers `resource`."""
        if not self._fields:
            return self._whole.matches(str(resource))
        acs, service, region, account, path = self._fields
        return (
            path.matches(resource.path)
            and account.matches(resource.account)
            and (region.matches(resource.region) or region.matches(f"oss-{resource.region}"))
            and service.matches("oss")
            and acs.matches("acs")
        )

    def __repr__(self) -> str:
        return f"ResourcePattern({self.text!r})"
