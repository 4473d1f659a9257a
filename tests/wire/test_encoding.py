"""Names on their way through URLs and answers."""

from __future__ import annotations

from urllib.parse import quote, quote_plus, unquote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeoss import errors
from fakeoss.wire import encoding


@pytest.mark.parametrize(
    ("name", "encoded"),
    [
        ("a b", "a%20b"),
        ("a+b", "a%2Bb"),
        ("folder/中.txt", "folder%2F%E4%B8%AD.txt"),
        ("-_.~", "-_.~"),
        ("100%&<>\x01", "100%25%26%3C%3E%01"),
        ("", ""),
    ],
)
def test_names_in_answers_with_encoding_type_url(name: str, encoded: str) -> None:
    assert encoding.url_encode(name) == encoded


@given(st.text())
def test_sdks_decode_what_is_encoded(name: str) -> None:
    assert unquote(encoding.url_encode(name)) == name


@pytest.mark.parametrize(("value", "wanted"), [(None, False), ("url", True), ("URL", True), ("Url", True)])
def test_encoding_type(value: str | None, wanted: bool) -> None:
    assert encoding.wants_url(value) is wanted


@pytest.mark.parametrize("value", ["", "base64", "url2", " url"])
def test_other_encoding_types_are_refused(value: str) -> None:
    with pytest.raises(errors.OSSError) as caught:
        encoding.wants_url(value)
    assert caught.value.elements == {"ArgumentName": "encoding-type", "ArgumentValue": value}


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ("", ""),
        ("a/b.txt", "a/b.txt"),
        ("a%2Fb", "a/b"),
        ("a+b", "a+b"),
        ("a%2Bb", "a+b"),
        ("a%20b", "a b"),
        ("%E4%B8%AD", "中"),
        ("%e4%b8%ad", "中"),
        ("\xe4\xb8\xad", "中"),
        ("中%20", "中 "),
        ("100%", "100%"),
        ("%zz%4", "%zz%4"),
        ("%00%01%7F", "\0\x01\x7f"),
        ("%3F%23%25", "?#%"),
    ],
)
def test_keys_of_paths(raw: str, key: str) -> None:
    assert encoding.decode_key(raw) == key


@pytest.mark.parametrize("raw", ["%FF", "a%C3", "%ED%A0%80", "%C0%AF", "\xff"])
def test_keys_that_are_not_utf_8_are_refused(raw: str) -> None:
    with pytest.raises(errors.OSSError) as caught:
        encoding.decode_key(raw)
    assert (caught.value.code, caught.value.status) == ("InvalidObjectName", 400)


@given(st.text())
def test_keys_survive_either_sdk(key: str) -> None:
    assert encoding.decode_key(quote(key, safe="")) == key  # oss2
    assert encoding.decode_key(quote(key, safe="/~")) == key  # SDK v2


@pytest.mark.parametrize(
    ("raw", "query"),
    [
        ("", ()),
        ("acl", (("acl", None),)),
        ("acl=", (("acl", ""),)),
        ("a=1&b=2&a=3", (("a", "1"), ("b", "2"), ("a", "3"))),
        ("prefix=a+b%20c%2B", (("prefix", "a b c+"),)),
        ("x=a=b", (("x", "a=b"),)),
        ("&&a&", (("a", None),)),
        ("=v", (("", "v"),)),
        ("a%3Db=c%26d", (("a=b", "c&d"),)),
        ("%E4%B8%AD=%E6%96%87", (("中", "文"),)),
        ("a;b=1", (("a;b", "1"),)),
    ],
)
def test_queries(raw: str, query: encoding.Query) -> None:
    assert encoding.parse_query(raw) == query


def test_a_query_that_is_not_utf_8_is_refused_by_name() -> None:
    with pytest.raises(errors.OSSError) as caught:
        encoding.parse_query("delimiter=/&prefix=%FF")
    assert caught.value.code == "InvalidArgument"
    assert caught.value.elements == {"ArgumentName": "prefix", "ArgumentValue": "%FF"}


@given(st.lists(st.tuples(st.text(min_size=1), st.text())))
def test_queries_survive_both_ways_to_write_a_space(pairs: list[tuple[str, str]]) -> None:
    assert encoding.parse_query(urlencode(pairs, quote_via=quote_plus)) == tuple(pairs)
    assert encoding.parse_query(urlencode(pairs, quote_via=quote)) == tuple(pairs)


@given(st.text())
def test_no_query_raises_anything_but_a_refusal(raw: str) -> None:
    try:
        decoded = encoding.parse_query(raw)
    except errors.OSSError as error:
        refused = error.code
    else:
        refused = ""
        assert len(decoded) <= raw.count("&") + 1
    assert refused in ("", "InvalidArgument")


def test_first_values() -> None:
    assert encoding.first_values((("a", "1"), ("a", "2"), ("acl", None), ("b", ""))) == {"a": "1", "acl": "", "b": ""}
