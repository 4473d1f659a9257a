"""Documents as clients send them, and answers as clients read them."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeoss import errors
from fakeoss.wire import xml
from fakeoss.wire.xml import Markup, Node

XML_TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=[*map(chr, range(0x20)), "\ufffe", "\uffff"])
)
"""What XML 1.0 can hold, less white space that it changes."""

CDATA = b"<a>x<![CDATA[<b>&amp;]]>y</a>"


def test_elements_text_and_children_are_read() -> None:
    root = xml.parse(
        b"<Delete><Quiet>true</Quiet><Object><Key>a</Key></Object><Object><Key> b </Key></Object></Delete>"
    )
    assert root.name == "Delete"
    assert root.text_of("Quiet", "false") == "true"
    assert [item.text_of("Key", None) for item in root.children_named("Object")] == ["a", " b "]
    assert root.child("Object") == Node("Object", "", (Node("Key", "a"),))


def test_what_is_not_there_gives_the_default() -> None:
    root = xml.parse(b"<a><b/></a>")
    assert root.child("c") is None
    assert root.children_named("c") == ()
    assert root.text_of("c", "default") == "default"
    assert root.text_of("c", None) is None
    assert root.text_of("b", "default") == ""


def test_namespaces_and_attributes_do_not_matter() -> None:
    root = xml.parse(b'<x:a xmlns:x="http://doc.oss-cn-hangzhou.aliyuncs.com" lang="en"><x:b>1</x:b></x:a>')
    assert root == Node("a", "", (Node("b", "1"),))


def test_comments_instructions_and_cdata_do_not_break_text() -> None:
    assert xml.parse(b"<a>1<!-- <b/> --><?pi?>2<b/>3</a>") == Node("a", "123", (Node("b"),))
    assert xml.parse(CDATA).text == "x<b>&amp;y"


@pytest.mark.parametrize(
    "head", [b"\xef\xbb\xbf", b'<?xml version="1.0" encoding="UTF-8"?>', b"<?xml version='1.0' encoding='utf-8'?>\r\n"]
)
def test_heads_that_clients_write(head: bytes) -> None:
    assert xml.parse(head + "<a>日本</a>".encode()).text == "日本"


BOMB = b'<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;&l;&l;&l;&l;&l;"><!ENTITY n "&m;&m;&m;&m;">]><a>&n;</a>'
MALFORMED = {
    "empty": b"",
    "blank": b" \n",
    "text": b"hello",
    "json": b'{"a": 1}',
    "unclosed": b"<a><b></a>",
    "two roots": b"<a/><b/>",
    "bare ampersand": b"<a>a & b</a>",
    "unknown entity": b"<a>&nbsp;</a>",
    "not UTF-8": b"<a>\xff</a>",
    "surrogate": b"<a>\xed\xa0\x80</a>",
    "overlong": b"<a>\xc0\xaf</a>",
    "NUL": b"<a>\0</a>",
    "NUL reference": b"<a>&#0;</a>",
    "control": b"<a>\x01</a>",
    "control reference": b"<a>&#x1;</a>",
    "surrogate reference": b"<a>&#xD800;</a>",
    "huge reference": b"<a>&#" + b"9" * 5000 + b";</a>",
    "GBK": '<?xml version="1.0" encoding="gbk"?><a>\u65e5</a>'.encode("gbk"),
    "GBK in ASCII": b'<?xml version="1.0" encoding="gbk"?><a/>',
    "UTF-16": '<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16"),
    "UTF-16 without mark": "<a/>".encode("utf-16-le"),
    "UTF-7": b'<?xml version="1.0" encoding="utf-7"?>+ADw-a/+AD4-',
    "billion laughs": BOMB,
    "external entity": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "external type": b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>',
    "document type": b"<!DOCTYPE a><a/>",
    "type in lower case": b"<!doctype a><a/>",
    "type hidden by instructions": b'<?x <!-- ?><!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a><?y --> ?>',
    "type hidden by comments": b'<!-- <? --><!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a><!-- ?> -->',
    "unclosed comment": b"<a/><!-- ",
    "unclosed section": b"<a><![CDATA[",
    "10,000 deep": b"<a>" * 10_000 + b"</a>" * 10_000,
    "65 deep": b"<a>" * 65 + b"</a>" * 65,
    "3 MB": b"<a>" + b"x" * (3 << 20) + b"</a>",
    "attribute twice": b'<a b="1" b="2"/>',
}


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED)
def test_what_is_not_a_safe_document_is_malformed_xml(data: bytes) -> None:
    with pytest.raises(errors.OSSError) as caught:
        xml.parse(data)
    assert (caught.value.code, caught.value.status) == ("MalformedXML", 400)
    assert caught.value.elements["ErrorDetail"]


def test_a_document_of_the_limit_passes() -> None:
    data = b"<a>" * 64 + b"x" + b"</a>" * 64
    assert xml.parse(data, len(data)).name == "a"
    with pytest.raises(errors.OSSError, match="MalformedXML"):
        xml.parse(data, len(data) - 1)


def test_the_caller_chooses_the_refusal() -> None:
    with pytest.raises(errors.OSSError) as caught:
        xml.parse(b"<", bad=errors.MalformedConfiguration)
    assert caught.value.row is errors.MalformedConfiguration


def read_or_refused(read: Callable[[bytes], Node], data: bytes) -> Node | None:
    """The root, None where the document is refused as malformed."""
    try:
        return read(data)
    except errors.OSSError as error:
        if error.code != "MalformedXML":
            raise
        return None


@given(st.binary(max_size=60) | st.text("<>&#;x![]-/?\"' a1\r\0", max_size=60).map(str.encode))
def test_no_bytes_raise_anything_but_the_refusal(data: bytes) -> None:
    strict, lenient = read_or_refused(xml.parse, data), read_or_refused(xml.parse_delete, data)
    assert strict is None or lenient is not None, "what is well-formed is so with control characters allowed"


HOSTILE = {
    "comments": b"<!--x>" * 300_000,
    "sections": b"<a><![CDATA[\x01" * 150_000,
    "quotes": b'<a \x01"' * 300_000,
    "references": b"<a>&#0" + b"0" * 2_000_000,
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_no_document_is_read_for_ever(data: bytes) -> None:
    for read in (xml.parse, xml.parse_delete):  # quadratic work on 2 MB takes minutes
        assert read_or_refused(read, data) is None


def test_a_document_of_many_elements_is_read() -> None:
    data = b"<a>\x01" + b"<b/>" * 300_000 + b"</a>"
    assert read_or_refused(xml.parse, data) is None
    assert len(xml.parse_delete(data).children) == 300_000


def deletion_by_oss2(keys: list[str]) -> bytes:
    root = ElementTree.Element("Delete")
    ElementTree.SubElement(root, "Quiet").text = "false"
    for key in keys:
        ElementTree.SubElement(ElementTree.SubElement(root, "Object"), "Key").text = key
    encoded = ElementTree.tostring(root, encoding="utf-8")
    assert isinstance(encoded, bytes)
    return encoded


def deletion_by_sdk_v2(keys: list[str]) -> bytes:
    from alibabacloud_oss_v2.utils import escape_xml_value

    objects = "".join(f"<Object><Key>{escape_xml_value(key)}</Key></Object>" for key in keys)
    return f'<?xml version="1.0" encoding="UTF-8"?><Delete><Quiet>false</Quiet>{objects}</Delete>'.encode()


def deletion_with_cdata(keys: list[str]) -> bytes:
    objects = "".join(f"<Object>\r\n  <Key><![CDATA[{key}]]></Key>\r\n</Object>" for key in keys if "]]>" not in key)
    return f"<Delete>\r\n<!-- \x01 &#1; -->{objects}\r\n</Delete>\r\n".replace("\x01 ", "").encode()


def keys_of(root: Node) -> list[str]:
    return [item.text_of("Key", "") for item in root.children_named("Object")]


STRANGE_KEYS = [
    *map(chr, range(0x20)), "\x7f", "\x85", "\ufffe", "\uffff", "\ue000", "\ue000\ue101", "\U0010ffff",
    "a\r\nb", " a ", "<a>&amp;", "]]", "&#1;", "&#x1;", "a\x0c-1.txt", "中文!@#$%^&*()-=文件\x0c.txt",
]  # fmt: skip


@pytest.mark.parametrize("write", [deletion_by_oss2, deletion_by_sdk_v2, deletion_with_cdata])
def test_strange_keys_to_delete_survive_exactly(write: Callable[[list[str]], bytes]) -> None:
    assert keys_of(xml.parse_delete(write(STRANGE_KEYS))) == STRANGE_KEYS


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\0\x01\r\ue000\ue101&<>];#"))))
def test_any_keys_to_delete_survive_exactly(keys: list[str]) -> None:
    assert keys_of(xml.parse_delete(deletion_by_oss2(keys))) == keys
    assert keys_of(xml.parse_delete(deletion_by_sdk_v2(keys))) == keys


@pytest.mark.parametrize("reference", ["&#1;", "&#01;", "&#0001;", "&#x1;", "&#x01;", "&#x0001;"])
def test_every_spelling_of_a_control_character_is_understood(reference: str) -> None:
    assert keys_of(xml.parse_delete(f"<Delete><Object><Key>a{reference}b</Key></Object></Delete>".encode())) == [
        "a\x01b"
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"<Delete>\x01</Delete",
        b"<Del\x01ete></Del\x01ete>",
        b"\x01<Delete/>",
        b"<Delete/>\x01",
        b"<Delete>&#x110000;\x01</Delete>",
        b"<Delete>&#xD800;\x01</Delete>",
        b"<!DOCTYPE Delete><Delete>\x01</Delete>",
        b"<Delete>\xff\x01</Delete>",
    ],
)
def test_control_characters_excuse_nothing_else(data: bytes) -> None:
    with pytest.raises(errors.OSSError) as caught:
        xml.parse_delete(data)
    assert caught.value.row is errors.UnreadableDelete


def test_an_answer_in_full() -> None:
    answer = xml.render(
        "ListBucketResult",
        [
            ("Name", "examplebucket"),
            ("Prefix", ""),
            ("NextMarker", None),
            ("MaxKeys", 100),
            ("IsTruncated", False),
            ("Contents", [("Key", "a<b>&c"), ("ETag", '"5B3C"')]),
            Markup("<Contents><Key>raw</Key></Contents>"),
            ("CommonPrefixes", []),
        ],
    )
    assert answer == (
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        b"<ListBucketResult><Name>examplebucket</Name><Prefix></Prefix><MaxKeys>100</MaxKeys>"
        b'<IsTruncated>false</IsTruncated><Contents><Key>a&lt;b&gt;&amp;c</Key><ETag>"5B3C"</ETag></Contents>'
        b"<Contents><Key>raw</Key></Contents><CommonPrefixes></CommonPrefixes></ListBucketResult>"
    )


def test_a_root_may_hold_text_or_nothing() -> None:
    assert xml.render("LocationConstraint", "oss-cn-hangzhou").endswith(
        b"<LocationConstraint>oss-cn-hangzhou</LocationConstraint>"
    )
    assert xml.render("DeleteResult", None).endswith(b"<DeleteResult></DeleteResult>")
    assert xml.render("Enabled", True).endswith(b"<Enabled>true</Enabled>")


def test_control_characters_are_written_as_they_are_but_for_what_parsers_would_change() -> None:
    assert xml.escape("a\x01\r\n\t\x1f\ufffeb") == "a\x01&#xD;\n\t\x1f\ufffeb"
    assert xml.render("a", "\ud800").endswith(b"<a>&#55296;</a>")


@given(XML_TEXT)
def test_written_text_is_read_back_by_any_parser(text: str) -> None:
    answer = xml.render("a", [("b", text)])
    assert xml.parse(answer).text_of("b", "") == text
    assert (ElementTree.XML(answer).findtext("b") or "") == text


@given(st.text())
def test_text_with_control_characters_is_read_back_exactly(text: str) -> None:
    assert xml.parse_delete(xml.render("a", text)).text == text


def test_records_are_a_fast_way_to_the_same_answer() -> None:
    record = xml.record("Contents", "Key", "Size", "Owner")
    owner = Markup("<ID>1</ID>")
    assert xml.render("r", [record(xml.escape("a&b"), 5, owner)]) == xml.render(
        "r", [("Contents", [("Key", "a&b"), ("Size", 5), ("Owner", [("ID", "1")])])]
    )
