"""Cross-origin rules of a bucket, and which of them a request meets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fakeoss import errors
from fakeoss.schema import boolean, integer, repeated, schema, texts

METHODS = ("GET", "PUT", "DELETE", "POST", "HEAD")
RULES_LIMIT = 20
"""Rules of a bucket: the user guide's number of today; the reference still says 10."""

DOCUMENT_LIMIT = 16 << 10
"""Bytes in the document that sets the rules (reference 7.16.2)."""

_EXPOSED = r"[ -)+-~]*"
"""No asterisk (reference 7.16.2), and nothing that cannot stand in a header, since answers repeat it in one."""


@schema()
class CorsRule:
    """Which pages may send which requests, and what their scripts may see (reference 7.16.2).

    Origins and request headers may hold one asterisk each, which stands for any text. The characters that the
    reference forbids in headers are taken by the service (the SDKs' tests), so they are taken here.
    """

    origins: tuple[str, ...] = texts("AllowedOrigin", at_least=1, shortest=1, bad=errors.InvalidCorsOrigin)
    methods: tuple[str, ...] = texts("AllowedMethod", at_least=1, choices=METHODS, bad=errors.InvalidCorsMethod)
    headers: tuple[str, ...] = texts("AllowedHeader")
    exposed: tuple[str, ...] = texts("ExposeHeader", pattern=_EXPOSED, bad=errors.InvalidCorsExposeHeader)
    max_age: int | None = integer("MaxAgeSeconds", lowest=0, default=None)

    def validate(self) -> None:
        """Refuse more than one asterisk in an origin or a request header."""
        kinds = (
            ("AllowedOrigin", self.origins, errors.InvalidCorsOrigin),
            ("AllowedHeader", self.headers, errors.InvalidCorsHeader),
        )
        for name, values, refusal in kinds:
            for value in values:
                if value.count("*") > 1:
                    raise refusal(ArgumentName=name, ArgumentValue=value)

    def origin_for(self, origin: str) -> str | None:
        """How the answer names the origin that a request comes from: `*` where every one is allowed.

        None where it is not allowed (assumption A171).
        """
        if "*" in self.origins:
            return "*"
        return origin if any(_matches(pattern, origin) for pattern in self.origins) else None

    def takes(self, origin: str, method: str, headers: Iterable[str] = ()) -> bool:
        """Whether a request from `origin` may use the method and all the headers, whatever their case."""
        return (
            method in self.methods
            and self.origin_for(origin) is not None
            and all(any(_matches(pattern, name.lower()) for pattern in self._lowered) for name in headers)
        )

    @property
    def _lowered(self) -> tuple[str, ...]:
        return tuple(pattern.lower() for pattern in self.headers)


def _matches(pattern: str, text: str) -> bool:
    before, asterisk, after = pattern.partition("*")
    if not asterisk:
        return pattern == text
    return len(text) >= len(before) + len(after) and text.startswith(before) and text.endswith(after)


@schema("CORSConfiguration")
class CorsConfiguration:
    """The rules in the order they are tried; `vary` asks for `Vary: Origin` on every answer (reference 7.16.2)."""

    rules: tuple[CorsRule, ...] = repeated(
        "CORSRule",
        CorsRule,
        at_least=1,
        at_most=RULES_LIMIT,
        missing=errors.MissingCorsRule,
        too_many=errors.CORSRuleBeyondLimit,
    )
    vary: bool = boolean("ResponseVary", default=False)

    def rule_for(self, origin: str, method: str, headers: Iterable[str] = ()) -> CorsRule | None:
        """The first rule that a request meets, or None."""
        asked = tuple(headers)
        return next((rule for rule in self.rules if rule.takes(origin, method, asked)), None)

    @property
    def stored(self) -> CorsConfiguration:
        """As the service keeps it: names of request headers in lower case (the SDKs' tests)."""
        rules = tuple(replace(rule, headers=tuple(map(str.lower, rule.headers))) for rule in self.rules)
        return replace(self, rules=rules)
