"""Scripted failures: which requests fail, how often, and before or after their effect."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from fakeoss import errors
from fakeoss.faults import Fault, Refused, Reset, Timeout
from fakeoss.spelling import hint
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

PLACES = ("bucket", "key", "method")
"""What a mapping may name."""


@dataclass(frozen=True, slots=True)
class Script:
    """One scripted failure.

    `operation` is a canonical name or `*`; `left` counts the failures still to serve (None: without end),
    `skip` the matching requests still let through; `where` is a predicate on the `Target`, or glob patterns for
    `bucket`, `key` and `method`. `identity` stays the same while the counts change.
    """

    operation: str
    error: errors.Row | None
    fault: Fault | None
    left: int | None
    skip: int
    where: Where | None
    effect: Effect
    served: int = 0
    identity: object = field(default_factory=object)

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

    def counted(self) -> Script:
        """This script with one failure more served."""
        return replace(self, left=None if self.left is None else self.left - 1, served=self.served + 1)


@dataclass(frozen=True, slots=True)
class Scripts:
    """The scripts of one fake, oldest first; the first that matches and is ready decides.

    `spent` are those that have nothing left to serve, kept for their counts.
    """

    rows: tuple[Script, ...] = ()
    spent: tuple[Script, ...] = ()

    def add(self, script: Script) -> Scripts:
        """These scripts and one more."""
        return replace(self, rows=(*self.rows, script))

    def take(self, target: Target) -> tuple[Scripts, Script | None]:
        """The scripts after this request, and the one that fails it, if any does.

        A matching script with requests to skip counts one and stands aside for the next.
        """
        rows = list(self.rows)
        for index, script in enumerate(rows):
            if not script.matches(target):
                continue
            if script.skip:
                rows[index] = replace(script, skip=script.skip - 1)
                continue
            rows[index] = script.counted()
            if rows[index].left == 0:
                return Scripts(tuple(rows[:index] + rows[index + 1 :]), (*self.spent, rows[index])), script
            return replace(self, rows=tuple(rows)), script
        return replace(self, rows=tuple(rows)), None

    def find(self, identity: object) -> Script | None:
        """The script as it is now, or None where it was never added or reset."""
        return next((row for row in (*self.rows, *self.spent) if row.identity is identity), None)

    def cancel(self, identity: object) -> Scripts:
        """These scripts with one of them having nothing left to serve."""
        rows = tuple(row for row in self.rows if row.identity is not identity)
        ended = tuple(replace(row, left=0) for row in self.rows if row.identity is identity)
        return Scripts(rows, (*self.spent, *ended))


def write(
    operation: str,
    *,
    status: int | None = None,
    code: str | None = None,
    fault: Fault | None = None,
    times: int | None = 1,
    skip: int = 0,
    where: Where | None = None,
    effect: Effect = "before",
) -> Script:
    """The script a user asks for; with neither `status`, `code` nor `fault` it is a 500 InternalError.

    Raises ValueError and TypeError for what makes no sense.
    """
    _check_numbers(status=status, times=times, skip=skip)
    _check_counts(times, skip)
    _check_where(where)
    _check_fault(fault, effect)
    row = row_of(status, code)
    if row is None and fault is None:
        row = errors.InternalError
    if row is None and not strikes_before_reply(fault):
        effect = "after"  # there has to be a reply to be broken
    return Script(operation, row, fault, times, skip, where, effect)


def _check_numbers(**numbers: int | None) -> None:
    for name, number in numbers.items():
        if number is not None and not isinstance(number, int):
            raise TypeError(f"{name}={number!r}: it is a whole number")


def _check_counts(times: int | None, skip: int) -> None:
    if times is not None and times < 1:
        raise ValueError(f"times={times}: a script serves at least one failure, or None for any number")
    if skip < 0:
        raise ValueError(f"skip={skip}: it cannot be negative")


def _check_where(where: Where | None) -> None:
    if isinstance(where, Mapping):
        unknown = sorted(set(where) - set(PLACES))
        if unknown:
            raise ValueError(f"where={{{unknown[0]!r}: ...}}: patterns may be given for {', '.join(PLACES)}")
        for name, pattern in where.items():
            if not isinstance(pattern, str):
                raise TypeError(f"where={{{name!r}: {pattern!r}}}: a pattern is a text such as 'logs/*'")
    elif where is not None and not callable(where):
        raise TypeError(f"where={where!r}: give a mapping of patterns or a callable")


def _check_fault(fault: Fault | None, effect: str) -> None:
    if fault is not None and not isinstance(fault, get_args(Fault)):
        raise TypeError(f"fault={fault!r}: give one of fakeoss.faults, for instance faults.Reset()")
    if effect not in get_args(Effect):
        raise ValueError(f"effect={effect!r}: it is 'before' or 'after'")
    if effect == "after" and isinstance(fault, Refused):
        raise ValueError("a refused connection carries no request that could take effect: leave effect='before'")


def strikes_before_reply(fault: Fault | None) -> bool:
    """Whether the client sees nothing of the reply."""
    return isinstance(fault, Refused) or (isinstance(fault, Reset | Timeout) and fault.after_bytes is None)


def row_of(status: int | None, code: str | None) -> errors.Row | None:
    """The refusal a script asks for.

    A code alone takes its status from the catalogue, a status alone a usual code of it, or InternalError. Raises
    ValueError for a code nobody knows that comes without a status, and for a status that is no failure's.
    """
    if status is None and code is None:
        return None
    known = errors.of_code(code) if code is not None else _usual(status)
    if known is not None and status in (None, known.status):
        return replace(known, message=known.message.replace("{", "").replace("}", ""))
    if status is None:
        near = hint(code or "", {row.code for row in errors.rows().values()})
        raise ValueError(f"unknown error code {code!r}: give its status as well{near}")
    if not 300 <= status <= 599:
        raise ValueError(f"status={status}: a failure has a status from 300 to 599")
    return errors.Row(code or "InternalError", status, "A scripted failure.", source="scripted")


def _usual(status: int | None) -> errors.Row | None:
    """The code that first comes to mind for a status, else the catalogue's first of it."""
    usual = (
        errors.InvalidArgument,
        errors.AccessDenied,
        errors.NoSuchKey,
        errors.MethodNotAllowed,
        errors.InternalError,
        errors.ServiceUnavailable,
    )
    return next((row for row in (*usual, *errors.rows().values()) if row.status == status), None)
