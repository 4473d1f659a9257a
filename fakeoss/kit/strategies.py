"""Strategies for what a user gives OSS: names, keys, metadata, tags and contents, all of them valid."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fakeoss.wire.message import BLOCK

KEY_LIMIT = 1023
"""Bytes of UTF-8 in an object's key (reference 8.1.1)."""

_LABEL = "abcdefghijklmnopqrstuvwxyz0123456789"
_TAG = st.sampled_from("abzAZ09 +-=._:/") | st.sampled_from("文件标签")
_ODD = (
    "a", "b", "ab", "a/", "a/b", "a/b/", "a//b", "0", "A", "~", " ", "a b", " a", "a ", "+", "a+b", "%", "%20", "a%2Fb",
    "?", "a?acl", "#", "a#b", "&", "a=b&c", ";", ":", "@", "!", "'", '"', "<", "<a>&amp;", "]]>", "$", "*", "(", "|",
    "^", "`", "{}", "a\\b", "文件", "目录/文件.txt", "é", "e\u0301", "ß", "😀", "\uffee", "\U0010fffd", "a.txt", ".a",
    "a..b", "uploads", "acl", "versionId=null", "x" * 200,
)  # fmt: skip
_CHARACTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn"))


def bucket_names() -> SearchStrategy[str]:
    """Names that a bucket may have: 3 to 63 lower-case letters, digits and dashes, none of these at an end."""
    edge = st.sampled_from(_LABEL)
    inner = st.text(_LABEL + "-", min_size=1, max_size=20) | st.text(_LABEL + "-", min_size=61, max_size=61)
    # Clients take a name that ends so for an access point's alias, and a name like an endpoint's label is confusing.
    return st.builds("{}{}{}".format, edge, inner, edge).filter(lambda name: not name.endswith("-ossalias"))


def object_keys(*, max_size: int = 40) -> SearchStrategy[str]:
    """Keys that an object may have, odd ones among them: 1 to 1,023 bytes, no slash or backslash at the beginning.

    Beside any text of up to `max_size` characters there come keys that clients and services are known to
    confuse: with percent signs, spaces, XML's own characters, other scripts, names of sub-resources. Control
    characters do not come, nor `.` and `..` between slashes, which HTTP clients resolve before they send them.
    """
    known = st.sampled_from(_ODD)
    joined = st.lists(known, min_size=2, max_size=3).map("/".join)
    return (known | joined | st.text(_CHARACTERS, min_size=1, max_size=max_size)).filter(is_valid_key)


def is_valid_key(key: str) -> bool:
    """Whether OSS and the HTTP clients before it take a key as it is."""
    if key.startswith(("/", "\\")) or not 1 <= len(key.encode()) <= KEY_LIMIT:
        return False
    return key == key.strip() and not any(part in (".", "..") for part in key.split("/"))


def metadata(*, max_items: int = 4) -> SearchStrategy[dict[str, str]]:
    """User metadata as `{"name": "value"}`, without `x-oss-meta-`: lower-case names, values of printable ASCII."""
    name = st.text(_LABEL + "-", min_size=1, max_size=12)
    value = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40).map(str.strip)
    return st.dictionaries(name, value, max_size=max_items)


def tags(*, max_items: int = 10) -> SearchStrategy[dict[str, str]]:
    """Tags of an object: at most ten, keys of 1 to 128 characters, values of up to 256."""
    key = st.text(_TAG, min_size=1, max_size=12) | st.text(_TAG, min_size=128, max_size=128)
    value = st.text(_TAG, max_size=12) | st.text(_TAG, min_size=256, max_size=256)
    return st.dictionaries(key, value, max_size=max_items)


class Repeated(bytes):
    """One byte many times, shown as such: `b'x' * 16385`."""

    def __repr__(self) -> str:
        return f"{bytes(self[:1])!r} * {len(self)}"


def payloads(*, max_size: int = 2 * BLOCK) -> SearchStrategy[bytes]:
    """Contents of up to `max_size` bytes: empty, small, text, and sizes around the block that clients send."""
    small = st.binary(max_size=min(64, max_size))
    sizes = [size for size in (BLOCK - 1, BLOCK, BLOCK + 1, max_size) if size <= max_size]
    large = st.builds(lambda byte, size: Repeated(bytes([byte]) * size), st.integers(0, 255), st.sampled_from(sizes))
    return st.just(b"") | small | st.text(max_size=min(20, max_size // 4)).map(str.encode) | large
