"""Shapes of answers: status, reason, header names, and the tree of element names with repetition merged.

`shapes.json` has one for each exchange, taken from the recordings in the vendor's tests (oss2 2.19.1) and from the
sample responses of the OSS API Reference of 2022-07-13. A reason of null: the source gives none, or a writer's slip.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, cast

from fakeoss.wire import xml
from fakeoss.wire.message import Reply

Tree: TypeAlias = dict[str, "Tree"]

TRANSPORT = frozenset({"connection", "content-length", "x-oss-console-auth", "x-oss-server-time"})
"""Headers that say nothing of the operation: added by the carrier, the service's own timing, or its console."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What of an answer is compared."""

    source: str
    status: int
    reason: str | None
    headers: frozenset[str]
    document: frozenset[str]
    """Paths of all elements: `Error`, `Error/Code`."""


def recorded() -> dict[str, Shape]:
    """The recorded shapes by the name of their exchange."""
    rows = json.loads(Path(__file__).with_name("shapes.json").read_text(encoding="utf-8"))
    return {
        name: Shape(
            row["source"],
            row["status"],
            row["reason"],
            frozenset(row["headers"]) - TRANSPORT,
            frozenset(_paths(cast("Tree", row["document"] or {}))),
        )
        for name, row in rows.items()
    }


def of(reply: Reply) -> Shape:
    """The shape of an answer of ours."""
    body = reply.data()
    names = frozenset(name.lower() for name, _ in reply.headers) - TRANSPORT
    document = frozenset(_elements(xml.parse(body))) if body.startswith(b"<") else frozenset[str]()
    return Shape("fakeoss", reply.status, reply.reason, names, document)


def _paths(tree: Tree, above: str = "") -> Iterator[str]:
    for name, children in tree.items():
        yield above + name
        yield from _paths(children, f"{above}{name}/")


def _elements(node: xml.Node, above: str = "") -> Iterator[str]:
    yield above + node.name
    for child in node.children:
        yield from _elements(child, f"{above}{node.name}/")
