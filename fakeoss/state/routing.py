"""Which routing rule of a website a request meets, and which key it leads to (reference 7.11.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from fakeoss.state.configurations.website import IncludeHeader, IndexDocument, RoutingRule, WebsiteConfiguration

MISSING = 404


@dataclass(frozen=True, slots=True)
class Outcome:
    """A request to read an object, and what came of it so far.

    `headers` by lower-case name, `host` among them; `is_missing` tells that there is no such object, `is_head`
    that only its headers were asked for.
    """

    key: str
    headers: Mapping[str, str]
    status: int
    is_missing: bool = False
    is_head: bool = False


def rule_for(site: WebsiteConfiguration, outcome: Outcome) -> RoutingRule | None:
    """The rule of the lowest number that a request meets, or None."""
    rules = sorted(site.rules, key=lambda rule: rule.number)
    return next((rule for rule in rules if meets(rule, outcome)), None)


def meets(rule: RoutingRule, outcome: Outcome) -> bool:
    """Whether all conditions of a rule hold.

    A mirror stands in for missing objects only, and for HEAD only where the rule allows it; any other rule
    without a status counts whatever the status (assumption A202).
    """
    condition = rule.condition
    if rule.redirect.kind == "Mirror" and not _may_mirror(rule, outcome):
        return False
    return (
        outcome.key.startswith(condition.key_prefix or "")
        and outcome.key.endswith(condition.key_suffix or "")
        and condition.error_code in (None, outcome.status)
        and all(_carries(outcome.headers, wanted) for wanted in condition.headers)
    )


def _may_mirror(rule: RoutingRule, outcome: Outcome) -> bool:
    return outcome.is_missing and (not outcome.is_head or bool(rule.redirect.mirror_allow_head))


def _carries(headers: Mapping[str, str], wanted: IncludeHeader) -> bool:
    value = headers.get(wanted.key.lower())
    if value is None:
        return False
    return (
        wanted.equals in (None, value)
        and value.startswith(wanted.starts_with or "")
        and value.endswith(wanted.ends_with or "")
    )


def new_key(rule: RoutingRule, key: str) -> str:
    """The key that a rule makes of one; `${key}` stands for the old one in `ReplaceKeyWith`.

    A prefix is put in the place of the condition's, before everything where there is none; an empty one cuts
    it off where replacing is enabled.
    """
    redirect = rule.redirect
    if redirect.replace_key_with:
        return redirect.replace_key_with.replace("${key}", key)
    if not (redirect.replace_prefix_with or redirect.replace_prefix):
        return key
    return (redirect.replace_prefix_with or "") + key[len(rule.condition.key_prefix or "") :]


def location(rule: RoutingRule, key: str, scheme: str, host: str, query: str) -> str:
    """Where a redirect sends a request for `key`: protocol and host default to the request's own."""
    redirect = rule.redirect
    url = f"{redirect.protocol or scheme}://{redirect.host or host}/{quote(new_key(rule, key), safe='/')}"
    return f"{url}?{query}" if redirect.pass_query and query else url


def index_key(index: IndexDocument, key: str) -> str:
    """The key of the page for a key that ends in a slash (or is empty): that directory's, or the root's."""
    return f"{key}{index.suffix}" if index.for_subdirectories else index.suffix
