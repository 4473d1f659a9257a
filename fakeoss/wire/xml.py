"""XML documents: parsed by lxml, safely, into plain nodes; rendered as escaped text.

This is the one module that knows lxml, and it loads it with the first document. No document type, no
entity, no network: a DOCTYPE is refused before lxml sees it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from fakeoss import errors

LIMIT = 2 << 20
"""Bytes of the largest document (limit of DeleteMultipleObjects, reference 8.1.6; no other is known)."""

DEPTH = 64
"""Elements within each other that are followed; the deepest configuration needs eight."""

HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'


class Markup(str):
    """Elements already rendered; it may stand wherever children may."""

    __slots__ = ()


Element: TypeAlias = "tuple[str, Value] | Markup"
"""A name with what it holds, or rendered elements."""

Value: TypeAlias = "str | int | bool | Sequence[Element] | None"
"""What an element holds. None leaves the element out, True and False become `true` and `false`."""

Children: TypeAlias = Value
"""What the root holds: child elements, or text (`LocationConstraint`)."""

Default = TypeVar("Default", str, None)


@dataclass(frozen=True, slots=True)
class Node:
    """One element of a parsed document: name without namespace, exact text, child elements.

    Attributes, comments and processing instructions are not kept. `text` is all character data of the
    element itself, unstripped.
    """

    name: str
    text: str = ""
    children: tuple[Node, ...] = ()

    def child(self, name: str) -> Node | None:
        """The first child called `name`, or None."""
        return next((child for child in self.children if child.name == name), None)

    def children_named(self, name: str) -> tuple[Node, ...]:
        """Every child called `name`, in document order."""
        return tuple(child for child in self.children if child.name == name)

    def text_of(self, name: str, default: Default) -> str | Default:
        """The text of the first child called `name`; `default` where there is none."""
        child = self.child(name)
        return default if child is None else child.text


def parse(data: bytes, limit: int = LIMIT, *, bad: errors.Row = errors.MalformedXML) -> Node:
    """The document's root.

    Raises `bad` for what is not well-formed UTF-8 XML of at most `limit` bytes and `DEPTH` levels, or has a
    document type.
    """
    text = _text(data, limit, bad)
    if "\0" in text:
        raise bad(ErrorDetail="The document holds a NUL.")
    return _parse(text, bad, str)


def parse_delete(data: bytes, limit: int = LIMIT) -> Node:
    """The root of a DeleteMultipleObjects document, whose keys may hold control characters.

    XML 1.0 forbids them, clients send them all the same: SDK v2 as references (`&#01;`), oss2 as they are. Both
    survive exactly, carriage returns included. Raises MalformedXML.
    """
    bad = errors.UnreadableDelete
    text = _text(data, limit, bad)
    if not _SPECIAL.search(text):
        return _parse(text, bad, str)
    return _parse(_hidden(text, bad), bad, _shown)


def _text(data: bytes, limit: int, bad: errors.Row) -> str:
    """The document as text without its byte order mark; only UTF-8, and ASCII as part of it, is understood."""
    if len(data) > limit:
        raise bad(ErrorDetail=f"The document is longer than {limit} bytes.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise bad(ErrorDetail="The document is not UTF-8.") from None
    declared = _DECLARED.match(text)
    if declared is not None and declared[1].lower() not in ("utf-8", "utf8", "us-ascii", "ascii"):
        raise bad(ErrorDetail=f"The encoding {declared[1]} is not supported.")
    _refuse_document_type(text, bad)
    return text


_DECLARED = re.compile(r"""<\?xml\s[^<>]*?encoding\s*=\s*["']([^"'<>]*)["']""")
_SECTIONS = {"<?": "?>", "<!--": "-->", "<![CDATA[": "]]>"}
_SECTION = re.compile(r"<\?|<!--|<!\[CDATA\[|<!")


def _refuse_document_type(text: str, bad: errors.Row) -> None:
    """Refuse every `<!` that opens neither a comment nor a CDATA section."""
    found = _SECTION.search(text)
    while found is not None:
        ending = _SECTIONS.get(found[0])
        if ending is None:
            raise bad(ErrorDetail="A document type is not allowed.")
        end = text.find(ending, found.end())
        if end < 0:
            raise bad(ErrorDetail=f"{found[0]} is not closed.")
        found = _SECTION.search(text, end + len(ending))


def _parse(text: str, bad: errors.Row, show: Callable[[str], str]) -> Node:
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8",
        load_dtd=False,
        no_network=True,
        resolve_entities=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.LxmlError as error:
        raise bad(ErrorDetail=str(error).partition(" (<string>")[0]) from None
    return _node(root, DEPTH, bad, show)


def _node(element: Any, depth: int, bad: errors.Row, show: Callable[[str], str]) -> Node:
    if depth == 0:
        raise bad(ErrorDetail=f"Elements are nested more than {DEPTH} deep.")
    name = element.tag.rpartition("}")[2]
    text = element.text or ""
    if not len(element):
        return Node(name, show(text))
    children = tuple(_node(child, depth - 1, bad, show) for child in element)
    text += "".join(child.tail or "" for child in element)
    return Node(name, show(text), children)


# Characters that XML cannot hold travel through lxml as pairs: a private-use mark and a private-use stand-in.
# The mark itself, where a document has it, becomes a pair as well, so nothing is ever mistaken for a pair.
_MARK = "\ue000"
_UNSPEAKABLE = [*map(chr, (*range(0x09), 0x0B, 0x0C, *range(0x0D, 0x20), 0xFFFE, 0xFFFF)), _MARK]
_STAND_INS = {chr(0xE100 + index): character for index, character in enumerate(_UNSPEAKABLE)}
_PAIRS = str.maketrans({character: _MARK + stand_in for stand_in, character in _STAND_INS.items()})

_SPECIAL = re.compile("[\0-\x08\x0b-\x1f\ufffe\uffff]|&#")
_PAIR = re.compile(f"{_MARK}(.)")
_REFERENCE = re.compile(r"&#(?:0*([0-9]{1,7})|x0*([0-9A-Fa-f]{1,6}));")
_MARKUP = re.compile(
    r"<!--.*?-->|<!\[CDATA\[(?P<data>.*?)]]>|<\?.*?\?>"
    r"|<(?![!?])(?P<close>/?)[^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*>",
    re.DOTALL,
)


def _hidden(text: str, bad: errors.Row) -> str:
    """The document with what XML cannot hold, in text within the root element, replaced by pairs."""
    pieces: list[str] = []
    depth = position = 0
    while (start := text.find("<", position)) >= 0:
        pieces.append(_hidden_text(text[position:start], depth))
        markup = _MARKUP.match(text, start)
        if markup is None:
            raise bad(ErrorDetail="A tag is not closed.")
        piece, position = markup[0], markup.end()
        if markup["data"] is not None:
            piece = piece.translate(_PAIRS)
        elif markup["close"] is not None and not piece.endswith("/>"):
            depth += -1 if markup["close"] else 1
        pieces.append(piece)
    return "".join((*pieces, text[position:]))


def _hidden_text(text: str, depth: int) -> str:
    return _REFERENCE.sub(_hidden_reference, text.translate(_PAIRS)) if depth else text


def _hidden_reference(reference: re.Match[str]) -> str:
    decimal, hexadecimal = reference.groups()
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return _PAIRS.get(code, reference[0])


def _shown(text: str) -> str:
    return _PAIR.sub(lambda pair: _STAND_INS[pair[1]], text)


def render(root: str, children: Children) -> bytes:
    """A whole document: header, then the root element with `children`. No namespace, ever."""
    pieces = [HEADER]
    _render(root, "" if children is None else children, pieces)
    # A lone surrogate (from JSON, say) cannot be UTF-8; as a reference it does no harm to the rest.
    return "".join(pieces).encode("utf-8", "xmlcharrefreplace")


def _render(name: str, value: Value, pieces: list[str]) -> None:
    if isinstance(value, str):
        pieces.append(f"<{name}>{escape(value)}</{name}>")
    elif value is None:
        return
    elif isinstance(value, int):
        text = str(value).lower() if isinstance(value, bool) else str(value)
        pieces.append(f"<{name}>{text}</{name}>")
    else:
        pieces.append(f"<{name}>")
        for child in value:
            if isinstance(child, Markup):
                pieces.append(child)
            else:
                _render(child[0], child[1], pieces)
        pieces.append(f"</{name}>")


# Parsers turn a plain carriage return into a line feed.
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;"})


def escape(text: str) -> str:
    """The text as character data; `Markup` stays.

    Control characters, which XML 1.0 forbids, go out as they are (assumption A276): Node's client reads them, as its
    tests want, and strict parsers refuse them. References, of which a user's parser once complained (issue 333 of the
    Java SDK), today's Node client would refuse as well. That is what `encoding-type=url` is for.
    """
    if text.isprintable() and "&" not in text and "<" not in text and ">" not in text:
        return text
    return text if isinstance(text, Markup) else text.translate(_ESCAPES)


def record(name: str, *members: str) -> Callable[..., Markup]:
    """A fast way to render thousands of elements of one shape: a function of the members' contents.

    `record("Contents", "Key", "Size")(escape(key), 5)`. Texts must be escaped already; numbers and `Markup` may
    be given as they are.
    """
    template = f"<{name}>{''.join(f'<{member}>%s</{member}>' for member in members)}</{name}>"

    def rendered(*contents: str | int) -> Markup:
        return Markup(template % contents)

    return rendered
