"""Hotlink protection: which Referer headers may reach a bucket's objects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from fakeoss.state.policy.match import Glob

Objection = Literal["empty", "blacklisted", "not listed"]


@dataclass(frozen=True, slots=True)
class RefererRules:
    """A bucket's Referer configuration (reference 7.12.1 PutBucketReferer; docs: Hotlink protection).

    An entry fits whatever begins with it, `*` and `?` are wildcards. With neither list nothing is
    checked, an empty Referer included.
    """

    whitelist: tuple[str, ...] = ()
    blacklist: tuple[str, ...] = ()
    allow_empty: bool = True
    truncate_query: bool = True
    truncate_path: bool = False

    def objection(self, referer: str | None) -> Objection | None:
        """Why a Referer is refused, or None. The blacklist goes before the whitelist."""
        if not self.whitelist and not self.blacklist:
            return None
        if not referer:
            return None if self.allow_empty else "empty"
        spellings = self._spellings(referer)
        if _listed(self.blacklist, spellings):
            return "blacklisted"
        if self.whitelist and not _listed(self.whitelist, spellings):
            return "not listed"
        return None

    def _spellings(self, referer: str) -> tuple[str, ...]:
        """What is compared: the Referer, cut as configured; a cut path leaves the host with and without slash."""
        if self.truncate_path:
            host = _origin(referer)
            return (host, f"{host}/")
        return (referer.partition("?")[0] if self.truncate_query else referer,)


def _origin(referer: str) -> str:
    try:
        parts = urlsplit(referer)
    except ValueError:
        return referer
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else referer.partition("/")[0].partition("?")[0]


def _listed(entries: tuple[str, ...], spellings: tuple[str, ...]) -> bool:
    return any(Glob(f"{entry}*").matches(spelling) for entry in entries for spelling in spellings)
