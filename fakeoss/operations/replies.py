"""Replies that many operations share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from fakeoss.wire import dates, xml
from fakeoss.wire.message import Reply

XML_TYPE = ("Content-Type", "application/xml")
JSON_TYPE = ("Content-Type", "application/json")


def document(root: str, children: xml.Children, *, headers: Iterable[tuple[str, str]] = (), status: int = 200) -> Reply:
    """An XML answer."""
    return Reply(status, (XML_TYPE, *headers), (xml.render(root, children),))


def empty(status: int = 200, headers: Iterable[tuple[str, str]] = ()) -> Reply:
    """An answer without a body."""
    return Reply(status, tuple(headers))


def owner(account_id: str, display_name: str) -> tuple[str, list[tuple[str, str]]]:
    """The `Owner` element."""
    return ("Owner", [("ID", account_id), ("DisplayName", display_name)])


def timestamp(moment: datetime) -> str:
    """A time as XML answers spell it: `2022-07-13T00:00:00.000Z`."""
    return dates.iso_date(moment)
