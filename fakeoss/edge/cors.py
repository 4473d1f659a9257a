"""What answers tell browsers of other origins, as the bucket's CORS rules have it."""

from __future__ import annotations

from dataclasses import replace

from fakeoss.operations.bucket_cors import allowed
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.cors import CorsConfiguration
from fakeoss.wire.message import Reply, Request


def share(bucket: Bucket | None, request: Request, reply: Reply) -> Reply:
    """The answer, refusal or not, with the headers that the rule its request meets allows (reference 7.16.2).

    `Vary: Origin` stands on every answer of a bucket that asks for it, cross-origin or not. A preflight has
    its headers already.
    """
    cors = None if bucket is None else bucket.configuration(CorsConfiguration)
    if cors is None:
        return reply
    pairs: list[tuple[str, str]] = []
    origin = request.headers.get("origin")
    if origin and request.method != "OPTIONS":
        rule = cors.rule_for(origin, request.method)
        if rule is not None:
            pairs += allowed(rule, origin)
    headers = reply.headers
    if cors.vary:
        headers = tuple(pair for pair in headers if pair[0].lower() != "vary")
        pairs.append(("Vary", ", ".join([*_values(reply, "vary"), "Origin"])))
    return replace(reply, headers=(*headers, *pairs))


def _values(reply: Reply, name: str) -> list[str]:
    return [value for key, value in reply.headers if key.lower() == name]
