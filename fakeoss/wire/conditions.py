"""The one table of conditional requests: If-Match and its three relatives, and their copy-source forms.

| header | holds when | fails with |
| --- | --- | --- |
| If-Match | the ETag is listed, or `*` | 412 |
| If-Unmodified-Since | the time is that of the last modification or later | 412 |
| If-None-Match | the ETag is not listed | 304 |
| If-Modified-Since | the time is earlier than the last modification | 304 |

All that are given must hold (vendor's page on conditional downloads). A time that cannot be read holds; for
HEAD that is assumption A117. Where 304 and 412 are both due, 412 wins (assumption A116, RFC 9110's order). Times
compare by whole seconds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fakeoss import errors
from fakeoss.values import quickly_made
from fakeoss.wire import dates


@dataclass(frozen=True, slots=True)
class Proceed:
    """Every condition holds."""


@dataclass(frozen=True, slots=True)
class NotModified:
    """The client has it already: 304."""


@dataclass(frozen=True, slots=True)
class Failed:
    """412; `condition` is what the error's `Condition` element shows: the header that failed.

    It is the plain name for the copy-source forms as well (tests of Node's ali-oss).
    """

    condition: str


Verdict = Proceed | NotModified | Failed
PROCEED = Proceed()
NOT_MODIFIED = NotModified()

COPY_SOURCE = "x-oss-copy-source-"
NAMES = ("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since")
_LOWERED = frozenset(map(str.lower, NAMES))

_ETAG = re.compile(r'"([^"]*)"|([^",]+)')


@quickly_made
@dataclass(frozen=True, slots=True)
class Conditions:
    """The four headers as sent, None where absent."""

    if_match: str | None = None
    if_none_match: str | None = None
    if_modified_since: str | None = None
    if_unmodified_since: str | None = None

    @classmethod
    def of_request(cls, headers: Mapping[str, str]) -> Conditions:
        """Those of a GET or HEAD; `headers` by lower-case name."""
        return UNCONDITIONAL if headers.keys().isdisjoint(_LOWERED) else cls._of(headers, "")

    @classmethod
    def of_copy_source(cls, headers: Mapping[str, str]) -> Conditions:
        """Those about the source of a copy: `x-oss-copy-source-if-match` and so on."""
        return cls._of(headers, COPY_SOURCE)

    @classmethod
    def _of(cls, headers: Mapping[str, str], prefix: str) -> Conditions:
        return cls(
            headers.get(f"{prefix}if-match"),
            headers.get(f"{prefix}if-none-match"),
            headers.get(f"{prefix}if-modified-since"),
            headers.get(f"{prefix}if-unmodified-since"),
        )

    def judge(self, etag: str | None, last_modified: datetime) -> Verdict:
        """Hold the conditions against an object; `etag` without quotes, None where there is no object."""
        if self.if_match is not None and not _lists(self.if_match, etag):
            return Failed("If-Match")
        modified = last_modified.replace(microsecond=0)
        since = _time(self.if_unmodified_since)
        if since is not None and since < modified:
            return Failed("If-Unmodified-Since")
        if self.if_none_match is not None and _lists(self.if_none_match, etag):
            return NOT_MODIFIED
        since = _time(self.if_modified_since)
        if since is not None and since >= modified:
            return NOT_MODIFIED
        return PROCEED

    def require(self, etag: str | None, last_modified: datetime) -> None:
        """Return where all hold; raises PreconditionFailed (with `Condition`) or NotModified."""
        if self is UNCONDITIONAL:
            return
        verdict = self.judge(etag, last_modified)
        if isinstance(verdict, Failed):
            raise errors.PreconditionFailed(Condition=verdict.condition)
        if isinstance(verdict, NotModified):
            raise errors.NotModified()


UNCONDITIONAL = Conditions()
"""No condition at all: what nearly every request has."""


def _time(value: str | None) -> datetime | None:
    return None if value is None else dates.parse_any_date(value)


def _lists(value: str, etag: str | None) -> bool:
    """Whether `*` or a list of ETags, quoted or bare, weak (`W/`) or not, has this one; letter case counts."""
    if etag is None:
        return False
    if value.strip() == "*":
        return True
    return etag in {quoted or bare.strip().removeprefix("W/") for quoted, bare in _ETAG.findall(value)}
