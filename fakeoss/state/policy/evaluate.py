"""What policies say to a request: deny first, then allow, else nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from fakeoss.state.policy.conditions import Condition, Context, network
from fakeoss.state.policy.document import Element, Policy, Statement
from fakeoss.state.policy.match import Glob, Resource, any_matches

Effect = Literal["Allow", "Deny", "Ignore"]
"""`Ignore` is the implicit deny: no statement speaks of the request (docs: Access points, evaluation logic)."""


@dataclass(frozen=True, slots=True)
class Requester:
    """Who asks. `names` are all that a Principal element may call him by, none for the anonymous.

    `is_owner` is true of the account that owns the bucket, not of its RAM users and roles.
    """

    names: tuple[str, ...] = ()
    is_owner: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """One request as policies see it; `action` is spelled `oss:GetObject`."""

    action: str
    resource: Resource
    requester: Requester
    context: Context


@dataclass(frozen=True, slots=True)
class Verdict:
    """What policies say, and the statement that decided, None for `Ignore`."""

    effect: Effect
    statement: Statement | None = None


IGNORE = Verdict("Ignore")


def evaluate(policies: Iterable[Policy], ask: Ask, *, without_public: bool = False) -> Verdict:
    """The verdict of several policies: any Deny wins, then any Allow.

    `without_public` leaves out the statements that grant public access, as Block Public Access does.
    """
    allowed = IGNORE
    for policy in policies:
        for statement in policy.statements:
            if statement.effect == "Allow" and (
                allowed.statement is not None or (without_public and grants_public_access(statement))
            ):
                continue
            if not applies(statement, ask):
                continue
            if statement.effect == "Deny":
                return Verdict("Deny", statement)
            allowed = Verdict("Allow", statement)
    return allowed


def applies(statement: Statement, ask: Ask) -> bool:
    """Whether a statement speaks of a request: who, what, on what, and under which conditions."""
    return (
        any_matches(statement.actions.patterns, ask.action.lower()) != statement.actions.negated
        and any(pattern.matches(ask.resource) for pattern in statement.resources.patterns)
        != statement.resources.negated
        and _means(statement, ask.requester)
        and all(condition.holds(ask.context) for condition in statement.conditions)
    )


def _means(statement: Statement, requester: Requester) -> bool:
    """Whether a statement is about the requester.

    A wildcard without a Condition means everyone but the owner's account, with a Condition the owner as well
    (docs: Configure bucket policies). `NotPrincipal` without a Condition spares the owner likewise (assumption
    A235). Who is named is meant, the owner as well (assumption A232).
    """
    element = statement.principals
    if element is None:
        return True
    spared = requester.is_owner and not statement.conditions
    if element.negated:
        return not spared and not _named(element, requester)
    everyone = any(pattern.pattern == "*" for pattern in element.patterns)
    if everyone and not spared:
        return True
    return any(pattern.pattern != "*" and _fits(pattern, requester) for pattern in element.patterns)


def _named(element: Element, requester: Requester) -> bool:
    return any(pattern.pattern == "*" or _fits(pattern, requester) for pattern in element.patterns)


def _fits(pattern: Glob, requester: Requester) -> bool:
    return any(pattern.matches(name) for name in requester.names)


def is_public(policy: Policy) -> bool:
    """Whether a bucket policy grants public access (docs: Block public access; GetBucketPolicyStatus)."""
    return any(grants_public_access(statement) for statement in policy.statements)


def grants_public_access(statement: Statement) -> bool:
    """Whether a statement allows and neither its principals nor a condition are fixed.

    Action and Resource do not count. `NotPrincipal` is never fixed (assumption A240).
    """
    element = statement.principals
    if statement.effect == "Deny" or element is None:
        return False
    fixed = not element.negated and not any("*" in pattern.pattern for pattern in element.patterns)
    return not fixed and not any(map(_is_fixed, statement.conditions))


_FIXED_VALUES = ("acs:SourceVpc", "acs:SourceVpcId", "acs:AccessId")
_FIXED_NETWORKS = ("acs:SourceIp", "acs:SourceVpcIp")
_FIXING = ("StringEquals", "StringEqualsIgnoreCase", "StringLike")


def _is_fixed(condition: Condition) -> bool:
    """Whether a condition ties a statement to fixed sources, keys or networks.

    Networks count from a mask of 8 bits for IPv4 and of 32 for IPv6. Negated operators tie to nothing
    (assumption A241; the vendor's table names keys, not operators).
    """
    if condition.key in _FIXED_VALUES:
        return condition.operator in _FIXING and not any("*" in value for value in condition.values)
    if condition.key in _FIXED_NETWORKS:
        return condition.operator.startswith("IpAddress") and all(map(_narrow, condition.values))
    return False


def _narrow(value: str) -> bool:
    block = network(value)
    return block is not None and block.prefixlen >= (8 if block.version == 4 else 32)
