"""What gets signed, and how a signed request may be spoiled."""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import replace

import oss2
from hypothesis import assume
from hypothesis import strategies as st

from fakeoss.edge.signature import Claim, claim_of
from fakeoss.edge.signature.canonical import query_pairs
from fakeoss.edge.signature.v1 import SUB_RESOURCES
from fakeoss.errors import OSSError
from fakeoss.wire.message import Headers
from tests.edge.signature.support import Sent, key_of

SIGNATURE_NAMES = {
    "Expires", "OSSAccessKeyId", "Signature", "security-token", "x-oss-access-key-id", "x-oss-additional-headers",
    "x-oss-credential", "x-oss-date", "x-oss-expires", "x-oss-security-token", "x-oss-signature",
    "x-oss-signature-version",
}  # fmt: skip
TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
ODD_KEYS = (
    "a b", "a+b", "a%2Fb", "a%b", "?a", "a?b=c", "a#b", "a&b", "<a>", "中文/目录", "\x01\x7f", "a//b", "a~b!'()*",
    "\\a", "a.b/.c", "a;b,c:d@e$f", "\u00e9", "\U0001f600",
)  # fmt: skip


def survives(key: str) -> bool:
    """Whether HTTP libraries send the path as it is: they resolve `.` and `..` and drop leading slashes."""
    return bool(key.strip()) and not key.startswith("/") and not {".", ".."} & set(key.split("/"))


KEYS = (TEXT | st.sampled_from(ODD_KEYS)).filter(survives)
VISIBLE = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), max_size=12)
META = st.dictionaries(st.from_regex(r"x-oss-meta-[a-z0-9-]{1,8}", fullmatch=True), VISIBLE, max_size=3)
PLAIN = st.fixed_dictionaries(
    {},
    optional={
        "Content-Type": st.sampled_from(["text/plain", "application/json; charset=utf-8"]),
        "Content-MD5": st.just("1B2M2Y8AsgTpgAmY7PhCfg=="),
        "Range": st.just("bytes=0-9"),
        "If-Modified-Since": st.just("Fri, 24 Feb 2012 06:38:30 GMT"),
        "Cache-Control": st.just("no-cache"),
    },
)
HEADERS = st.builds(lambda meta, plain: {**meta, **plain}, META, PLAIN)
NAMES = TEXT.filter(lambda name: name != "" and name not in SIGNATURE_NAMES) | st.sampled_from(
    sorted(SUB_RESOURCES - SIGNATURE_NAMES)
)
PARAMS = st.dictionaries(NAMES, TEXT, max_size=4)
METHODS = st.sampled_from(["GET", "PUT", "POST", "DELETE", "HEAD"])
OTHER = st.sampled_from(string.ascii_lowercase + string.digits)

Draw = Callable[[st.SearchStrategy[str]], str]


OSS2_SIGNS = frozenset(oss2.Auth._subresource_key_set)


def known_to_oss2(version: str, params: dict[str, str]) -> dict[str, str]:
    """The parameters but those V1 signs and this SDK does not know, hence never sends."""
    unknown = SUB_RESOURCES - OSS2_SIGNS if version == "v1" else frozenset()
    return {name: value for name, value in params.items() if name not in unknown}


@st.composite
def spoilt(draw: st.DrawFn, sent: Sent) -> Sent:
    """The request changed in one character, or one header more or less, of what its signature covers."""
    claim = claim_of(sent.request)
    assert claim is not None
    ways = [_other_method, _header_more, _other_header, *([_other_path] if sent.key else [])]
    if "?" in sent.request.target:
        ways.append(_other_query)
    return draw(st.sampled_from(ways))(draw, sent, claim)


def _other_method(draw: st.DrawFn, sent: Sent, _: Claim) -> Sent:
    method = draw(METHODS.filter(lambda method: method != sent.request.method))
    return replace(sent, request=replace(sent.request, method=method))


def _header_more(_: st.DrawFn, sent: Sent, __: Claim) -> Sent:
    headers = Headers([*sent.request.headers, ("x-oss-meta-not-signed", "1")])
    return replace(sent, request=replace(sent.request, headers=headers))


def _other_header(draw: st.DrawFn, sent: Sent, claim: Claim) -> Sent:
    pairs = list(sent.request.headers)
    covered = [position for position, (name, _) in enumerate(pairs) if covers(claim, name.lower())]
    assume(covered)
    position = draw(st.sampled_from(covered))
    name, value = pairs[position]
    if not value or draw(st.booleans()):
        assume(value or claim.version != "V1" or name.lower().startswith("x-oss-"))
        del pairs[position]
        assume(name.lower() != "authorization")
    else:
        pairs[position] = (name, one_other(draw, value))
    return replace(sent, request=replace(sent.request, headers=Headers(pairs)))


def covers(claim: Claim, name: str) -> bool:
    """Whether a signature depends on a header."""
    if name in {"authorization", "security-token", "content-type", "content-md5"}:
        return True
    if name == "date":
        return claim.place == "header" and claim.version in {"V1", "V2"}
    return name.startswith("x-oss-") or name in claim.additional


def _other_path(draw: st.DrawFn, sent: Sent, _: Claim) -> Sent:
    path, mark, query = sent.request.target.partition("?")
    path = "/" + one_other(draw, path[1:])
    key = key_of(path, sent)
    assume(key != sent.key)
    return replace(sent, request=replace(sent.request, target=path + mark + query), key=key)


def _other_query(draw: st.DrawFn, sent: Sent, claim: Claim) -> Sent:
    path, _, query = sent.request.target.partition("?")
    target = f"{path}?{one_other(draw, query)}"
    assume(meaning(claim, target) != meaning(claim, sent.request.target))
    return replace(sent, request=replace(sent.request, target=target))


def meaning(claim: Claim, target: str) -> list[tuple[str, str]] | None:
    """The parameters that a signature depends on, in any order; None where they cannot be read."""
    try:
        pairs = query_pairs(target)
    except OSSError:
        return None
    if claim.version == "V1":
        return sorted(pair for pair in pairs if pair[0] in SUB_RESOURCES | SIGNATURE_NAMES)
    return sorted(pairs)


def one_other(draw: st.DrawFn, text: str) -> str:
    """The text with one character replaced by another."""
    position = draw(st.integers(0, len(text) - 1))
    other = draw(OTHER.filter(lambda character: character != text[position].lower()))
    return text[:position] + other + text[position + 1 :]
