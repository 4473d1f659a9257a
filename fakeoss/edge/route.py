"""Which operation a request asks for: a table, and nothing that is not in it.

Query names that select operations are known by name. A row answers only if it consumes every known
name in the request, so that a sub-resource nobody built is never taken for a plain PutObject or
ListObjects; it is refused with 501 instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from fakeoss import errors
from fakeoss.operations.rows import Condition, Row, matches, rows

SPELLINGS = {"MetaQuery": "metaQuery"}
"""Query names that some SDK spells otherwise (SDK v2's do_meta_query_action)."""

COMMON = frozenset({
    "callback", "callback-var", "Expires", "OSSAccessKeyId", "response-cache-control",
    "response-content-disposition", "response-content-encoding", "response-content-language",
    "response-content-type", "response-expires", "security-token", "Signature", "versionId",
    "x-oss-ac-forward-allow", "x-oss-ac-source-ip", "x-oss-ac-subnet-mask", "x-oss-ac-vpc-id", "x-oss-access-key-id",
    "x-oss-additional-headers", "x-oss-credential", "x-oss-date", "x-oss-expires", "x-oss-request-payer",
    "x-oss-security-token", "x-oss-signature", "x-oss-signature-version", "x-oss-traffic-limit",
})  # fmt: skip
"""Query names of signatures and options that any operation may carry, even empty."""

_PLAIN = {
    "service": frozenset({"GET"}),
    "bucket": frozenset({"GET", "PUT", "POST", "DELETE", "OPTIONS"}),
    "object": frozenset({"GET", "HEAD", "PUT", "DELETE", "OPTIONS"}),
}
_SELECTED = frozenset({"GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"})
_ANYTHING = "*"

Query = Sequence[tuple[str, "str | None"]]
"""Decoded query parameters in the order sent; None for a name without `=`."""


class HeaderFields(Protocol):
    """What routing asks of headers: whether one was sent, whatever its case."""

    def __contains__(self, name: object) -> bool: ...


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A row made ready: its conditions by name, the further names it takes, and its query as one value."""

    row: Row
    conditions: Mapping[str, Condition]
    options: frozenset[str]
    everything: bool
    shape: frozenset[str]

    @classmethod
    def of(cls, row: Row) -> _Candidate:
        """The candidate made from a row."""
        conditions = {condition.name: condition for condition in row.query}
        options = frozenset(row.requires + row.accepts)
        return cls(row, conditions, options, _ANYTHING in row.accepts, _shape(row))

    def answers(self, selectors: Mapping[str, str], literals: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether all conditions hold and every selector is consumed.

        A value that selects another operation (`x-oss-process=csv/select`) is not consumed by a condition
        that any value meets.
        """
        met = 0
        for name, value in selectors.items():
            condition = self.conditions.get(name)
            if condition is None:
                if not self.everything and name not in self.options:
                    return False
            elif condition.values:
                if not condition.holds(value):
                    return False
                met += 1
            elif any(matches(pattern, value) for pattern in literals.get(name, ())):
                return False
            else:
                met += 1
        return met == len(self.conditions)

    def takes(self, name: str) -> bool:
        """Whether the row knows what to do with a name that is no selector."""
        return self.everything or name in self.options


class _Table:
    """The candidates of one scope and method, and what selects among them."""

    __slots__ = ("headers", "literals", "plain", "selected")

    def __init__(self) -> None:
        self.plain: list[_Candidate] = []
        self.selected: dict[str, list[_Candidate]] = {}
        self.literals: dict[str, tuple[str, ...]] = {}
        self.headers: dict[frozenset[str], str] = {}

    def add(self, candidate: _Candidate) -> None:
        """Enter a candidate, under its first condition if it has one."""
        query = candidate.row.query
        place = self.selected.setdefault(query[0].name, []) if query else self.plain
        place.append(candidate)

    def unselected(self, headers: HeaderFields) -> _Candidate | None:
        """The candidate for a request without any selector: the first without conditions that fits the headers."""
        for candidate in self.plain:
            if _fits(self, candidate, headers):
                return candidate
        return None

    def learn(self, row: Row) -> None:
        """Remember the values and the header by which a row, present or not, is told from others."""
        for condition in row.query:
            self.literals[condition.name] = self.literals.get(condition.name, ()) + condition.values
        for header in row.headers:
            self.headers[_shape(row)] = header


class Router:
    """Routes by the rows given; immutable once made."""

    def __init__(self, rows: Iterable[Row], *, known: Iterable[Row] | None = None) -> None:
        """Serve `rows`; the selectors of `known` (by default the same rows) are recognised and refused."""
        served = tuple(rows)
        recognised = served if known is None else tuple(known)
        self._names = frozenset(name for row in recognised for name in (*(c.name for c in row.query), *row.requires))
        self._tables: dict[tuple[str, str], _Table] = {}
        for row in recognised:
            for table in self._tables_of(row):
                table.learn(row)
        for row in served:
            candidate = _Candidate.of(row)
            for table in self._tables_of(row):
                table.add(candidate)

    def _tables_of(self, row: Row) -> list[_Table]:
        places = [(scope, method) for scope in row.scopes for method in row.methods]
        return [self._tables.setdefault(place, _Table()) for place in places]

    def route(self, method: str, scope: str, query: Query, headers: HeaderFields) -> Row:
        """The row that answers a request to `scope` (`service`, `bucket` or `object`).

        Raises NotImplemented, naming the selector, for what no row answers, and MethodNotAllowed where
        the method means nothing in the scope.
        """
        names = self._names
        selectors: dict[str, str] = {}
        bare: list[str] = []
        for sent, value in query:
            name = SPELLINGS.get(sent, sent)
            if name in names:
                selectors.setdefault(name, value or "")
            elif not value:
                bare.append(name)
        table = self._tables.get((scope, method))
        best = None if table is None else _best(table, selectors, headers)
        if best is None:
            raise _refusal(method, scope, selectors)
        if bare and not (scope == "object" and method in ("GET", "HEAD")):
            _refuse_bare(method, scope, bare, best)
        return best.row


def _best(table: _Table, selectors: Mapping[str, str], headers: HeaderFields) -> _Candidate | None:
    """The candidate with most conditions among those that answer, if it also fits the headers."""
    if not selectors:
        return table.unselected(headers)
    candidates = list(table.plain)
    for name in selectors:
        candidates += table.selected.get(name, ())
    best: _Candidate | None = None
    for candidate in candidates:
        if not (candidate.answers(selectors, table.literals) and _fits(table, candidate, headers)):
            continue
        if best is None or len(candidate.conditions) > len(best.conditions):
            best = candidate
    return best


def _fits(table: _Table, candidate: _Candidate, headers: HeaderFields) -> bool:
    """Whether a header that tells rows of one query apart is sent just where the row wants it."""
    header = table.headers.get(candidate.shape)
    return header is None or (header in headers) == (header in candidate.row.headers)


def _shape(row: Row) -> frozenset[str]:
    return frozenset(map(str, row.query))


def _refuse_bare(method: str, scope: str, bare: list[str], best: _Candidate) -> None:
    """Refuse names without a value that nobody knows: they look like sub-resources."""
    for name in bare:
        if name not in COMMON and not best.takes(name):
            raise _refusal(method, scope, {name: ""})


def _refusal(method: str, scope: str, selectors: Mapping[str, str]) -> errors.OSSError:
    if method not in _SELECTED or (not selectors and method not in _PLAIN.get(scope, _SELECTED)):
        return errors.MethodNotAllowed(Method=method[:32], ResourceType=scope.upper())
    query = "&".join(f"{name}={value}" if value else name for name, value in selectors.items())[:200]
    request = f"{method} on {_ARTICLES[scope]}" + (f" with ?{query}" if query else "")
    return errors.NotImplemented(message=f"No operation of this fake answers {request}.")


_ARTICLES = {"service": "the service", "bucket": "a bucket", "object": "an object"}


@cache
def whole_router() -> Router:
    """The router of every operation there is; it never changes, so all fakes share it."""
    return Router(rows())
