"""PutStyle, GetStyle, ListStyle and DeleteStyle."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import checked_body
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import document, empty, timestamp
from fakeoss.state.configurations.style import CATEGORIES, STYLES_LIMIT, Style, StyleContent, check_style_name
from fakeoss.wire import schema_xml
from fakeoss.wire.bind import one_of, params, query
from fakeoss.wire.message import Reply
from fakeoss.wire.xml import Element


@params
class PutStyle:
    """What PutStyle takes beside its document."""

    name: str = query("styleName")
    category: str = query("category", one_of(*CATEGORIES), default=CATEGORIES[0])


@operation("PutStyle", PutStyle)
def put_style(call: Call, ask: PutStyle) -> Reply:
    """Set a style, or replace the content of the one with this name; raises BadRequest, InvalidArgument."""
    bucket = call.bucket()
    check_style_name(ask.name)
    content = schema_xml.parse(StyleContent, checked_body(call)).content
    before = bucket.keyed_configuration(Style, ask.name)
    if before is None and len(bucket.keyed_configurations(Style)) >= STYLES_LIMIT:
        raise errors.TooManyStyles(ArgumentName="styleName", ArgumentValue=ask.name)
    created = call.second if before is None else before.created
    call.save(bucket.with_keyed(ask.name, Style(ask.name, content, ask.category, created, call.second)))
    return empty(200)


@params
class NamedStyle:
    """The style an operation is about."""

    name: str = query("styleName")


@operation("GetStyle", NamedStyle)
def get_style(call: Call, ask: NamedStyle) -> Reply:
    """One style; raises NoSuchStyle."""
    check_style_name(ask.name)
    style = call.bucket().keyed_configuration(Style, ask.name)
    if style is None:
        raise errors.NoSuchStyle(StyleName=ask.name)
    return document("Style", _shown(style))


@operation("ListStyle")
def list_style(call: Call) -> Reply:
    """All styles of the bucket, by name."""
    styles = call.bucket().keyed_configurations(Style)
    return document("StyleList", [("Style", _shown(style)) for style in styles])


@operation("DeleteStyle", NamedStyle)
def delete_style(call: Call, ask: NamedStyle) -> Reply:
    """Delete a style; 204 also where there was none (assumption A172)."""
    check_style_name(ask.name)
    call.save(call.bucket().without_keyed(Style, ask.name))
    return empty(204)


def _shown(style: Style) -> list[Element]:
    return [
        ("Name", style.name),
        ("Content", style.content),
        ("Category", style.category),
        ("CreateTime", timestamp(style.created)),
        ("LastModifyTime", timestamp(style.modified)),
    ]
