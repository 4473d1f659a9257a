"""What a request itself says to the conditions of policies: prefix, ACLs, tags and retention it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from fakeoss import errors
from fakeoss.edge.visit import Visit
from fakeoss.operations.rows import Row
from fakeoss.wire import dates, encoding, xml
from fakeoss.wire.message import Request
from fakeoss.wire.xml import Node

Tags = tuple[tuple[str, str], ...]

_ACLS = ("x-oss-acl", "x-oss-object-acl")
_LISTED = (("prefix", "oss:Prefix"), ("delimiter", "oss:Delimiter"))
_DAY = timedelta(days=1)


def context(row: Row, visit: Visit, arguments: Mapping[str, str], headers: Mapping[str, str]) -> dict[str, str]:
    """The condition keys that the request fills (docs: Policy syntax and elements)."""
    found = {f"oss:{name}": headers[name] for name in _ACLS if name in headers}
    found |= {key: arguments[name] for name, key in _LISTED if name in arguments}
    if row.name == "PutObjectRetention":
        found |= _remaining_retention(visit)
    return found


def request_tags(row: Row, request: Request, headers: Mapping[str, str]) -> Tags:
    """The object tags a request would set, from `x-oss-tagging` or the document of PutObjectTagging.

    What is malformed has no tags here; the operation will refuse it.
    """
    if row.name == "PutObjectTagging":
        document = _document(request)
        tag_set = None if document is None else document.child("TagSet")
        nodes = () if tag_set is None else tag_set.children_named("Tag")
        return tuple((node.text_of("Key", ""), node.text_of("Value", "")) for node in nodes)
    value = headers.get("x-oss-tagging")
    if not value:
        return ()
    try:
        return tuple((name, text or "") for name, text in encoding.parse_query(value))
    except errors.OSSError:
        return ()


def _remaining_retention(visit: Visit) -> dict[str, str]:
    """The days for which an object would be retained, with a fraction."""
    document = _document(visit.request)
    until = None if document is None else dates.parse_iso_date(document.text_of("RetainUntilDate", "").strip())
    if until is None:
        return {}
    return {"oss:object-remaining-retention-days": f"{(until - visit.now) / _DAY:.6f}"}


def _document(request: Request) -> Node | None:
    try:
        return xml.parse(request.data())
    except errors.OSSError:
        return None
