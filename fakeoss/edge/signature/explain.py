"""Why a signature did not match, as far as one can tell without the client's own string.

The signature is tried against requests that differ in one thing from the one that came: where one fits, that
thing was changed, added or lost between signing and sending.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from urllib.parse import unquote

from fakeoss.edge.signature import networks
from fakeoss.edge.signature.canonical import escape
from fakeoss.edge.signature.compute import Computed, Subject, compute
from fakeoss.edge.signature.v4 import KeyCache
from fakeoss.wire.message import Headers

METHODS = ("GET", "PUT", "POST", "DELETE", "HEAD")
TYPES = (
    "application/octet-stream", "application/json", "application/x-www-form-urlencoded", "application/xml",
    "application/pdf", "image/jpeg", "image/png", "text/html", "text/plain", "text/plain; charset=utf-8",
)  # fmt: skip
"""Content types tried in the place of the one that came, or that did not come."""
MOST = 64
"""Headers and query parameters tried one by one, at most."""

Guess = tuple[str, Subject]


def explain(subject: Subject, computed: Computed, secret: str, keys: KeyCache) -> str:
    """What was computed from what, and the one difference that would make the signature right, if there is one.

    Where there is one, the first line in which the two strings differ is shown as well.
    """
    claim, request = subject.claim, subject.request
    lines = [
        f"signature {claim.version} in the {claim.place} of {request.method} {request.host}{request.target}",
        f"sent: {claim.provided}",
        f"with the secret {_masked(secret)} of {claim.access_key_id!r} it is {computed.signature}",
        f"string to sign: {computed.string_to_sign!r}",
    ]
    if computed.canonical_request is not None:
        lines.append(f"canonical request: {computed.canonical_request!r}")
    content_type = request.headers.get("content-type")
    lines.append("the request has no Content-Type" if content_type is None else f"Content-Type: {content_type}")
    network = dict(claim.query).get(networks.SOURCE)
    if network is not None:
        lines.append(f"the URL is for one network alone, and the caller is in {network} (see calling_from)")
    for said, guess in guesses(subject):
        signed = compute(guess, secret, keys)
        if signed.signature == claim.provided:
            return "\n".join([*lines, said, _first_difference(computed, signed)])
    lines.append(
        "no single difference explains it: the secret may be another one, or the value of something that is signed"
    )
    if claim.place == "query":
        lines.append("headers that a URL was signed with must be sent with it (SDK v2 gives them as signed_headers)")
    return "\n".join(lines)


def _first_difference(computed: Computed, signed: Computed) -> str:
    """The first line that differs between what the service has and what the client signed; V4 hashes its lines."""
    name, here, there = "string to sign", computed.string_to_sign, signed.string_to_sign
    if computed.canonical_request is not None and signed.canonical_request is not None:
        name, here, there = "canonical request", computed.canonical_request, signed.canonical_request
    pairs = enumerate(zip_longest(here.split(b"\n"), there.split(b"\n"), fillvalue=b""), 1)
    number, (ours, theirs) = next((number, pair) for number, pair in pairs if pair[0] != pair[1])
    return f"first differing line of the {name}: line {number} is {ours!r} here, {theirs!r} was signed"


def guesses(subject: Subject) -> Iterator[Guess]:
    """Requests that differ in one thing from this one, each with what it would mean if that one was signed."""
    for method in METHODS:
        if method != subject.request.method:
            yield f"it was signed for {method}", replace(subject, request=replace(subject.request, method=method))
    yield from _without_headers(subject)
    yield from _other_types(subject)
    yield from _without_parameters(subject)
    yield from _other_names(subject)


def _without_headers(subject: Subject) -> Iterator[Guess]:
    pairs = subject.request.headers.pairs
    for position, (name, value) in enumerate(pairs[:MOST]):
        rest = Headers(pairs[:position] + pairs[position + 1 :])
        said = f"it was signed without the header {name}: {value} (HTTP libraries may add one after signing)"
        yield said, replace(subject, request=replace(subject.request, headers=rest))


def _other_types(subject: Subject) -> Iterator[Guess]:
    headers = subject.request.headers
    sent = headers.get("content-type")
    rest = [pair for pair in headers.pairs if pair[0].lower() != "content-type"]
    for content_type in (*TYPES, *([] if sent is None else [sent.partition(";")[0]])):
        if content_type != sent:
            said = f"it was signed with Content-Type: {content_type}, and {'none' if sent is None else sent} was sent"
            other = Headers([*rest, ("Content-Type", content_type)])
            yield said, replace(subject, request=replace(subject.request, headers=other))


def _without_parameters(subject: Subject) -> Iterator[Guess]:
    query = subject.claim.query
    for position, (name, value) in enumerate(query[:MOST]):
        rest = query[:position] + query[position + 1 :]
        said = f"it was signed without the query parameter {name}={value}"
        yield said, replace(subject, claim=replace(subject.claim, query=rest))


def _other_names(subject: Subject) -> Iterator[Guess]:
    key = subject.key
    if subject.bucket:
        yield "it was signed without the bucket's name", replace(subject, bucket=None)
    if key:
        yield "the key was signed percent-encoded", replace(subject, key=escape(key, "/"))
        yield "the key was sent percent-encoded twice", replace(subject, key=unquote(key))
        yield "the key was signed with a leading '/'", replace(subject, key="/" + key)


def _masked(secret: str) -> str:
    return f"{secret[:2] if len(secret) > 6 else ''}*** ({len(secret)} characters)"
