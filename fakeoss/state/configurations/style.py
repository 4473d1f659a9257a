"""Image styles: processing instructions under a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from fakeoss import errors
from fakeoss.schema import schema, text

STYLES_LIMIT = 50
"""Styles of a bucket (documentation: limits)."""

NAME_LIMIT = 63
CATEGORIES = ("image", "document", "video")

_NAME = re.compile(r"[A-Za-z0-9_.-]+")
_FORBIDDEN = frozenset(";()'*?")
"""Characters no style's content may hold (documentation: 0017-00000253)."""


@schema("Style")
class StyleContent:
    """The document of PutStyle; whether the instructions mean anything is not looked at (oss2 tests)."""

    content: str = text("Content")

    def validate(self) -> None:
        """Refuse empty content and characters that instructions never hold: BadRequest."""
        if not self.content.strip() or not _FORBIDDEN.isdisjoint(self.content):
            raise errors.InvalidStyleContent()


@dataclass(frozen=True, slots=True)
class Style:
    """A style of a bucket; `modified` is when its content was last set."""

    name: str
    content: str
    category: str
    created: datetime
    modified: datetime


def check_style_name(name: str) -> None:
    """Refuse a name that is not 1 to 63 letters, digits, `_`, `-` and `.`: InvalidArgument."""
    refusal = errors.StyleNameTooLong if not 1 <= len(name) <= NAME_LIMIT else errors.InvalidStyleName
    if refusal is errors.StyleNameTooLong or not _NAME.fullmatch(name):
        raise refusal(value=name, ArgumentName="styleName", ArgumentValue=name)
