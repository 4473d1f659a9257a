"""Scripted failures: which requests fail, how often, and before or after their effect."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from fakeoss import errors
from fakeoss.faults import Fault
from fakeoss.wire.message import Request

Effect = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class Target:
    """What a script may look at: operation, bucket, key, and the request itself."""

    operation: str
    bucket: str | None
    key: str | None
    request: Request


Where = Callable[[Target], bool] | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Script:
    """One scripted failure.

    `operation` is a canonical name or `*`; `left` counts the failures still to serve, `skip` the
    matching requests still let through; `where` is a predicate on the `Target`, or exact or glob
    patterns for `bucket` and `key`.
    """

    operation: str
    error: errors.Row | None
    fault: Fault | None
    left: int
    skip: int
    where: Where | None
    effect: Effect

    def matches(self, target: Target) -> bool:
        """Whether this script is about the request."""
        if self.operation not in ("*", target.operation):
            return False
        if self.where is None:
            return True
        if callable(self.where):
            return self.where(target)
        facts = {"bucket": target.bucket or "", "key": target.key or "", "method": target.request.method}
        return all(fnmatch.fnmatchcase(facts[name], pattern) for name, pattern in self.where.items())


@dataclass(frozen=True, slots=True)
class Scripts:
    """The scripts of one fake, oldest first; the first that matches and is ready decides."""

    rows: tuple[Script, ...] = ()

    def add(self, script: Script) -> Scripts:
        """These scripts and one more."""
        return Scripts((*self.rows, script))

    def take(self, target: Target) -> tuple[Scripts, Script | None]:
        """The scripts after this request, and the one that fails it, if any does.

        A matching script with requests to skip counts one and stands aside for the next.
        """
        rows = list(self.rows)
        for index, script in enumerate(rows):
            if not script.left or not script.matches(target):
                continue
            if script.skip:
                rows[index] = replace(script, skip=script.skip - 1)
                continue
            rows[index] = replace(script, left=script.left - 1)
            return Scripts(tuple(row for row in rows if row.left)), script
        return Scripts(tuple(rows)), None


def row_of(status: int | None, code: str | None) -> errors.Row | None:
    """The refusal a script asks for.

    A code alone takes its status from the catalogue, a status alone the catalogue's first code of it,
    or InternalError. Raises ValueError for a code nobody knows that comes without a status.
    """
    if status is None and code is None:
        return None
    known = errors.of_code(code) if code is not None else _first_of(status)
    if known is not None and status in (None, known.status):
        return known
    if status is None:
        raise ValueError(f"unknown error code {code!r}: give its status as well")
    return errors.Row(code or "InternalError", status, "A scripted failure.", source="scripted")


def _first_of(status: int | None) -> errors.Row | None:
    usual = {500: errors.InternalError, 503: errors.ServiceUnavailable, 403: errors.AccessDenied}
    return usual.get(status or 0) or next((row for row in errors.rows().values() if row.status == status), None)
