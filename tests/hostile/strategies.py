"""Raw requests, from nearly right to absurd."""

from __future__ import annotations

from urllib.parse import quote

from hypothesis import strategies as st

from fakeoss.operations.catalogue import operations
from fakeoss.operations.rows import Row, rows
from fakeoss.wire.message import Headers, Request

HOSTS = (
    "fuzz-bucket.oss-cn-hangzhou.aliyuncs.com",
    "fuzz-bucket.oss-cn-hangzhou.aliyuncs.com",
    "fuzz-bucket.oss-cn-hangzhou.aliyuncs.com",
    "oss-cn-hangzhou.aliyuncs.com",
    "none.oss-cn-hangzhou.aliyuncs.com",
    "fuzz-bucket.oss-accelerate.aliyuncs.com",
    "x-ossalias.oss-cn-hangzhou.aliyuncs.com",
    "a.b.c.aliyuncs.com",
    "FUZZ-bucket.oss-cn-hangzhou.aliyuncs.com:443",
    "..aliyuncs.com",
    "[::1]",
    "",
)
METHODS = ("GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "BREW", "get", "")

_BAD = st.sampled_from(
    [
        *("", " ", "%", "%zz", "%00", "%ff%fe", "-1", "0", "1" * 400, "9" * 20, "null", "\x7f", "é", "../..", "*", "+"),
        *("9" * 6_000, "A" * 30_000, "a," * 5_000),
    ]
)
_NUMBERS = st.integers(-(10**25), 10**25).map(str)
VALUE = st.one_of(_BAD, _NUMBERS, st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=30))

ROWS = [row for row in rows() if operations().get(row.name) is not None]
"""Operations that are built; the others answer 501 before they look at anything."""

QUERY_NAMES = sorted(
    {name for row in rows() for name in (*(condition.name for condition in row.query), *row.accepts, *row.requires)}
)
HEADER_NAMES = (
    "Authorization", "Content-Length", "Content-MD5", "Content-Type", "Content-Encoding", "Date", "Expect", "Host",
    "If-Match", "If-Modified-Since", "If-None-Match", "If-Unmodified-Since", "Origin", "Range", "Referer",
    "Access-Control-Request-Method", "Transfer-Encoding", "x-oss-acl", "x-oss-bypass-governance-retention",
    "x-oss-complete-all", "x-oss-copy-source", "x-oss-copy-source-range", "x-oss-content-sha256", "x-oss-date",
    "x-oss-forbid-overwrite", "x-oss-hash-crc64ecma", "x-oss-meta-a", "x-oss-metadata-directive", "x-oss-object-acl",
    "x-oss-range-behavior", "x-oss-server-side-encryption", "x-oss-storage-class", "x-oss-symlink-target",
    "x-oss-tagging", "x-oss-traffic-limit", "x-oss-access-point-name", "x-oss-process", "x-oss-security-token",
)  # fmt: skip
SIGNATURES = (
    "OSS unregistered:c2ln",
    "OSS4-HMAC-SHA256 Credential=a/20261121/cn-hangzhou/oss/aliyun_v4_request,Signature=00",
    "OSS4-HMAC-SHA256 Credential=,Signature=",
    "OSS2 AccessKeyId:a,Signature:b",
    "Bearer x",
    "OSS",
    "",
)

ELEMENTS = sorted(
    {"Delete", "Object", "Key", "Quiet", "Tagging", "TagSet", "Tag", "Value", "Part", "PartNumber", "ETag", "Days"}
    | {"CompleteMultipartUpload", "LifecycleConfiguration", "Rule", "ID", "Prefix", "Status", "Expiration"}
    | {"CORSConfiguration", "CORSRule", "AllowedOrigin", "VersioningConfiguration", "RestoreRequest"}
    | {"CreateBucketConfiguration", "StorageClass", "WebsiteConfiguration", "IndexDocument", "Suffix"}
)


def _element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    name = st.sampled_from(ELEMENTS)
    return st.builds(lambda tag, inner: f"<{tag}>{''.join(inner)}</{tag}>", name, st.lists(children, max_size=4))


XML = st.recursive(st.text(max_size=12), _element, max_leaves=12)
BOMB = (
    '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;&x;">]>'
    "<Delete><Object><Key>&y;</Key></Object></Delete>"
)
FILE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Delete><Object><Key>&x;</Key></Object></Delete>'
DEEP = "<a>" * 5000 + "</a>" * 5000
NOW = "now"
"""Stands for the moment of the request in a header, so that a signature is not refused for its age."""

BODY = st.one_of(
    st.just(b""),
    XML.map(lambda text: text.encode("utf-8", "replace")),
    st.binary(max_size=200),
    st.sampled_from([BOMB.encode(), FILE.encode(), DEEP.encode(), b"\xff\xfe<\x00", b'{"Version":"1","Statement":[]}']),
)


KEYS = ("key", "key", "a/b", "new", "", "%2F", "%ff", "x" * 1500, "..", "%00", "%5Cb", "multi%20part", "%C3%A9")


def _mostly(usual: list[str], odd: tuple[str, ...]) -> st.SearchStrategy[str]:
    """One of the usual values four times out of five."""
    return st.sampled_from(usual * (4 * len(odd)) + list(odd) * len(usual)) if odd else st.sampled_from(usual)


@st.composite
def queries(draw: st.DrawFn, row: Row) -> list[tuple[str, str | None]]:
    """The parameters that select an operation and those it takes, with good and bad values."""
    chosen: list[tuple[str, str | None]] = []
    for condition in row.query:
        given = [value.rstrip("*") for value in condition.values]
        chosen.append((condition.name, draw(st.sampled_from(given) if given else st.none() | VALUE)))
    taken = draw(st.lists(st.sampled_from(row.accepts or ("prefix",)), max_size=3))
    chosen += [(name, draw(VALUE)) for name in (*row.requires, *taken)]
    if draw(st.integers(0, 9)) == 0:
        chosen.append((draw(st.sampled_from(QUERY_NAMES)), draw(st.none() | VALUE)))
    return chosen


@st.composite
def requests(draw: st.DrawFn) -> Request:
    """One request for some operation: right in most things, absurd in some."""
    row = draw(st.sampled_from(ROWS))
    scope = draw(st.sampled_from(row.scopes))
    query = "&".join(
        name if value is None else f"{name}={quote(value, safe='%')}" for name, value in draw(queries(row))
    )
    key = draw(st.sampled_from(KEYS)) if scope == "object" else draw(_mostly([""], ("x",)))
    host = draw(_mostly([HOSTS[3] if scope == "service" else HOSTS[0]], HOSTS))
    headers = draw(st.lists(st.tuples(st.sampled_from(HEADER_NAMES), VALUE), max_size=4))
    headers += [(name, draw(VALUE)) for name in row.headers]
    headers = [("Date", NOW), ("Authorization", draw(_mostly([SIGNATURES[0]], SIGNATURES))), *headers]
    body = draw(BODY)
    if draw(st.integers(0, 4)):
        headers.insert(0, ("Content-Length", str(len(body))))
    return Request(
        method=draw(_mostly(list(row.methods), METHODS)),
        scheme=draw(st.sampled_from(["http", "https"])),
        host=host,
        target=f"/{key}" + (f"?{query}" if query else ""),
        headers=Headers(headers),
        body=(body,) if body else (),
    )
