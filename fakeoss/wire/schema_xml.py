"""Declared configurations (`fakeoss.schema`) read from XML documents and written to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeVar

from fakeoss import errors, schema
from fakeoss.schema import Boolean, Field, Flag, Integer, Nested, Text, Timestamp
from fakeoss.wire import dates, xml
from fakeoss.wire.xml import Element, Node, Value

T = TypeVar("T")


def parse(cls: type[T], data: bytes) -> T:
    """The configuration of a request's body; raises MalformedXML and whatever the declaration refuses."""
    return read(cls, xml.parse(data))


def read(cls: type[T], node: Node) -> T:
    """The configuration below a root element, checked in full.

    Raises MalformedXML for another root, a missing or repeated element and what is not of its kind, unless the
    declaration says otherwise, and the declaration's refusal of any value it does not take.
    """
    roots = schema.schema_of(cls).roots
    if roots and node.name not in roots:
        raise errors.MalformedXML(ErrorDetail=f"The root element must be {roots[0]}, not {node.name}.")
    instance = _instance(cls, node)
    schema.check(instance)
    return instance


def _instance(cls: type[T], node: Node) -> T:
    declared = schema.schema_of(cls)
    if declared.unknown is not None:
        known = [(*field.inside, field.element) for field in declared.fields]
        _refuse_unknown(node, [*known, *((name,) for name in declared.passed_over)], declared.unknown)
    return cls(**{field.attribute: _read(field, node) for field in declared.fields})


def _refuse_unknown(node: Node, paths: list[tuple[str, ...]], refusal: errors.Row) -> None:
    for child in node.children:
        below = [path[1:] for path in paths if path[0] == child.name]
        if not below:
            raise refusal(ErrorDetail=f"{child.name} is not allowed in {node.name}.")
        if all(below):
            _refuse_unknown(child, below, refusal)


def _read(field: Field, node: Node) -> Any:
    around: Node | None = node
    for name in field.inside:
        around = None if around is None else _only(around, name)
    if around is None:
        return field.absent()
    if field.repeats and not field.separated:
        found = around.children_named(field.element)
        is_there = bool(found or field.inside)
        return tuple(_value(field, child) for child in found) if is_there else field.absent()
    child = _only(around, field.element)
    if child is None:
        return field.absent()
    return _separated(field, child) if field.separated else _value(field, child)


def _only(node: Node, name: str) -> Node | None:
    found = node.children_named(name)
    if len(found) > 1:
        raise errors.MalformedXML(ErrorDetail=f"{name} is given {len(found)} times in {node.name}.")
    return found[0] if found else None


def _separated(field: Field, node: Node) -> tuple[Any, ...]:
    if not node.text.strip():
        return ()
    return tuple(_value(field, Node(node.name, part.strip())) for part in node.text.split(field.separated))


# oss2 sends the names of Python's booleans.
_BOOLEANS = {"true": True, "True": True, "false": False, "False": False}
_INTEGER = re.compile(r"([+-]?)0*(\d+)", re.ASCII)


def _value(field: Field, node: Node) -> Any:
    kind = field.kind
    if isinstance(kind, Nested):
        return _instance(kind.cls, node)
    if isinstance(kind, Flag):
        return True
    if node.children:
        raise errors.MalformedXML(ErrorDetail=f"{node.name} must not hold elements.")
    if isinstance(kind, Text):
        return node.text
    value = _scalar(kind, node.text.strip())
    if value is None:
        raise field.refusal(node.text, "form")
    return value


def _scalar(kind: Integer | Boolean | Timestamp, text: str) -> int | bool | datetime | None:
    """The value a text spells, None for what is not of the kind. Space around it does not count, as in XML Schema."""
    if isinstance(kind, Boolean):
        return _BOOLEANS.get(text)
    if isinstance(kind, Integer):
        found = _INTEGER.fullmatch(text)
        return None if found is None else _integer(found[1], found[2])
    if kind.form == "http":
        return dates.parse_http_date(text)
    moment = dates.parse_iso_date(text)
    finest = 1000 if kind.form == "iso" else 1_000_000
    return moment and moment.replace(microsecond=moment.microsecond // finest * finest)


def _integer(sign: str, digits: str) -> int:
    """The number; one of more than 64 bits becomes one that is as far out of every bound, without reading it."""
    return int(sign + (digits if len(digits) < 20 else "9" * 20))


def write(instance: object) -> bytes:
    """The whole document, under the first root of the declaration."""
    return xml.render(schema.schema_of(type(instance)).roots[0], elements(instance))


def elements(instance: object) -> list[Element]:
    """The child elements, for a document of its own or within another."""
    children: list[Element] = []
    for field in schema.fields_of(type(instance)):
        value = getattr(instance, field.attribute)
        if value is None:
            continue
        written: list[Element] = list(_written(field, value))
        if written or (field.inside and field.repeats and (field.keep_empty or field.default is None)):
            _place(children, field.inside, written)
    return children


def _written(field: Field, value: Any) -> Iterator[Element]:
    if field.separated:
        if value or field.keep_empty or field.default is None:
            yield (field.element, field.separated.join(value))
    elif field.repeats:
        for item in value:
            yield (field.element, _content(field, item))
    elif not isinstance(field.kind, Flag):
        yield (field.element, _content(field, value))
    elif value:
        yield (field.element, "")


def _content(field: Field, value: Any) -> Value:
    kind = field.kind
    if isinstance(kind, Nested):
        return elements(value)
    if isinstance(kind, Timestamp):
        spell = {"http": dates.http_date, "seconds": dates.iso_seconds}.get(kind.form, dates.iso_date)
        return spell(value)
    content: Value = value
    return content


def _place(children: list[Element], inside: tuple[str, ...], written: list[Element]) -> None:
    """Add elements under those around them; neighbours with the same ones around them share these."""
    if not inside:
        children.extend(written)
        return
    name = inside[0]
    last = children[-1] if children else None
    if isinstance(last, tuple) and last[0] == name and isinstance(last[1], list):
        _place(last[1], inside[1:], written)
        return
    within: list[Element] = []
    children.append((name, within))
    _place(within, inside[1:], written)
